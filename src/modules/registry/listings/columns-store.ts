/**
 * Keeps the columns of one database up to date: a look at the newest change per request, then only what changed is read again.
 */
import { type Db, sql } from '../../../database/db.ts'
import { searchQueryOf } from '../initiatives/search-words.ts'
import { buildColumns, type ListingColumns, type ListingRow, mergeColumns, rowWithId } from './listing-columns.ts'

/** Above this many changed initiatives, reading everything again is quicker than merging (measured at 100,000 rows). */
const MERGE_LIMIT = 2_000
/** Full-text answers kept per state of the data. */
const KEPT_SEARCHES = 50

interface Store {
  seq: number
  columns: ListingColumns
  titleRanks?: Promise<Uint32Array>
  searches: Map<string, Promise<ReadonlySet<number>>>
}

const stores = new WeakMap<Db, Promise<Store>>()

async function currentStore(db: Db): Promise<Store> {
  const known = stores.get(db)
  if (!known) return remember(db, loadAll(db))
  const store = await known
  const { seq } = await db.one<{ seq: number }>(sql`select coalesce(max(seq), 0) as seq from registry_changes`)
  if (seq === store.seq) return store
  // Another request may have started the same refresh meanwhile: share it.
  if (stores.get(db) !== known) return (await stores.get(db)) ?? store
  return remember(db, refresh(db, store))
}

function remember(db: Db, loading: Promise<Store>): Promise<Store> {
  stores.set(db, loading)
  loading.catch(() => stores.delete(db))
  return loading
}

export async function currentColumns(db: Db): Promise<ListingColumns> {
  return (await currentStore(db)).columns
}

/** Columns and, when something is searched, the rows found; both of one state of the data. */
export async function columnsAndFound(
  db: Db,
  search: string | undefined,
): Promise<{ columns: ListingColumns; found?: ReadonlySet<number> }> {
  const store = await currentStore(db)
  const query = search === undefined ? undefined : searchQueryOf(search)
  if (query === undefined) return { columns: store.columns }
  let answer = store.searches.get(query)
  if (!answer) {
    answer = findRows(db, store.columns, query)
    store.searches.set(query, answer)
    answer.catch(() => store.searches.delete(query))
    if (store.searches.size > KEPT_SEARCHES) store.searches.delete(store.searches.keys().next().value ?? '')
  }
  return { columns: store.columns, found: await answer }
}

/** Position of each row in the order of titles, in the root collation of Unicode; rows without title come last. */
export async function titleRanks(db: Db): Promise<Uint32Array> {
  const store = await currentStore(db)
  store.titleRanks ??= loadTitleRanks(db, store.columns)
  return store.titleRanks
}

async function loadAll(db: Db): Promise<Store> {
  // The number of the newest change first: a change that comes in between is then read twice, never missed.
  const { seq } = await db.one<{ seq: number }>(sql`select coalesce(max(seq), 0) as seq from registry_changes`)
  return { seq, columns: buildColumns(await readRows(db)), searches: new Map() }
}

async function refresh(db: Db, store: Store): Promise<Store> {
  const changes = await db.many<{ seq: number; initiativeId: string | null }>(sql`
    select seq, initiative_id as "initiativeId" from registry_changes where seq > ${store.seq} order by seq limit ${MERGE_LIMIT + 1}
  `)
  if (changes.length > MERGE_LIMIT || changes.some((change) => change.initiativeId === null)) return loadAll(db)
  const ids = [...new Set(changes.map((change) => change.initiativeId ?? ''))]
  const present = await readRows(db, ids)
  const seq = changes.at(-1)?.seq ?? store.seq
  return { seq, columns: mergeColumns(store.columns, new Set(ids), present), searches: new Map() }
}

/** Lists come as one text: the driver takes ten times as long for a million small arrays. */
const SEPARATOR = '\u001f'

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

type StoredListing = Record<ListField, string> & {
  id: string
  initiativeId: string
  groupKey: string | null
  hasTitle: boolean
  collection: string
  year: number | null
  state: string
  scale: string | null
  theme: string | null
}

async function readRows(db: Db, initiativeIds?: readonly string[]): Promise<ListingRow[]> {
  const lists = Object.entries(LISTS).map(
    ([field, column]) => sql`array_to_string(${sql.ref(`l.${column}`)}, ${SEPARATOR}) as ${sql.ref(field)}`,
  )
  const rows = await db.many<StoredListing>(sql`
    select l.id, l.initiative_id as "initiativeId", l.group_key as "groupKey", l.has_title as "hasTitle", c.key as collection, l.year,
           l.state, l.scale, l.theme, ${sql.join(lists)}
    from listings as l
    join collections as c on c.id = l.collection_id
    ${initiativeIds ? sql`where l.initiative_id = any(${initiativeIds}::text[])` : sql``}
    order by l.id
  `)
  return rows.map((row) => ({
    id: row.id,
    initiativeId: row.initiativeId,
    groupKey: row.groupKey,
    hasTitle: row.hasTitle,
    values: {
      ...listValues(row),
      collection: [row.collection],
      year: row.year === null ? [] : [String(row.year)],
      scale: row.scale === null ? [] : [row.scale],
      theme: row.theme === null ? [] : [row.theme],
      state: [row.state],
    },
  }))
}

function listValues(row: StoredListing): Record<ListField, readonly string[]> {
  const values = {} as Record<ListField, readonly string[]>
  for (const field of Object.keys(LISTS) as ListField[]) values[field] = row[field] === '' ? [] : row[field].split(SEPARATOR)
  return values
}

async function findRows(db: Db, columns: ListingColumns, query: string): Promise<ReadonlySet<number>> {
  // One long text instead of many rows: a common word may be in every title.
  const { ids } = await db.one<{ ids: string | null }>(sql`
    select string_agg(l.id, '') as ids
    from initiatives as i
    join listings as l on l.initiative_id = i.id
    where i.search_words @@ ${query}::tsquery
  `)
  const found = new Set<number>()
  for (let at = 0; at < (ids ?? '').length; at += 26) {
    const row = rowWithId(columns, (ids ?? '').slice(at, at + 26))
    if (row >= 0) found.add(row)
  }
  return found
}

async function loadTitleRanks(db: Db, columns: ListingColumns): Promise<Uint32Array> {
  const { ids } = await db.one<{ ids: string | null }>(sql`
    select string_agg(l.id, '' order by i.title_text collate "und-x-icu" nulls last, l.id) as ids
    from initiatives as i
    join listings as l on l.initiative_id = i.id
  `)
  const ranks = new Uint32Array(columns.size).fill(columns.size)
  for (let at = 0; at < (ids ?? '').length; at += 26) {
    const row = rowWithId(columns, (ids ?? '').slice(at, at + 26))
    if (row >= 0) ranks[row] = at / 26
  }
  return ranks
}
