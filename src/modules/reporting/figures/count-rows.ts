/** Counting rows, mentions, values and groups in the columns of the listings; what the definitions of figures are made of. */
import type { Column, FilterField, ListingColumns } from '../../registry/index.ts'

type RowNumber = (row: number) => number
type RowTest = (row: number) => boolean

/** How many of a row's values of a field are among `wanted`; all of its values when nothing is wanted in particular. */
export function mentions(columns: ListingColumns, field: FilterField, wanted?: readonly string[]): RowNumber {
  const { offsets, codes, dictionary } = columns.fields[field]
  if (!wanted) return (row) => (offsets[row + 1] ?? 0) - (offsets[row] ?? 0)
  const isWanted = Uint8Array.from(dictionary, (value) => (wanted.includes(value) ? 1 : 0))
  return (row) => {
    let count = 0
    const end = offsets[row + 1] ?? 0
    for (let index = offsets[row] ?? 0; index < end; index += 1) count += isWanted[codes[index] ?? 0] ?? 0
    return count
  }
}

export function has(columns: ListingColumns, field: FilterField, wanted?: readonly string[]): RowTest {
  const count = mentions(columns, field, wanted)
  return (row) => count(row) > 0
}

export function lacks(columns: ListingColumns, field: FilterField): RowTest {
  const count = mentions(columns, field)
  return (row) => count(row) === 0
}

export function countRows(rows: Uint32Array, test: RowTest): number {
  let count = 0
  for (const row of rows) if (test(row)) count += 1
  return count
}

export function sumRows(rows: Uint32Array, numberOf: RowNumber): number {
  let sum = 0
  for (const row of rows) sum += numberOf(row)
  return sum
}

export function distinctValues({ offsets, codes, dictionary }: Column, rows: Uint32Array): number {
  const seen = new Uint8Array(dictionary.length)
  for (const row of rows) {
    const end = offsets[row + 1] ?? 0
    for (let index = offsets[row] ?? 0; index < end; index += 1) seen[codes[index] ?? 0] = 1
  }
  return seen.reduce((count, value) => count + value, 0)
}

export function countGroups(columns: ListingColumns, rows: Uint32Array): number {
  const groups = new Set<string>()
  let alone = 0
  for (const row of rows) {
    const group = columns.groupKeys[row]
    if (group) groups.add(group)
    else alone += 1
  }
  return groups.size + alone
}
