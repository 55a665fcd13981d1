/** The figures of the page as a file: one row per figure and reading, as the command line gives them. */
import { PassThrough } from 'node:stream'
import { definitionOf, figureTitle, readingName } from '../../../documents/figure-words.ts'
import { type OutColumn, writeCsv } from '../../../interop/tables/index.ts'
import type { HttpResponse } from '../../../kernel/http.ts'
import { listCollectionsQuery, NOT_STATED } from '../../../modules/registry/index.ts'
import { computeFigures, type Figure } from '../../../modules/reporting/index.ts'
import type { PageDefinition, PageRequest } from '../../site.tsx'
import { readChoice } from './figures-page.tsx'

export const figureDownloads: readonly PageDefinition[] = [
  { path: '/figures.csv', handle: async (request) => csvFile(request, await figuresOf(request)) },
  { path: '/figures.json', handle: async (request) => jsonFile(await figuresOf(request)) },
]

async function figuresOf(request: PageRequest): Promise<Figure[]> {
  const { context, actor } = request
  const collections = await context.operations.run(listCollectionsQuery, {}, actor)
  const choice = await readChoice(request, collections)
  if (!choice) return []
  const { portfolio, year = NOT_STATED, filter } = choice
  return context.operations.run(computeFigures, { portfolio, year, filter }, actor)
}

function jsonFile(figures: readonly Figure[]): HttpResponse {
  return file('json', 'application/json; charset=utf-8', `${JSON.stringify(figures, null, 2)}\n`)
}

function csvFile({ t }: PageRequest, figures: readonly Figure[]): HttpResponse {
  const column = (key: string, header: string): OutColumn => ({ key, header })
  const columns = [
    column('definition', 'definition'),
    column('title', t('reporting.figures.column.counted')),
    column('reading', t('reporting.figures.column.reading')),
    column('portfolio', t('reporting.figures.portfolio')),
    column('year', t('reporting.figures.year')),
    column('value', t('reporting.figures.column.value')),
    column('numerator', 'numerator'),
    column('denominator', 'denominator'),
    column('rows', t('components.chart.rows')),
    column('confirmed', t('reporting.figures.column.confirmed')),
    column('reported', t('reporting.figures.column.reported')),
    column('difference', t('reporting.figures.column.difference')),
    column('differenceUnit', 'difference_unit'),
    column('verdict', t('reporting.figures.column.verdict')),
  ]
  const rows = figures.map((figure) => ({
    definition: figure.definitionId,
    title: figureTitle(t, definitionOf(figure)),
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
    verdict: t(`components.verdict.${figure.verdict}`),
  }))
  const out = new PassThrough()
  writeCsv(rows, columns, out, { byteOrderMark: true }).catch((error: unknown) => out.destroy(error as Error))
  return file('csv', 'text/csv; charset=utf-8', out)
}

function file(extension: string, mediaType: string, body: HttpResponse['body']): HttpResponse {
  return {
    status: 200,
    headers: {
      'content-type': mediaType,
      'content-disposition': `attachment; filename="figures.${extension}"`,
      'cache-control': 'no-cache',
    },
    body,
  }
}
