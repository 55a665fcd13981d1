/**
 * Delimited text as records, streaming. Follows RFC 4180 and what people send besides: any line end, quotes inside plain
 * cells, and a quote that is never closed, which would otherwise swallow the rest of the file.
 */
import { Problem } from '../../kernel/problems.ts'
import type { TableLimits } from './limits.ts'
import { tableReport } from './problems.ts'
import type { RawRow } from './table-file.ts'

const QUOTE = 34
const CR = 13
const LF = 10

/** A quote may stay open over so many cells of the greatest length: the cell is then too long, but its row is still one row. */
const REACH = 8
const SHORTEST_REACH = 40_000
/** Characters of one record; beyond this the text is no table, and holding it would fill the memory. */
const LONGEST_RECORD = 100_000_000

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
  let parts: string[] = []
  let held = 0
  let wanted = 0
  let row = 1
  let line = 1
  let unclosedQuotes = 0

  /** How far a quote may stay open. Each quote that was never closed shortens it, so that a file full of them reads as fast. */
  function reach(): number {
    return Math.max(SHORTEST_REACH, (limits.cellLength * REACH) >> Math.min(unclosedQuotes, 30))
  }

  function* push(chunk: string, last: boolean): Generator<RawRow> {
    parts.push(chunk)
    held += chunk.length
    // A record that did not end is read again only when twice as much text is there: one long cell costs no more than many.
    if (!last && held < wanted) return
    const text = parts.length === 1 ? chunk : parts.join('')
    const position: Position = { at: 0, line }
    while (position.at < text.length) {
      const start = position.at
      const startLine = position.line
      const farthest = reach()
      let record = readRecord(text, position, separator, last, farthest)
      let unclosed = false
      if (record === undefined && (last || text.length - start > farthest)) {
        // The quote opened here is never closed: read the line again and take the quote as a letter.
        position.at = start
        position.line = startLine
        record = readRecord(text, position, separator, last, 0)
        unclosed = record !== undefined && hasQuotedCell(text, start, position.at, separator)
        if (unclosed) unclosedQuotes += 1
      }
      if (record === undefined) {
        position.at = start
        position.line = startLine
        break
      }
      yield toRow(record, row, startLine, unclosed)
      row += 1
    }
    const rest = text.slice(position.at)
    if (rest.length > LONGEST_RECORD) {
      const place = { file: fileName, row, ...(position.line === row ? {} : { line: position.line }) }
      throw new Problem('tables.cell-too-long', { length: rest.length, limit: limits.cellLength }, { place })
    }
    parts = rest === '' ? [] : [rest]
    held = rest.length
    wanted = rest.length * 2
    line = position.line
  }

  function toRow(cells: string[], number: number, startLine: number, unclosed: boolean): RawRow {
    const place = { file: fileName, row: number, ...(startLine === number ? {} : { line: startLine }) }
    if (cells.length > limits.columns) {
      throw new Problem('tables.too-many-columns', { count: cells.length, limit: limits.columns }, { place })
    }
    return {
      row: number,
      ...(startLine === number ? {} : { line: startLine }),
      cells: cells.length === 1 && cells[0] === '' ? [] : cells,
      ...(unclosed ? { problems: [tableReport('unclosed-quote', {}, place)] } : {}),
    }
  }

  return { push }
}

/** Whether a cell between two places begins with a quote. */
function hasQuotedCell(text: string, start: number, end: number, separator: number): boolean {
  for (let at = text.indexOf('"', start); at >= 0 && at < end; at = text.indexOf('"', at + 1)) {
    if (at === start || text.charCodeAt(at - 1) === separator) return true
  }
  return false
}

/**
 * One record from `position`, which moves behind it; undefined when the text ends before the record does, or a quoted cell is
 * longer than `reach`. With a reach of 0 quotes are letters.
 */
function readRecord(text: string, position: Position, separator: number, last: boolean, reach: number): string[] | undefined {
  const cells: string[] = []
  let at = position.at
  for (;;) {
    let cell: string
    if (reach > 0 && text.charCodeAt(at) === QUOTE) {
      const quotedCell = readQuoted(text, at, separator, last, reach)
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
function readQuoted(
  text: string,
  start: number,
  separator: number,
  last: boolean,
  reach: number,
): { cell: string; end: number } | undefined {
  let from = start + 1
  const parts: string[] = []
  for (;;) {
    const quote = text.indexOf('"', from)
    if (quote < 0 || quote - start > reach) return undefined
    const next = text.charCodeAt(quote + 1)
    const closes = quote + 1 >= text.length ? last : next === separator || next === LF || next === CR
    if (closes) return { cell: parts.join('') + text.slice(from, quote), end: quote + 1 }
    if (quote + 1 >= text.length) return undefined
    parts.push(text.slice(from, quote + 1))
    from = quote + (next === QUOTE ? 2 : 1)
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
