/**
 * Keeps the columns of one database up to date: a look at the newest change per request, then only what changed is read again.
 */
import { type Db, type Sql, sql } from '../../../database/db.ts'
import { searchQueryOf } from '../initiatives/search-words.ts'
import { createColumnsBuilder, type ListingColumns, type ListingRow, mergeColumns, rowWithId } from './listing-columns.ts'
import { buildSearchIndex, type SearchIndex } from './search-index.ts'
import { carrySights } from './seen-listings.ts'

/** Above this many changed initiatives, reading everything again is quicker than merging (measured at 100,000 rows). */
const MERGE_LIMIT = 2_000
/** Full-text answers kept per state of the data. */
const KEPT_SEARCHES = 50

interface Store {
  seq: number
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
  if ((await newestChange(db)) === store.seq) return store
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
  if (store && (await newestChange(snapshot)) === store.seq) stores.set(snapshot, Promise.resolve(store))
}

/** Columns and, when something is searched, the rows found; both of one state of the data. */
export async function columnsAndFound(
  db: Db,
  search: string | undefined,
): Promise<{ columns: ListingColumns; found?: Uint8Array }> {
  const store = await currentStore(db)
  const query = search === undefined ? undefined : searchQueryOf(search)
  if (query === undefined) return { columns: store.columns }
  let answer = store.searches.get(query)
  if (!answer) {
    answer = store.index ? Promise.resolve(store.index.find(query)) : findRows(db, store.columns, query)
    store.searches.set(query, answer)
    answer.catch(() => store.searches.delete(query))
    if (store.searches.size > KEPT_SEARCHES) store.searches.delete(store.searches.keys().next().value ?? '')
  }
  return { columns: store.columns, found: await answer }
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
    const seq = await newestChange(db)
    const columns = await readColumns(db, attempt > TRIES_IN_BATCHES ? null : BATCH_ROWS)
    // A change between two batches could show one half of a run: then all is read again.
    if (attempt > TRIES_IN_BATCHES || (await newestChange(db)) === seq) return { seq, columns, searches: new Map() }
  }
}

async function readColumns(db: Db, batchRows: number | null): Promise<ListingColumns> {
  const builder = createColumnsBuilder()
  for (let after = ''; ; ) {
    const rows = await readRows(db, sql`where l.id > ${after}`, batchRows)
    for (const row of rows) builder.add(row)
    const last = rows.at(-1)
    if (!last || rows.length < (batchRows ?? Number.POSITIVE_INFINITY)) return builder.finish()
    after = last.id
  }
}

async function newestChange(db: Db): Promise<number> {
  const { seq } = await db.one<{ seq: number }>(sql`select coalesce(max(seq), 0) as seq from registry_changes`)
  return seq
}

async function refresh(db: Db, store: Store): Promise<Store> {
  const changes = await db.many<{ seq: number; initiativeId: string | null }>(sql`
    select seq, initiative_id as "initiativeId" from registry_changes where seq > ${store.seq} order by seq limit ${MERGE_LIMIT + 1}
  `)
  if (changes.length > MERGE_LIMIT || changes.some((change) => change.initiativeId === null)) return loadAll(db)
  const ids = [...new Set(changes.map((change) => change.initiativeId ?? ''))]
  const present = await readRows(db, sql`where l.initiative_id = any(${ids}::text[])`, null)
  const seq = changes.at(-1)?.seq ?? store.seq
  const columns = mergeColumns(store.columns, new Set(ids), present)
  carrySights(store.columns, columns, new Set(ids))
  return { seq, columns, searches: new Map() }
}

const LISTS = {
  host: 'hosts',
  partner: 'partner_countries',
  provider: 'providers',
  recipient: 'recipients',
  partnerType: 'partner_types',
  role: 'agency_roles',
  region: 'regions',
  focus: 'territorial_focus',
  sector: 'sectors',
  goal: 'goals',
  org: 'org_ids',
  cooperation: 'cooperation',
} as const

type ListField = keyof typeof LISTS
const LIST_FIELDS = Object.keys(LISTS) as ListField[]

type StoredListing = readonly [
  id: string,
  initiativeId: string,
  groupKey: string | null,
  hasTitle: boolean,
  isPublic: boolean,
  collection: string,
  year: number | null,
  state: string,
  scale: string | null,
  theme: string | null,
  ...lists: (readonly string[])[],
]

/** Rows in order of id. They come as one JSON value: the driver takes ten times as long for a million small texts. */
async function readRows(db: Db, where: Sql, limit: number | null): Promise<ListingRow[]> {
  const { rows } = await db.one<{ rows: readonly StoredListing[] | null }>(sql`
    select json_agg(json_build_array(l.id, l.initiative_id, l.group_key, l.has_title,
                                     l.state = 'published' and l.visibility = 'public', l.collection, l.year,
                                     l.record_state, l.scale, l.theme,
                                     ${sql.join(Object.values(LISTS).map((column) => sql.ref(`l.${column}`)))})
                    order by l.id) as rows
    from (
      select l.*, c.key as collection
      from listings as l
      join collections as c on c.id = l.collection_id
      ${where}
      order by l.id
      limit ${limit}
    ) as l
  `)
  return (rows ?? []).map(listingRow)
}

function listingRow([
  id,
  initiativeId,
  groupKey,
  hasTitle,
  isPublic,
  collection,
  year,
  state,
  scale,
  theme,
  ...lists
]: StoredListing): ListingRow {
  const values = {} as Record<ListField, readonly string[]>
  for (const [index, field] of LIST_FIELDS.entries()) values[field] = lists[index] ?? []
  return {
    id,
    initiativeId,
    groupKey,
    hasTitle,
    isPublic,
    values: {
      ...values,
      collection: [collection],
      year: year === null ? [] : [String(year)],
      scale: scale === null ? [] : [scale],
      theme: theme === null ? [] : [theme],
      state: [state],
    },
  }
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
