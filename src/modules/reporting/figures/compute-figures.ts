/**
 * Computes the figures of a portfolio and year, each with numerator, denominator, the rows behind, how many of them the rule
 * confirms, and beside it the reported value with difference and verdict (domain section 11, rulings 1 to 5).
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Db } from '../../../database/db.ts'
import { PACKAGE_ROOT } from '../../../kernel/package-root.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type Verdict, verdictOf } from '../../../kernel/verdict.ts'
import { type Actor, defineQuery } from '../../../operations/index.ts'
import {
  findCollection,
  formatListingFilter,
  type ListingColumns,
  type ListingFilter,
  listCollections,
  selectForActor,
} from '../../registry/index.ts'
import { comparableOf, parseReference, type ReportedValue, reportedValueFor } from '../../sources/index.ts'
import { countConfirmed, FIGURE_DEFINITIONS, type FigureDefinition } from './figure-definitions.ts'

export interface Figure {
  /** What is measured; its readings share the key. */
  readonly key: string
  readonly definitionId: string
  readonly group: FigureDefinition['group']
  readonly kind: FigureDefinition['kind']
  readonly portfolio: string
  readonly year: number | null
  /** A count, or a share 0 to 1, unrounded; null when there is nothing to divide by. */
  readonly value: number | null
  readonly numerator: number
  readonly denominator: number | null
  /** Listings behind the numerator. */
  readonly rows: number
  /** How many of them the decision rule confirms (default profile). */
  readonly confirmed: number
  /** Address part of the rows behind: a filter of the list of initiatives. */
  readonly rowsFilter: string
  readonly reported: {
    readonly value: string
    readonly key: string
    readonly source: string
    readonly para: string | null
  } | null
  readonly difference: { readonly value: string; readonly unit: string } | null
  readonly verdict: Verdict
  /** Whether the other year of the same report may be set beside it; absent when there is none. */
  readonly comparable?: 'yes' | 'no'
}

const FiguresInput = z.object({
  portfolio: z.string().optional(),
  year: z.number().int().optional(),
  /** Any further filter of the list, in its canonical address form. */
  filter: z.unknown().optional(),
})

export const computeFigures = defineQuery({
  name: 'reporting.compute-figures',
  permission: 'reporting.figure.read',
  input: FiguresInput,
  async run({ db, actor }, { portfolio, year, filter }): Promise<Figure[]> {
    const keys =
      portfolio === undefined ? (await listCollections(db)).map((collection) => collection.key) : [await knownKey(db, portfolio)]
    const figures: Figure[] = []
    for (const key of keys)
      figures.push(...(await figuresOf(db, actor, key, year, (filter as ListingFilter | undefined) ?? { values: {} })))
    return figures
  },
})

async function knownKey(db: Db, portfolio: string): Promise<string> {
  if (!(await findCollection(db, portfolio))) throw new Problem('registry.collection-missing', { collection: portfolio })
  return portfolio
}

async function figuresOf(
  db: Db,
  actor: Actor,
  portfolio: string,
  year: number | undefined,
  filter: ListingFilter,
): Promise<Figure[]> {
  const base: ListingFilter = { ...filter, values: { ...filter.values, collection: [portfolio] } }
  const { columns, selection } = await selectForActor(db, actor, base, { publishedOnly: true })
  const years = year === undefined ? selection.facets.year.map(({ value }) => value).sort() : [String(year)]
  const figures: Figure[] = []
  for (const stated of years.length === 0 ? ['not_stated'] : years) {
    const yearFilter: ListingFilter = { ...base, values: { ...base.values, year: [stated] } }
    const { selection: inYear } = await selectForActor(db, actor, yearFilter, { publishedOnly: true })
    for (const definition of FIGURE_DEFINITIONS) {
      figures.push(await figureOf(db, actor, definition, columns, inYear.rows, portfolio, stated, yearFilter))
    }
  }
  return figures
}

async function figureOf(
  db: Db,
  actor: Actor,
  definition: FigureDefinition,
  columns: ListingColumns,
  rows: Uint32Array,
  portfolio: string,
  stated: string,
  yearFilter: ListingFilter,
): Promise<Figure> {
  const { numerator, denominator } = definition.compute(columns, rows)
  const behindFilter: ListingFilter = { ...yearFilter, values: { ...yearFilter.values, ...definition.rowsFilter } }
  const behind =
    Object.keys(definition.rowsFilter).length === 0
      ? rows
      : (await selectForActor(db, actor, behindFilter, { publishedOnly: true })).selection.rows
  const year = stated === 'not_stated' ? null : Number(stated)
  const reported = await reportedFor(db, portfolio, year, definition.id)
  const { verdict, difference } = verdictOf({
    computed: denominator === undefined ? String(numerator) : { numerator: String(numerator), denominator: String(denominator) },
    ...(reported ? comparableOf(reported) : {}),
    unit: definition.kind,
  })
  return {
    key: definition.id.split('.').slice(0, -1).join('.'),
    definitionId: definition.id,
    group: definition.group,
    kind: definition.kind,
    portfolio,
    year,
    value: denominator === undefined ? numerator : denominator === 0 ? null : numerator / denominator,
    numerator,
    denominator: denominator ?? null,
    rows: behind.length,
    confirmed: countConfirmed(columns, behind),
    rowsFilter: formatListingFilter(behindFilter).toString(),
    reported: reported ? { value: writtenValue(reported), key: reported.reference, source: reported.document, para: reported.para } : null,
    difference: difference ?? null,
    verdict,
    ...(definition.codeListField === undefined ? {} : { comparable: 'no' as const }),
  }
}

/** As printed: '31 %', '469', '16.1–19.0'. */
function writtenValue({ value, low, high, unit }: ReportedValue): string {
  const number = value ?? `${low}–${high}`
  return unit === 'percent' ? `${number} %` : number
}

interface Comparison {
  readonly portfolio: string
  readonly year: number
  readonly definition: string
  readonly reported: string
}

let comparisons: readonly Comparison[] | undefined

/** Which reported value stands beside which figure: data, not code, because only a reader of the source can say so. */
function listComparisons(): readonly Comparison[] {
  comparisons ??= JSON.parse(readFileSync(join(PACKAGE_ROOT, 'sample-data', 'figure-comparisons.json'), 'utf8')) as Comparison[]
  return comparisons
}

async function reportedFor(db: Db, portfolio: string, year: number | null, definition: string): Promise<ReportedValue | undefined> {
  const comparison = listComparisons().find((c) => c.portfolio === portfolio && c.year === year && c.definition === definition)
  if (!comparison) return undefined
  const { key, period } = parseReference(comparison.reported)
  return reportedValueFor(db, key, period)
}
