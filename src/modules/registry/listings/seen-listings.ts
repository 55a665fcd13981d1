/**
 * The columns as one actor sees them. The database says which rows those are, by the cut of the policy and, as a second net, by
 * row-level security; what it said is kept for the state of the data, so that lists and counts need not ask again.
 *
 * Others' rows look as published, whatever is being prepared behind them.
 */
import { type Db, sql } from '../../../database/db.ts'
import type { QueryContext, Sight } from '../../../operations/index.ts'
import { type Column, type ListingColumns, rowWithId } from './listing-columns.ts'

export interface SeenListings {
  readonly columns: ListingColumns
  /** 1 for each row that the actor sees; absent when that is every row. */
  readonly seen?: Uint8Array
}

const HIDDEN = 0
const SHOWN = 1
const OWN = 2
/** Changed since it was last asked. */
const UNKNOWN = 3

/** Sights kept per state of the data: people with the same scope share one, and few scopes are at work at once. */
const KEPT_SIGHTS = 12

type Levels = Map<string, Uint8Array>
const levelsOfColumns = new WeakMap<ListingColumns, Levels>()
const seenOfLevels = new WeakMap<Uint8Array, SeenListings>()

export async function seenListings(
  { db, sight }: Pick<QueryContext, 'db' | 'sight'>,
  columns: ListingColumns,
): Promise<SeenListings> {
  if (sight.rows.sees === 'all') return { columns }
  // A stranger's sight is the same for all and stands in the columns.
  if (sight.rows.sees === 'public') return { columns: asPublished(columns), seen: columns.isPublic }
  const levels = await currentLevels(db, sight, columns)
  const known = seenOfLevels.get(levels)
  if (known) return known
  const seen: SeenListings = {
    columns: withStatesAsSeen(columns, levels),
    seen: levels.map((level) => (level === HIDDEN ? 0 : 1)),
  }
  seenOfLevels.set(levels, seen)
  return seen
}

async function currentLevels(db: Db, sight: Sight, columns: ListingColumns): Promise<Uint8Array> {
  const { actorId: _, ...scope } = sight.rows
  const key = JSON.stringify(scope)
  const kept = levelsOfColumns.get(columns) ?? new Map<string, Uint8Array>()
  levelsOfColumns.set(columns, kept)
  const known = kept.get(key)
  const levels = known ? await askChanged(db, sight, columns, known) : await askAll(db, sight, columns)
  kept.delete(key)
  kept.set(key, levels)
  if (kept.size > KEPT_SIGHTS) kept.delete(kept.keys().next().value ?? '')
  return levels
}

/** Takes what was known over to the next state of the data; rows of changed initiatives are asked again. */
export function carrySights(from: ListingColumns, to: ListingColumns, changedInitiatives: ReadonlySet<string>): void {
  const known = levelsOfColumns.get(from)
  if (!known) return
  const carried: Levels = new Map([...known.keys()].map((key) => [key, new Uint8Array(to.size).fill(UNKNOWN)]))
  let before = 0
  for (let row = 0; row < to.size; row += 1) {
    const id = to.ids[row] ?? ''
    while (before < from.size && (from.ids[before] ?? '') < id) before += 1
    if (from.ids[before] !== id || changedInitiatives.has(to.initiativeIds[row] ?? '')) continue
    for (const [key, levels] of known) {
      const target = carried.get(key)
      if (target) target[row] = levels[before] ?? UNKNOWN
    }
  }
  levelsOfColumns.set(to, carried)
}

async function askAll(db: Db, sight: Sight, columns: ListingColumns): Promise<Uint8Array> {
  const levels = new Uint8Array(columns.size)
  mark(columns, levels, await ask(db, sight, null))
  return levels
}

async function askChanged(db: Db, sight: Sight, columns: ListingColumns, known: Uint8Array): Promise<Uint8Array> {
  if (!known.includes(UNKNOWN)) return known
  const levels = known.slice()
  const ids: string[] = []
  for (let row = 0; row < levels.length; row += 1) {
    if (levels[row] !== UNKNOWN) continue
    levels[row] = HIDDEN
    ids.push(columns.ids[row] ?? '')
  }
  mark(columns, levels, await ask(db, sight, ids))
  return levels
}

interface SeenIds {
  readonly own: string | null
  readonly shown: string | null
}

/** Two long texts instead of many rows. */
function ask(db: Db, sight: Sight, ids: readonly string[] | null): Promise<SeenIds> {
  return db.one<SeenIds>(sql`
    with seen as (
      select l.id, ${sight.own('listings', 'l')} as own
      from listings as l
      where ${sight.visible('listings', 'l')} ${ids === null ? sql`` : sql`and l.id = any(${ids}::text[])`}
    )
    select string_agg(id, '') filter (where own) as own, string_agg(id, '') filter (where not own) as shown
    from seen
  `)
}

const ID_LENGTH = 26

function mark(columns: ListingColumns, levels: Uint8Array, { own, shown }: SeenIds): void {
  for (const [ids, level] of [[own ?? '', OWN] as const, [shown ?? '', SHOWN] as const]) {
    for (let at = 0; at < ids.length; at += ID_LENGTH) {
      const row = rowWithId(columns, ids.slice(at, at + ID_LENGTH))
      if (row >= 0) levels[row] = level
    }
  }
}

const publishedColumns = new WeakMap<ListingColumns, ListingColumns>()

function asPublished(columns: ListingColumns): ListingColumns {
  const known = publishedColumns.get(columns)
  if (known) return known
  const published = withStatesAsSeen(columns, columns.isPublic)
  publishedColumns.set(columns, published)
  return published
}

function withStatesAsSeen(columns: ListingColumns, levels: Uint8Array): ListingColumns {
  const { state, shown } = columns.fields
  return {
    ...columns,
    fields: {
      ...columns.fields,
      state: asSeen(state, levels, 'published'),
      // Among what is shown to members only, nothing is being prepared that they may know of.
      shown: asSeen(shown, levels, 'public'),
    },
  }
}

/** Own rows say what they say; all others one word. Each row has exactly one. */
function asSeen(column: Column, levels: Uint8Array, word: string): Column {
  const at = column.dictionary.indexOf(word)
  const dictionary = at < 0 ? [...column.dictionary, word] : column.dictionary
  const code = at < 0 ? column.dictionary.length : at
  const codes = column.codes.slice()
  for (let row = 0; row < levels.length; row += 1) if (levels[row] !== OWN) codes[column.offsets[row] ?? 0] = code
  return { ...column, dictionary, codes }
}
