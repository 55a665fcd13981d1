/** What of each collection is public: how many rows, when they last changed, and a mark that changes with them. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { defineQuery } from '../../../operations/index.ts'
import { newestChange } from '../changes/noted-changes.ts'
import { type Collection, listCollections } from '../collections/list-collections.ts'
import { countInitiatives, linkedPublicRecords } from './linked-records.ts'

export interface OpenCollection {
  readonly key: string
  readonly names: Collection['names']
  readonly kind: Collection['kind']
  readonly source: Collection['source']
  /** Rows of its sources, each in one year: the counting unit. */
  readonly listings: number
  /** Records behind these listings. */
  readonly records: number
  /** Initiatives behind these records: records that were found to be one initiative count once. */
  readonly initiatives: number
  /** Of these, those that an own collection before this one in the list has too: all together count them once. */
  readonly alsoBefore: number
  /** Organisations that publish about themselves in a file of the collection. */
  readonly organisations: number
  /** Instant of the last change of a published initiative; null when there is none. */
  readonly changedAt: string | null
  /** Changes whenever a row of the collection, or the collection itself, may have changed. */
  readonly mark: string
}

const OpenCollectionSchema = z.object({
  key: z.string(),
  names: z.object({ orig: z.string(), texts: z.record(z.string(), z.string()) }).loose(),
  kind: z.enum(['working', 'sample']),
  source: z
    .object({ name: z.string(), url: z.string().optional(), licence: z.string().optional(), date: z.string().optional() })
    .nullable(),
  listings: z.number().int(),
  records: z.number().int(),
  initiatives: z.number().int(),
  alsoBefore: z.number().int(),
  organisations: z.number().int(),
  changedAt: z.string().nullable(),
  mark: z.string(),
})

/** Kept until something changes: counting 100,000 rows takes longer than asking whether it is needed. */
interface Kept {
  readonly state: string
  readonly list: Promise<OpenCollection[]>
}
const keptBySight = new WeakMap<object, Kept>()

export const listOpenCollections = defineQuery({
  name: 'registry.list-open-collections',
  permission: 'registry.initiative.read',
  input: z.object({}),
  output: z.array(OpenCollectionSchema) as unknown as z.ZodType<OpenCollection[]>,
  async run({ db, whole }): Promise<OpenCollection[]> {
    const collections = await listCollections(db)
    // Rows name organisations, so a name that is corrected there changes a package here.
    const { orgs } = await whole.one<{ orgs: string }>(sql`
      select coalesce(to_char(max(updated_at) at time zone 'UTC', 'YYYYMMDDHH24MISSUS'), '') || '.' || count(*) as orgs from orgs
    `)
    const { links } = await whole.one<{ links: string }>(sql`
      select coalesce(max(id), '') || '.' || count(*) as links from initiative_links
    `)
    const published = await countOrganisations(whole)
    const state = JSON.stringify([
      await newestChange(whole),
      orgs,
      links,
      published,
      collections.map(({ id, version }) => [id, version]),
    ])
    const kept = keptBySight.get(whole)
    if (kept?.state === state) return kept.list
    const list = count()
    keptBySight.set(whole, { state, list })
    list.catch(() => keptBySight.delete(whole))
    return list

    async function count(): Promise<OpenCollection[]> {
      const counts = await db.many<{ id: string; listings: number; records: number; changedAt: string | null }>(sql`
        select l.collection_id as id, count(*)::int as listings, count(distinct l.initiative_id)::int as records,
               max(i.updated_at) as "changedAt"
        from listings as l
        left join initiatives as i on i.id = l.initiative_id and i.state = 'published'
        where l.state = 'published' and l.visibility = 'public'
        group by l.collection_id
      `)
      const marks = await whole.many<{ id: string; seq: number }>(sql`
        select collection_id as id, max(seq) as seq from registry_changes group by collection_id
      `)
      const linked = await linkedPublicRecords(whole)
      const linkedIn = Map.groupBy(linked.values(), ({ collectionId }) => collectionId)
      const before = new Set<string>()
      const countOf = new Map(counts.map((row) => [row.id, row]))
      const publishedOf = new Map(published.map((row) => [row.id, row]))
      const seqOf = new Map(marks.map(({ id, seq }) => [id, seq]))
      return collections
        .filter(({ id, visibility }) => visibility === 'public' || countOf.has(id))
        .map(({ id, key, names, kind, source, version }) => {
          const { listings = 0, records = 0, changedAt = null } = countOf.get(id) ?? {}
          const joined = linkedIn.get(id) ?? []
          const groups = new Set(joined.map(({ leadingId }) => leadingId))
          const alsoBefore = kind === 'working' ? groups.intersection(before).size : 0
          if (kind === 'working') for (const group of groups) before.add(group)
          return {
            key,
            names,
            kind,
            source,
            listings,
            records,
            initiatives: countInitiatives(records, joined),
            alsoBefore,
            organisations: publishedOf.get(id)?.organisations ?? 0,
            changedAt: changedAt === null ? null : new Date(changedAt).toISOString(),
            mark: [seqOf.get(id) ?? 0, version, orgs, links, publishedOf.get(id)?.mark ?? ''].join('.'),
          }
        })
    }
  },
})

/** The mark changes with whatever is imported or undone. */
function countOrganisations(whole: Db): Promise<{ id: string; organisations: number; mark: string }[]> {
  return whole.many(sql`
    select p.collection_id as id, count(distinct p.identifier)::int as organisations, max(p.run_id) || '.' || count(*) as mark
    from organisation_publications as p
    join collections as c on c.id = p.collection_id
    where c.visibility = 'public'
    group by p.collection_id
    order by p.collection_id
  `)
}
