/** What is known of the pieces that earlier runs have read: their digests, and for those that changed the record and the piece itself. */
import { z } from 'zod'
import { sql } from '../../../../database/db.ts'
import { defineQuery } from '../../../../operations/index.ts'
import { collectionScope, scopeOfRun } from '../../collections/collection-scope.ts'
import type { InitiativeRecord } from '../../initiatives/initiative.ts'
import { RECORD } from '../../initiatives/record-columns.ts'

export interface KnownPiece {
  readonly pieceDigest: string
  readonly identifier: string
  readonly initiativeId: string
  readonly series: string
  /** Run that read it; the run that asks has written it before it was left. */
  readonly runId: string
  readonly isWithdrawn: boolean
  /** A change that the run that asks has prepared. */
  readonly isStaged: boolean
}

/** The newest piece of each initiative of the collection, and what the run has staged already. */
export const listKnownPieces = defineQuery({
  name: 'registry.list-known-pieces',
  permission: 'registry.import.run',
  rows: 'whole',
  scope: (context, { collection }) => collectionScope(context, collection, undefined),
  /** Without a run: for a rehearsal, which has none. */
  input: z.object({ collection: z.string(), runId: z.string().optional() }),
  run: ({ db }, { collection, runId }): Promise<KnownPiece[]> =>
    db.many<KnownPiece>(sql`
      select distinct on (s.initiative_id)
             s.piece_digest as "pieceDigest", s.identifier, s.initiative_id as "initiativeId",
             s.series, s.run_id as "runId", s.withdrawn_by is not null as "isWithdrawn", s.staged as "isStaged"
      from (
        select initiative_id, run_id, identifier, series, piece_digest, withdrawn_by, false as staged
        from initiative_sources
        where collection_id = (select id from collections where key = ${collection})
        union all
        select w.initiative_id, w.run_id, w.identifier, r.series, w.source ->> 'pieceDigest', null, true
        from import_rows as w
        join import_runs as r on r.id = w.run_id
        where w.run_id = ${runId ?? null} and w.source is not null
      ) as s
      order by s.initiative_id, s.run_id desc
    `),
})

/** A record that a file may change, and the piece that it came from: what the file said then, so that edits since are known. */
export interface PublishedBase {
  readonly record: InitiativeRecord & { readonly identifier: string }
  /** Absent when no published file has brought it. */
  readonly piece: {
    readonly blockId: string
    readonly start: number
    readonly length: number
  } | null
}

export interface PublishedBases {
  readonly bases: readonly PublishedBase[]
  /** The blocks of the pieces, once each. */
  readonly blocks: readonly { readonly id: string; readonly context: unknown; readonly content: Buffer }[]
}

export const getPublishedBases = defineQuery({
  name: 'registry.get-published-bases',
  permission: 'registry.import.run',
  rows: 'whole',
  scope: (context, { runId }) => scopeOfRun(context, runId),
  input: z.object({ runId: z.string(), identifiers: z.array(z.string()).max(5_000) }),
  async run({ db }, { runId, identifiers }): Promise<PublishedBases> {
    const rows = await db.many<PublishedBase['record'] & { blockId: string | null; start: number; length: number }>(sql`
      select ${RECORD}, s.block_id as "blockId", s.start, s.length
      from initiatives as i
      left join lateral (
        select block_id, start, length
        from initiative_sources
        where initiative_id = i.id
        order by run_id desc
        limit 1
      ) as s on true
      where i.collection_id = (select collection_id from import_runs where id = ${runId})
        and i.identifier = any(${identifiers}::text[])
    `)
    const bases = rows.map(({ blockId, start, length, ...record }) => ({
      record,
      piece: blockId === null ? null : { blockId, start, length },
    }))
    const ids = [...new Set(bases.flatMap(({ piece }) => piece?.blockId ?? []))]
    const blocks = await db.many<PublishedBases['blocks'][number]>(
      sql`select id, context, content from source_blocks where id = any(${ids}::text[])`,
    )
    return { bases, blocks }
  },
})
