/**
 * The steps of a search, each by itself: taking it, looking, keeping pairs batch by batch. What was decided by people stays; a pair that
 * nobody decided and that is not likely any more goes. All of it can be done again and changes nothing the second time.
 */
import { z } from 'zod'
import { digestOf } from '../../../credentials/index.ts'
import { type Db, sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand, defineQuery, type QueryContext } from '../../../operations/index.ts'
import { breatheInProgram } from './breathe.ts'
import { findLinks, type LikelyLink } from './find-links.ts'
import { MOST_RECORDS } from './link-candidates.ts'
import { DEFAULT_THRESHOLD, KEPT_FROM } from './link-points.ts'
import { lockLinks } from './link-rows.ts'
import { getSearchRow, type LinkSearch } from './link-search.ts'
import { countLinkRecords, readLinkRecords } from './read-link-records.ts'

/** After so long without a sign of life a search is begun anew. */
const SILENT_SECONDS = 15

export const takeLinkSearch = defineCommand({
  name: 'registry.take-link-search',
  permission: 'registry.initiative.edit',
  rows: 'whole',
  input: z.object({ holder: z.string() }),
  /** Null: nothing waits, or another process is at it. */
  async run({ db, clock }, { holder }): Promise<LinkSearch | null> {
    await lockLinks(db)
    const now = clock.now()
    const alive = new Date(now.getTime() - SILENT_SECONDS * 1_000).toISOString()
    const taken = await db.maybe<{ id: string }>(sql`
      update link_searches
      set state = 'comparing', holder = ${holder}, alive_at = ${now.toISOString()}, pairs_kept = 0, pairs_found = 0,
          started_at = coalesce(started_at, ${now.toISOString()})
      where id = (
        select id
        from link_searches
        where state = 'waiting' or (state in ('comparing', 'keeping') and alive_at < ${alive})
        order by id
        limit 1
      )
      and not exists (select 1 from link_searches where state in ('comparing', 'keeping') and alive_at >= ${alive})
      returning id
    `)
    if (!taken) return null
    const search = await getSearchRow(db, sql`s.id = ${taken.id}`)
    const records = await countLinkRecords(db, search?.collection ?? undefined)
    await db.run(sql`update link_searches set records = ${records} where id = ${taken.id}`)
    return search ? { ...search, records } : null
  },
})

export interface FoundLinks {
  readonly records: number
  readonly likely: number
  readonly links: readonly LikelyLink[]
  /** Open proposals, by id, of pairs that are not likely any more. */
  readonly gone: readonly string[]
}

/** Reads statement by statement, without a transaction: whoever writes or reads meanwhile does not wait. */
export const findLinkProposals = defineQuery({
  name: 'registry.find-link-proposals',
  permission: 'registry.initiative.edit',
  rows: 'whole',
  input: z.object({ collection: z.string().optional() }),
  async run(context, { collection }): Promise<FoundLinks> {
    const records = await readLinkRecords(context, collection)
    if (records.length > MOST_RECORDS)
      throw new Problem('linking.too-many-records', { count: records.length, most: MOST_RECORDS })
    const inCollection = new Set(await idsInCollection(context, records, collection))
    const links = (await findLinks(records, KEPT_FROM, breatheInProgram)).filter(
      ({ one, other }) => inCollection.has(one) || inCollection.has(other),
    )
    const gone = await unlikelyNow(context.whole, links, inCollection, new Set(records.map(({ id }) => id)))
    return {
      records: records.length,
      likely: links.filter(({ score }) => score >= DEFAULT_THRESHOLD).length,
      links,
      gone,
    }
  },
})

async function idsInCollection(
  { whole }: QueryContext,
  records: readonly { readonly id: string; readonly collectionId: string }[],
  collection: string | undefined,
): Promise<string[]> {
  if (collection === undefined) return records.map(({ id }) => id)
  const row = await whole.maybe<{ id: string }>(sql`select id from collections where key = ${collection}`)
  return records.filter(({ collectionId }) => collectionId === row?.id).map(({ id }) => id)
}

/** Of the pairs that were compared now: what is not likely any more and was neither decided nor linked. */
async function unlikelyNow(
  whole: Db,
  links: readonly LikelyLink[],
  inCollection: ReadonlySet<string>,
  compared: ReadonlySet<string>,
): Promise<string[]> {
  const likely = new Set(links.map(({ one, other }) => `${one} ${other}`))
  const open = await whole.many<{ id: string; one: string; other: string }>(sql`
    select p.id, p.one_id as one, p.other_id as other
    from initiative_link_proposals as p
    where p.decision is null
      and not exists (select 1 from initiative_links as k where k.one_id = p.one_id and k.other_id = p.other_id)
    order by p.id
  `)
  const isGone = ({ one, other }: (typeof open)[number]) =>
    compared.has(one) &&
    compared.has(other) &&
    (inCollection.has(one) || inCollection.has(other)) &&
    !likely.has(`${one} ${other}`)
  return open.filter(isGone).map(({ id }) => id)
}

