/** The figures of a portfolio and year: headline numbers, Figures I to III, regions, what the rule says, who works with whom. */
import { definitionOf, differenceText, figureTitle, yearName } from '../../../documents/figure-words.ts'
import {
  type Collection,
  formatListingFilter,
  type ListingFilter,
  listListings,
  NOT_STATED,
} from '../../../modules/registry/index.ts'
import {
  computeFigures,
  type Figure,
  type ListedYearChoice,
  listCountryPairs,
  type WhoWithWhom,
} from '../../../modules/reporting/index.ts'
import { Chips, EmptyState, Notice, Page, SummaryList, Verdict } from '../../components/index.ts'
import { FILE_FORMATS } from '../../list-files.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { absoluteAddress } from '../initiatives/list/cite-list.ts'
import { chipsOf } from '../initiatives/list/filter-view.ts'
import { type Naming, namingOf } from '../initiatives/naming.ts'
import { collectionName } from '../initiatives/value-names.ts'
import { askedYear, figuresAddress, furtherFilter, isFiltered, readYear } from './figure-address.ts'
import { FigureSection } from './figure-charts.tsx'
import { FigureDoor, FigureTable, printedText } from './figure-table.tsx'
import { PairMatrix } from './pair-matrix.tsx'

export interface FigureChoice {
  readonly portfolio: string
  readonly year: ListedYearChoice | undefined
  readonly years: readonly ListedYearChoice[]
  readonly filter: ListingFilter
}

export async function figuresPage(request: PageRequest): Promise<PageContent> {
  const { t, at, actor, context } = request
  const naming = await namingOf(request)
  const title = t('reporting.figures.title')
  const choice = await readChoice(request, naming.collections)
  if (!choice) return { title, place: 'figures', body: <Page title={title}>{<NothingYet request={request} />}</Page> }
  const { portfolio, year, filter } = choice
  const withFilter = { portfolio, year: year ?? NOT_STATED, filter }
  const figures = await context.operations.run(computeFigures, withFilter, actor)
  const listFilter: ListingFilter = {
    ...filter,
    values: { ...filter.values, collection: [portfolio], year: [String(year ?? NOT_STATED)] },
  }
  const pairs = await bestPairs(request, listFilter)
  const name = naming.names('collection', portfolio)
  const scope = t('reporting.figures.scope', { portfolio: name, year: yearName(t, year ?? null) })
  const address = figuresAddress(portfolio, year, filter)
  const today = new Date().toISOString().slice(0, 10)
  return {
    title: `${title}: ${scope}`,
    place: 'figures',
    dataKind: naming.collections.find(({ key }) => key === portfolio)?.kind === 'sample' ? 'sample' : undefined,
    noIndex: isFiltered(filter),
    about: {
      downloads: FILE_FORMATS.map(({ format, extension }) => ({ format, href: `${at(`/figures.${extension}`)}${address}` })),
      cite: {
        citation: t('reporting.figures.citation', { instance: context.instance.name, scope, date: t.date(today) }),
        permalink: absoluteAddress(request, `${at('/figures')}${address}`),
      },
    },
    body: (
      <Page title={title} kicker={scope} lead={t('reporting.figures.lead')}>
        <Chooser request={request} naming={naming} choice={choice} />
        {isFiltered(filter) && (
          <>
            <Chips chips={chipsOf(request, { filter: listFilter, sort: 'listed', offset: 0 }, naming.names, '/figures')} />
            <Notice>
              <p>{t('reporting.figures.filtered')}</p>
            </Notice>
          </>
        )}
        <Words request={request} />
        {figures[0]?.numerator === 0 && <NothingYet request={request} />}
        <Headline request={request} figures={figures} filter={filter} />
        {(['figure-i', 'figure-ii', 'figure-iii', 'regions', 'cooperation-types'] as const).map((group) => (
          <FigureSection key={group} request={request} group={group} figures={figures} filter={filter} scope={scope} />
        ))}
        <section aria-labelledby="group-matrix">
          <h2 id="group-matrix">{t('reporting.figures.group.matrix')}</h2>
          <PairMatrix request={request} found={pairs} filter={listFilter} scope={scope} />
          <p>
            <a href={`${at('/figures/pairs')}?${withSides(listFilter, pairs)}`}>{t('reporting.figures.matrix.all')}</a>
          </p>
        </section>
      </Page>
    ),
  }
}

function withSides(filter: ListingFilter, { sides }: WhoWithWhom): string {
  const params = formatListingFilter(filter)
  if (sides !== 'host-partner') params.set('sides', sides)
  return params.toString()
}

/** Portfolios that people filled come first; without any, the newest sample. Undefined when there is no collection at all. */
export async function readChoice(request: PageRequest, collections: readonly Collection[]): Promise<FigureChoice | undefined> {
  const { query } = request
  const asked = query.get('collection')?.split(',')[0]
  const portfolio = asked ?? preferredPortfolio(collections)
  if (portfolio === undefined) return undefined
  const asksYear = askedYear(query.get('year'))
  const filter = furtherFilter(query)
  const years = await yearsWithRows(request, portfolio)
  return { portfolio, years, filter, year: asksYear ?? years[0] }
}

