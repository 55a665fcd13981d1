/** A page of listings under a filter, with counts: what the list screen shows, and by the same path what a download holds. */
import { z } from 'zod'
import { type Db, type Sql, sql } from '../../../database/db.ts'
import { defineQuery, type QueryContext } from '../../../operations/index.ts'
import { listCollections } from '../collections/list-collections.ts'
import { columnsAndFound, titleRanks, warmListings } from './columns-store.ts'
import { type ListedInitiative, type ListingPage, ListingPageSchema } from './listed-initiative.ts'
import type { ListingColumns } from './listing-columns.ts'
import { FILTER_FIELDS, type FilterField, type ListingFilter, SORTS, withFilterValue } from './listing-filter.ts'
import { keptOrgs } from './merged-orgs.ts'
import { cursorAfter, indexAfter, type OrderedListings, yearOf } from './page-after.ts'
import { seenListings } from './seen-listings.ts'
import { type ListingSelection, selectListings } from './select-listings.ts'

export const FilterInput = z.object({
  values: z.record(z.string(), z.array(z.string())).default({}),
  search: z.string().max(200).optional(),
}) as unknown as z.ZodType<ListingFilter>

const ACTIVE_STATES = ['draft', 'submitted', 'returned', 'verified', 'published', 'under_revision']

export async function selectForActor(
  context: Pick<QueryContext, 'db' | 'whole' | 'sight'>,
  asked: ListingFilter,
  options: { publishedOnly?: boolean; facets?: readonly FilterField[] } = {},
): Promise<{ columns: ListingColumns; selection: ListingSelection }> {
  // Which collections count by default is the same for everybody; rows are cut below.
  const collections = await listCollections(context.whole)
  const { columns: all, found, merged } = await columnsAndFound(context.whole, asked.search)
  // An address that names an organisation stays good when the organisation is merged.
  const orgs = asked.values.org
  const filter = orgs === undefined ? asked : withFilterValue(asked, 'org', keptOrgs(orgs, merged))
  // Figures count what is public, and so the same for everybody (ruling 9).
  const { columns, seen } = options.publishedOnly ? { columns: all } : await seenListings(context, all)
  const scope = {
    ...(options.publishedOnly ? { publicOnly: true } : { states: filter.values.state ?? ACTIVE_STATES }),
    defaultCollections: collections.filter((collection) => collection.kind === 'working').map((collection) => collection.key),
    facets: options.facets ?? FILTER_FIELDS,
  }
  const key = JSON.stringify([Object.entries(filter.values).sort(), filter.search ?? null, scope])
  // What is kept belongs to these columns as this actor sees them.
  const selection = keptSelection(columns, key, () =>
    selectListings(columns, filter, { ...scope, ...(found ? { found } : {}), ...(seen ? { seen } : {}) }),
  )
  return { columns, selection }
}

/** Selections kept per state of the data: a page often asks for the same one twice, and many pages for the whole portfolio. */
const KEPT_SELECTIONS = 30
const keptSelections = new WeakMap<ListingColumns, Map<string, ListingSelection>>()

function keptSelection(columns: ListingColumns, key: string, select: () => ListingSelection): ListingSelection {
  const kept = keptSelections.get(columns) ?? new Map<string, ListingSelection>()
  keptSelections.set(columns, kept)
  const selection = kept.get(key) ?? select()
  // The one used last stands last, so that the first is the one to drop.
  kept.delete(key)
  kept.set(key, selection)
  if (kept.size > KEPT_SELECTIONS) kept.delete(kept.keys().next().value ?? '')
  return selection
}

export const listListings = defineQuery({
  name: 'registry.list-listings',
  permission: 'registry.initiative.read',
  input: z.object({
    filter: FilterInput.default({ values: {} }),
    sort: z.enum(SORTS).default('listed'),
    offset: z.number().int().min(0).default(0),
    /** The `next` of the page before; then `offset` counts for nothing. */
    cursor: z.string().optional(),
    limit: z.number().int().min(1).max(500).default(50),
  }),
  output: ListingPageSchema as unknown as z.ZodType<ListingPage>,
  async run(context, { filter, sort, cursor, limit, ...input }): Promise<ListingPage> {
    const { columns, selection } = await selectForActor(context, filter)
    const list = await orderListings(context.whole, { columns, rows: selection.rows, filter, sort })
    const offset = cursor === undefined ? input.offset : indexAfter(list, cursor)
    const ids = [...list.rows.subarray(offset, offset + limit)].map((row) => columns.ids[row] ?? '')
    return {
      rows: await readListings(context, ids),
      total: selection.rows.length,
      offset,
      next: cursorAfter(list, offset + limit),
      facets: selection.facets,
    }
  },
})

