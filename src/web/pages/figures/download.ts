/**
 * The figures of the page as a file: one row per figure and reading. JSON is what the command line gives; the headings and names of
 * the table are in the language of the page, with the codes beside them for programs.
 */
import { definitionOf, figureTitle, readingName } from '../../../documents/figure-words.ts'
import type { Translator } from '../../../i18n/translator.ts'
import { type OutColumn, type OutRow, writeCsv } from '../../../interop/tables/index.ts'
import { downloadName } from '../../../jobs/exports/listing-about.ts'
import { contentDisposition, type HttpResponse } from '../../../kernel/http.ts'
import { listCollectionsQuery, NOT_STATED } from '../../../modules/registry/index.ts'
import { computeFigures, type Figure } from '../../../modules/reporting/index.ts'
import { type ListFile, listFilePages } from '../../list-files.ts'
import type { PageDefinition, PageRequest } from '../../site.tsx'
import { streamOf } from '../../stream-of.ts'
import { readChoice } from './figures-page.tsx'

export const figureDownloads: readonly PageDefinition[] = [
  { path: '/figures.csv', handle: async (request) => csvFile(request, await figuresOf(request)) },
  { path: '/figures.json', handle: async (request) => jsonFile(request, await figuresOf(request)) },
  ...listFilePages('/figures', tableFile, { but: ['csv', 'json'] }),
]

async function tableFile(request: PageRequest): Promise<ListFile> {
  const title = request.t('reporting.figures.title')
  return { name: 'figures', title, ...figuresTable(request.t, await figuresOf(request)) }
}

async function figuresOf(request: PageRequest): Promise<Figure[]> {
  const { context, actor } = request
  const collections = await context.operations.run(listCollectionsQuery, {}, actor)
  const choice = await readChoice(request, collections)
  if (!choice) return []
  const { portfolio, year = NOT_STATED, filter } = choice
  return context.operations.run(computeFigures, { portfolio, year, filter }, actor)
}

function jsonFile(request: PageRequest, figures: readonly Figure[]): HttpResponse {
  return file(request, figures, 'json', 'application/json; charset=utf-8', `${JSON.stringify(figures, null, 2)}\n`)
}

function csvFile(request: PageRequest, figures: readonly Figure[]): HttpResponse {
  const { columns, rows } = figuresTable(request.t, figures)
  const body = streamOf((out) => writeCsv(rows, columns, out, { byteOrderMark: true }))
  return file(request, figures, 'csv', 'text/csv; charset=utf-8', body)
}

export function figuresTable(t: Translator, figures: readonly Figure[]): { columns: OutColumn[]; rows: OutRow[] } {
  const column = (key: string, header: string): OutColumn => ({ key, header: t(header) })
  const columns = [
    column('definition', 'reporting.figures.column.definition-code'),
    column('title', 'reporting.figures.column.counted'),
    column('readingCode', 'reporting.figures.column.reading-code'),
    column('reading', 'reporting.figures.column.reading'),
    column('portfolio', 'reporting.figures.portfolio'),
    column('year', 'reporting.figures.year'),
    column('value', 'reporting.figures.column.value'),
    column('numerator', 'reporting.figures.column.numerator'),
    column('denominator', 'reporting.figures.column.denominator'),
    column('rows', 'components.chart.rows'),
    column('confirmed', 'reporting.figures.column.confirmed'),
    column('reported', 'reporting.figures.column.reported'),
    column('difference', 'reporting.figures.column.difference'),
    column('differenceUnit', 'reporting.figures.column.difference-unit-code'),
    column('verdictCode', 'reporting.figures.column.verdict-code'),
    column('verdict', 'reporting.figures.column.verdict'),
  ]
  const rows = figures.map((figure) => ({
    definition: figure.definitionId,
    title: figureTitle(t, definitionOf(figure)),
    readingCode: definitionOf(figure).reading,
    reading: readingName(t, definitionOf(figure)),
    portfolio: figure.portfolio,
    year: figure.year ?? undefined,
    value: figure.value ?? undefined,
    numerator: figure.numerator,
    denominator: figure.denominator ?? undefined,
    rows: figure.rows,
    confirmed: figure.confirmed,
    reported: figure.reported?.value,
    difference: figure.difference?.value,
    differenceUnit: figure.difference?.unit,
    verdictCode: figure.verdict,
    verdict: t(`components.verdict.${figure.verdict}`),
  }))
  return { columns, rows }
}

function file(
  { query }: PageRequest,
  [first]: readonly Figure[],
  extension: string,
  mediaType: string,
  body: HttpResponse['body'],
): HttpResponse {
  const day = new Date().toISOString().slice(0, 10)
  const year = first?.year ?? query.get('year')
  const name = downloadName('figures', first ? [first.portfolio] : [], day, extension, year === null ? [] : [String(year)])
  return {
    status: 200,
    headers: {
      'content-type': mediaType,
      'content-disposition': contentDisposition(name),
      'cache-control': 'no-cache',
    },
    body,
  }
}
