/** Pairs of records that may be one initiative: by collection, score and state. Each leads to the comparison where a person decides. */
import { problemText } from '../../../../i18n/problem-text.ts'
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import {
  DEFAULT_THRESHOLD,
  getLinkSearch,
  LINK_STATES,
  type LinkedRecord,
  type LinkSearch,
  type LinkState,
  type ListedProposal,
  listLinkProposals,
  proposeLinks,
} from '../../../../modules/registry/index.ts'
import {
  Button,
  ButtonRow,
  type Column,
  DataTable,
  EmptyState,
  Form,
  Notice,
  Page,
  Pagination,
  Panel,
  ProgressBar,
  SelectField,
  TextField,
} from '../../../components/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { type Naming, namingOf } from '../naming.ts'
import { periodText } from '../words.ts'
import { recordName } from './record-lines.tsx'
import { type SignText, signTexts } from './sign-text.ts'

const ROWS_PER_PAGE = 25
const REFRESH_SECONDS = 5
/** The strongest signs; the comparison shows all. */
const SHOWN_SIGNS = 4

/** No key of a collection: those begin with a letter or digit. */
const EVERY = '*'

interface Asked {
  readonly collection: string | undefined
  readonly threshold: number
  readonly state: LinkState
  readonly offset: number
}

export async function linksPage(request: PageRequest): Promise<PageContent> {
  const { t, at, context, actor } = request
  const asked = readAsked(request.query)
  const { collection, threshold, state, offset } = asked
  const input = { threshold, state, offset, limit: ROWS_PER_PAGE, ...(collection === undefined ? {} : { collection }) }
  const page = await context.operations.run(listLinkProposals, input, actor)
  const search = await context.operations.run(getLinkSearch, {}, actor)
  const isUnderWay = search !== null && search.endedAt === null
  const naming = await namingOf(request)
  const text = await signTexts(request, page.rows)
  const title = t('linking.title')
  return {
    title,
    place: 'initiatives',
    noIndex: true,
    ...(isUnderWay ? { refreshSeconds: REFRESH_SECONDS } : {}),
    body: (
      <Page title={title} trail={[{ label: t('registry.list.title'), href: at('/initiatives') }]} lead={t('linking.lead')}>
        {search && <SearchNotice request={request} search={search} />}
        <Filter request={request} asked={asked} naming={naming} />
        <DataTable
          caption={t('linking.pairs')}
          captionHidden
          columns={columnsOf(request, text)}
          rows={page.rows}
          rowKey={({ id }) => id}
          empty={<EmptyState title={t('linking.none')} />}
        />
        {page.total > 0 && (
          <Pagination
            shown={page.rows.length}
            total={page.total}
            from={offset + 1}
            previousHref={offset > 0 ? addressOf(request, { ...asked, offset: Math.max(0, offset - ROWS_PER_PAGE) }) : undefined}
            nextHref={
              offset + page.rows.length < page.total
                ? addressOf(request, { ...asked, offset: offset + ROWS_PER_PAGE })
                : undefined
            }
          />
        )}
        <Form
          action={at('/initiatives/links')}
          hidden={collection === undefined ? {} : { collection }}
          label={t('linking.propose.do')}
        >
          <p class="hint">{t('linking.propose.hint')}</p>
          <ButtonRow>
            <Button kind="secondary">{t('linking.propose.do')}</Button>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}

/** Asks for a search and goes back to the list, which says how far it is. */
export async function proposeFromForm(request: PageRequest): Promise<HttpResponse> {
  const { at, context, actor, form } = request
  const collection = form.get('collection') || undefined
  await context.operations.run(proposeLinks, collection === undefined ? {} : { collection }, actor)
  const query = new URLSearchParams({ ...(collection === undefined ? {} : { collection }) })
  return seeOther(query.size > 0 ? `${at('/initiatives/links')}?${query}` : at('/initiatives/links'))
}

function readAsked(query: URLSearchParams): Asked {
  const state = LINK_STATES.find((one) => one === query.get('state')) ?? 'proposed'
  const asked = query.get('collection') || EVERY
  return {
    collection: asked === EVERY ? undefined : asked,
    threshold: wholeNumber(query.get('threshold'), 100) ?? DEFAULT_THRESHOLD,
    state,
    offset: wholeNumber(query.get('offset'), 1_000_000) ?? 0,
  }
}

function wholeNumber(text: string | null, most: number): number | undefined {
  return text !== null && /^\d{1,7}$/.test(text) ? Math.min(Number(text), most) : undefined
}

function addressOf({ at }: PageRequest, { collection, threshold, state, offset }: Asked): string {
  const query = new URLSearchParams({
    ...(collection === undefined ? {} : { collection }),
    ...(threshold === DEFAULT_THRESHOLD ? {} : { threshold: String(threshold) }),
    ...(state === 'proposed' ? {} : { state }),
    ...(offset === 0 ? {} : { offset: String(offset) }),
  })
  return query.size > 0 ? `${at('/initiatives/links')}?${query}` : at('/initiatives/links')
}

/** How far the newest search is, or what came of it. */
function SearchNotice({ request: { t }, search }: { readonly request: PageRequest; readonly search: LinkSearch }) {
  const { state, records, pairsKept, pairsFound, failure, endedAt } = search
  if (state === 'failed')
    return <Notice kind="bad" title={failure ? problemText(t, failure) : t('linking.problem.search-failed')} />
  if (state === 'done') {
    const { likely, created, changed, removed } = search
    const words = {
      at: endedAt === null ? '–' : t.instant(endedAt),
      ...shownNumbers(t, { records, likely, created, changed, removed }),
    }
    return <Notice kind="good" live title={t('linking.propose.done', words)} />
  }
  if (state === 'waiting') return <Notice live title={t('linking.search.waiting')} />
  const words =
    state === 'comparing'
      ? t('linking.search.comparing', { count: records, shown: t.number(records) })
      : t('linking.search.keeping', shownNumbers(t, { records, kept: pairsKept, found: pairsFound }))
  return (
    <ProgressBar
      label={t('linking.search.title')}
      done={pairsKept}
      total={state === 'keeping' ? pairsFound : undefined}
      words={words}
      refreshSeconds={REFRESH_SECONDS}
    />
  )
}

function shownNumbers(t: PageRequest['t'], counts: Readonly<Record<string, number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, t.number(count)]))
}

