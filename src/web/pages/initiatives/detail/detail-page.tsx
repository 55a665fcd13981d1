/** One initiative: who, with whom, where, when, what kind, how much; then everything that is stated, and what is not. */
import { textFor } from '../../../../kernel/localized-text.ts'
import { lastDayOf, parsePartialDate } from '../../../../kernel/partial-date.ts'
import { getInitiative, type InitiativeView } from '../../../../modules/registry/index.ts'
import {
  ButtonLink,
  LocalizedTextView,
  Notice,
  Page,
  type ProvenanceLineProps,
  partialDateFrom,
} from '../../../components/index.ts'
import { type PeopleNames, peopleNames } from '../../../people-names.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { absoluteAddress } from '../list/cite-list.ts'
import { type Naming, namingOf } from '../naming.ts'
import { collectionName } from '../value-names.ts'
import { partnerIds } from '../words.ts'
import { AlsoReported, linksOf } from './also-reported.tsx'
import { ClassificationSection } from './classification.tsx'
import { CompletenessSection } from './completeness.tsx'
import { ContributionsSection } from './contributions.tsx'
import { KeptSection } from './kept.tsx'
import { ListingsSection } from './listings.tsx'
import { MoveSection } from './move-section.tsx'
import { ObjectionsSection, objectionsOf } from './objections.tsx'
import { PartnersSection } from './partners.tsx'
import { OriginNotice, originOf, PublishedSection } from './published.tsx'
import { ReceivedOriginSection, receivedFrom } from './received-origin.tsx'
import { RefusedNotice, type RefusedReason } from './refused-notice.tsx'
import { DocumentsSection, ResultsSection } from './results.tsx'
import { ExchangeSection, SubjectSection, SummaryCard, TitlesSection } from './summary.tsx'

export interface DetailProps {
  readonly request: PageRequest
  readonly view: InitiativeView
  readonly naming: Naming
  /** Names of the imported files, by run; empty for readers who may not see imports. */
  readonly fileNames: ReadonlyMap<string, string>
  readonly people: PeopleNames
}

export async function detailPage(request: PageRequest): Promise<PageContent> {
  return renderDetail(request, {})
}

export interface DetailAnswer {
  /** What an action on this page met: shown at the top, and beside the field that it concerns. */
  readonly problem?: { readonly status: number; readonly reasons: readonly RefusedReason[] }
  /** Why a link was not taken away: what is wrong with the reason. */
  readonly unlinkRefused?: string
}

