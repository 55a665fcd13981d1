/**
 * Looks for records that report one initiative and keeps the pairs as proposals. Decisions of people stay; a pair that nobody decided
 * and that is not likely any more goes. Nothing is linked here.
 *
 * 100,000 records take 13 seconds on a server and 20 on the embedded engine (2 cores, 2026-11-25), within one transaction: on the embedded
 * engine others wait meanwhile, on a server nobody does.
 */
import { z } from 'zod'
import { digestOf } from '../../../credentials/index.ts'
import { type Db, sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { getCollection } from '../collections/list-collections.ts'
import { breatheInProgram } from './breathe.ts'
import { findLinks, type LikelyLink } from './find-links.ts'
import { MOST_RECORDS } from './link-candidates.ts'
import { DEFAULT_THRESHOLD, KEPT_FROM } from './link-points.ts'
import { lockLinks } from './link-rows.ts'
import { readLinkRecords } from './read-link-records.ts'

export interface ProposedLinks {
  /** Records that were compared. */
  readonly records: number
  /** Pairs at or above the threshold of the review page. */
  readonly likely: number
  readonly created: number
  readonly changed: number
  readonly removed: number
}

export const proposeLinks = defineCommand({
  name: 'registry.propose-links',
  permission: 'registry.initiative.edit',
  limitSeconds: 'none',
  input: z.object({
    /** Only pairs with a record of this collection; also compares one that holds sample data. */
    collection: z.string().optional(),
  }),
  async run(context, { collection }): Promise<ProposedLinks> {
    const { whole, clock, actor, changedBatch } = context
    const only = collection === undefined ? undefined : (await getCollection(context.db, collection)).id
    const records = await readLinkRecords(context, collection)
    if (records.length > MOST_RECORDS) {
      throw new Problem('linking.too-many-records', { count: records.length, most: MOST_RECORDS })
    }
    const inCollection = new Set(
      records.filter((record) => only === undefined || record.collectionId === only).map(({ id }) => id),
    )
    const links = (await findLinks(records, KEPT_FROM, breatheInProgram)).filter(
      ({ one, other }) => inCollection.has(one) || inCollection.has(other),
    )
    await lockLinks(whole)
    const removed = await removeUnlikely(whole, links, inCollection, new Set(records.map(({ id }) => id)))
    const { created, changed } = await keepProposals(whole, links, clock.now().toISOString(), actor.id)
    const likely = links.filter(({ score }) => score >= DEFAULT_THRESHOLD).length
    if (created + changed + removed > 0) {
      changedBatch({
        ref: { module: 'registry', aggregate: 'initiative_link_proposals', id: newId() },
        action: 'proposed',
        counts: { records: records.length, likely, created, changed, removed },
        digest: digestOf(links.map(({ one, other, score }) => `${one} ${other} ${score}`).join('\n')),
      })
    }
    return { records: records.length, likely, created, changed, removed }
  },
})

interface Pair {
  readonly id: string
  readonly one: string
  readonly other: string
}

/** Of the pairs that were compared now: what is not likely any more and was neither decided nor linked. */
async function removeUnlikely(
  whole: Db,
  links: readonly LikelyLink[],
  inCollection: ReadonlySet<string>,
  compared: ReadonlySet<string>,
): Promise<number> {
  const likely = new Set(links.map(({ one, other }) => `${one} ${other}`))
  const open = await whole.many<Pair>(sql`
    select p.id, p.one_id as one, p.other_id as other
    from initiative_link_proposals as p
    where p.decision is null
      and not exists (select 1 from initiative_links as k where k.one_id = p.one_id and k.other_id = p.other_id)
    order by p.id
  `)
  const gone = open.filter(
    ({ one, other }) =>
      compared.has(one) &&
      compared.has(other) &&
      (inCollection.has(one) || inCollection.has(other)) &&
      !likely.has(`${one} ${other}`),
  )
  if (gone.length === 0) return 0
  return whole.run(sql`delete from initiative_link_proposals where id = any(${gone.map(({ id }) => id)}::text[])`)
}

/** Pairs in one statement. */
const BATCH = 2_000

async function keepProposals(
  whole: Db,
  links: readonly LikelyLink[],
  at: string,
  actorId: string,
): Promise<{ created: number; changed: number }> {
  let created = 0
  let changed = 0
  for (let start = 0; start < links.length; start += BATCH) {
    const batch = links.slice(start, start + BATCH).map((link) => ({ id: newId(), ...link }))
    const written = await whole.one<{ created: number; changed: number }>(sql`
      with written as (
        insert into initiative_link_proposals as p (id, one_id, other_id, score, reasons, doubts, found_at, found_by, version)
        select l.id, l.one, l.other, l.score, l.reasons, l.doubts, ${at}, ${actorId}, 1
        from jsonb_to_recordset(${JSON.stringify(batch)}::jsonb)
          as l(id text, one text, other text, score integer, reasons jsonb, doubts jsonb)
        on conflict (one_id, other_id) do update
        set score = excluded.score, reasons = excluded.reasons, doubts = excluded.doubts, found_at = excluded.found_at,
            found_by = excluded.found_by
        where (p.score, p.reasons, p.doubts) is distinct from (excluded.score, excluded.reasons, excluded.doubts)
        returning p.id
      )
      select count(*) filter (where w.id = any(${batch.map(({ id }) => id)}::text[]))::int as created,
             count(*) filter (where w.id <> all(${batch.map(({ id }) => id)}::text[]))::int as changed
      from written as w
    `)
    created += written.created
    changed += written.changed
  }
  return { created, changed }
}
