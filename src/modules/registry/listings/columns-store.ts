/**
 * Keeps the columns of one database up to date: a look at the newest change per request, then only what changed is read again.
 */
import { type Db, sql } from '../../../database/db.ts'
import { searchQueryOf } from '../initiatives/search-words.ts'
import { type ListingColumns, mergeColumns, rowWithId } from './listing-columns.ts'
import { changedOrgs, loadMergedOrgs, MERGED_ORGS_VERSION, type MergedOrgs } from './merged-orgs.ts'
import { readColumns, readRows } from './read-columns.ts'
import { buildSearchIndex, type SearchIndex } from './search-index.ts'
import { carrySights } from './seen-listings.ts'

/** Above this many changed initiatives, reading everything again is quicker than merging (measured at 100,000 rows). */
const MERGE_LIMIT = 2_000
/** Full-text answers kept per state of the data. */
const KEPT_SEARCHES = 50

interface Store {
  seq: number
  /** Under which organisations the columns count. */
  merged: MergedOrgs
  columns: ListingColumns
  searches: Map<string, Promise<Uint8Array>>
  /** Present once it was built for this state of the data. */
  index?: SearchIndex | undefined
  indexing?: Promise<void>
}

/** Below this the database finds words as quickly, and a small installation needs no index in memory. */
const INDEX_FROM_ROWS = 20_000
const INDEX_AFTER_REST_MS = 5_000

const stores = new WeakMap<Db, Promise<Store>>()
/** Stores that are loaded, for who must not wait for one (`lendColumns`). */
const loaded = new WeakMap<object, Store>()

async function currentStore(db: Db): Promise<Store> {
  const known = stores.get(db)
  if (!known) return remember(db, loadAll(db))
  const store = await known
  if (isCurrent(store, await newestState(db))) return store
  // Another request may have started the same refresh meanwhile: share it.
  if (stores.get(db) !== known) return (await stores.get(db)) ?? store
  return indexLater(db, remember(db, refresh(db, store)))
}

function remember(db: Db, loading: Promise<Store>): Promise<Store> {
  stores.set(db, loading)
  loading.then(
    (store) => loaded.set(db, store),
    () => stores.delete(db),
  )
  return loading
}

/**
 * Lets a snapshot of a database use the columns that the database has in memory, when they are of the same state; a report over
 * 756 listings would otherwise read all 100,000. Never waits: inside a transaction the one backend is taken.
 */
export async function lendColumns(database: object, snapshot: Db): Promise<void> {
  const store = loaded.get(database)
  if (store && isCurrent(store, await newestState(snapshot))) stores.set(snapshot, Promise.resolve(store))
}

export interface ColumnsAndFound {
  readonly columns: ListingColumns
  readonly merged: MergedOrgs
  readonly found?: Uint8Array
}

/** Columns and, when something is searched, the rows found; both of one state of the data. */
export async function columnsAndFound(db: Db, search: string | undefined): Promise<ColumnsAndFound> {
  const store = await currentStore(db)
  const { columns, merged } = store
  const query = search === undefined ? undefined : searchQueryOf(search)
  if (query === undefined) return { columns, merged }
  let answer = store.searches.get(query)
  if (!answer) {
    answer = store.index ? Promise.resolve(store.index.find(query)) : findRows(db, columns, query)
    store.searches.set(query, answer)
    answer.catch(() => store.searches.delete(query))
    if (store.searches.size > KEPT_SEARCHES) store.searches.delete(store.searches.keys().next().value ?? '')
  }
  return { columns, merged, found: await answer }
}

/** Reads everything that the first request would otherwise wait for; a start does it while nobody asks yet. */
export async function warmListings(db: Db): Promise<void> {
  await indexWords(db, await currentStore(db))
}

/** After a change, once the data have been at rest for a while: while somebody edits, the database answers. */
function indexLater(db: Db, loading: Promise<Store>): Promise<Store> {
  const timer = setTimeout(() => {
    // A refresh that failed has told whoever asked; nothing is left to index.
    if (stores.get(db) === loading) loading.then((store) => indexWords(db, store)).catch(() => {})
  }, INDEX_AFTER_REST_MS)
  timer.unref()
  return loading
}

/** In the background: until it is there the database answers, as it does after a change and in a small installation. */
function indexWords(db: Db, store: Store): Promise<void> {
  if (store.columns.size < INDEX_FROM_ROWS) return Promise.resolve()
  store.indexing ??= buildSearchIndex(db, store.columns).then(
    (index) => {
      store.index = index
    },
    // The program is closing, or the database is away: nothing is lost, since every search can be answered without the index.
    () => {},
  )
  return store.indexing
}

