/**
 * Writes a table as Apache Parquet, some thousand rows at a time, so that memory does not grow with the table. Numbers are numbers,
 * amounts are exact decimals, dates are dates; everything else is text.
 */
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import type { SchemaElement } from 'hyparquet'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import {
  type OutColumn,
  type OutRow,
  type OutRows,
  type OutValue,
  outText,
  type RowsWriter,
  watchErrors,
} from '../tables/out-rows.ts'

export interface WrittenParquet {
  readonly rows: number
  /** Numbers with more digits than the column holds: shortened, or left out where they are too large. CSV and JSON hold them whole. */
  readonly shortened: number
}

/** Few enough that a column of short texts stays small in memory, many enough to pack well. */
const GROUP_ROWS = 5_000
/** Characters of a group of long texts, for the same reason. */
const GROUP_LENGTH = 8_000_000
/** The widest decimal that all readers know. */
const DIGITS = 38
const DIGITS_AFTER_POINT = 12
const DECIMAL_BYTES = 16

/** Pieces of metadata of the file; a function is asked after the last row. */
type Notes = Readonly<Record<string, string | (() => string)>>

/** Writes the rows and ends `out`. */
export async function writeParquet(
  rows: OutRows,
  columns: readonly OutColumn[],
  out: Writable,
  notes: Notes = {},
): Promise<WrittenParquet> {
  const file = openParquet(columns, out, notes)
  for await (const row of rows) {
    const full = file.take(row)
    if (full) await file.writeGroup()
  }
  return file.end()
}

export interface ParquetRows extends RowsWriter<WrittenParquet> {
  /** Keeps a row; true when enough are kept to write them. */
  take(row: OutRow): boolean
  writeGroup(): Promise<void>
}

export function openParquet(columns: readonly OutColumn[], out: Writable, notes: Notes = {}): ParquetRows {
  const bytes = new ByteWriter(FIRST_BYTES)
  const broken = watchErrors(out)
  const kvMetadata: { key: string; value: string }[] = []
  const file = new ParquetWriter({
    writer: bytes,
    schema: [{ name: 'schema', num_children: columns.length }, ...columns.map(elementOf)],
    createdBy: 'Sursur',
    kvMetadata,
  })
  let written = 0
  let shortened = 0
  // Values by column: rows as objects would outlive their batch, and take several times the memory.
  let group = emptyGroup(columns)
  const writer: ParquetRows = {
    take(row) {
      for (const { column, data } of group.columns) {
        const { value, exact } = cellOf(row[column.key], column)
        if (!exact) shortened += 1
        if (typeof value === 'string') group.length += value.length
        data.push(value)
      }
      group.rows += 1
      return group.rows === GROUP_ROWS || group.length > GROUP_LENGTH
    },
    async writeGroup() {
      broken.check()
      const columnData = group.columns.map(({ column, data }) => ({ name: column.key, data }))
      file.write({ columnData, rowGroupSize: GROUP_ROWS })
      written += group.rows
      group = emptyGroup(columns)
      await leave(bytes, out)
    },
    async add(rows) {
      broken.check()
      for (const row of rows) if (writer.take(row)) await writer.writeGroup()
    },
    async end() {
      if (group.rows > 0) await writer.writeGroup()
      for (const [key, value] of Object.entries(notes))
        kvMetadata.push({ key, value: typeof value === 'string' ? value : value() })
      file.finish()
      await leave(bytes, out)
      broken.check()
      out.end()
      if (!out.writableFinished) await once(out, 'finish')
      return { rows: written, shortened }
    },
  }
  return writer
}

/** The writer of bytes grows by itself. */
const FIRST_BYTES = 1 << 16

interface Group {
  readonly columns: readonly { readonly column: OutColumn; readonly data: ParquetValue[] }[]
  rows: number
  /** Characters of all texts. */
  length: number
}

function emptyGroup(columns: readonly OutColumn[]): Group {
  return { columns: columns.map((column) => ({ column, data: [] })), rows: 0, length: 0 }
}

/** Hands over what is written so far; the positions within the file go on. */
async function leave(bytes: ByteWriter, out: Writable): Promise<void> {
  const piece = Buffer.from(bytes.getBuffer())
  bytes.index = 0
  if (piece.length > 0 && !out.write(piece)) await once(out, 'drain')
}

function elementOf({ key, form }: OutColumn): SchemaElement {
  const name = { name: key, repetition_type: 'OPTIONAL' } as const
  switch (form) {
    case 'integer':
      return { ...name, type: 'INT32' }
    case 'boolean':
      return { ...name, type: 'BOOLEAN' }
    case 'decimal':
      return {
        ...name,
        type: 'FIXED_LEN_BYTE_ARRAY',
        type_length: DECIMAL_BYTES,
        converted_type: 'DECIMAL',
        precision: DIGITS,
        scale: DIGITS_AFTER_POINT,
      }
    default:
      return { ...name, type: 'BYTE_ARRAY', converted_type: 'UTF8' }
  }
}

type ParquetValue = string | number | bigint | boolean | null

interface ParquetCell {
  readonly value: ParquetValue
  readonly exact: boolean
}

function cellOf(value: OutValue, { form }: OutColumn): ParquetCell {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return { value: null, exact: true }
  if (form === 'boolean') return { value: value === true, exact: true }
  if (form === 'integer') return { value: Number(value), exact: true }
  if (form === 'decimal') return decimalCell(outText(value))
  return { value: outText(value), exact: true }
}

/** The decimal as a whole number of its smallest unit. */
function decimalCell(text: string): ParquetCell {
  const [, sign = '', whole = '', after = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  const kept = `${whole}${after.slice(0, DIGITS_AFTER_POINT).padEnd(DIGITS_AFTER_POINT, '0')}`.replace(/^0+(?=\d)/, '')
  if (whole === '' || kept.length > DIGITS) return { value: null, exact: false }
  const unscaled = BigInt(kept)
  return { value: sign === '-' ? -unscaled : unscaled, exact: /^0*$/.test(after.slice(DIGITS_AFTER_POINT)) }
}
