/**
 * Where the next page of a list begins: after the row at which the last one ended, wherever that row stands now. Rows that came or
 * went meanwhile neither repeat nor hide others, as they would with a number of rows to skip.
 */
import { z } from 'zod'
import { digestOf } from '../../../credentials/index.ts'
import { canonicalJson } from '../../../kernel/canonical-json.ts'
import { cursorNotAccepted, readCursor, writeCursor } from '../../../operations/index.ts'
import { type ListingColumns, rowWithId } from './listing-columns.ts'
import type { ListingFilter, ListingSort } from './listing-filter.ts'

export interface OrderedListings {
  readonly columns: ListingColumns
  /** Row numbers in the order of the list. */
  readonly rows: Uint32Array
  readonly filter: ListingFilter
  readonly sort: ListingSort
  /** Position of each row in the order of titles, when the list is in that order. */
  readonly titleRanks?: Uint32Array
}

const CursorSchema = z.object({
  /** Filter and order to which it belongs. */
  of: z.string(),
  id: z.string(),
  year: z.number().int().nullable(),
  /** How many rows stood before; counts when the row itself is gone from an order of titles. */
  at: z.number().int().min(0),
})
type Cursor = z.output<typeof CursorSchema>

/** `end` rows were shown; null after the last. */
export function cursorAfter(list: OrderedListings, end: number): string | null {
  const row = list.rows[end - 1]
  if (row === undefined || end >= list.rows.length) return null
  const year = yearOf(list.columns, row)
  const cursor: Cursor = {
    of: digestOfList(list),
    id: list.columns.ids[row] ?? '',
    year: Number.isFinite(year) ? year : null,
    at: end,
  }
  return writeCursor(cursor)
}

/** Index of the first row after the cursor. Errors: Problem `paging.cursor-not-accepted`, also for a cursor of another list. */
export function indexAfter(list: OrderedListings, text: string): number {
  const cursor = readCursor(text, CursorSchema)
  if (cursor.of !== digestOfList(list)) throw cursorNotAccepted()
  return firstIndex(list.rows, afterCursor(list, cursor)) ?? Math.min(cursor.at, list.rows.length)
}

/** Infinity for a row without a year: those come last. */
export function yearOf({ fields }: ListingColumns, row: number): number {
  const { codes, offsets, dictionary } = fields.year
  const from = offsets[row] ?? 0
  return (offsets[row + 1] ?? 0) > from ? Number(dictionary[codes[from] ?? 0]) : Number.POSITIVE_INFINITY
}

/** Whether a row stands after the cursor; undefined when that can no longer be told. */
function afterCursor({ columns, sort, titleRanks }: OrderedListings, cursor: Cursor): ((row: number) => boolean) | undefined {
  const idOf = (row: number) => columns.ids[row] ?? ''
  if (sort === 'listed') return (row) => idOf(row) > cursor.id
  if (sort === 'newest') return (row) => idOf(row) < cursor.id
  if (sort === 'year') {
    const year = cursor.year ?? Number.POSITIVE_INFINITY
    return (row) => yearOf(columns, row) > year || (yearOf(columns, row) === year && idOf(row) > cursor.id)
  }
  const anchor = rowWithId(columns, cursor.id)
  const rank = titleRanks?.[anchor]
  return rank === undefined ? undefined : (row) => (titleRanks?.[row] ?? 0) > rank
}

/** In rows of which the later ones fulfil the condition. */
function firstIndex(rows: Uint32Array, fulfils: ((row: number) => boolean) | undefined): number | undefined {
  if (!fulfils) return undefined
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (fulfils(rows[middle] ?? 0)) high = middle
    else low = middle + 1
  }
  return low
}

function digestOfList({ filter, sort }: OrderedListings): string {
  return digestOf(canonicalJson([filter.values, filter.search ?? null, sort])).slice(0, 12)
}
