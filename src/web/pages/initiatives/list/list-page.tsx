/** The list of initiatives: search, filters with counts, chips, order, rows, what is not stated, downloads, citation. */
import {
  FILTER_FIELDS,
  type FilterField,
  formatListingFilter,
  type ListingPage,
  type ListingSort,
  listListings,
  NOT_STATED,
  SORTS,
} from '../../../../modules/registry/index.ts'
import {
  ButtonLink,
  Chips,
  DataTable,
  type DownloadLink,
  EmptyState,
  FilterPanel,
  Notice,
  NotStated,
  Page,
  Pagination,
  Tabs,
  WithSidebar,
} from '../../../components/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { type Naming, namingOf } from '../naming.ts'
import { citedList, citeList } from './cite-list.ts'
import { DOWNLOADS } from './download.ts'
import { chipsOf, filterView, filterWords } from './filter-view.ts'
import { type ListQuery, listAddress, ROWS_PER_PAGE, readListQuery } from './list-address.ts'
import { columnsOnScreen } from './list-columns.tsx'
import { CountryAnswers, countryAnswers, SampleAnswers, sampleAnswers } from './other-answers.tsx'
import { UnreadNotice } from './unread-notice.tsx'

export async function listPage(request: PageRequest): Promise<PageContent> {
  const { t, at, actor, context } = request
  const query = readListQuery(request.query)
  const page = await context.operations.run(
    listListings,
    { filter: query.filter, sort: query.sort, offset: query.offset, limit: ROWS_PER_PAGE },
    actor,
  )
  const naming = await namingOf(request, orgsToName(query, page))
  const countries = await countryAnswers(request, query.filter, naming)
  const inSamples = page.total === 0 ? await sampleAnswers(request, query.filter, naming) : []
  const chips = chipsOf(request, query, naming.names, '/initiatives')
  const words = filterWords(t, chips)
  const title = t('registry.list.title')
  return {
    title,
    place: 'initiatives',
    dataKind: showsSample(query, naming) ? 'sample' : undefined,
    noIndex: chips.length > 0,
    about: {
      definitions: [{ label: t('registry.list.unit'), href: at('/code-lists') }],
      downloads: downloadLinks(request, query, page.total),
      cite: citeList(request, query, page.total, words === '' ? t('registry.list.all') : words),
    },
    body: (
      <Page
        title={title}
        lead={page.total > 0 && t('registry.list.lead', { count: page.total, shown: t.number(page.total) })}
        actions={
          <>
            {request.may('registry.initiative.create') && (
              <ButtonLink href={at('/initiatives/new')}>{t('registry.list.register')}</ButtonLink>
            )}
            <ButtonLink href={at('/collections')} kind="secondary">
              {t('registry.collections.title')}
            </ButtonLink>
            {request.may('registry.initiative.edit') && (
              <ButtonLink href={at('/initiatives/links')} kind="secondary">
                {t('linking.title')}
              </ButtonLink>
            )}
            {request.may('registry.release.draft') && page.total > 0 && (
              <ButtonLink
                href={`${at('/releases/new')}?${new URLSearchParams({ filter: formatListingFilter(query.filter).toString() })}`}
                kind="secondary"
              >
                {t('releases.from-list')}
              </ButtonLink>
            )}
          </>
        }
      >
        <UnreadNotice request={request} query={query} naming={naming} />
        <CitedNotice request={request} total={page.total} />
        <CountryAnswers request={request} naming={naming} answers={countries} />
        {page.total === 0 && chips.length === 0 ? (
          <NothingYet request={request} naming={naming} />
        ) : (
          <WithSidebar aside={<Filters request={request} query={query} page={page} naming={naming} />}>
            <Chips chips={chips} clearHref={at('/initiatives')} />
            <NotStatedLine request={request} query={query} page={page} />
            <OrderTabs request={request} query={query} />
            <DataTable
              caption={title}
              captionHidden
              columns={columnsOnScreen(request, query)}
              rows={page.rows}
              rowKey={(row) => row.id}
              empty={
                <EmptyState title={t('registry.list.none')}>
                  <SampleAnswers request={request} naming={naming} answers={inSamples} />
                  <p>
                    <a href={at('/initiatives')}>{t('components.chips.clear')}</a>
                  </p>
                </EmptyState>
              }
            />
            <Pages request={request} query={query} page={page} />
          </WithSidebar>
        )}
      </Page>
    ),
  }
}

/** Organisations are many; only those on the page are looked up. */
export function orgsToName(query: ListQuery, page: ListingPage): string[] {
  const counted = page.facets.org.slice(0, 13).map(({ value }) => value)
  return [...new Set([...counted, ...(query.filter.values.org ?? [])])].filter((value) => value !== NOT_STATED)
}

export function showsSample(query: ListQuery, naming: Naming): boolean {
  const asked = query.filter.values.collection ?? []
  return naming.collections.some(({ key, kind }) => kind === 'sample' && asked.includes(key))
}

export function downloadLinks({ t, at }: PageRequest, query: ListQuery, total: number): DownloadLink[] {
  const detail = t('registry.list.rows', { count: total, shown: t.number(total) })
  return DOWNLOADS.map(({ format, extension }) => ({ format, href: listAddress(at(`/initiatives.${extension}`), query), detail }))
}

