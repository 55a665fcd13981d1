/**
 * Reads one sheet through its mapping, as a stream: 100,000 rows need the memory of one. Every row of the file is counted
 * as data, title, heading, blank, total or note, and the counts add up: nothing is lost silently.
 */
import { OFFICIAL_LANGUAGES } from '../../kernel/languages.ts'
import { Problem, type ProblemPlace, type ProblemReport } from '../../kernel/problems.ts'
import { classifyRow, rowText, type TableShape } from './classify-row.ts'
import { type ColumnHabits, learnHabits } from './column-habits.ts'
import { emptyListedRow, type ListedRow, type ListedRowResult } from './listed-row.ts'
import type { ColumnMapping, TableMapping } from './mapping.ts'
import { mergedData } from './merged-data.ts'
import { quoted, tableReport } from './problems.ts'
import { readCell } from './read-cell.ts'
import {
  cellText,
  columnLetters,
  isEmptyCell,
  type MergedRange,
  type RawRow,
  type TableFile,
  type TableSheet,
} from './table-file.ts'

export interface RowText {
  readonly row: number
  readonly text: string
}

/** What became of every row; complete once the rows have been read to the end. */
export interface ReadingSummary {
  rowsRead: number
  accepted: number
  rejected: number
  readonly titleRows: RowText[]
  readonly headerRows: number[]
  blankRows: number
  readonly totalsRows: RowText[]
  /** Section titles, sources and remarks: kept as text, not as records. */
  readonly noteRows: RowText[]
  /** About columns and the sheet as a whole, such as an assumed order of day and month. */
  readonly problems: ProblemReport[]
}

export interface ListedRows extends AsyncIterable<ListedRowResult> {
  readonly summary: ReadingSummary
}

export interface ReadRowsOptions {
  /** Language for names of areas in messages. */
  readonly language?: string
}

/** Throws `tables.no-such-sheet`. Rows can be read once per call; a dry run and the import are two calls. */
export function readListedRows(file: TableFile, mapping: TableMapping, options: ReadRowsOptions = {}): ListedRows {
  const sheet = file.sheets.find((one) => one.name === mapping.sheet) ?? (mapping.sheet === '' ? file.sheets[0] : undefined)
  if (!sheet) {
    const sheets = file.sheets.map((one) => one.name).join(', ')
    throw new Problem('tables.no-such-sheet', { sheet: mapping.sheet, sheets }, { place: { file: file.fileName } })
  }
  const summary: ReadingSummary = {
    rowsRead: 0,
    accepted: 0,
    rejected: 0,
    titleRows: [],
    headerRows: [],
    blankRows: 0,
    totalsRows: [],
    noteRows: [],
    problems: [],
  }
  const place: ProblemPlace = { file: file.fileName, ...(sheet.name === '' ? {} : { sheet: sheet.name }) }
  const wanted = options.language ?? mapping.language
  const language = OFFICIAL_LANGUAGES.find((lang) => lang === wanted) ?? 'en'
  return { summary, [Symbol.asyncIterator]: () => listedRows(file, sheet, mapping, { summary, place, language }) }
}

interface Reading {
  readonly summary: ReadingSummary
  readonly place: ProblemPlace
  readonly language: string
}

async function* listedRows(
  file: TableFile,
  sheet: TableSheet,
  mapping: TableMapping,
  reading: Reading,
): AsyncGenerator<ListedRowResult> {
  const { summary, place } = reading
  const merges = await sheet.merges()
  const habits = await learnHabits(sheet, mapping, place)
  summary.problems.push(...habits.problems)
  const shape = shapeOf(mapping, merges)
  const merged = mergedData(merges, mapping.firstDataRow, shape.identifierColumn)
  const rowOfIdentifier = new Map<string, number>()
  const formulas = new Map<number, number>()
  const readRow = rowReader(file, mapping, habits, reading)

  for await (const row of sheet.rows()) {
    summary.rowsRead += 1
    if (row.row < mapping.firstDataRow || mapping.headerRows.includes(row.row)) {
      countHead(row, mapping, summary, shape)
      continue
    }
    const kind = classifyRow(row, shape)
    if (kind !== 'data') {
      countOther(row, kind, summary, place)
      continue
    }
    for (const note of row.notes ?? [])
      if (note.kind === 'formula') formulas.set(note.column, (formulas.get(note.column) ?? 0) + 1)
    const { cells, group, starting } = merged.fill(row)
    const result = readRow({ ...row, cells })
    const problems = [...result.problems, ...starting.map((range) => mergedReport(range, place, mapping))]
    if (!isEmptyCell(group) && result.values.groupKey === undefined) result.values.groupKey = cellText(group).trim()
    const fatal = rejection(result.values, row.row, rowOfIdentifier, place)
    if (fatal) problems.push(fatal)
    const rejected = problems.some((problem) => problem.level === 'error')
    if (rejected) summary.rejected += 1
    else summary.accepted += 1
    const line = row.line === undefined ? {} : { line: row.line }
    yield { row: row.row, ...line, status: rejected ? 'rejected' : 'accepted', values: result.values, problems }
  }
  for (const [index, count] of formulas) {
    const column = mapping.columns.find((one) => one.index === index)?.header ?? columnLetters(index)
    summary.problems.push(tableReport('formula', { count }, { ...place, column }))
  }
  if (summary.accepted + summary.rejected === 0) summary.problems.push(tableReport('no-data-rows', {}, place))
}

