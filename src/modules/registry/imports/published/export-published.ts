/**
 * Whole records under a filter with the pieces of the files that they came from, batch by batch: what is written as a published file
 * says everything that was read, changed where the record was changed since.
 */
import { z } from 'zod'
import { sql } from '../../../../database/db.ts'
import { defineQuery, type QueryContext } from '../../../../operations/index.ts'
import type { InitiativeFacts, InitiativeRecord } from '../../initiatives/initiative.ts'
import { RECORD } from '../../initiatives/record-columns.ts'
import { FilterInput, selectForActor } from '../../listings/list-listings.ts'

export interface ExportedRecord {
  readonly record: InitiativeRecord
  /** The newest piece of what is published of it; absent when none of that was in a published file. */
  readonly piece?: { readonly blockId: string; readonly start: number; readonly length: number }
}

export interface ExportedBatch {
  readonly records: readonly ExportedRecord[]
  /** Blocks of the pieces, packed with Zstandard, once each. */
  readonly blocks: readonly { readonly id: string; readonly context: unknown; readonly content: Buffer }[]
}

export interface PublishedExport {
  /** Initiatives that will come. */
  readonly count: number
  readonly batches: AsyncGenerator<ExportedBatch>
}

const BATCH = 250

/** Published records only, each in its published version, without personal facts; in the order of the list. */
export const exportPublished = defineQuery({
  name: 'registry.export-published',
  permission: 'registry.initiative.read',
  input: z.object({ filter: FilterInput }),
  async run(context, { filter }): Promise<PublishedExport> {
    const { columns, selection } = await selectForActor(context, filter, { facets: [] })
    const listings = [...selection.rows].map((row) => columns.ids[row] ?? '')
    const ids = await initiativesOf(context, listings)
    return { count: ids.length, batches: readBatches(context, ids) }
  },
})

/** In the order of their first listing. Row-level security and the cut of the policy both stand before it. */
async function initiativesOf({ db, sight }: Pick<QueryContext, 'db' | 'sight'>, listings: readonly string[]): Promise<string[]> {
  const rows = await db.many<{ id: string }>(sql`
    select l.initiative_id as id
    from unnest(${listings}::text[]) with ordinality as wanted(id, position)
    join listings as l on l.id = wanted.id
    where ${sight.visible('listings', 'l')} and l.state = 'published'
    group by l.initiative_id
    order by min(wanted.position)
  `)
  return rows.map(({ id }) => id)
}

async function* readBatches({ whole }: Pick<QueryContext, 'whole'>, ids: readonly string[]): AsyncGenerator<ExportedBatch> {
  for (let at = 0; at < ids.length; at += BATCH) {
    const rows = await whole.many<
      InitiativeRecord & { shown: InitiativeRecord | null; blockId: string | null; start: number; length: number }
    >(sql`
      select ${RECORD}, s.block_id as "blockId", s.start, s.length,
             case when i.state <> 'published' then (
               select v.snapshot
               from record_versions as v
               where v.module = 'registry' and v.aggregate = 'initiatives' and v.record_id = i.id and v.version = i.published_version
             ) end as shown
      from unnest(${ids.slice(at, at + BATCH)}::text[]) with ordinality as wanted(id, position)
      join initiatives as i on i.id = wanted.id
      left join lateral (
        select block_id, start, length
        from initiative_sources as o
        where o.initiative_id = i.id and (i.state = 'published' or exists (
          select from record_versions as v
          where v.module = 'registry' and v.aggregate = 'initiatives' and v.record_id = i.id and v.run_id = o.run_id
            and v.version <= i.published_version
        ))
        order by o.run_id desc
        limit 1
      ) as s on true
      order by wanted.position
    `)
    const records = rows.flatMap(({ shown, blockId, start, length, ...record }) => {
      const published = record.state === 'published' ? record : shown
      if (!published) return []
      return [{ record: withoutPersonal(published), ...(blockId === null ? {} : { piece: { blockId, start, length } }) }]
    })
    const blockIds = [...new Set(records.flatMap(({ piece }) => piece?.blockId ?? []))]
    const blocks = await whole.many<ExportedBatch['blocks'][number]>(
      sql`select id, context, content from source_blocks where id = any(${blockIds}::text[])`,
    )
    yield { records, blocks }
  }
}

function withoutPersonal(record: InitiativeRecord): InitiativeRecord {
  const { contact: _contact, ...facts }: InitiativeFacts = record.facts
  return { ...record, facts }
}
