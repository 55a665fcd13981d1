/** The directory of focal points: for whom, by which mechanism, who it is, and whether it was confirmed within the year. */
import { areaName, nameIn } from '../../../codes/index.ts'
import {
  FOCAL_POINT_SCOPES,
  FOCAL_POINT_STATES,
  type FocalPointCoverage,
  type FocalPointPage,
  type FocalPointScope,
  type FocalPointState,
  focalPointCoverage,
  type ListedFocalPoint,
  listFocalPoints,
  listRegions,
} from '../../../modules/coordination/index.ts'
import {
  ButtonLink,
  Chips,
  type Column,
  DataTable,
  EmptyState,
  FilterPanel,
  LocalizedTextView,
  NumberDoor,
  Page,
  Pagination,
  StatePill,
  WithSidebar,
} from '../../components/index.ts'
import { listFileLinks } from '../../list-files.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { languageChoices, languageName } from '../people/words.ts'
import { personText, subjectOf, TONES } from './words.ts'

interface Filter {
  readonly search?: string
  readonly scope?: FocalPointScope
  readonly region?: string
  readonly state?: FocalPointState
  readonly language?: string
  readonly country?: string
  readonly orgId?: string
}

/** Name in the address, name in the operation. */
const FILTERS: readonly (readonly [string, keyof Filter])[] = [
  ['q', 'search'],
  ['scope', 'scope'],
  ['region', 'region'],
  ['state', 'state'],
  ['language', 'language'],
  ['country', 'country'],
  ['org', 'orgId'],
]

/** What the address asks for; a code that is none is left to the operation, which says so. */
export function focalPointFilter({ query }: PageRequest): Filter {
  return Object.fromEntries(
    FILTERS.flatMap(([name, field]) => {
      const value = query.get(name)?.trim()
      return value ? [[field, value]] : []
    }),
  )
}

export async function focalPointsPage(request: PageRequest): Promise<PageContent> {
  const { t, at, context, actor, query, may } = request
  const set = focalPointFilter(request)
  const cursor = query.get('after') || undefined
  const page = await context.operations.run(listFocalPoints, { ...set, lang: t.lang, ...(cursor && { cursor }) }, actor)
  const coverage = await context.operations.run(focalPointCoverage, {}, actor)
  const seesPeople = may('directory.person.read')
  const title = t('coordination.title')
  const isFiltered = Object.keys(set).length > 0
  return {
    title,
    about: { downloads: listFileLinks(request, '/focal-points', page.total) },
    body: (
      <Page
        title={title}
        lead={t('coordination.lead', { count: page.total, shown: t.number(page.total) })}
        actions={
          <>
            {may('coordination.focal-point.name') && (
              <ButtonLink href={at('/focal-points/new')}>{t('coordination.new')}</ButtonLink>
            )}
            <ButtonLink href={at('/focal-points/gaps')} kind="secondary">
              {t('coordination.gaps.link')}
            </ButtonLink>
          </>
        }
      >
        <CoverageLines request={request} coverage={coverage} />
        {!seesPeople && <p class="muted">{t('coordination.strangers')}</p>}
        <WithSidebar
          aside={
            <FilterPanel
              action={at('/focal-points')}
              search={{
                name: 'q',
                label: t(seesPeople ? 'coordination.search' : 'coordination.search-strangers'),
                value: set.search,
              }}
              hidden={hiddenOf(request)}
              groups={filterGroups(request, set, seesPeople)}
              setCount={Object.keys(set).length}
              clearHref={at('/focal-points')}
            />
          }
        >
          {set.country !== undefined && (
            <Chips
              chips={[
                {
                  group: t('coordination.field.country'),
                  value: areaName(set.country, t.lang),
                  removeHref: addressWithout(request, 'country'),
                },
              ]}
            />
          )}
          <DataTable
            caption={title}
            captionHidden
            columns={columnsOf(request, seesPeople)}
            rows={page.rows}
            rowKey={({ id }) => id}
            empty={<EmptyState title={t(isFiltered ? 'coordination.none-match' : 'coordination.none')} />}
          />
          <Pages request={request} page={page} />
        </WithSidebar>
      </Page>
    ),
  }
}

