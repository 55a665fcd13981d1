/** A letter to print for somebody who has no address or no line: in the language of the person, with the link and its picture. */
import { qrCode } from '../../../credentials/index.ts'
import { translatorFor } from '../../../i18n/translator.ts'
import { getFocalPoint, printConfirmationLink } from '../../../modules/coordination/index.ts'
import { ButtonLink, Notice, Page } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { subjectOf } from './words.ts'

/** Asked for by a button: each letter has a link of its own, which ends the one before. */
export async function letterPage({ t, at, context, actor, params }: PageRequest): Promise<PageContent> {
  const id = params.id ?? ''
  const view = await context.operations.run(getFocalPoint, { id }, actor)
  const letter = await context.operations.run(printConfirmationLink, { id }, actor)
  const theirs = translatorFor(letter.lang)
  const { size, path } = qrCode(letter.address)
  const title = t('coordination.letter.title')
  return {
    title,
    noIndex: true,
    noStore: true,
    body: (
      <Page
        title={title}
        trail={[
          { label: t('coordination.title'), href: at('/focal-points') },
          { label: subjectOf(t, view), href: at(`/focal-points/${id}`) },
        ]}
        actions={
          <ButtonLink href={at(`/focal-points/${id}`)} kind="secondary">
            {t('coordination.letter.back')}
          </ButtonLink>
        }
      >
        <Notice title={t('coordination.letter.once')} />
        <article lang={letter.lang} dir={theirs.dir} id="letter">
          <p>
            <strong>{theirs('coordination.letter.subject', { whom: subjectOf(theirs, view) })}</strong>
          </p>
          <p>{theirs('coordination.letter.greeting', { name: `\u2068${letter.personName}\u2069` })}</p>
          <p>
            {theirs('coordination.letter.text', {
              instance: context.instance.name,
              whom: subjectOf(theirs, view),
              until: theirs.date(letter.expiresAt.slice(0, 10)),
            })}
          </p>
          <p>
            <a href={letter.address} dir="ltr" id="link" style="overflow-wrap: anywhere">
              {letter.address}
            </a>
          </p>
          <svg
            class="qr"
            viewBox={`0 0 ${size} ${size}`}
            width={size * 4}
            height={size * 4}
            role="img"
            aria-label={theirs('coordination.letter.picture')}
            shape-rendering="crispEdges"
          >
            <path d={`M0 0h${size}v${size}h-${size}z`} fill="#fff" />
            <path d={path} fill="#000" />
          </svg>
        </article>
      </Page>
    ),
  }
}
