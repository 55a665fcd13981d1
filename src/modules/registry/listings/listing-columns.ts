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
  /** Whether the public sees the row; editors also see rows that are being prepared. */
  readonly isPublic: boolean
  readonly values: Readonly<Record<StoredField, readonly string[]>>
}

/** Fields read from the table; the others follow from them. */
export type StoredField = Exclude<FilterField, keyof typeof DERIVED>

const DERIVED = { country: countriesOf, group: groupsOfHosts, shown: shownTo } as const satisfies Partial<
  Record<FilterField, (row: ListingRow) => readonly string[]>
>

function isDerived(field: FilterField): field is keyof typeof DERIVED {
  return field in DERIVED
}

/** Countries that take part in any way; each once, also when it is host and partner. */
function countriesOf({ values }: ListingRow): readonly string[] {
  return [...new Set([...values.host, ...values.partner, ...values.provider, ...values.recipient])]
}

/** A record that is being revised stays public as it was published. */
function shownTo({ isPublic }: ListingRow): readonly string[] {
  return [isPublic ? 'public' : 'preparing']
}

/** Values of one field: row r has the codes `codes[offsets[r] .. offsets[r + 1])`. No code means "not stated". */
export interface Column {
  readonly offsets: Uint32Array
  /** Two bytes a value; four where a field has more distinct values than two can number, as free text in a theme may. */
  readonly codes: Uint16Array | Uint32Array
  readonly dictionary: readonly string[]
}

export interface ListingColumns {
  readonly size: number
  /** Ascending, so that a row is found by binary search. */
  readonly ids: readonly string[]
  readonly initiativeIds: readonly string[]
  readonly groupKeys: readonly (string | null)[]
  readonly hasTitle: Uint8Array
  readonly isPublic: Uint8Array
  readonly fields: Readonly<Record<FilterField, Column>>
}

/** Rows must come in ascending order of id. */
export function buildColumns(rows: Iterable<ListingRow>): ListingColumns {
  const builder = createColumnsBuilder()
  for (const row of rows) builder.add(row)
  return builder.finish()
}

export interface ColumnsBuilder {
  /** Rows must come in ascending order of id. */
  add(row: ListingRow): void
  /** Takes a row over from the columns that the builder was made with. */
  keep(row: number): void
  finish(): ListingColumns
}

/**
 * Fills columns row by row, so that 100,000 rows need not be in memory as objects first. With `base`, values keep its codes, and
 * its rows can be taken over as they are.
 */
export function createColumnsBuilder(base?: ListingColumns): ColumnsBuilder {
  const fields = FILTER_FIELDS.map((field) => ({ field, column: createColumnBuilder(base?.fields[field]) }))
  const ids: string[] = []
  const initiativeIds: string[] = []
  const groupKeys: (string | null)[] = []
  const titled: number[] = []
  const shown: number[] = []
  return {
    add(row) {
      ids.push(row.id)
      initiativeIds.push(row.initiativeId)
      groupKeys.push(row.groupKey)
      titled.push(row.hasTitle ? 1 : 0)
      shown.push(row.isPublic ? 1 : 0)
      for (const { field, column } of fields) column.add(isDerived(field) ? DERIVED[field](row) : row.values[field])
    },
    keep(row) {
      ids.push(base?.ids[row] ?? '')
      initiativeIds.push(base?.initiativeIds[row] ?? '')
      groupKeys.push(base?.groupKeys[row] ?? null)
      titled.push(base?.hasTitle[row] ?? 0)
      shown.push(base?.isPublic[row] ?? 0)
      for (const { column } of fields) column.keep(row)
    },
    finish() {
      const finished = Object.fromEntries(fields.map(({ field, column }) => [field, column.finish()]))
      return {
        size: ids.length,
        ids,
        initiativeIds,
        groupKeys,
        hasTitle: Uint8Array.from(titled),
        isPublic: Uint8Array.from(shown),
        fields: finished as Record<FilterField, Column>,
      }
    },
  }
}

function createColumnBuilder(base: Column | undefined) {
  const dictionary = [...(base?.dictionary ?? [])]
  const codeOf = new Map(dictionary.map((value, code) => [value, code]))
  let offsets = new Uint32Array(1_024)
  let codes: Uint16Array | Uint32Array = new Uint16Array(1_024)
  let rows = 0
  let size = 0

  function push(code: number): void {
    if (code > 0xffff && codes instanceof Uint16Array) codes = Uint32Array.from(codes)
    if (size === codes.length) codes = codes instanceof Uint16Array ? enlarged(codes, Uint16Array) : enlarged(codes, Uint32Array)
    codes[size] = code
    size += 1
  }
  function endRow(): void {
    rows += 1
    if (rows === offsets.length) offsets = enlarged(offsets, Uint32Array)
    offsets[rows] = size
  }
  return {
    add(values: readonly string[]): void {
      for (const value of values) {
        let code = codeOf.get(value)
        if (code === undefined) {
          code = dictionary.length
          dictionary.push(value)
          codeOf.set(value, code)
        }
        push(code)
      }
      endRow()
    },
    keep(row: number): void {
      const to = base?.offsets[row + 1] ?? 0
      for (let index = base?.offsets[row] ?? 0; index < to; index += 1) push(base?.codes[index] ?? 0)
      endRow()
    },
    finish(): Column {
      return { offsets: offsets.slice(0, rows + 1), codes: codes.slice(0, size), dictionary }
    },
  }
}

function enlarged<A extends Uint16Array | Uint32Array>(full: A, Type: { new (length: number): A }): A {
  const larger = new Type(full.length * 2)
  larger.set(full)
  return larger
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

/** A new set of columns without the rows of the changed initiatives and with their present rows, which come in order of id. */
export function mergeColumns(
  base: ListingColumns,
  changedInitiatives: ReadonlySet<string>,
  present: readonly ListingRow[],
): ListingColumns {
  const builder = createColumnsBuilder(base)
  let next = 0
  const addBefore = (id: string | undefined) => {
    for (let row = present[next]; row !== undefined && (id === undefined || row.id < id); row = present[next]) {
      builder.add(row)
      next += 1
    }
  }
  for (let row = 0; row < base.size; row += 1) {
    if (changedInitiatives.has(base.initiativeIds[row] ?? '')) continue
    addBefore(base.ids[row])
    builder.keep(row)
  }
  addBefore(undefined)
  return builder.finish()
}

export function rowOf(columns: ListingColumns, row: number): ListingRow {
  const values = {} as Record<StoredField, readonly string[]>
  for (const field of FILTER_FIELDS) {
    if (!isDerived(field)) values[field] = valuesAt(columns.fields[field], row)
  }
  return {
    id: columns.ids[row] ?? '',
    initiativeId: columns.initiativeIds[row] ?? '',
    groupKey: columns.groupKeys[row] ?? null,
    hasTitle: columns.hasTitle[row] === 1,
    isPublic: columns.isPublic[row] === 1,
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