/** All rows under a filter, in batches: the same selection and order as the screen. */
export const exportListings = defineQuery({
  name: 'registry.export-listings',
  permission: 'registry.initiative.read',
  input: z.object({ filter: FilterInput, sort: z.enum(SORTS).default('listed') }),
  async run(context, { filter, sort }): Promise<AsyncGenerator<ListedInitiative[]>> {
    const { columns, selection } = await selectForActor(context, filter, { facets: [] })
    const { rows } = await orderListings(context.whole, { columns, rows: selection.rows, filter, sort })
    return readInBatches(context, columns, rows)
  },
})

/** Small enough that a batch is gone before the next one comes: what outlives it would pile up in memory. */
const EXPORT_BATCH = 500

async function* readInBatches(
  context: Pick<QueryContext, 'db' | 'sight'>,
  columns: ListingColumns,
  rows: Uint32Array,
): AsyncGenerator<ListedInitiative[]> {
  for (let at = 0; at < rows.length; at += EXPORT_BATCH) {
    yield await readListings(
      context,
      [...rows.subarray(at, at + EXPORT_BATCH)].map((row) => columns.ids[row] ?? ''),
    )
  }
}

async function orderListings(db: Db, list: Omit<OrderedListings, 'titleRanks'>): Promise<OrderedListings> {
  const { columns, rows, sort } = list
  if (sort === 'listed') return list
  if (sort === 'newest') return { ...list, rows: rows.slice().reverse() }
  if (sort === 'year') return { ...list, rows: rows.slice().sort((a, b) => yearOf(columns, a) - yearOf(columns, b) || a - b) }
  const ranks = await titleRanks(db, columns)
  return { ...list, titleRanks: ranks, rows: rows.slice().sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0)) }
}

/** Rows as the public sees them; those of the own scope with the state of the record. */
async function readListings(
  { db, sight }: Pick<QueryContext, 'db' | 'sight'>,
  ids: readonly string[],
): Promise<ListedInitiative[]> {
  if (ids.length === 0) return []
  // One row at a time by its index: behind row-level security a join would read the table whole for each batch (5 s at 100,000 rows).
  const from = sql`
    from unnest(${ids}::text[]) with ordinality as wanted(id, position)
    cross join lateral (select l.* from listings as l where l.id = wanted.id offset 0) as l
  `
  return selectListed({ db, sight }, from, sql`wanted.position`)
}

/** The listings of these initiatives, those of one initiative together. */
export async function readListingsOfInitiatives(
  context: Pick<QueryContext, 'db' | 'sight'>,
  initiativeIds: readonly string[],
): Promise<ListedInitiative[]> {
  // One initiative at a time by its index: right after an import, before the tables were analysed, a join would read them whole.
  const from = sql`
    from unnest(${initiativeIds}::text[]) as wanted(id)
    cross join lateral (select l.* from listings as l where l.initiative_id = wanted.id offset 0) as l
  `
  return initiativeIds.length === 0 ? [] : selectListed(context, from, sql`array[l.initiative_id, l.id]`)
}

type StoredListing = Omit<ListedInitiative, 'cooperation'> & { readonly types: readonly string[]; readonly place: unknown }

/** `order` is one value by which the rows are put in order. */
async function selectListed(
  { db, sight }: Pick<QueryContext, 'db' | 'sight'>,
  from: Sql,
  order: Sql,
): Promise<ListedInitiative[]> {
  // One JSON value: the driver takes three times as long for many small texts, and leaves far more behind in memory.
  const { rows } = await db.one<{ rows: readonly StoredListing[] | null }>(sql`
    select json_agg(row_to_json(listed) order by place) as rows
    from (
      select ${order} as place, l.id, l.initiative_id as "initiativeId", c.key as collection, l.identifier, l.title,
             case when ${sight.own('listings', 'l')} then l.record_state else l.state end as state, l.year,
             l.source_row as "sourceRow", l.revision, l.group_key as "groupKey", l.hosts,
             l.partner_countries as "partnerCountries", l.partner_types as "partnerTypes", l.agency_roles as "agencyRoles",
             l.regions, l.territorial_focus as "territorialFocus", l.scale, l.theme, l.sectors, l.goals, l.cooperation as types
      ${from}
      join collections as c on c.id = l.collection_id
      where ${sight.visible('listings', 'l')}
    ) as listed
  `)
  return (rows ?? []).map(({ place: _, types, ...row }) => ({
    ...row,
    cooperation: Object.fromEntries(types.map((type) => type.split(':') as [string, string])),
  }))
}

/** Reads what the first request would otherwise wait for. */
export const warmListingsQuery = defineQuery({
  name: 'registry.warm-listings',
  permission: 'access.installation.run',
  input: z.object({}),
  run: ({ whole }) => warmListings(whole),
})
