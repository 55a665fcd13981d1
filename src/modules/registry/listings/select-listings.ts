/** Which rows a filter selects, and how many rows each further value would give (facets). Pure. */

import type { Column, ListingColumns } from './listing-columns.ts'
import { FILTER_FIELDS, type FilterField, type ListingFilter, NOT_STATED } from './listing-filter.ts'

export interface FacetCount {
  readonly value: string
  readonly count: number
}

export interface ListingSelection {
  /** Row numbers in the order of the columns. */
  readonly rows: Uint32Array
  /** Per field the rows that each value gives with all other fields as they are; "not stated" last. */
  readonly facets: Readonly<Record<FilterField, readonly FacetCount[]>>
}

interface Scope {
  /** Only rows whose state, as editors see it, is one of these; all when not given. */
  readonly states?: readonly string[]
  /** Only rows that the public sees. */
  readonly publicOnly?: boolean
  /** Collections that count when the filter names none: sample data stay outside (ruling 7). */
  readonly defaultCollections: readonly string[]
  /** 1 for each row that the actor sees; absent when that is every row. */
  readonly seen?: Uint8Array
  /** 1 for each row found by full-text search; absent when nothing is searched. */
  readonly found?: Uint8Array
  /** Fields whose values are counted, by default all: counting costs most of the time, and figures and downloads need little of it. */
  readonly facets?: readonly FilterField[]
}

export function selectListings(columns: ListingColumns, filter: ListingFilter, scope: Scope): ListingSelection {
  const counted = scope.facets ?? FILTER_FIELDS
  const tests = FILTER_FIELDS.flatMap((field) => {
    const wanted = filter.values[field] ?? (field === 'collection' ? scope.defaultCollections : undefined)
    return wanted
      ? [
          {
            field,
            column: columns.fields[field],
            allowed: allowedCodes(columns.fields[field], wanted),
            orNotStated: wanted.includes(NOT_STATED),
          },
        ]
      : []
  })
  const allowedStates = scope.states && allowedCodes(columns.fields.state, scope.states)
  const stateColumn = columns.fields.state

  const rows = new Uint32Array(columns.size)
  let size = 0
  // Rows that fail in one field only count for the values of that field: "what would I get if I chose another one".
  const failingOnly = new Map<FilterField, number[]>(tests.map(({ field }) => [field, []]))
  for (let row = 0; row < columns.size; row += 1) {
    if (scope.seen && scope.seen[row] !== 1) continue
    if (scope.found && scope.found[row] !== 1) continue
    if (scope.publicOnly && columns.isPublic[row] !== 1) continue
    if (allowedStates && !hasAllowed(stateColumn, row, allowedStates, false)) continue
    let failing: FilterField | undefined
    let failures = 0
    for (let index = 0; index < tests.length && failures < 2; index += 1) {
      const test = tests[index]
      if (!test || hasAllowed(test.column, row, test.allowed, test.orNotStated)) continue
      failing = test.field
      failures += 1
    }
    if (failures === 0) {
      rows[size] = row
      size += 1
    } else if (failures === 1 && failing && counted.includes(failing)) failingOnly.get(failing)?.push(row)
  }
  const selected = rows.slice(0, size)
  return { rows: selected, facets: countFacets(columns, selected, failingOnly, counted) }
}

/** Field by field, so that the processor walks through one column at a time. */
function countFacets(
  columns: ListingColumns,
  rows: Uint32Array,
  failingOnly: ReadonlyMap<FilterField, readonly number[]>,
  counted: readonly FilterField[],
): ListingSelection['facets'] {
  return Object.fromEntries(
    FILTER_FIELDS.map((field) => {
      if (!counted.includes(field)) return [field, []]
      const column = columns.fields[field]
      const counts = new Uint32Array(column.dictionary.length + 1)
      for (let index = 0; index < rows.length; index += 1) addCounts(column, rows[index] ?? 0, counts)
      for (const row of failingOnly.get(field) ?? []) addCounts(column, row, counts)
      return [field, facetsOf(column, counts)]
    }),
  ) as unknown as Record<FilterField, FacetCount[]>
}

/** Those of `rows` that state one of the wanted values in every field; for counting what stands behind a figure. */
export function narrowRows(
  columns: ListingColumns,
  rows: Uint32Array,
  values: Readonly<Partial<Record<FilterField, readonly string[]>>>,
): Uint32Array {
  let narrowed = rows
  for (const field of FILTER_FIELDS) {
    const wanted = values[field]
    if (!wanted) continue
    const column = columns.fields[field]
    const allowed = allowedCodes(column, wanted)
    const orNotStated = wanted.includes(NOT_STATED)
    narrowed = narrowed.filter((row) => hasAllowed(column, row, allowed, orNotStated))
  }
  return narrowed
}

function allowedCodes(column: Column, wanted: readonly string[]): Uint8Array {
  const set = new Set(wanted)
  return Uint8Array.from(column.dictionary, (value) => (set.has(value) ? 1 : 0))
}

function hasAllowed(column: Column, row: number, allowed: Uint8Array, orNotStated: boolean): boolean {
  const from = column.offsets[row] ?? 0
  const to = column.offsets[row + 1] ?? from
  if (from === to) return orNotStated
  for (let index = from; index < to; index += 1) {
    if (allowed[column.codes[index] ?? 0] === 1) return true
  }
  return false
}

/** The last cell counts the rows that state nothing. */
function addCounts(column: Column, row: number, counts: Uint32Array): void {
  const from = column.offsets[row] ?? 0
  const to = column.offsets[row + 1] ?? from
  if (from === to) {
    const last = counts.length - 1
    counts[last] = (counts[last] ?? 0) + 1
    return
  }
  for (let index = from; index < to; index += 1) {
    const code = column.codes[index] ?? 0
    counts[code] = (counts[code] ?? 0) + 1
  }
}

function facetsOf(column: Column, counts: Uint32Array): FacetCount[] {
  const facets = column.dictionary
    .map((value, code) => ({ value, count: counts[code] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  const notStated = counts[counts.length - 1] ?? 0
  return notStated > 0 ? [...facets, { value: NOT_STATED, count: notStated }] : facets
}
