/**
 * Finds the heading of a table under title rows: the one to three rows whose cells are known headings, or, where none is
 * known, the first full row that does not look like the rows below it. Merged groups are joined with what stands below.
 */
import { isAreaName } from './code-look-ups.ts'
import { LOOKED_AT } from './limits.ts'
import { matchHeader } from './match-header.ts'
import { readDate } from './read-date.ts'
import { type CellValue, cellText, isEmptyCell, type MergedRange, type RawRow } from './table-file.ts'

export interface FoundHeader {
  /** Row numbers; empty when the table has no heading. */
  readonly headerRows: readonly number[]
  /** Per column the parts of its heading, from the upper row to the lower. */
  readonly headings: readonly (readonly string[])[]
  /** Position in the sample of the first row behind the heading. */
  readonly nextIndex: number
  readonly known: number
}

/** Title blocks are rarely longer; a heading below row 60 would be missed and can be set by hand. */
const ROWS_SEARCHED = 60
const TALLEST_HEADER = 3
/** What a further heading row must bring, in points of which a sure match has about one. */
const EXTRA_ROW = 0.6
/** Longer texts are sentences. Headings with explanations in brackets reach 120 letters. */
const LONGEST_HEADING = 150

export function findHeader(rows: readonly RawRow[], merges: readonly MergedRange[]): FoundHeader {
  const width = usualWidth(rows)
  let best: (FoundHeader & { score: number }) | undefined
  for (let start = 0; start < Math.min(rows.length, ROWS_SEARCHED); start++) {
    for (let height = 1; height <= TALLEST_HEADER && start + height <= rows.length; height++) {
      const candidate = scoreWindow(rows.slice(start, start + height), merges, width)
      if (candidate && candidate.score > (best?.score ?? 0)) best = { ...candidate, nextIndex: start + height }
    }
  }
  if (best && best.known >= Math.min(2, width)) return withNumberRow(withGroupRow(best, rows, merges, width), rows)
  return findUnknownHeader(rows, width)
}

/** Cells that most rows have, looked at from the widest rows, since totals and titles are narrow. */
function usualWidth(rows: readonly RawRow[]): number {
  const widths = rows
    .map(filledCells)
    .filter((width) => width > 0)
    .sort((a, b) => a - b)
  return widths[Math.floor(widths.length * 0.6)] ?? 0
}

function filledCells(row: RawRow): number {
  return row.cells.reduce<number>((count, cell) => (isEmptyCell(cell) ? count : count + 1), 0)
}

type Scored = Omit<FoundHeader, 'nextIndex'> & { score: number }

function scoreWindow(window: readonly RawRow[], merges: readonly MergedRange[], width: number): Scored | undefined {
  const last = window.at(-1)
  if (!last || window.some((row) => filledCells(row) === 0)) return undefined
  const headings = joinHeadings(window, merges)
  const columns = headings.length
  let score = 0
  let known = 0
  let labelled = 0
  for (const row of window) {
    for (const cell of row.cells) if (!isEmptyCell(cell) && looksLikeData(cell ?? null)) score -= 0.8
  }
  for (const parts of headings) {
    if (parts.length === 0) continue
    labelled += 1
    const match = matchHeader(parts)[0]
    if (match && match.confidence >= 0.6) known += 1
    // A part that only repeats a group adds nothing: the sure match of the lower row counts.
    score += 0.25 + (match && match.confidence >= 0.6 ? match.confidence : 0)
  }
  if (labelled < width * 0.5) return undefined
  // Every further row must bring more than it costs, or a first data row would join the heading.
  score -= (window.length - 1) * EXTRA_ROW
  if (window.length > 1) {
    const bare = window.map((row) => row.cells.map((cell) => cellText(cell)))
    const lonely = bare.some(
      (cells, at) => cells.filter((cell) => cell.trim() !== '').length < 2 && !isGroupRow(window[at], merges),
    )
    if (lonely) return undefined
    const repeated = headings.filter((parts) => parts.length > 1).length
    // Two full rows of text are a heading and a data row, not a heading of two rows.
    const upper = window.slice(0, -1).every((row) => filledCells(row) < columns * 0.95)
    if (!upper && filledCells(last) > columns * 0.95) return undefined
    if (repeated === 0 && !merges.some((range) => touches(range, window))) return undefined
  }
  const headerRows = window.map((row) => row.row)
  return { headerRows, headings, known, score }
}

/** Per column the texts of its heading from the upper row to the lower, a repeated text once. */
function joinHeadings(window: readonly RawRow[], merges: readonly MergedRange[]): string[][] {
  const lines = window.map((row, at) => spreadGroups(row, window.slice(at + 1), merges))
  const columns = Math.max(0, ...lines.map((line) => line.length))
  return Array.from({ length: columns }, (_, column) => {
    const parts: string[] = []
    for (const line of lines) {
      const text = line[column] ?? ''
      if (text !== '' && parts.at(-1) !== text) parts.push(text)
    }
    return parts
  })
}

