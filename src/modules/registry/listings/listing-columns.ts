/**
 * All listings as columns in memory: one small number per value, so that filters, counts and figures over 100,000 rows take
 * milliseconds on either engine. Immutable; a change makes a new set (docs/decisions/0006-listings-in-columns.md).
 */
import { groupsOf } from '../../../codes/index.ts'
import { FILTER_FIELDS, type FilterField } from './listing-filter.ts'

/** A listing as read from the database, arrays of codes as stored. */
export interface ListingRow {
  readonly id: string
  readonly initiativeId: string
  readonly groupKey: string | null
  readonly hasTitle: boolean
  readonly values: Readonly<Record<StoredField, readonly string[]>>
}

/** Fields read from the table; `group` is looked up from the hosts and the year. */
export type StoredField = Exclude<FilterField, 'group'>

/** Values of one field: row r has the codes `codes[offsets[r] .. offsets[r + 1])`. No code means "not stated". */
export interface Column {
  readonly offsets: Uint32Array
  readonly codes: Uint16Array
  readonly dictionary: readonly string[]
}

export interface ListingColumns {
  readonly size: number
  /** Ascending, so that a row is found by binary search. */
  readonly ids: readonly string[]
  readonly initiativeIds: readonly string[]
  readonly groupKeys: readonly (string | null)[]
  readonly hasTitle: Uint8Array
  readonly fields: Readonly<Record<FilterField, Column>>
}

/** Rows must come in ascending order of id. */
export function buildColumns(rows: readonly ListingRow[]): ListingColumns {
  const fields = {} as Record<FilterField, Column>
  for (const field of FILTER_FIELDS) {
    fields[field] = field === 'group' ? buildColumn(rows, groupsOfHosts) : buildColumn(rows, (row) => row.values[field])
  }
  return {
    size: rows.length,
    ids: rows.map((row) => row.id),
    initiativeIds: rows.map((row) => row.initiativeId),
    groupKeys: rows.map((row) => row.groupKey),
    hasTitle: Uint8Array.from(rows, (row) => (row.hasTitle ? 1 : 0)),
    fields,
  }
}

function buildColumn(rows: readonly ListingRow[], valuesOf: (row: ListingRow) => readonly string[]): Column {
  const dictionary: string[] = []
  const codeOf = new Map<string, number>()
  const offsets = new Uint32Array(rows.length + 1)
  const codes: number[] = []
  rows.forEach((row, index) => {
    for (const value of valuesOf(row)) {
      let code = codeOf.get(value)
      if (code === undefined) {
        code = dictionary.length
        dictionary.push(value)
        codeOf.set(value, code)
      }
      codes.push(code)
    }
    offsets[index + 1] = codes.length
  })
  // 65,536 distinct values of one field are more than any code list has; organisations could reach it and then need wider codes.
  if (dictionary.length > 65_535) throw new Error('A field of the listings has more distinct values than a column can hold')
  return { offsets, codes: Uint16Array.from(codes), dictionary }
}

const groupsByHostAndYear = new Map<string, readonly string[]>()

/** Country groups of the hosts in the listed year; today's groups when no year is stated. */
function groupsOfHosts(row: ListingRow): readonly string[] {
  const hosts = row.values.host
  const year = row.values.year[0]
  const key = `${hosts.join(' ')}@${year ?? ''}`
  let groups = groupsByHostAndYear.get(key)
  if (!groups) {
    const date = year === undefined ? new Date().toISOString().slice(0, 10) : `${year}-07-01`
    groups = [...new Set(hosts.flatMap((host) => groupsOf(host, date)))]
    groupsByHostAndYear.set(key, groups)
  }
  return groups
}

/** A new set of columns without the rows of the changed initiatives and with their present rows. */
export function mergeColumns(
  base: ListingColumns,
  changedInitiatives: ReadonlySet<string>,
  present: readonly ListingRow[],
): ListingColumns {
  const kept: ListingRow[] = []
  for (let row = 0; row < base.size; row += 1) {
    if (!changedInitiatives.has(base.initiativeIds[row] ?? '')) kept.push(rowOf(base, row))
  }
  return buildColumns([...kept, ...present].sort((a, b) => (a.id < b.id ? -1 : 1)))
}

export function rowOf(columns: ListingColumns, row: number): ListingRow {
  const values = {} as Record<StoredField, readonly string[]>
  for (const field of FILTER_FIELDS) {
    if (field !== 'group') values[field] = valuesAt(columns.fields[field], row)
  }
  return {
    id: columns.ids[row] ?? '',
    initiativeId: columns.initiativeIds[row] ?? '',
    groupKey: columns.groupKeys[row] ?? null,
    hasTitle: columns.hasTitle[row] === 1,
    values,
  }
}

export function valuesAt(column: Column, row: number): string[] {
  const from = column.offsets[row] ?? 0
  const to = column.offsets[row + 1] ?? from
  const values: string[] = []
  for (let index = from; index < to; index += 1) values.push(column.dictionary[column.codes[index] ?? 0] ?? '')
  return values
}

/** The row with this id, or -1. */
export function rowWithId(columns: ListingColumns, id: string): number {
  let low = 0
  let high = columns.size - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = columns.ids[middle] ?? ''
    if (found === id) return middle
    if (found < id) low = middle + 1
    else high = middle - 1
  }
  return -1
}
