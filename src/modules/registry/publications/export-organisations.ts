/** Organisations as they were published, with the pieces that say it, batch by batch: what is written again says all that was read. */
import { hash } from 'node:crypto'
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { defineQuery } from '../../../operations/index.ts'
import type { ExportedBatch } from '../imports/published/export-published.ts'
import { currentPublications } from './current-publications.ts'
import type { OrganisationFacts } from './organisation-facts.ts'

export interface ExportedOrganisation {
  readonly identifier: string
  readonly facts: OrganisationFacts
  /** Instant of the last change as the publisher states it, else that of the reading. */
  readonly updatedAt: string
  readonly piece: { readonly blockId: string; readonly start: number; readonly length: number }
}

export interface OrganisationExport {
  /** Identifiers of all that will come. */
  readonly identifiers: readonly string[]
  /** SHA-256 over what each of them says, in the order of the file. */
  readonly digest: string
  readonly batches: AsyncGenerator<{
    readonly organisations: readonly ExportedOrganisation[]
    readonly blocks: ExportedBatch['blocks']
  }>
}

/** One piece may have many megabytes. */
const BATCH = 20

export const exportOrganisations = defineQuery({
  name: 'registry.export-organisations',
  permission: 'registry.initiative.read',
  /** Collections by key; without: all working ones. */
  input: z.object({ collections: z.array(z.string()).optional() }),
  async run({ db, whole, sight }, { collections }): Promise<OrganisationExport> {
    const wanted = collections === undefined ? sql`c.kind = 'working'` : sql`c.key = any(${collections}::text[])`
    // Two collections may hold the same organisation: the reading of the newest run is written.
    const rows = await db.many<{ id: string; identifier: string; contentDigest: string }>(sql`
      select distinct on (p.identifier) p.id, p.identifier, p.content_digest as "contentDigest"
      from (${currentPublications(sight, wanted)}) as p
      order by p.identifier, p.run_id desc
    `)
    return {
      identifiers: rows.map(({ identifier }) => identifier),
      digest: hash('sha256', rows.map(({ contentDigest }) => contentDigest).join('')),
      batches: readBatches(rows.map(({ id }) => id)),
    }

    async function* readBatches(ids: readonly string[]): OrganisationExport['batches'] {
      for (let at = 0; at < ids.length; at += BATCH) {
        const organisations = await whole.many<ExportedOrganisation>(sql`
          select p.identifier, p.facts, coalesce(p.stated_at, r.started_at) as "updatedAt",
                 jsonb_build_object('blockId', p.block_id, 'start', p.start, 'length', p.length) as piece
          from organisation_publications as p
          join import_runs as r on r.id = p.run_id
          where p.id = any(${ids.slice(at, at + BATCH)}::text[])
          order by p.identifier
        `)
        const blocks = await whole.many<ExportedBatch['blocks'][number]>(sql`
          select id, context, content
          from source_blocks
          where id = any(${[...new Set(organisations.map(({ piece }) => piece.blockId))]}::text[])
        `)
        yield { organisations, blocks }
      }
    }
  },
})
