/**
 * A report with all of its numbers, of one state of the data: every query runs in one repeatable-read transaction. Live: the next
 * reader may see other numbers when the data changed. Quoted numbers never move (ruling 5).
 */
import { z } from 'zod'
import { defineQuery, type QueryContext } from '../../../operations/index.ts'
import {
  type Collection,
  findCollection,
  formatListingFilter,
  type ListedInitiative,
  type ListingFilter,
  lendColumns,
  listListings,
  narrowRows,
} from '../../registry/index.ts'
import {
  type Document,
  getDocument,
  type ListedDocument,
  listDocuments,
  listReportedValues,
  type ReportedValue,
} from '../../sources/index.ts'
import { type Figure, figureOf, selectYears, type YearOfListings } from '../figures/compute-figures.ts'
import { dataVersionOf } from '../figures/data-version.ts'
import { FIGURE_DEFINITIONS } from '../figures/figure-definitions.ts'
import { listReportKeys, loadReportTemplate, type ReportTemplate, textsOf } from './report-template.ts'
import { type ResolvedNumber, resolveNumbers } from './resolve-numbers.ts'

export interface ResolvedReport {
  readonly key: string
  readonly lang: string
  readonly template: Omit<ReportTemplate, 'texts'>
  readonly texts: Readonly<Record<string, string>>
  readonly numbers: Readonly<Record<string, ResolvedNumber>>
  /** Every figure of the portfolios in their year. */
  readonly figures: readonly Figure[]
  readonly reported: readonly ReportedValue[]
  readonly sourceDocument: Document
  /** Documents that may be cited, by symbol. */
  readonly documents: readonly ListedDocument[]
  readonly portfolios: readonly ReportPortfolio[]
  /** Portfolios of the template that are not in this installation: their numbers are not stated. */
  readonly missing: readonly string[]
  readonly computedAt: string
}

export interface ReportPortfolio {
  readonly collection: Collection
  readonly year: number | null
  /** Fingerprint of its listings (data-version.ts). */
  readonly dataVersion: string
  /** Only when rows were asked for. */
  readonly rows?: readonly ListedInitiative[]
  /** Ids of the listings behind each figure, by definition; only when rows were asked for. */
  readonly behind?: Readonly<Record<string, readonly string[]>>
}

export const getReport = defineQuery({
  name: 'reporting.get-report',
  permission: 'reporting.report.read',
  input: z.object({ key: z.string(), lang: z.string().default('en'), withRows: z.boolean().default(false) }),
  snapshot: true,
  async run(context, { key, lang, withRows }): Promise<ResolvedReport> {
    const { texts: _, ...template } = loadReportTemplate(key)
    const texts = textsOf(loadReportTemplate(key), lang)
    if (context.snapshotOf) await lendColumns(context.snapshotOf, context.whole)
    const figures: Figure[] = []
    const portfolios: ReportPortfolio[] = []
    const missing: string[] = []
    for (const portfolio of template.portfolios) {
      const collection = await findCollection(context.db, portfolio)
      const listed = collection ? await newestYear(context, portfolio) : undefined
      if (!collection || !listed) {
        missing.push(portfolio)
        continue
      }
      for (const definition of FIGURE_DEFINITIONS) figures.push(await figureOf(context.db, listed, definition))
      portfolios.push(await portfolioOf(context, collection, listed, withRows))
    }
    const { rows: reported } = await listReportedValues.run(context, { document: template.sourceDocument, offset: 0, limit: 500 })
    const numbers = resolveNumbers(template.numbers, {
      figures,
      reported: new Map(reported.map((value) => [value.reference, value])),
      dataVersions: Object.fromEntries(portfolios.map(({ collection, dataVersion }) => [collection.key, dataVersion])),
    })
    return {
      key,
      lang,
      template,
      texts,
      numbers,
      figures,
      reported,
      sourceDocument: await getDocument(context.db, template.sourceDocument),
      documents: (await listDocuments.run(context, { limit: 200 })).rows,
      portfolios,
      missing,
      computedAt: context.clock.now().toISOString(),
    }
  },
})

/** Undefined for a portfolio without rows. */
async function newestYear(context: QueryContext, portfolio: string): Promise<YearOfListings | undefined> {
  const listed = await selectYears(context, portfolio)
  return listed.filter(({ rows, year }) => rows.length > 0 && typeof year === 'number').at(-1)
}

async function portfolioOf(
  context: QueryContext,
  collection: Collection,
  listed: YearOfListings,
  withRows: boolean,
): Promise<ReportPortfolio> {
  const { columns, rows, filter, year } = listed
  const base = {
    collection,
    year: typeof year === 'number' ? year : null,
    dataVersion: dataVersionOf(columns, rows, formatListingFilter(filter).toString()),
  }
  if (!withRows) return base
  const behind = Object.fromEntries(
    FIGURE_DEFINITIONS.map(({ id, rowsFilter }) => [
      id,
      Array.from(narrowRows(columns, rows, rowsFilter), (row) => columns.ids[row] ?? ''),
    ]),
  )
  return { ...base, rows: await allRows(context, listed), behind }
}

const BATCH = 500

async function allRows(context: QueryContext, { filter, rows }: YearOfListings): Promise<ListedInitiative[]> {
  // The figures count what is public.
  const shown: ListingFilter = { ...filter, values: { ...filter.values, shown: ['public'] } }
  const all: ListedInitiative[] = []
  while (all.length < rows.length) {
    const page = await listListings.run(context, { filter: shown, sort: 'listed', offset: all.length, limit: BATCH })
    if (page.rows.length === 0) break
    all.push(...page.rows)
  }
  return all
}

export interface ListedReport {
  readonly key: string
  readonly languages: readonly string[]
  readonly sourceDocument: string
  readonly portfolios: readonly string[]
  /** By language, with its tokens. */
  readonly titles: Readonly<Record<string, string>>
}

export const listReports = defineQuery({
  name: 'reporting.list-reports',
  permission: 'reporting.report.read',
  input: z.object({}),
  async run(): Promise<ListedReport[]> {
    return listReportKeys().map((key) => {
      const { texts, sourceDocument, portfolios, title } = loadReportTemplate(key)
      return {
        key,
        languages: Object.keys(texts),
        sourceDocument,
        portfolios,
        titles: Object.fromEntries(Object.entries(texts).map(([lang, own]) => [lang, own[title] ?? key])),
      }
    })
  },
})
