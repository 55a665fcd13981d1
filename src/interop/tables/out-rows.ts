/** Rows on their way out: the columns of a table and the values they may hold, the same for CSV, JSON and workbooks. */
import type { Writable } from 'node:stream'
import { type CellValue, cellText } from './table-file.ts'
import type { WorkbookCell, WorkbookSheet } from './workbook-cells.ts'

export type OutValue = CellValue | readonly string[] | undefined

export interface OutColumn {
  /** Property of the row, and the name in JSON. */
  readonly key: string
  /** What people read above the column. */
  readonly header: string
  /**
   * `decimal` values are exact decimal texts that become numbers; `date` values are ISO texts that become real dates where
   * they name a day. `integer` and `boolean` say what formats with typed columns need. Everything else is written as it is.
   */
  readonly form?: 'decimal' | 'date' | 'integer' | 'boolean'
  /** In characters. */
  readonly width?: number
}

export type OutRow = Readonly<Record<string, OutValue>>
export type OutRows = Iterable<OutRow> | AsyncIterable<OutRow>

/** A file that is being filled, batch by batch. */
export interface RowsWriter<Written> {
  /** Waits until there is room for more. Throws what broke the stream. */
  add(rows: readonly OutRow[]): Promise<void>
  /** Ends the stream and waits until everything has left. */
  end(): Promise<Written>
}

/** A stream may break while nobody waits for it: then whoever writes next hears of it. */
export function watchErrors(out: Writable): { check(): void } {
  let failure: Error | undefined
  out.on('error', (error: Error) => {
    failure ??= error
  })
  return {
    check() {
      if (failure) throw failure
    },
  }
}

/** Lists in one cell, as the reader takes them apart again. */
export function outText(value: OutValue): string {
  if (value === undefined) return ''
  return Array.isArray(value) ? value.join('|') : cellText(value as CellValue)
}

/** A sheet with one heading row from rows and columns. */
export function tableSheet(
  name: string,
  columns: readonly OutColumn[],
  rows: OutRows,
  options: Pick<WorkbookSheet, 'rightToLeft' | 'validations' | 'hidden'> = {},
): WorkbookSheet {
  return {
    name,
    headerRows: 1,
    widths: columns.map((column) => column.width ?? Math.min(Math.max(column.header.length + 2, 12), 40)),
    rows: cellRows(columns, rows),
    ...options,
  }
}

async function* cellRows(columns: readonly OutColumn[], rows: OutRows): AsyncGenerator<readonly WorkbookCell[]> {
  yield columns.map((column) => column.header)
  for await (const row of rows) yield columns.map((column) => workbookCell(row[column.key], column))
}

function workbookCell(value: OutValue, column: OutColumn): WorkbookCell {
  if (value === undefined || value === null) return null
  if (typeof value !== 'string') return Array.isArray(value) ? outText(value) : (value as CellValue)
  // 15 digits are all that a spreadsheet keeps of a number; a longer one stays a text and loses nothing.
  if (column.form === 'decimal' && /^-?\d{1,15}(\.\d+)?$/.test(value) && value.replace(/\D/g, '').length <= 15)
    return { decimal: value }
  if (column.form === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return new Date(`${value}T00:00:00Z`)
  return value
}
