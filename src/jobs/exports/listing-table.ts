/**
 * A list as a table in a file, for the pages and for the command line: the rows in the order of the screen, with the same names under
 * the same headers, and the codes beside them. Rows are read and sent batch by batch, so that 100,000 of them need no more memory
 * than 1,000.
 */
import type { Writable } from 'node:stream'
import type { Translator } from '../../i18n/translator.ts'
import { writeParquet } from '../../interop/parquet/index.ts'
import {
  type OutColumn,
  type OutRow,
  type OutValue,
  tableSheet,
  writeCsv,
  writeJson,
  writeJsonLines,
  writeXlsx,
} from '../../interop/tables/index.ts'
import { digestListings, type ListedInitiative } from '../../modules/registry/index.ts'
import { aboutSheet, type ListingAbout } from './listing-about.ts'
import { LISTING_COLUMNS, type ListingColumn } from './listing-cells.ts'

type Batches = AsyncIterable<readonly ListedInitiative[]>

export interface ListingFormat {
  /** Proper name, the same in every language. */
  readonly format: string
  readonly extension: string
  readonly mediaType: string
  /**
   * Writes the table in the translator's language and ends `out`. A workbook says on a second sheet what its rows are and which hash
   * they have; a Parquet file says it in its metadata.
   */
  write(batches: Batches, t: Translator, out: Writable, about: ListingAbout): Promise<unknown>
}

export const LISTING_FORMATS: readonly ListingFormat[] = [
  {
    format: 'CSV',
    extension: 'csv',
    mediaType: 'text/csv; charset=utf-8',
    write: (batches, t, out) => writeCsv(listingRows(t, batches), listingColumns(t), out, { byteOrderMark: true }),
  },
  {
    format: 'XLSX',
    extension: 'xlsx',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    write: writeWorkbook,
  },
  {
    format: 'JSON',
    extension: 'json',
    mediaType: 'application/json',
    write: (batches, t, out) => writeJson(listingRows(t, batches), listingColumns(t), out),
  },
  {
    format: 'JSON Lines',
    extension: 'jsonl',
    mediaType: 'application/jsonl; charset=utf-8',
    write: (batches, t, out) => writeJsonLines(listingRows(t, batches), listingColumns(t), out),
  },
  {
    format: 'Parquet',
    extension: 'parquet',
    mediaType: 'application/vnd.apache.parquet',
    write: writeColumns,
  },
]

async function writeWorkbook(batches: Batches, t: Translator, out: Writable, about: ListingAbout): Promise<unknown> {
  const digested = digestListings(batches)
  const table = tableSheet(t('registry.list.title'), listingColumns(t), listingRows(t, digested.batches), {
    rightToLeft: t.dir === 'rtl',
  })
  return writeXlsx([table, aboutSheet(t, about, digested.rows, digested.hash)], out)
}

async function writeColumns(batches: Batches, t: Translator, out: Writable, about: ListingAbout): Promise<unknown> {
  const digested = digestListings(batches)
  return writeParquet(listingRows(t, digested.batches), listingColumns(t), out, {
    filter: about.filter,
    date: about.day,
    language: t.lang,
    snapshotHash: digested.hash,
  })
}

/** Each column of the screen, then its codes when it has any. */
export function listingColumns(t: Translator): OutColumn[] {
  return LISTING_COLUMNS.flatMap((column) => [
    { key: column.key, header: t(column.header), ...(column.number ? { form: 'integer' as const } : {}) },
    ...(column.codes ? [{ key: `${column.key}Code`, header: t('registry.column.code-of', { column: t(column.header) }) }] : []),
  ])
}

export async function* listingRows(t: Translator, batches: Batches): AsyncGenerator<OutRow> {
  for await (const batch of batches) for (const listing of batch) yield listingRow(t, listing)
}

export function listingRow(t: Translator, listing: ListedInitiative): OutRow {
  const row: Record<string, OutValue> = {}
  for (const column of LISTING_COLUMNS) {
    row[column.key] = cellOf(column, column.names(listing, t))
    if (column.codes) row[`${column.key}Code`] = cellOf(column, column.codes(listing))
  }
  return row
}

function cellOf({ many, number }: ListingColumn, values: readonly string[]): OutValue {
  if (many) return values
  const [value] = values
  return number && value !== undefined ? Number(value) : value
}
