/**
 * Writes CSV (RFC 4180, UTF-8, line ends CR LF). Text that a spreadsheet would run as a formula gets an apostrophe in front,
 * unless the file is for a machine.
 */
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { type OutColumn, type OutRow, type OutRows, outText, type RowsWriter, watchErrors } from './out-rows.ts'

export interface CsvOptions {
  /** No apostrophes: the reader is a program, which takes every text as text. */
  readonly machine?: boolean
  /** Byte order mark, by which Excel knows UTF-8. */
  readonly byteOrderMark?: boolean
  readonly delimiter?: ',' | ';' | '\t'
}

const PIECE_LENGTH = 64 * 1024
const RUNS_AS_FORMULA = /^[=+\-@\t\r]/

/** Writes heading and rows and ends `out`. Lists are joined by `|`. */
export async function writeCsv(
  rows: OutRows,
  columns: readonly OutColumn[],
  out: Writable,
  options: CsvOptions = {},
): Promise<void> {
  const line = csvLines(columns, options)
  let piece = headingOf(columns, options)
  for await (const row of rows) {
    piece += line(row)
    if (piece.length < PIECE_LENGTH) continue
    if (!out.write(piece)) await once(out, 'drain')
    piece = ''
  }
  await endWith(out, piece)
}

/** The same for rows that come in batches of their own accord. */
export function openCsv(columns: readonly OutColumn[], out: Writable, options: CsvOptions = {}): RowsWriter<void> {
  const line = csvLines(columns, options)
  const broken = watchErrors(out)
  let piece = headingOf(columns, options)
  return {
    async add(rows) {
      broken.check()
      for (const row of rows) piece += line(row)
      if (piece.length < PIECE_LENGTH) return
      const written = out.write(piece)
      piece = ''
      if (!written) await once(out, 'drain')
    },
    end() {
      broken.check()
      return endWith(out, piece)
    },
  }
}

function headingOf(columns: readonly OutColumn[], options: CsvOptions): string {
  const heading = Object.fromEntries(columns.map(({ key, header }) => [key, header]))
  const texts = columns.map(({ key }) => ({ key, header: '' }))
  return `${options.byteOrderMark ? '\ufeff' : ''}${csvLines(texts, options)(heading)}`
}

function csvLines(columns: readonly OutColumn[], { machine = false, delimiter = ',' }: CsvOptions): (row: OutRow) => string {
  const cell = (text: string, isText: boolean) => {
    const safe = isText && !machine && RUNS_AS_FORMULA.test(text) ? `'${text}` : text
    return safe.includes('"') || safe.includes(delimiter) || /[\r\n]|^\s|\s$/.test(safe)
      ? `"${safe.replaceAll('"', '""')}"`
      : safe
  }
  return (row) => {
    const cells = columns.map(({ key, form }) => {
      const value = row[key]
      return cell(outText(value), form !== 'decimal' && (typeof value === 'string' || Array.isArray(value)))
    })
    return `${cells.join(delimiter)}\r\n`
  }
}

/** Writes the last piece and waits until everything has left. */
export async function endWith(out: Writable, piece: string): Promise<void> {
  out.end(piece)
  if (!out.writableFinished) await once(out, 'finish')
}
