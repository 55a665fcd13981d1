/**
 * Computes the figures of a portfolio and year, each with numerator, denominator, the rows behind, how many of them the rule
 * confirms, and beside it the reported value with difference and verdict (domain section 11, rulings 1 to 5).
 */
import { z } from 'zod'
import type { Db } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type Verdict, verdictOf } from '../../../kernel/verdict.ts'
import { defineQuery, type QueryContext } from '../../../operations/index.ts'
import {
  type FilterField,
  FilterInput,
  findCollection,
  formatListingFilter,
  type ListingColumns,
  type ListingFilter,
  listCollections,
  NOT_STATED,
  narrowRows,
  selectForActor,
} from '../../registry/index.ts'
import { comparableOf, type ReportedValue } from '../../sources/index.ts'
import { hasComparison, reportedFor, statedYears } from './comparisons.ts'
import { countConfirmed, FIGURE_DEFINITIONS, type FigureDefinition } from './figure-definitions.ts'
import { filterOfRowsBehind } from './rows-filter.ts'

export interface Figure {
  /** What is measured; its readings share the key. */
  readonly key: string
  readonly definitionId: string
  readonly group: FigureDefinition['group']
  readonly kind: FigureDefinition['kind']
  readonly portfolio: string
  /** Null when the rows state no year. */
  readonly year: number | null
  /** A count, or a share 0 to 1, unrounded; null when there is nothing to divide by. */
  readonly value: number | null
  readonly numerator: number
  readonly denominator: number | null
  /** Listings behind the numerator. */
  readonly rows: number
  /** How many of them the decision rule confirms (default profile). */
  readonly confirmed: number
  /** Address part of the rows behind: a filter of the list of initiatives. Null when no list can say it (rows-filter.ts). */
  readonly rowsFilter: string | null
  readonly reported: {
    readonly value: string
    readonly key: string
    readonly source: string
    readonly para: string | null
  } | null
  readonly difference: { readonly value: string; readonly unit: string } | null
  readonly verdict: Verdict
  /** Whether another year may be set beside it: 'no' when the code lists differ; absent when there is none. */
  readonly comparable?: 'yes' | 'no'
}

export const YearInput = z.union([z.number().int(), z.literal(NOT_STATED)])
export type ListedYearChoice = z.output<typeof YearInput>

export const computeFigures = defineQuery({
  name: 'reporting.compute-figures',
  permission: 'reporting.figure.read',
  input: z.object({
    portfolio: z.string().optional(),
    /** One listed year, or the rows that state none; by default each year. */
    year: YearInput.optional(),
    /** Any further filter of the list of initiatives. */
    filter: FilterInput.optional(),
  }),
  async run(context, { portfolio, year, filter }): Promise<Figure[]> {
    const { db } = context
    const keys =
      portfolio === undefined ? (await listCollections(db)).map((collection) => collection.key) : [await knownKey(db, portfolio)]
    const figures: Figure[] = []
    for (const key of keys) {
      for (const listed of await selectYears(context, key, year, filter)) figures.push(...(await figuresOfYear(db, listed)))
    }
    return figures
  },
})

async function knownKey(db: Db, portfolio: string): Promise<string> {
  if (!(await findCollection(db, portfolio))) throw new Problem('registry.collection-missing', { collection: portfolio })
  return portfolio
}

/** The published listings of one portfolio and year under a filter; figures, cards and reports count these. */
export interface YearOfListings {
  readonly portfolio: string
  readonly year: ListedYearChoice
  readonly filter: ListingFilter
  readonly columns: ListingColumns
  readonly rows: Uint32Array
  /** Years of the portfolio, oldest first, whatever the filter. */
  readonly years: readonly ListedYearChoice[]
}

/** One selection a year. An empty portfolio has no year; it then counts nothing under "not stated". */
export async function selectYears(
  context: Pick<QueryContext, 'db' | 'whole' | 'sight'>,
  portfolio: string,
  year?: ListedYearChoice,
  extra: ListingFilter = { values: {} },
): Promise<YearOfListings[]> {
  const base: ListingFilter = { ...extra, values: { ...extra.values, collection: [portfolio] } }
  const { year: _, ...withoutYear } = base.values
  const { selection: all } = await selectForActor(
    context,
    { ...base, values: withoutYear },
    { publishedOnly: true, facets: ['year'] },
  )
  const years = statedYears(all.facets.year.map(({ value }) => value))
  const wanted = year === undefined ? (years.length === 0 ? [NOT_STATED] : years) : [year]
  const selected: YearOfListings[] = []
  for (const one of wanted) {
    const filter: ListingFilter = { ...base, values: { ...base.values, year: [String(one)] } }
    const { columns, selection } = await selectForActor(context, filter, { publishedOnly: true, facets: [] })
    selected.push({ portfolio, year: one as ListedYearChoice, filter, columns, rows: selection.rows, years })
  }
  return selected
}