/** Newest first; rows that state no year come last. */
export async function yearsWithRows({ context, actor }: PageRequest, portfolio: string): Promise<ListedYearChoice[]> {
  const page = await context.operations.run(listListings, { filter: { values: { collection: [portfolio] } }, limit: 1 }, actor)
  return page.facets.year
    .map(({ value }) => readYear(value))
    .filter((year): year is ListedYearChoice => year !== undefined)
    .sort((a, b) => Number(a === NOT_STATED) - Number(b === NOT_STATED) || Number(b) - Number(a))
}

function preferredPortfolio(collections: readonly Collection[]): string | undefined {
  const working = collections.find(({ kind }) => kind === 'working')
  const listed = collections.filter(({ source }) => /^\d{4}/.test(source?.date ?? ''))
  const newest = [...listed].sort((a, b) => (b.key > a.key ? 1 : -1)).find(({ kind }) => kind === 'sample')
  return (working ?? newest ?? collections[0])?.key
}

/** Providers and recipients where rows name them; otherwise host and partner, which every list has. */
export async function bestPairs(request: PageRequest, filter: ListingFilter): Promise<WhoWithWhom> {
  const { context, actor, query } = request
  const asked = query.get('sides')
  const run = (sides: 'host-partner' | 'provider-recipient') => context.operations.run(listCountryPairs, { filter, sides }, actor)
  if (asked === 'provider-recipient') return run('provider-recipient')
  const found = await run('host-partner')
  if (asked === 'host-partner' || found.rowsWithPair > 0) return found
  const other = await run('provider-recipient')
  return other.rowsWithPair > 0 ? other : found
}

function Chooser({
  request,
  naming,
  choice,
}: {
  readonly request: PageRequest
  readonly naming: Naming
  readonly choice: FigureChoice
}) {
  const { t, at } = request
  const link = (portfolio: string, year: ListedYearChoice | undefined) =>
    `${at('/figures')}${figuresAddress(portfolio, year, choice.filter)}`
  return (
    <nav class="tabs" aria-label={t('reporting.figures.choose')}>
      <ul>
        {naming.collections.map((collection) => (
          <li key={collection.key}>
            <a href={link(collection.key, undefined)} aria-current={collection.key === choice.portfolio ? 'page' : undefined}>
              {collectionName(t, collection, collection.key)}
            </a>
          </li>
        ))}
      </ul>
      {choice.years.length > 1 && (
        <ul>
          {choice.years.map((year) => (
            <li key={year}>
              <a href={link(choice.portfolio, year)} aria-current={year === choice.year ? 'page' : undefined}>
                {yearName(t, year)}
              </a>
            </li>
          ))}
        </ul>
      )}
    </nav>
  )
}

/** Words of the tables that no reader brings along, explained before they stand there. */
function Words({ request: { t } }: { readonly request: PageRequest }) {
  return (
    <details>
      <summary>{t('reporting.figures.words')}</summary>
      <SummaryList
        facts={[
          { label: t('reporting.figures.column.reading'), value: t('reporting.figures.words.reading') },
          { label: t('reporting.figures.column.confirmed'), value: t('reporting.figures.words.confirmed') },
          { label: t('reporting.card.data-version'), value: t('reporting.card.data-version-text') },
        ]}
      />
    </details>
  )
}

/** What the report of a year prints first, large; everything of the group in the table below. */
const LARGE = ['projects.rows', 'countries.hosts']

function Headline({
  request,
  figures,
  filter,
}: {
  readonly request: PageRequest
  readonly figures: readonly Figure[]
  readonly filter: ListingFilter
}) {
  const { t } = request
  const group = t('reporting.figures.group.headline')
  const large = figures.filter(({ definitionId }) => LARGE.includes(definitionId))
  return (
    <section aria-labelledby="group-headline">
      <h2 id="group-headline">{group}</h2>
      <dl class="summary summary-card">
        {large.map((figure) => (
          <div key={figure.definitionId}>
            <dt>{figureTitle(t, definitionOf(figure))}</dt>
            <dd>
              <FigureDoor request={request} figure={figure} filter={filter} size="large" />
              <p>
                <Verdict verdict={figure.verdict} />
                {figure.reported && (
                  <span class="muted">
                    {' '}
                    {t('components.label', { label: t('reporting.figures.column.reported') })}{' '}
                    {printedText(request, figure.reported.value)}
                    {figure.difference?.value !== '0' && (
                      <>
                        {' ('}
                        <bdi>{differenceText(t, figure.difference)}</bdi>)
                      </>
                    )}
                  </span>
                )}
              </p>
            </dd>
          </div>
        ))}
      </dl>
      <FigureTable
        request={request}
        figures={figures.filter((figure) => figure.group === 'headline')}
        filter={filter}
        caption={t('reporting.figures.table', { group })}
      />
    </section>
  )
}

function NothingYet({ request: { t, at } }: { readonly request: PageRequest }) {
  return (
    <EmptyState title={t('reporting.figures.empty')}>
      <p>{t('reporting.figures.empty-text')}</p>
      <p>
        <a href={at('/imports')}>{t('reporting.figures.import')}</a>
      </p>
    </EmptyState>
  )
}
