/**
 * The rows of a sheet as every reader gets them, whatever the format: cells beyond the limit are cut and reported, characters that no
 * database keeps are replaced, and the other work of the program gets its turn between rows.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { TableLimits } from './limits.ts'
import { tableReport } from './problems.ts'
import { type CellValue, columnLetters, type RawRow, type TableSheet } from './table-file.ts'

/** Milliseconds that reading may take before others get their turn. */
const TURN = 20
/** Characters that are left of a cell that is too long, to know it by. */
const LEFT_OF_LONG_CELL = 200

export function guardedSheet(sheet: TableSheet, fileName: string, limits: TableLimits): TableSheet {
  return { ...sheet, rows: () => guardedRows(sheet, fileName, limits), merges: () => sheet.merges() }
}

async function* guardedRows(sheet: TableSheet, fileName: string, limits: TableLimits): AsyncGenerator<RawRow> {
  let turn = performance.now()
  for await (const found of sheet.rows()) {
    const row = found.cells.some(isUnreadable) ? { ...found, cells: found.cells.map(readable) } : found
    const isLong = row.cells.some((cell) => isTooLong(cell, limits))
    yield isLong ? cutLongCells(row, { file: fileName, ...(sheet.name === '' ? {} : { sheet: sheet.name }) }, limits) : row
    if (performance.now() - turn < TURN) continue
    await nextTurn()
    turn = performance.now()
  }
}

/** Half a character, or the sign of nothing: UTF-16 and the escapes of JSON can hold both. */
function isUnreadable(cell: CellValue): cell is string {
  return typeof cell === 'string' && (!cell.isWellFormed() || cell.includes('\0'))
}

function readable(cell: CellValue): CellValue {
  return isUnreadable(cell) ? cell.toWellFormed().replaceAll('\0', '') : cell
}

function isTooLong(cell: CellValue, limits: TableLimits): cell is string {
  return typeof cell === 'string' && cell.length > limits.cellLength
}

function cutLongCells(row: RawRow, file: { file: string; sheet?: string }, limits: TableLimits): RawRow {
  const limit = limits.cellLength
  const place = { ...file, row: row.row, ...(row.line === undefined ? {} : { line: row.line }) }
  const tooLong = [...row.cells.entries()].filter(([, cell]) => isTooLong(cell, limits))
  const reports = tooLong.map(([column, cell]) =>
    tableReport('cell-too-long', { length: String(cell).length, limit }, { ...place, column: columnLetters(column) }, 'error'),
  )
  return {
    ...row,
    // Copied through bytes, so that the piece does not keep the whole text in memory.
    cells: row.cells.map((cell) =>
      isTooLong(cell, limits) ? `${Buffer.from(cell.slice(0, LEFT_OF_LONG_CELL)).toString()}…` : cell,
    ),
    problems: [...(row.problems ?? []), ...reports],
  }
}
