/**
 * Delimited text as records, streaming. Follows RFC 4180 and what people send besides: any line end, quotes inside plain
 * cells, and a quote that is never closed, which would otherwise swallow the rest of the file.
 */
import { Problem } from '../../kernel/problems.ts'
import type { TableLimits } from './limits.ts'
import { tableReport } from './problems.ts'
import { type CellNote, columnLetters, type RawRow } from './table-file.ts'

const QUOTE = 34
const CR = 13
const LF = 10

interface Position {
  at: number
  line: number
}

/** Rows count records from 1, as a spreadsheet shows them; `line` is the line of the text where the record starts. */
export async function* csvRecords(
  text: AsyncIterable<string>,
  delimiter: string,
  fileName: string,
  limits: TableLimits,
): AsyncGenerator<RawRow> {
  const reader = recordReader(delimiter, fileName, limits)
  for await (const chunk of text) yield* reader.push(chunk, false)
  yield* reader.push('', true)
}

/** All records of a text that is at hand; for samples. `whole` is false when the text is cut off. */
export function csvRecordsOf(text: string, delimiter: string, limits: TableLimits, whole: boolean): RawRow[] {
  const reader = recordReader(delimiter, '', limits)
  const rows = [...reader.push(text, false)]
  return whole ? [...rows, ...reader.push('', true)] : rows
}

function recordReader(delimiter: string, fileName: string, limits: TableLimits) {
  const separator = delimiter.charCodeAt(0)
  let rest = ''
  let row = 1
  let line = 1

  function* push(chunk: string, last: boolean): Generator<RawRow> {
    const text = rest === '' ? chunk : rest + chunk
    const position: Position = { at: 0, line }
    while (position.at < text.length) {
      const start = position.at
      const startLine = position.line
      let record = readRecord(text, position, separator, last)
      let unclosed = false
      const runaway = text.length - start > limits.cellLength
      if (record === undefined && (last || runaway)) {
        // The quote opened here is never closed: read the line again and take the quote as a letter.
        position.at = start
        position.line = startLine
        record = readRecord(text, position, separator, last, true)
        unclosed = true
      }
      if (record === undefined) {
        position.at = start
        position.line = startLine
        break
      }
      yield toRow(record, row, startLine, unclosed)
      row += 1
    }
    rest = text.slice(position.at)
    line = position.line
  }

  function toRow(cells: string[], number: number, startLine: number, unclosed: boolean): RawRow {
    const place = { file: fileName, row: number, ...(startLine === number ? {} : { line: startLine }) }
    if (cells.length > limits.columns) {
      throw new Problem('tables.too-many-columns', { count: cells.length, limit: limits.columns }, { place })
    }
    const notes: CellNote[] = []
    const problems = unclosed ? [tableReport('unclosed-quote', {}, place)] : []
    for (const [column, cell] of cells.entries()) {
      if (cell.length <= limits.cellLength) continue
      notes.push({ column, kind: 'cell-too-long' })
      problems.push(
        tableReport(
          'cell-too-long',
          { length: cell.length, limit: limits.cellLength },
          { ...place, column: columnLetters(column) },
          'error',
        ),
      )
    }
    return {
      row: number,
      ...(startLine === number ? {} : { line: startLine }),
      cells: cells.length === 1 && cells[0] === '' ? [] : cells,
      ...(notes.length > 0 ? { notes } : {}),
      ...(problems.length > 0 ? { problems } : {}),
    }
  }

  return { push }
}

/** One record from `position`, which moves behind it; undefined when the text ends before the record does. */
function readRecord(
  text: string,
  position: Position,
  separator: number,
  last: boolean,
  plainQuotes = false,
): string[] | undefined {
  const cells: string[] = []
  let at = position.at
  for (;;) {
    let cell: string
    if (!plainQuotes && text.charCodeAt(at) === QUOTE) {
      const quotedCell = readQuoted(text, at, separator, last)
      if (quotedCell === undefined) return undefined
      cell = quotedCell.cell
      for (let i = text.indexOf('\n', at); i >= 0 && i < quotedCell.end; i = text.indexOf('\n', i + 1)) position.line += 1
      at = quotedCell.end
    } else {
      const start = at
      while (at < text.length) {
        const code = text.charCodeAt(at)
        if (code === separator || code === LF || code === CR) break
        at += 1
      }
      cell = text.slice(start, at)
    }
    if (at >= text.length && !last) return undefined
    cells.push(cell)
    const code = text.charCodeAt(at)
    if (code === separator) {
      at += 1
      if (at >= text.length) {
        if (!last) return undefined
        cells.push('')
        break
      }
      continue
    }
    if (code === CR) {
      // The line feed that may follow is needed to know where the next record starts.
      if (at + 1 >= text.length && !last) return undefined
      at += text.charCodeAt(at + 1) === LF ? 2 : 1
    } else at += 1
    break
  }
  position.at = Math.min(at, text.length)
  position.line += 1
  return cells
}

/** A cell that starts with a quote. A lone quote inside is kept as a letter; text after the closing quote is kept too. */
function readQuoted(text: string, start: number, separator: number, last: boolean): { cell: string; end: number } | undefined {
  let from = start + 1
  let cell = ''
  for (;;) {
    const quote = text.indexOf('"', from)
    if (quote < 0) return undefined
    const next = text.charCodeAt(quote + 1)
    if (next === QUOTE) {
      cell += text.slice(from, quote + 1)
      from = quote + 2
      continue
    }
    if (quote + 1 >= text.length) return last ? { cell: cell + text.slice(from, quote), end: quote + 1 } : undefined
    if (next === separator || next === LF || next === CR) return { cell: cell + text.slice(from, quote), end: quote + 1 }
    cell += text.slice(from, quote + 1)
    from = quote + 1
  }
}

const DELIMITERS = [',', ';', '\t', '|'] as const

/**
 * The delimiter that gives the steadiest number of cells. `sep=;` on the first line, as Excel writes it, decides at once.
 * A text without any of them is a table of one column.
 */
export function detectDelimiter(sample: string, whole: boolean, limits: TableLimits): string {
  const said = /^sep=(.)\r?\n/i.exec(sample)?.[1]
  if (said !== undefined) return said
  let best: string = ','
  let bestScore = 0
  for (const delimiter of DELIMITERS) {
    const widths = csvRecordsOf(sample, delimiter, { ...limits, columns: Number.POSITIVE_INFINITY }, whole)
      .map((row) => row.cells.length)
      .filter((width) => width > 0)
    const counts = new Map<number, number>()
    for (const width of widths) if (width > 1) counts.set(width, (counts.get(width) ?? 0) + 1)
    for (const [width, count] of counts) {
      // Steadiness weighs more than width: a list separator inside cells splits unevenly.
      const score = (count / widths.length) * Math.min(1 + Math.log2(width) / 4, 2.5)
      if (score > bestScore) {
        best = delimiter
        bestScore = score
      }
    }
  }
  return best
}