/** The heading that a person has named by its row numbers; none at all for an empty list. */
export function headerAt(rows: readonly RawRow[], merges: readonly MergedRange[], headerRows: readonly number[]): FoundHeader {
  const window = rows.filter((row) => headerRows.includes(row.row))
  const last = window.at(-1)
  const nextIndex = last ? rows.indexOf(last) + 1 : rows.findIndex((row) => filledCells(row) >= usualWidth(rows) * 0.5)
  return {
    headerRows: window.map((row) => row.row),
    headings: joinHeadings(window, merges),
    nextIndex: Math.max(nextIndex, 0),
    known: 0,
  }
}

function isGroupRow(row: RawRow | undefined, merges: readonly MergedRange[]): boolean {
  return (
    row !== undefined &&
    merges.some((range) => range.fromRow === row.row && range.toColumn > range.fromColumn && range.fromColumn > 0)
  )
}

function touches(range: MergedRange, window: readonly RawRow[]): boolean {
  return window.some((row) => row.row >= range.fromRow && row.row <= range.toRow)
}

/** Texts of one heading row; a group stands over all its columns, whether merged or just left blank to the right. */
function spreadGroups(row: RawRow, below: readonly RawRow[], merges: readonly MergedRange[]): string[] {
  const texts = row.cells.map((cell) => cellText(cell).slice(0, LOOKED_AT).replace(/\s+/g, ' ').trim())
  const spread = [...texts]
  if (below.length === 0) return spread
  const ranges = merges.filter((range) => range.fromRow === row.row && range.toColumn > range.fromColumn)
  for (const range of ranges) {
    for (let column = range.fromColumn; column <= range.toColumn; column++) spread[column] = texts[range.fromColumn] ?? ''
  }
  if (ranges.length > 0) return Array.from(spread, (text) => text ?? '')
  const deepest = Math.max(texts.length, ...below.map((next) => next.cells.length))
  let group = ''
  for (let column = 0; column < deepest; column++) {
    const text = texts[column] ?? ''
    const hasBelow = below.some((next) => !isEmptyCell(next.cells[column]))
    if (text !== '') group = hasBelow ? text : ''
    spread[column] = text === '' && hasBelow ? group : text
  }
  return spread
}

/** Numbers, dates, countries and sentences are what headings are not. */
function looksLikeData(cell: CellValue): boolean {
  if (typeof cell === 'boolean' || cell instanceof Date) return true
  if (typeof cell === 'number') return true
  const text = cellText(cell).trim()
  if (text.length > LONGEST_HEADING || /^https?:\/\//i.test(text)) return true
  if (/^[\d\s.,%-]+$/.test(text)) return true
  if (/\d/.test(text) && readDate(text, undefined).status !== 'impossible') return true
  return isAreaName(text) && matchHeader([text]).length === 0
}

/** A row of groups right above a full heading changes no match, but it belongs to the heading and not to the titles. */
function withGroupRow(
  found: FoundHeader & { score: number },
  rows: readonly RawRow[],
  merges: readonly MergedRange[],
  width: number,
): FoundHeader {
  const start = found.nextIndex - found.headerRows.length - 1
  const above = rows[start]
  if (!above || found.headerRows.length >= TALLEST_HEADER) return found
  const wider = scoreWindow(rows.slice(start, found.nextIndex), merges, width)
  const costsOnlyItsRow = wider !== undefined && wider.known >= found.known && wider.score >= found.score - EXTRA_ROW - 0.5
  return costsOnlyItsRow ? { ...wider, nextIndex: found.nextIndex } : found
}

/** A row (1) (2) (3) below the heading, as Russian and Chinese forms have it, belongs to the heading. */
function withNumberRow(found: FoundHeader, rows: readonly RawRow[]): FoundHeader {
  const next = rows[found.nextIndex]
  if (!next) return found
  const numbers = next.cells.filter((cell) => !isEmptyCell(cell)).map((cell) => Number(cellText(cell).replace(/[()]/g, '')))
  const counting =
    numbers.length > 2 && numbers.every((number, at) => number === (numbers[0] ?? 0) + at) && (numbers[0] ?? 9) <= 1
  return counting ? { ...found, headerRows: [...found.headerRows, next.row], nextIndex: found.nextIndex + 1 } : found
}

/** Without known headings: the first full row, unless it looks like the rows below it, which means there is none. */
function findUnknownHeader(rows: readonly RawRow[], width: number): FoundHeader {
  const start = rows.findIndex((row) => filledCells(row) >= Math.max(1, width * 0.7))
  const first = rows[start]
  if (!first) return { headerRows: [], headings: [], nextIndex: 0, known: 0 }
  const below = rows.slice(start + 1, start + 60).filter((row) => filledCells(row) >= width * 0.5)
  const texts = first.cells.map((cell) => cellText(cell).trim())
  const distinct = new Set(texts.filter((text) => text !== '')).size === texts.filter((text) => text !== '').length
  const dataLike = first.cells.filter((cell) => !isEmptyCell(cell) && looksLikeData(cell)).length
  const repeatedBelow = first.cells.filter((cell, column) => {
    const text = cellText(cell)
    return text !== '' && below.some((row) => cellText(row.cells[column]) === text)
  }).length
  const isHeading = distinct && dataLike === 0 && repeatedBelow === 0
  if (!isHeading) return { headerRows: [], headings: texts.map(() => []), nextIndex: start, known: 0 }
  return { headerRows: [first.row], headings: texts.map((text) => (text === '' ? [] : [text])), nextIndex: start + 1, known: 0 }
}
