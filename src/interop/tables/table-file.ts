/** What a table file looks like once it is open, whatever its format: sheets of raw rows. */
import type { ProblemReport } from '../../kernel/problems.ts'

export type CellValue = string | number | boolean | Date | null

/** What a person should know about one cell that its value does not tell. */
export interface CellNote {
  /** Counts from 0. */
  readonly column: number
  readonly kind: 'formula' | 'formula-without-value' | 'cell-error'
}

export interface RawRow {
  /** As the person sees it: the row number of a spreadsheet, the record of a CSV (from 1), the line of a JSON Lines file. */
  readonly row: number
  /** Line of the text file where the record starts, when it differs from the row. */
  readonly line?: number
  readonly cells: readonly CellValue[]
  readonly notes?: readonly CellNote[]
  /** Problems of the row itself, such as a quote that is never closed. */
  readonly problems?: readonly ProblemReport[]
}

/** Merged cells; rows as seen, columns from 0, both ends included. */
export interface MergedRange {
  readonly fromRow: number
  readonly toRow: number
  readonly fromColumn: number
  readonly toColumn: number
}

export interface TableSheet {
  readonly name: string
  readonly hidden: boolean
  /** A new pass over the rows, as a stream. */
  rows(): AsyncIterable<RawRow>
  /** Merged cells; only workbooks have them. */
  merges(): Promise<readonly MergedRange[]>
}

export type TableFormat = 'csv' | 'xlsx' | 'json' | 'jsonl'

export interface TableFile {
  readonly path: string
  readonly fileName: string
  readonly format: TableFormat
  readonly sizeBytes: number
  /** Of text files. */
  readonly encoding?: string
  /** Of delimited text: `,` `;` tab or `|`. */
  readonly delimiter?: string
  readonly sheets: readonly TableSheet[]
  /** What was noticed about the file as a whole; nothing here stops the import. */
  readonly problems: readonly ProblemReport[]
  /** Removes temporary files. */
  close(): Promise<void>
}

/** The cell as a person would type it: dates as ISO, numbers with at most 15 digits, as a spreadsheet shows them. */
export function cellText(value: CellValue | undefined): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return dateText(value)
  if (typeof value === 'number') return String(Number(value.toPrecision(15)))
  return String(value)
}

export function isEmptyCell(value: CellValue | undefined): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '')
}

function dateText(value: Date): string {
  if (Number.isNaN(value.getTime())) return ''
  const iso = value.toISOString()
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`
}

/** A, B, ... Z, AA as spreadsheets name columns; `index` counts from 0. */
export function columnLetters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last
}
