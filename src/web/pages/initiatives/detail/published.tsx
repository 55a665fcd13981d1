/** What a published file states and the other sections do not show: places, related activities, scopes, codes for the whole. */
import type { ComponentChildren } from 'preact'
import type { Translator } from '../../../../i18n/translator.ts'
import { getPublishedOrigin, type PublishedOrigin } from '../../../../modules/registry/index.ts'
import { Notice, SummaryList } from '../../../components/index.ts'
import type { PageRequest } from '../../../site.tsx'
import { locationText, publishedCodes, relatedText, scopeText } from '../published-names.ts'
import type { DetailProps } from './detail-page.tsx'

/** Of a list that a file may make very long the first items are shown. */
const SHOWN = 50

export function PublishedSection({ request: { t, at }, view }: DetailProps) {
  const { facts } = view.record
  const { locations = [], related = [], humanitarianScopes = [], published } = facts
  const codes = published ? publishedCodes(t, published) : []
  if (locations.length + related.length + humanitarianScopes.length + codes.length === 0) return null
  const items = [
    { label: t('published.fact.locations'), value: several(t, locations, (one) => locationText(t, one)) },
    {
      label: t('published.fact.related'),
      value: several(t, related, (one) => (
        <a href={`${at('/initiatives')}?${new URLSearchParams({ q: one.identifier })}`}>{relatedText(t, one)}</a>
      )),
    },
    { label: t('published.fact.humanitarianScopes'), value: several(t, humanitarianScopes, (one) => scopeText(t, one)) },
  ]
  return (
    <section aria-labelledby="published">
      <h2 id="published">{t('published.fact.published')}</h2>
      <SummaryList facts={[...items.filter(({ value }) => value !== undefined), ...codes]} />
    </section>
  )
}

function several<Item>(t: Translator, items: readonly Item[], show: (item: Item) => ComponentChildren) {
  if (items.length === 0) return undefined
  const rest = items.length - SHOWN
  return (
    <ul>
      {items.slice(0, SHOWN).map((item) => (
        <li key={JSON.stringify(item)}>
          <bdi>{show(item)}</bdi>
        </li>
      ))}
      {rest > 0 && <li class="muted">{t('published.fact.more', { count: rest, shown: t.number(rest) })}</li>}
    </ul>
  )
}

export function originOf({ context, actor }: PageRequest, id: string): Promise<PublishedOrigin | null> {
  return context.operations.run(getPublishedOrigin, { id }, actor)
}

interface OriginNoticeProps {
  readonly request: PageRequest
  readonly id: string
  readonly origin: PublishedOrigin | null
}

/** Gone from the publisher's file, or fields that wait for a decision. */
export function OriginNotice({ request: { t, at }, id, origin }: OriginNoticeProps) {
  if (!origin) return null
  const { withdrawnAt, openConflicts } = origin
  return (
    <>
      {withdrawnAt !== null && (
        <Notice title={t('published.origin.withdrawn', { when: t.date(withdrawnAt.slice(0, 10)) })}>
          <p>{t('published.origin.withdrawn-text')}</p>
        </Notice>
      )}
      {openConflicts > 0 && (
        <Notice title={t('published.run.questions', { count: openConflicts, shown: t.number(openConflicts) })}>
          <p>
            {t('published.run.questions-text')}{' '}
            <a href={`${at('/imports/questions')}?${new URLSearchParams({ initiative: id })}`}>
              {t('published.run.questions-link')}
            </a>
          </p>
        </Notice>
      )}
    </>
  )
}