function shapeOf(mapping: TableMapping, merges: readonly MergedRange[]): TableShape {
  const columns = mapping.columns.length
  const columnOf = (field: string) => mapping.columns.find((column) => column.field === field)?.index
  const across = merges.filter(
    (range) => range.fromRow === range.toRow && range.toColumn - range.fromColumn + 1 >= Math.max(2, columns * 0.5),
  )
  return {
    columns,
    headerTexts: new Set<string>(),
    identifierColumn: columnOf('identifier'),
    titleColumn: columnOf('title'),
    mergedAcross: new Set(across.map((range) => range.fromRow)),
  }
}

function countHead(row: RawRow, mapping: TableMapping, summary: ReadingSummary, shape: TableShape): void {
  if (mapping.headerRows.includes(row.row)) {
    summary.headerRows.push(row.row)
    shape.headerTexts.add(rowText(row))
  } else if (row.cells.every(isEmptyCell)) summary.blankRows += 1
  else summary.titleRows.push({ row: row.row, text: textOf(row) })
}

function countOther(
  row: RawRow,
  kind: 'blank' | 'total' | 'header' | 'note',
  summary: ReadingSummary,
  place: ProblemPlace,
): void {
  if (kind === 'blank') summary.blankRows += 1
  else if (kind === 'header') summary.headerRows.push(row.row)
  else {
    const text = textOf(row)
    const rows = kind === 'total' ? summary.totalsRows : summary.noteRows
    rows.push({ row: row.row, text })
    summary.problems.push(
      tableReport(kind === 'total' ? 'totals-row' : 'section-row', { found: quoted(text) }, { ...place, row: row.row }),
    )
  }
}

function textOf(row: RawRow): string {
  return row.cells
    .map((cell) => cellText(cell).trim())
    .filter(Boolean)
    .join(' | ')
}

function rowReader(file: TableFile, mapping: TableMapping, habits: ColumnHabits, { place, language }: Reading) {
  const mapped = new Set(mapping.columns.map((column) => column.index))
  const width = Math.max(0, ...mapping.columns.map((column) => column.index + 1))

  const reportedNames = new Set<string>()

  return (row: RawRow): { values: ListedRow; problems: ProblemReport[] } => {
    const values = emptyListedRow()
    const problems: ProblemReport[] = [...(row.problems ?? [])]
    const rowPlace = { ...place, row: row.row, ...(row.line === undefined ? {} : { line: row.line }) }
    const read = (column: ColumnMapping, cell: RawRow['cells'][number]) =>
      readCell(values, cell, {
        column,
        dateOrder: habits.dateOrder.get(column.index),
        decimalMark: habits.decimalMark.get(column.index),
        place: { ...rowPlace, column: column.header },
        language,
        problems,
        reportedNames,
      })
    for (const column of mapping.columns) {
      const cell = row.cells[column.index] ?? null
      if (!isEmptyCell(cell)) read(column, cell)
    }
    for (const [field, text] of Object.entries(mapping.constants ?? {})) {
      const column: ColumnMapping = { index: -1, header: field, field: field as ColumnMapping['field'] }
      if (values[field as keyof ListedRow] === undefined) read(column, text)
    }
    // Cells beyond the heading belong to no column; they are kept under the letters of their place.
    let extra = 0
    for (const [index, cell] of row.cells.entries()) {
      if (mapped.has(index) || isEmptyCell(cell)) continue
      extra += 1
      read({ index, header: columnLetters(index), field: 'kept' }, cell)
    }
    if (extra > 0) problems.push(tableReport('too-many-cells', { count: row.cells.length, expected: width }, rowPlace))
    if (file.format === 'csv' && row.cells.length < width) {
      problems.push(tableReport('too-few-cells', { count: row.cells.length, expected: width }, rowPlace))
    }
    for (const note of row.notes ?? []) {
      if (note.kind !== 'formula-without-value' && note.kind !== 'cell-error') continue
      const header = mapping.columns.find((one) => one.index === note.column)?.header ?? columnLetters(note.column)
      const found = quoted(cellText(row.cells[note.column]))
      problems.push(tableReport(note.kind, { found }, { ...rowPlace, column: header }))
    }
    if (values.startDate !== undefined && values.endDate !== undefined && isAfter(values.startDate, values.endDate)) {
      problems.push(tableReport('dates-reversed', { start: values.startDate, end: values.endDate }, rowPlace))
    }
    return { values, problems }
  }
}

/** Compares as precisely as both dates are known: 2014-05 is not after 2014. */
function isAfter(start: string, end: string): boolean {
  const length = Math.min(start.length, end.length)
  return start.slice(0, length) > end.slice(0, length)
}

function mergedReport(range: MergedRange, place: ProblemPlace, mapping: TableMapping): ProblemReport {
  const column = mapping.columns.find((one) => one.index === range.fromColumn)?.header ?? columnLetters(range.fromColumn)
  return tableReport('merged-rows', { from: range.fromRow, to: range.toRow }, { ...place, row: range.fromRow, column })
}

/** Why a row cannot be stored: it says nothing, or its identifier is taken by an earlier row of the same list year. */
function rejection(
  values: ListedRow,
  row: number,
  rowOfIdentifier: Map<string, number>,
  place: ProblemPlace,
): ProblemReport | undefined {
  if (!hasContent(values)) return tableReport('empty-content', {}, { ...place, row }, 'error')
  if (values.identifier === undefined) return undefined
  const key = `${values.identifier}\u0000${values.listYear ?? ''}`
  const firstRow = rowOfIdentifier.get(key)
  if (firstRow === undefined) {
    rowOfIdentifier.set(key, row)
    return undefined
  }
  return tableReport('duplicate-identifier', { identifier: quoted(values.identifier), firstRow }, { ...place, row }, 'error')
}

function hasContent(values: ListedRow): boolean {
  return Object.values(values).some((value) =>
    Array.isArray(value) ? value.length > 0 : typeof value === 'object' ? Object.keys(value).length > 0 : value !== undefined,
  )
}
