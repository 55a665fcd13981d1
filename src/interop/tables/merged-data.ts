/**
 * Cells merged down over several rows of data: the value stands in the first row and counts for all of them. An identifier
 * merged in this way names a group of rows, not one row many times.
 */
import type { CellValue, MergedRange, RawRow } from './table-file.ts'

export interface MergedData {
  /** The cells of a row with merged values filled in, the value of a merged identifier, and the ranges that begin here. */
  fill(row: RawRow): { cells: readonly CellValue[]; group: CellValue; starting: readonly MergedRange[] }
}

export function mergedData(
  merges: readonly MergedRange[],
  firstDataRow: number,
  identifierColumn: number | undefined,
): MergedData {
  const downwards = merges.filter((range) => range.fromRow >= firstDataRow && range.toRow > range.fromRow)
  const startingAt = Map.groupBy(downwards, (range) => range.fromRow)
  let active: { range: MergedRange; value: CellValue }[] = []

  return {
    fill(row) {
      active = active.filter(({ range }) => range.toRow >= row.row)
      const starting = startingAt.get(row.row) ?? []
      let cells = row.cells
      let group: CellValue = null
      for (const { range, value } of active) {
        if (range.fromColumn === identifierColumn) {
          group = value
          continue
        }
        if (cells === row.cells) cells = [...row.cells]
        fillCell(cells as CellValue[], range.fromColumn, value)
      }
      for (const range of starting) {
        const value = row.cells[range.fromColumn] ?? null
        active.push({ range, value })
        if (range.fromColumn === identifierColumn) group = value
      }
      return { cells, group, starting }
    },
  }
}

function fillCell(cells: CellValue[], column: number, value: CellValue): void {
  while (cells.length < column) cells.push(null)
  if (cells[column] === null || cells[column] === undefined || cells[column] === '') cells[column] = value
}