/** The page itself; with an answer when an action on it was not accepted. */
export async function renderDetail(request: PageRequest, { problem, unlinkRefused }: DetailAnswer): Promise<PageContent> {
  const { t, at, context, actor } = request
  const id = request.params.id ?? ''
  const asOf = askedDay(request.query)
  const view = await context.operations.run(getInitiative, { id, ...(asOf === undefined ? {} : { asOf }) }, actor)
  const naming = await namingOf(request, partnerIds(view.record.facts))
  const check = view.checkedBy ?? undefined
  const people = await peopleNames(
    request,
    [check, view.record.facts.cooperationOverride?.by].filter((who) => who !== undefined),
  )
  const props: DetailProps = { request, view, naming, fileNames: new Map(Object.entries(view.files)), people }
  const objections = await objectionsOf(request, id)
  const links = await linksOf(request, id)
  const origin = await originOf(request, id)
  const received = await receivedFrom(request, id)
  const { record } = view
  const title = record.facts.title
  const untitled = t('registry.detail.untitled', { id: record.identifier ?? id })
  const words = naming.names('collection', view.collection.key)
  const permalink = `${at(`/initiatives/${id}`)}?asOf=${(asOf ?? record.updatedAt).slice(0, 10)}`
  return {
    title: textFor(title, t.lang)?.text ?? untitled,
    place: 'initiatives',
    dataKind: view.collection.kind === 'sample' ? 'sample' : undefined,
    status: problem?.status ?? (unlinkRefused === undefined ? 200 : 422),
    about: {
      cite: {
        citation: t('registry.detail.citation', {
          instance: context.instance.name,
          collection: words,
          id: record.identifier ?? id,
          version: record.version,
          date: t.date(record.updatedAt.slice(0, 10)),
        }),
        permalink: absoluteAddress(request, permalink),
      },
    },
    body: (
      <Page
        title={title ? <LocalizedTextView value={title} /> : untitled}
        kicker={t('registry.detail.kicker')}
        trail={[
          { label: t('registry.list.title'), href: at('/initiatives') },
          {
            label: collectionName(t, view.collection, view.collection.key),
            href: `${at('/initiatives')}?collection=${encodeURIComponent(view.collection.key)}`,
          },
        ]}
        provenance={provenanceOf(props, check)}
        actions={
          view.asOf === null && (
            <>
              {!view.collection.readOnly && view.rights.includes('edit') && (
                <ButtonLink href={at(`/initiatives/${id}/edit`)}>{t('registry.detail.edit')}</ButtonLink>
              )}
              {view.rights.includes('history') && (
                <ButtonLink href={at(`/initiatives/${id}/history`)} kind="secondary">
                  {t('registry.history.title')}
                </ButtonLink>
              )}
            </>
          )
        }
      >
        {problem && <RefusedNotice t={t} reasons={problem.reasons} />}
        <DoneNotice request={request} />
        {view.asOf && (
          <Notice title={t('registry.detail.as-of', { date: t.instant(view.asOf.at), version: view.asOf.version })}>
            <p>
              <a href={at(`/initiatives/${id}`)}>{t('registry.detail.now')}</a>
            </p>
          </Notice>
        )}
        {!title && <p class="muted">{t('registry.list.no-title')}</p>}
        {view.asOf === null && <OriginNotice request={request} id={id} origin={origin} />}
        <SummaryCard {...props} />
        <TitlesSection {...props} />
        <AlsoReported
          request={request}
          id={id}
          ownName={textFor(title, t.lang)?.text ?? untitled}
          links={links}
          reasonError={unlinkRefused}
        />
        <ExchangeSection {...props} />
        <PartnersSection {...props} />
        <ContributionsSection {...props} />
        <ResultsSection {...props} />
        <DocumentsSection {...props} />
        <SubjectSection {...props} />
        <PublishedSection {...props} />
        <ClassificationSection {...props} />
        <CompletenessSection {...props} />
        <ListingsSection {...props} />
        <ReceivedOriginSection request={request} origin={received} />
        <KeptSection {...props} />
        <ObjectionsSection {...props} objections={objections} refused={problem?.reasons} />
        {view.asOf === null && !view.collection.readOnly && <MoveSection {...props} refused={problem?.reasons} />}
      </Page>
    ),
  }
}

/** A day, or a year or month that stands for its last day; from a link (`asOf`) or from the three fields of a form. */
export function askedDay(query: URLSearchParams): string | undefined {
  const written = query.get('asOf') ?? partialDateFrom(Object.fromEntries(query), 'asOf')
  if (written === undefined) return undefined
  const date = parsePartialDate(written.slice(0, 10))
  if (date === undefined) return undefined
  return written.length > 10 && !Number.isNaN(Date.parse(written)) ? new Date(written).toISOString() : lastDayOf(date)
}

function provenanceOf(
  { request: { at }, view, naming, fileNames, people }: DetailProps,
  check: string | undefined,
): ProvenanceLineProps {
  const { record, collection } = view
  const runId = record.listed.find((listed) => listed.runId !== null)?.runId
  const source = collection.source
  return {
    source: source
      ? { label: source.name, ...(source.url === undefined ? {} : { href: source.url }) }
      : { label: naming.names('collection', collection.key) },
    at: record.updatedAt,
    ...(runId && fileNames.has(runId)
      ? { run: { label: fileNames.get(runId) ?? runId.slice(-6), href: at(`/imports/${runId}`) } }
      : {}),
    ...(check ? { checkedBy: people(check) } : {}),
    state: record.state,
  }
}

const DONE = ['created', 'saved', 'moved'] as const

function DoneNotice({ request: { query, t } }: { readonly request: PageRequest }) {
  const objection = /^objection-(raised|answered|settled)$/.exec(query.get('done') ?? '')?.[1]
  if (objection !== undefined) return <Notice kind="good" title={t(`objections.done.${objection}`)} live />
  if (query.get('done') === 'unlinked') return <Notice kind="good" title={t('linking.done.undo')} live />
  const done = DONE.find((one) => one === query.get('done'))
  return done === undefined ? null : <Notice kind="good" title={t(`registry.done.${done}`)} live />
}