interface PartProps {
  readonly request: PageRequest
  readonly query: ListQuery
  readonly page: ListingPage
}

function Filters({ request, query, page, naming }: PartProps & { readonly naming: Naming }) {
  const { t, at } = request
  const view = filterView(request, query, page.facets, naming.names)
  const setCount = Object.keys(query.filter.values).length + (query.filter.search === undefined ? 0 : 1)
  return (
    <>
      <FilterPanel
        action={at('/initiatives')}
        groups={view.groups}
        search={{ name: 'q', label: t('registry.list.search'), value: query.filter.search }}
        hidden={query.sort === 'listed' ? {} : { sort: query.sort }}
        setCount={setCount}
        clearHref={at('/initiatives')}
      />
      {view.cut.length > 0 && (
        <nav aria-label={t('registry.list.all-values')}>
          <p class="muted">{t('registry.list.all-values')}</p>
          <ul>
            {view.cut.map((field) => (
              <li key={field}>
                <a href={listAddress(at(`/initiatives/values/${field}`), query)}>{t(`registry.field.${field}`)}</a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </>
  )
}

/** Fields of the columns about kind and role: how many of the rows say nothing there (domain ruling 8). */
const COUNTED_UNKNOWN: readonly FilterField[] = ['role', 'partnerType', 'scale', 'host', 'partner', 'sector', 'goal']

function NotStatedLine({ request, query, page }: PartProps) {
  const { t, at } = request
  const open = COUNTED_UNKNOWN.flatMap((field) => {
    const count = page.facets[field].find(({ value }) => value === NOT_STATED)?.count ?? 0
    return count > 0 ? [{ field, count }] : []
  })
  if (open.length === 0) return null
  return (
    <ul class="provenance" aria-label={t('components.not-stated')}>
      {open.map(({ field, count }) => (
        <li key={field}>
          {t('components.label', { label: t(`registry.field.${field}`) })}{' '}
          <a
            href={listAddress(at('/initiatives'), {
              ...query,
              filter: { ...query.filter, values: { ...query.filter.values, [field]: [NOT_STATED] } },
            })}
          >
            <NotStated count={count} />
          </a>
        </li>
      ))}
    </ul>
  )
}

function OrderTabs({ request, query }: Omit<PartProps, 'page'>) {
  const { t, at } = request
  const tabs = SORTS.map((sort: ListingSort) => ({
    label: t(`registry.sort.${sort}`),
    href: listAddress(at('/initiatives'), { ...query, sort }),
    current: query.sort === sort,
  }))
  return <Tabs label={t('registry.list.order')} tabs={tabs} />
}

function Pages({ request, query, page }: PartProps) {
  if (page.rows.length === 0) return null
  const { at } = request
  const previous = Math.max(0, query.offset - ROWS_PER_PAGE)
  const next = query.offset + page.rows.length
  const set = FILTER_FIELDS.filter((field) => query.filter.values[field] && field !== 'collection')
  // What is not stated counts rows that the filter could not judge: with one field set, those that say nothing in it.
  const only = set.length === 1 ? set[0] : query.sort === 'year' ? 'year' : undefined
  const notStated = only === undefined ? undefined : page.facets[only].find(({ value }) => value === NOT_STATED)?.count
  return (
    <Pagination
      shown={page.rows.length}
      total={page.total}
      from={query.offset + 1}
      previousHref={query.offset > 0 ? listAddress(at('/initiatives'), query, previous) : undefined}
      nextHref={next < page.total ? listAddress(at('/initiatives'), query, next) : undefined}
      notStated={notStated}
    />
  )
}

function CitedNotice({ request, total }: { readonly request: PageRequest; readonly total: number }) {
  const cited = citedList(request.query)
  if (!cited) return null
  const { t } = request
  return (
    <Notice>
      <p>
        {t('registry.list.cited', {
          date: t.date(cited.on),
          count: cited.rows,
          shown: t.number(cited.rows),
          now: t.number(total),
        })}
      </p>
    </Notice>
  )
}

function NothingYet({ request, naming }: { readonly request: PageRequest; readonly naming: Naming }) {
  const { t, at } = request
  const samples = naming.collections.filter(({ kind }) => kind === 'sample')
  return (
    <EmptyState title={t('registry.list.empty')}>
      <p>{t('registry.list.empty-text')}</p>
      <ul>
        {request.may('registry.import.run') && (
          <li>
            <a href={at('/imports')}>{t('registry.list.import')}</a>
          </li>
        )}
        {request.may('registry.initiative.create') && (
          <li>
            <a href={at('/initiatives/new')}>{t('registry.list.register')}</a>
          </li>
        )}
        {samples.length === 0 && request.may('registry.collection.remove') && (
          <li>
            <a href={`${at('/')}#example`}>{t('registry.list.load-sample')}</a>
          </li>
        )}
        {samples.map(({ key }) => (
          <li key={key}>
            <a href={`${at('/initiatives')}?collection=${encodeURIComponent(key)}`}>
              {t('registry.list.see-sample', { name: naming.names('collection', key) })}
            </a>
          </li>
        ))}
      </ul>
    </EmptyState>
  )
}