interface FilterProps {
  readonly request: PageRequest
  readonly asked: Asked
  readonly naming: Naming
}

function Filter({ request: { t, at }, asked, naming }: FilterProps) {
  return (
    <Panel title={t('linking.filter.title')} id="filter">
      <Form method="get" action={at('/initiatives/links')} label={t('linking.filter.title')}>
        <SelectField
          name="collection"
          label={t('linking.filter.collection')}
          value={asked.collection ?? EVERY}
          choices={[
            { value: EVERY, label: t('linking.filter.every') },
            ...naming.collections.map(({ key }) => ({ value: key, label: naming.names('collection', key) })),
          ]}
        />
        <TextField
          name="threshold"
          label={t('linking.filter.threshold')}
          hint={t('linking.filter.threshold-hint', { standard: t.number(DEFAULT_THRESHOLD) })}
          value={String(asked.threshold)}
          width="short"
        />
        <SelectField
          name="state"
          label={t('linking.filter.state')}
          value={asked.state}
          choices={LINK_STATES.map((state) => ({ value: state, label: t(`linking.state.${state}`) }))}
        />
        <ButtonRow>
          <Button kind="secondary">{t('linking.filter.do')}</Button>
        </ButtonRow>
      </Form>
    </Panel>
  )
}

function columnsOf(request: PageRequest, text: SignText): Column<ListedProposal>[] {
  const { t, at } = request
  return [
    { key: 'one', label: t('linking.column.one'), cell: ({ one }) => <Side request={request} record={one} /> },
    { key: 'other', label: t('linking.column.other'), cell: ({ other }) => <Side request={request} record={other} /> },
    { key: 'score', label: t('linking.column.score'), kind: 'number', cell: ({ score }) => t.number(score) },
    {
      key: 'why',
      label: t('linking.column.why'),
      cell: ({ reasons, doubts }) => (
        <ul>
          {[...reasons.slice(0, SHOWN_SIGNS), ...doubts].map((sign) => (
            <li key={sign.code}>{text(sign)}</li>
          ))}
        </ul>
      ),
    },
    {
      key: 'next',
      label: t('linking.column.next'),
      cell: ({ id, one, other }) => (
        <a
          href={at(`/initiatives/links/${id}`)}
          aria-label={t('linking.compare.of', { one: recordName(t, one), other: recordName(t, other) })}
        >
          {t('linking.compare')}
        </a>
      ),
    },
  ]
}

function Side({ request: { t, at }, record }: { readonly request: PageRequest; readonly record: LinkedRecord }) {
  const { facts } = record
  const period = periodText(t, facts.actualPeriod) ?? periodText(t, facts.plannedPeriod)
  return (
    <>
      <a href={at(`/initiatives/${record.id}`)}>
        <bdi>{recordName(t, record)}</bdi>
      </a>
      <br />
      <span class="muted">
        <bdi>{record.identifier ?? record.collection}</bdi>
        {period !== undefined && (
          <>
            {' · '}
            <bdi>{period}</bdi>
          </>
        )}
      </span>
    </>
  )
}
