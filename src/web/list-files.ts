/**
 * A list that a page shows, as a file: the same rows under the same filter for the same reader, in his language, with codes beside the
 * names. The page says once what its columns are; this file knows the formats.
 */
import type { Writable } from 'node:stream'
import {
  type OutColumn,
  type OutRow,
  tableSheet,
  writeCsv,
  writeJson,
  writeJsonLines,
  writeXlsx,
} from '../interop/tables/index.ts'
import { downloadName } from '../jobs/exports/listing-about.ts'
import { contentDisposition, type HttpResponse } from '../kernel/http.ts'
import type { DownloadLink } from './components/index.ts'
import type { PageDefinition, PageRequest } from './site.tsx'
import { streamOf } from './stream-of.ts'

export interface ListFile {
  /** First word of the name on disk. */
  readonly name: string
  readonly title: string
  readonly columns: readonly OutColumn[]
  readonly rows: readonly OutRow[] | AsyncIterable<OutRow>
}

interface FileFormat {
  readonly format: string
  readonly extension: string
  readonly mediaType: string
}

export const FILE_FORMATS: readonly FileFormat[] = [
  { format: 'CSV', extension: 'csv', mediaType: 'text/csv; charset=utf-8' },
  {
    format: 'XLSX',
    extension: 'xlsx',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  { format: 'JSON', extension: 'json', mediaType: 'application/json' },
  { format: 'JSON Lines', extension: 'jsonl', mediaType: 'application/jsonl; charset=utf-8' },
]

/** The addresses `/path.csv`, `/path.xlsx`, ... of the list at `/path`; `but` leaves out what the page gives in another way. */
export function listFilePages(
  path: string,
  read: (request: PageRequest) => Promise<ListFile>,
  { permission, but = [] }: { readonly permission?: string; readonly but?: readonly string[] } = {},
): PageDefinition[] {
  return FILE_FORMATS.filter(({ extension }) => !but.includes(extension)).map((format) => ({
    path: `${path}.${format.extension}`,
    ...(permission === undefined ? {} : { permission }),
    handle: async (request) => fileAnswer(request, format, await read(request)),
  }))
}

/** Links to them under the filter of the page; the place within the list is no filter. */
export function listFileLinks({ at, query, t }: PageRequest, path: string, rows?: number): DownloadLink[] {
  const filter = new URLSearchParams(query)
  for (const place of ['after', 'from', 'cursor', 'offset']) filter.delete(place)
  const tail = filter.size > 0 ? `?${filter}` : ''
  const detail = rows === undefined ? undefined : t('registry.list.rows', { count: rows, shown: t.number(rows) })
  return FILE_FORMATS.map(({ format, extension }) => ({ format, href: `${at(`${path}.${extension}`)}${tail}`, detail }))
}

export function fileAnswer(request: PageRequest, { extension, mediaType }: FileFormat, file: ListFile): HttpResponse {
  const day = new Date().toISOString().slice(0, 10)
  return {
    status: 200,
    headers: {
      'content-type': mediaType,
      'content-disposition': contentDisposition(downloadName(file.name, [], day, extension)),
      'cache-control': 'no-cache',
    },
    body: streamOf((out) => write(request, extension, file, out)),
  }
}

function write({ t }: PageRequest, extension: string, { title, columns, rows }: ListFile, out: Writable): Promise<unknown> {
  switch (extension) {
    case 'xlsx':
      return writeXlsx([tableSheet(title, columns, rows, { rightToLeft: t.dir === 'rtl' })], out)
    case 'json':
      return writeJson(rows, columns, out)
    case 'jsonl':
      return writeJsonLines(rows, columns, out)
    default:
      return writeCsv(rows, columns, out, { byteOrderMark: true })
  }
}

interface ReadPage<Row> {
  readonly rows: readonly Row[]
  readonly next: string | null
}

/**
 * Every row of a list that is read page by page. The first page is read at once, so that what is refused or missing becomes a page of
 * its own and not a broken file.
 */
export async function everyRow<Row>(
  read: (cursor: string | undefined) => Promise<ReadPage<Row>>,
  write: (row: Row) => OutRow,
): Promise<AsyncGenerator<OutRow>> {
  const first = await read(undefined)
  return (async function* () {
    let page = first
    for (;;) {
      for (const row of page.rows) yield write(row)
      if (page.next === null) return
      page = await read(page.next)
    }
  })()
}

/** A column of names and, beside it, one of their codes. */
export function codedColumns(t: PageRequest['t'], key: string, header: string): OutColumn[] {
  return [
    { key, header },
    { key: `${key}Code`, header: t('registry.column.code-of', { column: header }) },
  ]
}
