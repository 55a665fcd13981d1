/** A page of listings under a filter, with counts: what the list screen shows, and by the same path what a download holds. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { defineQuery, type QueryContext } from '../../../operations/index.ts'
import { listCollections } from '../collections/list-collections.ts'
import { columnsAndFound, titleRanks, warmListings } from './columns-store.ts'
import type { ListingColumns } from './listing-columns.ts'
import { FILTER_FIELDS, type FilterField, type ListingFilter, type ListingSort, SORTS } from './listing-filter.ts'
import { seenListings } from './seen-listings.ts'
import { type FacetCount, type ListingSelection, selectListings } from './select-listings.ts'

export interface ListedInitiative {
  readonly id: string
  readonly initiativeId: string
  readonly collection: string
  readonly identifier: string | null
  readonly title: LocalizedText | null
  readonly state: string
  readonly year: number | null
  readonly sourceRow: number | null
  readonly revision: string | null
  readonly groupKey: string | null
  readonly hosts: readonly string[]
  readonly partnerCountries: readonly string[]
  readonly partnerTypes: readonly string[]
  readonly agencyRoles: readonly string[]
  readonly regions: readonly string[]
  readonly territorialFocus: readonly string[]
  readonly scale: string | null
  readonly theme: string | null
  readonly sectors: readonly string[]
  readonly goals: readonly string[]
  /** Computed type per profile key. */
  readonly cooperation: Readonly<Record<string, string>>
}

export interface ListingPage {
  readonly rows: readonly ListedInitiative[]
  readonly total: number
  readonly offset: number
  readonly facets: Readonly<Record<FilterField, readonly FacetCount[]>>
}

export const FilterInput = z.object({
  values: z.record(z.string(), z.array(z.string())).default({}),
  search: z.string().max(200).optional(),
}) as unknown as z.ZodType<ListingFilter>

const ACTIVE_STATES = ['draft', 'submitted', 'returned', 'verified', 'published', 'under_revision']

export async function selectForActor(
  context: Pick<QueryContext, 'db' | 'whole' | 'sight'>,
  filter: ListingFilter,
  options: { publishedOnly?: boolean; facets?: readonly FilterField[] } = {},
): Promise<{ columns: ListingColumns; selection: ListingSelection }> {
  const collections = await listCollections(context.db)
  const { columns: all, found } = await columnsAndFound(context.whole, filter.search)
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
    limit: z.number().int().min(1).max(500).default(50),
  }),
  async run(context, { filter, sort, offset, limit }): Promise<ListingPage> {
    const { columns, selection } = await selectForActor(context, filter)
    const ordered = await orderRows(context.whole, columns, selection.rows, sort)
    const ids = [...ordered.subarray(offset, offset + limit)].map((row) => columns.ids[row] ?? '')
    return { rows: await readListings(context, ids), total: selection.rows.length, offset, facets: selection.facets }
  },
})

/** All rows under a filter, in batches: the same selection and order as the screen. */
export const exportListings = defineQuery({
  name: 'registry.export-listings',
  permission: 'registry.initiative.read',
  input: z.object({ filter: FilterInput, sort: z.enum(SORTS).default('listed') }),
  async run(context, { filter, sort }): Promise<AsyncGenerator<ListedInitiative[]>> {
    const { columns, selection } = await selectForActor(context, filter, { facets: [] })
    return readInBatches(context, columns, await orderRows(context.whole, columns, selection.rows, sort))
  },
})

const EXPORT_BATCH = 1_000

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

async function orderRows(db: Db, columns: ListingColumns, rows: Uint32Array, sort: ListingSort): Promise<Uint32Array> {
  if (sort === 'listed') return rows
  if (sort === 'newest') return rows.slice().reverse()
  if (sort === 'title') {
    const ranks = await titleRanks(db, columns)
    return rows.slice().sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0))
  }
  const years = columns.fields.year
  const yearOf = (row: number): number => {
    const code = years.codes[years.offsets[row] ?? 0]
    const stated = (years.offsets[row + 1] ?? 0) > (years.offsets[row] ?? 0)
    return stated && code !== undefined ? Number(years.dictionary[code]) : Number.POSITIVE_INFINITY
  }
  return rows.slice().sort((a, b) => yearOf(a) - yearOf(b) || a - b)
}

/** Rows as the public sees them; those of the own scope with the state of the record. */
async function readListings(
  { db, sight }: Pick<QueryContext, 'db' | 'sight'>,
  ids: readonly string[],
): Promise<ListedInitiative[]> {
  if (ids.length === 0) return []
  const rows = await db.many<Omit<ListedInitiative, 'cooperation'> & { types: readonly string[] }>(sql`
    select l.id, l.initiative_id as "initiativeId", c.key as collection, l.identifier, l.title,
           case when ${sight.own('listings', 'l')} then l.record_state else l.state end as state, l.year,
           l.source_row as "sourceRow", l.revision, l.group_key as "groupKey", l.hosts, l.partner_countries as "partnerCountries",
           l.partner_types as "partnerTypes", l.agency_roles as "agencyRoles", l.regions,
           l.territorial_focus as "territorialFocus", l.scale, l.theme, l.sectors, l.goals, l.cooperation as types
    from unnest(${ids}::text[]) with ordinality as wanted(id, position)
    join listings as l on l.id = wanted.id
    join collections as c on c.id = l.collection_id
    where ${sight.visible('listings', 'l')}
    order by wanted.position
  `)
  return rows.map(({ types, ...row }) => ({
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
