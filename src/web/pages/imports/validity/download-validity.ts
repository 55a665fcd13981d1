/** All problems of a run or of a check, or those under a filter, as a table in the language of the reader. */
import { type OutRow, tableSheet, writeCsv, writeJson, writeXlsx } from '../../../../interop/tables/index.ts'
import { contentDisposition, type HttpResponse } from '../../../../kernel/http.ts'
import type { ProblemReport } from '../../../../kernel/problems.ts'
import { listRunProblems } from '../../../../modules/registry/index.ts'
import type { PageDefinition, PageRequest } from '../../../site.tsx'
import { streamOf } from '../../../stream-of.ts'
import { isChosen, type ProblemFilter, readFilter } from './filter.ts'
import { problemCells, problemColumns } from './problem-columns.tsx'

const MEDIA_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
} as const
type Format = keyof typeof MEDIA_TYPES

/** Problems read from the database at once. */
const READ_AT_ONCE = 5_000

export const validityDownloads: readonly PageDefinition[] = (Object.keys(MEDIA_TYPES) as Format[]).flatMap((format) => [
  { path: `/imports/:id/validity.${format}`, handle: (request) => downloadOfRun(request, format) },
  { path: `/imports/new/:key/validity.${format}`, handle: (request) => downloadOfCheck(request, format) },
])

async function downloadOfRun(request: PageRequest, format: Format): Promise<HttpResponse> {
  const { context, actor, params, query } = request
  const runId = params.id ?? ''
  const filter = readFilter(query)
  // A run that does not exist is said before the first byte leaves.
  await context.operations.run(listRunProblems, { runId, limit: 1 }, actor)
  return download(request, format, `validity-${runId}`, problemsOfRun(request, runId, filter))
}

async function downloadOfCheck(request: PageRequest, format: Format): Promise<HttpResponse> {
  const { context, actor, params, query } = request
  const kept = context.imports.of(actor)
  const path = await kept.pathOf(params.key ?? '')
  const problems = context.imports.checks.of(path) ? context.imports.checks.problems(path) : nothing()
  return download(request, format, `validity-${(params.key ?? '').slice(0, 12)}`, chosen(problems, readFilter(query)))
}

function download({ t }: PageRequest, format: Format, name: string, problems: AsyncIterable<ProblemReport>): HttpResponse {
  const columns = problemColumns(t)
  const rows = rowsOf(problems, (problem) => problemCells(t, problem))
  const body = streamOf((out) => {
    if (format === 'csv') return writeCsv(rows, columns, out, { byteOrderMark: true })
    if (format === 'json') return writeJson(rows, columns, out)
    return writeXlsx([tableSheet(t('published.validity.kicker'), columns, rows, { rightToLeft: t.dir === 'rtl' })], out)
  })
  return {
    status: 200,
    headers: {
      'content-type': MEDIA_TYPES[format],
      'content-disposition': contentDisposition(`${name}.${format}`),
      'content-language': t.lang,
      'cache-control': 'no-cache',
    },
    body,
  }
}

async function* problemsOfRun(
  { context, actor }: PageRequest,
  runId: string,
  filter: ProblemFilter,
): AsyncGenerator<ProblemReport> {
  for (let offset = 0; ; offset += READ_AT_ONCE) {
    const { rows } = await context.operations.run(listRunProblems, { runId, ...filter, limit: READ_AT_ONCE, offset }, actor)
    yield* rows
    if (rows.length < READ_AT_ONCE) return
  }
}

async function* chosen(problems: AsyncIterable<ProblemReport>, filter: ProblemFilter): AsyncGenerator<ProblemReport> {
  for await (const problem of problems) if (isChosen(filter, problem)) yield problem
}

async function* nothing(): AsyncGenerator<ProblemReport> {}

async function* rowsOf(
  problems: AsyncIterable<ProblemReport>,
  cells: (problem: ProblemReport) => OutRow,
): AsyncGenerator<OutRow> {
  for await (const problem of problems) yield cells(problem)
}