/**
 * Position of each row of these columns in the order of titles, in the root collation of Unicode; rows without title come last.
 * Kept with the columns, so that both are of one state of the data.
 */
export function titleRanks(db: Db, columns: ListingColumns): Promise<Uint32Array> {
  const known = ranksOfColumns.get(columns)
  if (known) return known
  const loading = loadTitleRanks(db, columns)
  ranksOfColumns.set(columns, loading)
  loading.catch(() => ranksOfColumns.delete(columns))
  return loading
}

const ranksOfColumns = new WeakMap<ListingColumns, Promise<Uint32Array>>()

/** Rows read at once: enough for speed, and little enough that nothing else waits long for the embedded engine. */
const BATCH_ROWS = 5_000
/** A database that changes faster than it can be read is read in one statement, which sees one state. */
const TRIES_IN_BATCHES = 3

async function loadAll(db: Db): Promise<Store> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await newestState(db)
    const merged = await loadMergedOrgs(db)
    const columns = await readColumns(db, merged, attempt > TRIES_IN_BATCHES ? null : BATCH_ROWS)
    const store: Store = { seq: before.seq, merged, columns, searches: new Map() }
    // A change between two batches could show one half of a run: then all is read again.
    if (attempt > TRIES_IN_BATCHES || isCurrent(store, await newestState(db))) return store
  }
}

interface DataState {
  readonly seq: number
  readonly mergedVersion: string
}

/** Asked with each request; organisations that were merged are few. */
function newestState(db: Db): Promise<DataState> {
  return db.one<DataState>(sql`
    select coalesce((select max(seq) from registry_changes), 0) as seq, ${MERGED_ORGS_VERSION} as "mergedVersion"
  `)
}

function isCurrent({ seq, merged }: Store, newest: DataState): boolean {
  return newest.seq === seq && newest.mergedVersion === merged.version
}

async function refresh(db: Db, store: Store): Promise<Store> {
  const changes = await db.many<{ seq: number; initiativeId: string | null }>(sql`
    select seq, initiative_id as "initiativeId" from registry_changes where seq > ${store.seq} order by seq limit ${MERGE_LIMIT + 1}
  `)
  const merged = await loadMergedOrgs(db)
  const regrouped = await initiativesWith(db, changedOrgs(store.merged, merged))
  const ids = new Set([...changes.map((change) => change.initiativeId ?? ''), ...regrouped])
  if (ids.size > MERGE_LIMIT || changes.length > MERGE_LIMIT || changes.some(({ initiativeId }) => initiativeId === null)) {
    return loadAll(db)
  }
  const present = await readRows(db, merged, sql`where l.initiative_id = any(${[...ids]}::text[])`, null)
  const seq = changes.at(-1)?.seq ?? store.seq
  const columns = mergeColumns(store.columns, ids, present)
  carrySights(store.columns, columns, ids)
  return { seq, merged, columns, searches: new Map() }
}

/** Initiatives in which one of these organisations takes part; no more than can be merged. */
async function initiativesWith(db: Db, orgs: readonly string[]): Promise<string[]> {
  if (orgs.length === 0) return []
  const rows = await db.many<{ id: string }>(sql`
    select distinct initiative_id as id from listings where org_ids && ${orgs}::text[] order by id limit ${MERGE_LIMIT + 1}
  `)
  return rows.map(({ id }) => id)
}

async function findRows(db: Db, columns: ListingColumns, query: string): Promise<Uint8Array> {
  // One long text instead of many rows: a common word may be in every title.
  const { ids } = await db.one<{ ids: string | null }>(sql`
    select string_agg(id, '') as ids from listings where search_words @@ ${query}::tsquery
  `)
  const found = new Uint8Array(columns.size)
  for (let at = 0; at < (ids ?? '').length; at += 26) {
    const row = rowWithId(columns, (ids ?? '').slice(at, at + 26))
    if (row >= 0) found[row] = 1
  }
  return found
}

async function loadTitleRanks(db: Db, columns: ListingColumns): Promise<Uint32Array> {
  const { ids } = await db.one<{ ids: string | null }>(sql`
    select string_agg(id, '' order by title_text collate "und-x-icu" nulls last, id) as ids from listings
  `)
  const ranks = new Uint32Array(columns.size).fill(columns.size)
  for (let at = 0; at < (ids ?? '').length; at += 26) {
    const row = rowWithId(columns, (ids ?? '').slice(at, at + 26))
    if (row >= 0) ranks[row] = at / 26
  }
  return ranks
}
