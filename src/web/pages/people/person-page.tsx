/** One person: where they work, what is shown of their contact data and why not more, and the consents behind it. */
import { areaName } from '../../../codes/index.ts'
import { problemText } from '../../../i18n/problem-text.ts'
import { Problem } from '../../../kernel/problems.ts'
import {
  type ContactField,
  type ContactRead,
  getPerson,
  type NamedAffiliation,
  type PersonView,
  readContact,
} from '../../../modules/directory/index.ts'
import {
  Button,
  ButtonLink,
  type Column,
  DataTable,
  Form,
  LocalizedTextView,
  Notice,
  Page,
  SummaryList,
  Tag,
} from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { ConsentsTable } from './consents-table.tsx'
import { languageName, timeText } from './words.ts'

/** What came of asking for the contact data. */
interface Asked {
  readonly read?: ContactRead
  readonly refused?: Problem
}

export async function personPage(request: PageRequest, asked: Asked = {}): Promise<PageContent> {
  const { t, at, context, actor, params, query } = request
  const person = await context.operations.run(getPerson, { id: params.id ?? '' }, actor)
  const title = person.name ?? t('people.erased.title')
  return {
    title,
    noIndex: true,
    ...(asked.refused ? { status: 403 } : {}),
    body: (
      <Page
        title={<bdi>{title}</bdi>}
        kicker={t('people.kicker')}
        trail={[{ label: t('people.title'), href: at('/people') }]}
        actions={<Actions request={request} person={person} />}
      >
        {query.has('done') && <Notice kind="good" live title={t('people.saved')} />}
        {person.erasedAt === null ? (
          <Details request={request} person={person} asked={asked} />
        ) : (
          <Notice title={t('people.erased.text', { at: t.instant(person.erasedAt) })} />
        )}
      </Page>
    ),
  }
}

/** Reading contact data is counted and noted, so it is asked for by a button and not by a link. */
export async function showContact(request: PageRequest): Promise<PageContent> {
  const { context, actor, params } = request
  try {
    return await personPage(request, { read: await context.operations.run(readContact, { id: params.id ?? '' }, actor) })
  } catch (error) {
    if (error instanceof Problem && error.code.startsWith('directory.contact-')) return personPage(request, { refused: error })
    throw error
  }
}

function Actions({ request: { t, at, may }, person }: { readonly request: PageRequest; readonly person: PersonView }) {
  if (person.erasedAt !== null) return null
  return (
    <>
      {may('directory.person.edit') && (
        <ButtonLink href={at(`/people/${person.id}/edit`)} kind="secondary">
          {t('people.edit')}
        </ButtonLink>
      )}
      {may('directory.consent.record') && (
        <ButtonLink href={at(`/people/${person.id}/consent`)} kind="secondary">
          {t('people.consent.record')}
        </ButtonLink>
      )}
      {may('directory.person.erase') && (
        <ButtonLink href={at(`/people/${person.id}/erase`)} kind="quiet">
          {t('people.erase.link')}
        </ButtonLink>
      )}
    </>
  )
}

interface PartProps {
  readonly request: PageRequest
  readonly person: PersonView
  readonly asked: Asked
}

function Details({ request, person, asked }: PartProps) {
  const { t, actor } = request
  return (
    <>
      <SummaryList
        layout="card"
        facts={[
          ...(person.otherNames.length > 0
            ? [{ label: t('people.field.otherNames'), value: <bdi>{person.otherNames.join(' · ')}</bdi> }]
            : []),
          {
            label: t('people.field.languages'),
            value: person.languages.length > 0 ? t.list(person.languages.map((tag) => languageName(t, tag))) : undefined,
          },
          {
            label: t('people.field.countryCode'),
            value: person.countryCode === null ? undefined : areaName(person.countryCode, t.lang),
          },
          { label: t('people.field.visibility'), value: t(`people.visibility.${person.visibility}`) },
        ]}
      />
      <section>
        <h2 id="organisations">{t('people.affiliations')}</h2>
        <DataTable
          caption={t('people.affiliations')}
          captionHidden
          columns={affiliationColumns(request)}
          rows={person.affiliations}
          rowKey={(one) => `${one.orgId} ${one.title} ${one.from}`}
          empty={<p class="muted">{t('people.no-affiliations')}</p>}
        />
      </section>
      <section>
        <h2 id="contact">{t('people.contact.title')}</h2>
        <ContactPart request={request} person={person} asked={asked} />
      </section>
      {actor.kind !== 'anonymous' && (
        <section>
          <h2 id="consents">{t('people.consent.title')}</h2>
          <ConsentsTable request={request} person={person} />
        </section>
      )}
    </>
  )
}

function ContactPart({ request, person, asked }: PartProps) {
  const { t, at, actor } = request
  if (actor.kind === 'anonymous') return <p>{t('people.contact.sign-in')}</p>
  if (person.contact.length === 0) return <p class="muted">{t('people.contact.none')}</p>
  return (
    <>
      {asked.refused && <Notice kind="bad" live title={problemText(t, asked.refused)} />}
      <SummaryList
        facts={person.contact.map((field) => ({
          label: t(`people.contact.${field.kind}`),
          value: contactCell(request, field, asked),
        }))}
      />
      {person.mayReadContact && asked.read === undefined && (
        <Form action={at(`/people/${person.id}/contact`)} label={t('people.contact.show')}>
          <p class="hint">{t('people.contact.counted')}</p>
          <Button kind="secondary">{t('people.contact.show')}</Button>
        </Form>
      )}
    </>
  )
}

function contactCell({ t }: PageRequest, field: ContactField, { read }: Asked) {
  const shown = read?.contact.find(({ kind }) => kind === field.kind)
  const value = field.value ?? shown?.value
  const note = field.access === 'no-consent' && <Tag tone="note">{t('people.contact.no-consent')}</Tag>
  if (value === undefined) return note || <span class="muted">{t('people.contact.on-request')}</span>
  return (
    <>
      <ContactValue kind={field.kind} value={value} /> {note}
    </>
  )
}

function ContactValue({ kind, value }: { readonly kind: ContactField['kind']; readonly value: string }) {
  if (kind === 'email') return <a href={`mailto:${encodeURIComponent(value).replace('%40', '@')}`}>{value}</a>
  if (kind === 'web') {
    return (
      <a href={value} rel="noreferrer nofollow">
        <bdi dir="ltr">{value}</bdi>
      </a>
    )
  }
  return <bdi dir={kind === 'phone' ? 'ltr' : 'auto'}>{value}</bdi>
}

function affiliationColumns({ t, at }: PageRequest): Column<NamedAffiliation>[] {
  return [
    {
      key: 'org',
      label: t('people.field.org'),
      cell: ({ orgId, orgNames }) => (
        <a href={at(`/organisations/${orgId}`)}>
          <LocalizedTextView value={orgNames} />
        </a>
      ),
    },
    {
      key: 'title',
      label: t('people.field.title'),
      cell: (one) => {
        const time = timeText(t, one)
        if (one.title === null) return time
        return (
          <>
            <bdi>{one.title}</bdi>
            {time !== undefined && <div class="muted">{time}</div>}
          </>
        )
      },
    },
  ]
}