/** n of N, each number leading to who is missing. */
function CoverageLines({
  request: { t, at },
  coverage,
}: {
  readonly request: PageRequest
  readonly coverage: FocalPointCoverage
}) {
  return (
    <ul class="provenance">
      {(['countries', 'entities'] as const).map((of) => {
        const { named, total } = coverage[of]
        return (
          <li key={of}>
            <NumberDoor href={`${at('/focal-points/gaps')}?of=${of}`} definition={t(`coordination.gaps.definition.${of}`)}>
              {t(`coordination.coverage.${of}`, { named: t.number(named), total: t.number(total) })}
            </NumberDoor>
          </li>
        )
      })}
    </ul>
  )
}

function hiddenOf({ query }: PageRequest): Record<string, string> {
  return Object.fromEntries(['country', 'org'].flatMap((name) => (query.get(name) ? [[name, query.get(name) ?? '']] : [])))
}

function filterGroups({ t }: PageRequest, set: Filter, seesPeople: boolean) {
  const regions = listRegions().map(({ code, names }) => ({ value: code, label: nameIn(names, t.lang) ?? code }))
  const choice = (name: 'scope' | 'region' | 'state' | 'language', options: readonly { value: string; label: string }[]) => ({
    name,
    legend: t(`coordination.field.${name}`),
    kind: 'one' as const,
    options: options.map((one) => ({ ...one, checked: one.value === set[name] })),
  })
  return [
    choice(
      'scope',
      FOCAL_POINT_SCOPES.map((value) => ({ value, label: t(`coordination.scope.${value}`) })),
    ),
    choice(
      'region',
      regions.sort((a, b) => t.compare(a.label, b.label)),
    ),
    ...(seesPeople
      ? [
          choice(
            'state',
            FOCAL_POINT_STATES.map((value) => ({ value, label: t(`coordination.state.${value}`) })),
          ),
          choice('language', languageChoices(t)),
        ]
      : []),
  ]
}

function addressWithout({ at, query }: PageRequest, name: string): string {
  const params = new URLSearchParams(query)
  params.delete(name)
  params.delete('after')
  return params.size > 0 ? `${at('/focal-points')}?${params}` : at('/focal-points')
}

function Pages({ request, page }: { readonly request: PageRequest; readonly page: FocalPointPage }) {
  if (page.rows.length === 0) return null
  const params = new URLSearchParams(request.query)
  params.set('after', page.next ?? '')
  return (
    <Pagination
      shown={page.rows.length}
      total={page.total}
      previousHref={request.query.has('after') ? addressWithout(request, 'after') : undefined}
      nextHref={page.next === null ? undefined : `${request.at('/focal-points')}?${params}`}
    />
  )
}

function columnsOf({ t, at }: PageRequest, seesPeople: boolean): Column<ListedFocalPoint>[] {
  const always: Column<ListedFocalPoint>[] = [
    {
      key: 'subject',
      label: t('coordination.field.subject'),
      cell: (row) => (
        <>
          <a href={at(`/focal-points/${row.id}`)}>
            <bdi>{subjectOf(t, row)}</bdi>
          </a>
          {row.details?.isMain === false && <div class="muted">{t('coordination.further')}</div>}
        </>
      ),
    },
    {
      key: 'mechanism',
      label: t('coordination.field.mechanism'),
      cell: ({ mechanism }) => mechanism && <LocalizedTextView value={mechanism} />,
    },
  ]
  if (!seesPeople) return always
  return [
    ...always,
    {
      key: 'person',
      label: t('coordination.field.person'),
      cell: ({ details }) =>
        details &&
        (details.person.name === null ? (
          <span class="muted">{personText(t, details.person)}</span>
        ) : (
          <a href={at(`/people/${details.person.id}`)}>
            <bdi>{details.person.name}</bdi>
          </a>
        )),
    },
    {
      key: 'languages',
      label: t('coordination.field.language'),
      cell: ({ details }) =>
        details && details.languages.length > 0 ? t.list(details.languages.map((tag) => languageName(t, tag))) : undefined,
    },
    {
      key: 'state',
      label: t('coordination.field.state'),
      cell: ({ details }) =>
        details && (
          <StatePill state={details.state} label={t(`coordination.state.${details.state}`)} tone={TONES[details.state]} />
        ),
    },
    {
      key: 'confirmed',
      label: t('coordination.field.confirmedAt'),
      cell: ({ details }) =>
        details?.confirmedAt ? (
          t.date(details.confirmedAt.slice(0, 10))
        ) : (
          <span class="muted">{t('coordination.never-confirmed')}</span>
        ),
    },
  ]
}
