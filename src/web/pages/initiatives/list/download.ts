/**
 * A list as a file: the rows of the screen in the same order, with the same names under the same headers, and the codes beside
 * them. Rows are read and sent batch by batch, so that 100,000 of them need no more memory than 1,000.
 */
import { PassThrough } from 'node:stream'
import {
  type OutColumn,
  type OutRow,
  type OutValue,
  tableSheet,
  writeCsv,
  writeJson,
  writeJsonLines,
  writeXlsx,
} from '../../../../interop/tables/index.ts'
import type { HttpResponse } from '../../../../kernel/http.ts'
import { exportListings, type ListedInitiative } from '../../../../modules/registry/index.ts'
import type { PageDefinition, PageRequest } from '../../../site.tsx'
import { readListQuery } from './list-address.ts'
import { LISTING_COLUMNS, type ListingColumn } from './listing-cells.ts'

interface DownloadFormat {
  readonly format: string
  readonly extension: string
  readonly mediaType: string
  write(rows: AsyncIterable<OutRow>, columns: readonly OutColumn[], out: PassThrough, request: PageRequest): Promise<unknown>
}

export const DOWNLOADS: readonly DownloadFormat[] = [
  {
    format: 'CSV',
    extension: 'csv',
    mediaType: 'text/csv; charset=utf-8',
    write: (rows, columns, out) => writeCsv(rows, columns, out, { byteOrderMark: true }),
  },
  {
    format: 'XLSX',
    extension: 'xlsx',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    write: (rows, columns, out, { t }) =>
      writeXlsx([tableSheet(t('registry.list.title'), columns, rows, { rightToLeft: t.dir === 'rtl' })], out),
  },
  {
    format: 'JSON',
    extension: 'json',
    mediaType: 'application/json',
    write: (rows, columns, out) => writeJson(rows, columns, out),
  },
  {
    format: 'JSON Lines',
    extension: 'jsonl',
    mediaType: 'application/jsonl; charset=utf-8',
    write: (rows, columns, out) => writeJsonLines(rows, columns, out),
  },
]

export const downloadPages: readonly PageDefinition[] = DOWNLOADS.map((download) => ({
  path: `/initiatives.${download.extension}`,
  handle: (request: PageRequest) => downloadList(request, download),
}))

async function downloadList(request: PageRequest, { extension, mediaType, write }: DownloadFormat): Promise<HttpResponse> {
  const { filter, sort } = readListQuery(request.query)
  const batches = await request.context.operations.run(exportListings, { filter, sort }, request.actor)
  const out = new PassThrough()
  write(rowsOf(request, batches), columnsOf(request), out, request).catch((error: unknown) => out.destroy(error as Error))
  return {
    status: 200,
    headers: {
      'content-type': mediaType,
      'content-disposition': `attachment; filename="initiatives.${extension}"`,
      'cache-control': 'no-cache',
    },
    body: out,
  }
}

/** Each column of the screen, then its codes when it has any. */
function columnsOf({ t }: PageRequest): OutColumn[] {
  return LISTING_COLUMNS.flatMap((column) => [
    { key: column.key, header: t(column.header) },
    ...(column.codes ? [{ key: `${column.key}Code`, header: t('registry.column.code-of', { column: t(column.header) }) }] : []),
  ])
}

async function* rowsOf({ t }: PageRequest, batches: AsyncIterable<readonly ListedInitiative[]>): AsyncGenerator<OutRow> {
  for await (const batch of batches) {
    for (const listing of batch) {
      const row: Record<string, OutValue> = {}
      for (const column of LISTING_COLUMNS) {
        row[column.key] = cellOf(column, column.names(listing, t))
        if (column.codes) row[`${column.key}Code`] = cellOf(column, column.codes(listing))
      }
      yield row
    }
  }
}

function cellOf({ many, number }: ListingColumn, values: readonly string[]): OutValue {
  if (many) return values
  const [value] = values
  return number && value !== undefined ? Number(value) : value
}
