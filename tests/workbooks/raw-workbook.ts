/**
 * What a raw workbook of the tests is: a file as an office would send it, made by code, with the truth beside it.
 * All contents are invented.
 */
import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import iconv from 'iconv-lite'
import type { FieldKey } from '../../src/interop/tables/fields.ts'
import type { ListedRow } from '../../src/interop/tables/listed-row.ts'
import type { MergedRange } from '../../src/interop/tables/table-file.ts'
import type { WorkbookSheet } from '../../src/interop/tables/workbook-cells.ts'
import { writeXlsx } from '../../src/interop/tables/write-xlsx.ts'

export interface SheetTruth {
  readonly sheet: string
  /** The right field of each column, in order; `kept` where there is none. */
  readonly fields: readonly FieldKey[]
  readonly accepted: number
  readonly rejected?: number
  readonly titleRows: readonly number[]
  readonly headerRows: readonly number[]
  readonly blankRows: number
  readonly totalsRows: readonly number[]
  readonly noteRows: readonly number[]
  /** Values of single rows, by row number, known by hand. */
  readonly values: Readonly<Record<number, Partial<ListedRow>>>
  /** Codes of problems that must be reported, as `row column code`. */
  readonly problems?: readonly string[]
}

export interface RawWorkbook {
  readonly name: string
  readonly fileName: string
  make(path: string): Promise<void>
  /** Sheets that hold the table; others must not be proposed. */
  readonly sheets: readonly SheetTruth[]
  readonly encoding?: string
}

export async function makeWorkbook(path: string, sheets: readonly WorkbookSheet[]): Promise<void> {
  await writeXlsx(sheets, createWriteStream(path))
}

export async function makeText(path: string, encoding: string, lines: readonly string[], lineEnd = '\r\n'): Promise<void> {
  await writeFile(path, iconv.encode(lines.join(lineEnd) + lineEnd, encoding))
}

/** A merged range by its corners, rows from 1, columns from 0. */
export function merged(fromRow: number, fromColumn: number, toRow: number, toColumn: number): MergedRange {
  return { fromRow, toRow, fromColumn, toColumn }
}

export function day(text: string): Date {
  return new Date(`${text}T00:00:00Z`)
}
