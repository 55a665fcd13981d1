/** What is known of the organisations that earlier runs have read, and what a run adds: hidden until the run is applied. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { defineCommand } from '../../../operations/index.ts'
import { foldName } from '../../directory/index.ts'
import { collectionScope, scopeOfRun } from '../collections/collection-scope.ts'
import { insertBlock, type SourceBlock, type SourceOfRow } from '../imports/published/add-published-rows.ts'
import { requireHeld, seeHiddenOf } from '../imports/published/published-run.ts'
import { OrganisationCountsSchema } from './organisation-counts.ts'
import type { OrganisationFacts } from './organisation-facts.ts'

export interface KnownOrganisation {
  /** Of the newest row. */
  readonly id: string
  readonly identifier: string
  readonly pieceDigest: string
  readonly contentDigest: string
  readonly series: string
  /** Run that read it; the run that asks has written it before it was left. */
  readonly runId: string
  /** An older run had read it as well. */
  readonly hasEarlier: boolean
  readonly isWithdrawn: boolean
}

/** A command because a run that goes on must see what it has hidden. Changes nothing. */
export const listKnownOrganisations = defineCommand({
  name: 'registry.list-known-organisations',
  permission: 'registry.import.run',
  rows: 'whole',
  scope: (context, { collection }) => collectionScope(context, collection, undefined),
  /** Without a run: for a rehearsal, which has none. */
  input: z.object({ collection: z.string(), runId: z.string().optional() }),
  async run({ db }, { collection, runId }): Promise<KnownOrganisation[]> {
    if (runId !== undefined) await seeHiddenOf(db, runId)
    return db.many<KnownOrganisation>(sql`
      select distinct on (p.identifier)
             p.id, p.identifier, p.piece_digest as "pieceDigest", p.content_digest as "contentDigest", p.series, p.run_id as "runId",
             count(*) over (partition by p.identifier) > 1 as "hasEarlier", p.withdrawn_by is not null as "isWithdrawn"
      from organisation_publications as p
      where p.collection_id = (select id from collections where key = ${collection})
      order by p.identifier, p.run_id desc
    `)
  },
})

export interface ReadOrganisation {
  readonly identifier: string
  readonly facts: OrganisationFacts
  readonly contentDigest: string
  readonly source: SourceOfRow
}

/** Writes a batch of new and changed ones with the pieces that say it, and what the run has counted so far. */
export const addOrganisations = defineCommand({
  name: 'registry.add-organisations',
  permission: 'registry.import.run',
  rows: 'whole',
  scope: (context, { runId }) => scopeOfRun(context, runId),
  input: z.object({
    runId: z.string(),
    holder: z.string(),
    organisations: z.array(z.custom<ReadOrganisation>()),
    blocks: z.array(z.custom<SourceBlock>()),
    counts: OrganisationCountsSchema,
  }),
  limitSeconds: 'none',
  async run({ db }, { runId, holder, organisations, blocks, counts }): Promise<void> {
    await requireHeld(db, runId, holder)
    await seeHiddenOf(db, runId)
    for (const block of blocks) await insertBlock(db, runId, block)
    if (organisations.length > 0) await insertOrganisations(db, runId, organisations)
    await db.run(sql`update import_runs set organisation_counts = ${JSON.stringify(counts)}::jsonb where id = ${runId}`)
  },
})

async function insertOrganisations(db: Db, runId: string, organisations: readonly ReadOrganisation[]): Promise<void> {
  const rows = organisations.map(({ identifier, facts, contentDigest, source }) => ({
    id: newId(),
    identifier,
    folded: foldName(identifier),
    facts,
    contentDigest,
    ...source,
  }))
  await db.run(sql`
    insert into organisation_publications (id, run_id, collection_id, identifier, identifier_folded, series, facts, content_digest,
                                           piece_digest, block_id, start, length, stated_at)
    select s.id, r.id, r.collection_id, s.identifier, s.folded, r.series, s.facts, s."contentDigest", s."pieceDigest", s."blockId",
           s.start, s.length, s."statedAt"
    from import_runs as r
    cross join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as s(id text, identifier text, folded text, facts jsonb, "contentDigest" text, "pieceDigest" text, "blockId" text, start integer,
           length integer, "statedAt" timestamptz)
    where r.id = ${runId}
  `)
}