const SignInput = z.object({ code: z.string(), points: z.number(), params: z.record(z.string(), z.unknown()).optional() })
const LinkInput = z.object({
  one: z.string(),
  other: z.string(),
  score: z.number().int().min(0).max(100),
  reasons: z.array(SignInput),
  doubts: z.array(SignInput),
})

/** One batch of what was found; without any of it, a sign of life. With `end` the search is over, and the trail says what came of it. */
export const keepLinkProposals = defineCommand({
  name: 'registry.keep-link-proposals',
  permission: 'registry.initiative.edit',
  rows: 'whole',
  limitSeconds: 60,
  input: z.object({
    searchId: z.string(),
    holder: z.string(),
    found: z.object({ records: z.number().int(), likely: z.number().int(), pairs: z.number().int() }).optional(),
    links: z.array(LinkInput).max(2_000).default([]),
    gone: z.array(z.string()).max(2_000).default([]),
    end: z
      .object({
        /** SHA-256 of all pairs with their scores. */
        digest: z.string().optional(),
        failure: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }).optional(),
      })
      .optional(),
  }),
  /** False: another process has taken it, because this one was silent. */
  async run({ db, clock, changedBatch }, { searchId, holder, found, links, gone, end }): Promise<{ isHeld: boolean }> {
    if (links.length + gone.length > 0) await lockLinks(db)
    const at = clock.now().toISOString()
    const held = await db.maybe<{ askedBy: string }>(sql`
      update link_searches set alive_at = ${at} where id = ${searchId} and holder = ${holder} returning asked_by as "askedBy"
    `)
    if (!held) return { isHeld: false }
    if (found) {
      await db.run(sql`
        update link_searches
        set state = 'keeping', records = ${found.records}, likely = ${found.likely}, pairs_found = ${found.pairs}
        where id = ${searchId}
      `)
    }
    const removed = gone.length === 0 ? 0 : await removeUnlikely(db, gone)
    const { created, changed } = links.length === 0 ? { created: 0, changed: 0 } : await keepPairs(db, links, at, held.askedBy)
    await db.run(sql`
      update link_searches
      set created = created + ${created}, changed = changed + ${changed}, removed = removed + ${removed},
          pairs_kept = pairs_kept + ${links.length}
      where id = ${searchId}
    `)
    if (!end) return { isHeld: true }
    const failure = end.failure === undefined ? null : JSON.stringify(end.failure)
    await db.run(sql`
      update link_searches
      set state = ${failure === null ? 'done' : 'failed'}, failure = ${failure}::jsonb, ended_at = ${at}, holder = null
      where id = ${searchId}
    `)
    const search = await getSearchRow(db, sql`s.id = ${searchId}`)
    if (search && search.created + search.changed + search.removed > 0) {
      const { records, likely } = search
      changedBatch({
        ref: { module: 'registry', aggregate: 'link_searches', id: searchId },
        action: 'proposed',
        counts: { records, likely, created: search.created, changed: search.changed, removed: search.removed },
        digest: end.digest ?? digestOf(''),
      })
    }
    return { isHeld: true }
  },
})

/** Somebody may have decided since the pairs were read. */
function removeUnlikely(db: Db, ids: readonly string[]): Promise<number> {
  return db.run(sql`
    delete from initiative_link_proposals as p
    where p.id = any(${ids}::text[]) and p.decision is null
      and not exists (select 1 from initiative_links as k where k.one_id = p.one_id and k.other_id = p.other_id)
  `)
}

/** A record that went meanwhile takes its pairs along. */
async function keepPairs(
  db: Db,
  links: readonly z.output<typeof LinkInput>[],
  at: string,
  by: string,
): Promise<{ created: number; changed: number }> {
  const batch = links.map((link) => ({ id: newId(), ...link }))
  const ids = batch.map(({ id }) => id)
  return db.one<{ created: number; changed: number }>(sql`
    with written as (
      insert into initiative_link_proposals as p (id, one_id, other_id, score, reasons, doubts, found_at, found_by, version)
      select l.id, l.one, l.other, l.score, l.reasons, l.doubts, ${at}, ${by}, 1
      from jsonb_to_recordset(${JSON.stringify(batch)}::jsonb)
        as l(id text, one text, other text, score integer, reasons jsonb, doubts jsonb)
      where exists (select 1 from initiatives as i where i.id = l.one) and exists (select 1 from initiatives as i where i.id = l.other)
      on conflict (one_id, other_id) do update
      set score = excluded.score, reasons = excluded.reasons, doubts = excluded.doubts, found_at = excluded.found_at,
          found_by = excluded.found_by
      where (p.score, p.reasons, p.doubts) is distinct from (excluded.score, excluded.reasons, excluded.doubts)
      returning p.id
    )
    select count(*) filter (where w.id = any(${ids}::text[]))::int as created,
           count(*) filter (where w.id <> all(${ids}::text[]))::int as changed
    from written as w
  `)
}