async function figuresOfYear(db: Db, listed: YearOfListings): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const definition of FIGURE_DEFINITIONS) figures.push(await figureOf(db, listed, definition))
  return figures
}

export async function figureOf(db: Db, listed: YearOfListings, definition: FigureDefinition): Promise<Figure> {
  const { columns, rows, portfolio, year } = listed
  const { numerator, denominator } = definition.compute(columns, rows)
  const behind = narrowRows(columns, rows, definition.rowsFilter)
  const rowsFilter = filterOfRowsBehind(listed.filter, definition.rowsFilter)
  const reported = isUnfiltered(listed) ? await reportedFor(db, portfolio, year, definition.id) : undefined
  const { verdict, difference } = verdictOf({
    computed: denominator === undefined ? String(numerator) : { numerator: String(numerator), denominator: String(denominator) },
    ...(reported ? comparableOf(reported) : {}),
    unit: definition.kind,
  })
  const comparable = comparableWithOtherYears(listed, definition)
  return {
    key: definition.id.split('.').slice(0, -1).join('.'),
    definitionId: definition.id,
    group: definition.group,
    kind: definition.kind,
    portfolio,
    year: year === NOT_STATED ? null : year,
    value: denominator === undefined ? numerator : denominator === 0 ? null : numerator / denominator,
    numerator,
    denominator: denominator ?? null,
    rows: behind.length,
    confirmed: countConfirmed(columns, behind),
    rowsFilter: rowsFilter === null ? null : formatListingFilter(publicOnly(rowsFilter)).toString(),
    reported: reported
      ? { value: writtenValue(reported), key: reported.reference, source: reported.document, para: reported.para }
      : null,
    difference: difference ?? null,
    verdict,
    ...(comparable === undefined ? {} : { comparable }),
  }
}

/** Editors also see what is being prepared; the list behind a figure shows what the figure counts: what the public sees. */
export function publicOnly(filter: ListingFilter): ListingFilter {
  return { ...filter, values: { ...filter.values, shown: ['public'] } }
}

/** A printed number is about all rows of the year, so nothing stands beside a further filter. */
function isUnfiltered({ filter }: YearOfListings): boolean {
  const further = Object.keys(filter.values).filter((field) => !['collection', 'year'].includes(field))
  return further.length === 0 && filter.search === undefined
}

/**
 * The shipped years come from lists with different partner types, so their Figure I is not comparable. In a portfolio with several
 * years the code lists are one when every year uses the same codes; a further code in one year may be a change of the list.
 */
function comparableWithOtherYears({ columns, rows, years, portfolio, year }: YearOfListings, definition: FigureDefinition) {
  const field = definition.codeListField
  if (field === undefined) return undefined
  if (years.length < 2) return isComparedAcrossPortfolios(portfolio, year) ? ('no' as const) : undefined
  const own = new Set<number>()
  const column = columns.fields[field]
  for (const row of rows) addCodes(column, row, own)
  return own.size === codesOfPortfolio(columns, field, portfolio) ? ('yes' as const) : ('no' as const)
}

/** Of what the public sees, as the figures are. Columns are immutable, so it is counted once for each state of the data. */
const codesKnown = new WeakMap<ListingColumns, Map<string, number>>()

function codesOfPortfolio(columns: ListingColumns, field: FilterField, portfolio: string): number {
  const known = codesKnown.get(columns) ?? new Map<string, number>()
  codesKnown.set(columns, known)
  const key = `${field} ${portfolio}`
  const counted = known.get(key)
  if (counted !== undefined) return counted
  const all = new Set<number>()
  const collection = columns.fields.collection
  const wanted = collection.dictionary.indexOf(portfolio)
  for (let row = 0; row < columns.size; row += 1) {
    const counts = columns.isPublic[row] === 1 && collection.codes[collection.offsets[row] ?? 0] === wanted
    if (counts) addCodes(columns.fields[field], row, all)
  }
  known.set(key, all.size)
  return all.size
}

function addCodes({ offsets, codes }: ListingColumns['fields']['partnerType'], row: number, into: Set<number>): void {
  const end = offsets[row + 1] ?? 0
  for (let at = offsets[row] ?? 0; at < end; at += 1) into.add(codes[at] ?? 0)
}

function isComparedAcrossPortfolios(portfolio: string, year: ListedYearChoice): boolean {
  return FIGURE_DEFINITIONS.some(({ id }) => hasComparison(portfolio, year, id))
}

/** As printed: '31 %', '469', '16.1–19.0'. */
function writtenValue({ value, low, high, unit }: ReportedValue): string {
  const number = value ?? `${low}–${high}`
  return unit === 'percent' ? `${number} %` : number
}
