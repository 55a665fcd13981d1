/** All problems of a run as a table, for the person who repairs the file. */
import { type OutColumn, type OutRow, tableSheet, writeCsv, writeXlsx } from '../../../../interop/tables/index.ts'
import { problemsOfRun } from '../../../../jobs/imports/problem-kinds.ts'
import { contentDisposition, type HttpResponse } from '../../../../kernel/http.ts'
import { getImportRun } from '../../../../modules/registry/index.ts'
import type { PageRequest } from '../../../site.tsx'
import { streamOf } from '../../../stream-of.ts'
import { problemRow } from './problem-rows.ts'

const MEDIA_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

export async function downloadProblems(request: PageRequest, format: keyof typeof MEDIA_TYPES): Promise<HttpResponse> {
  const { t, context, actor, params } = request
  // A run that does not exist is said before the first byte leaves.
  const { run } = await context.operations.run(getImportRun, { id: params.id ?? '', limit: 1 }, actor)
  const columns: OutColumn[] = [
    { key: 'level', header: t('imports.kinds.level') },
    { key: 'sheet', header: t('imports.recognised.sheet') },
    { key: 'row', header: t('imports.kinds.row') },
    { key: 'column', header: t('imports.kinds.column'), width: 28 },
    { key: 'found', header: t('imports.kinds.found'), width: 40 },
    { key: 'message', header: t('imports.kinds.message'), width: 90 },
    { key: 'code', header: t('imports.kinds.code'), width: 28 },
  ]
  const rows = problemRows(request, run.id)
  const body = streamOf((out) =>
    format === 'csv'
      ? writeCsv(rows, columns, out, { byteOrderMark: true })
      : writeXlsx([tableSheet(t('imports.kinds.title'), columns, rows, { rightToLeft: t.dir === 'rtl' })], out),
  )
  return {
    status: 200,
    headers: {
      'content-type': MEDIA_TYPES[format],
      'content-disposition': contentDisposition(`problems-${run.id}.${format}`),
      'cache-control': 'no-cache',
    },
    body,
  }
}

async function* problemRows({ t, context, actor }: PageRequest, runId: string): AsyncGenerator<OutRow> {
  for await (const problem of problemsOfRun(context.operations, actor, runId)) {
    const row = problemRow(t, problem)
    yield { ...row, level: t(`imports.level.${row.level}`) }
  }
}
