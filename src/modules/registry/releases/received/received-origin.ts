/** From which instance something came: of one initiative, of a run, and all packages that were received. */
import { z } from 'zod'
import { sql } from '../../../../database/db.ts'
import { Problem } from '../../../../kernel/problems.ts'
import { defineQuery, type QueryContext } from '../../../../operations/index.ts'
import { scopeOfRun } from '../../collections/collection-scope.ts'
import { findSightOfInitiative } from '../../initiatives/initiative-scope.ts'
import { originColumns, type ReleaseOrigin, ReleaseOriginSchema } from './receive-release.ts'

export const RecordOriginSchema = ReleaseOriginSchema.pick({
  instanceId: true,
  instanceName: true,
  releaseId: true,
  releasedAt: true,
  releasedBy: true,
  licence: true,
  fingerprint: true,
}).extend({
  /** Id and version of the record there. */
  record: z.string(),
  recordVersion: z.number().int(),
})
/** The newest origin of a record: a later release of it takes the place of the one before. */
export type RecordOrigin = z.output<typeof RecordOriginSchema>

/** Null for one that did not come from another instance. Errors: Problem `registry.initiative-missing`. */
export const getInitiativeOrigin = defineQuery({
  name: 'registry.get-initiative-origin',
  permission: 'registry.initiative.read',
  input: z.object({ id: z.string() }),
  output: z.object({ origin: RecordOriginSchema.nullable() }),
  async run({ db, whole, sight }, { id }): Promise<{ origin: RecordOrigin | null }> {
    if ((await findSightOfInitiative({ db, sight }, id)) === undefined) throw new Problem('registry.initiative-missing', { id })
    const origin = await whole.maybe<RecordOrigin>(sql`
      select r.instance_id as "instanceId", r.instance_name as "instanceName", r.release_id as "releaseId",
             r.released_at as "releasedAt", r.released_by as "releasedBy", r.licence, r.fingerprint, rr.origin_record as record,
             rr.origin_version as "recordVersion"
      from initiatives as i
      join received_records as rr on rr.identifier = i.identifier
      join received_releases as r on r.run_id = rr.run_id and r.collection_id = i.collection_id
      join import_runs as run on run.id = r.run_id and run.state = 'applied'
      where i.id = ${id}
      order by rr.run_id desc
      limit 1
    `)
    return { origin: origin ?? null }
  },
})

/** Null for a run that read another kind of file. */
export const getReceivedRelease = defineQuery({
  name: 'registry.get-received-release',
  permission: 'registry.import.view',
  rows: 'whole',
  scope: (context, { runId }) => scopeOfRun(context, runId),
  input: z.object({ runId: z.string() }),
  output: z.object({ origin: ReleaseOriginSchema.nullable() }),
  async run({ db }, { runId }): Promise<{ origin: ReleaseOrigin | null }> {
    return { origin: (await originColumns(db, runId)) ?? null }
  },
})

export interface ReceivedRelease extends ReleaseOrigin {
  readonly runId: string
  readonly collection: string
}

/** Packages that were received into collections which the actor may see, newest first. */
export const listReceivedReleases = defineQuery({
  name: 'registry.list-received-releases',
  permission: 'registry.initiative.read',
  input: z.object({ limit: z.number().int().min(1).max(500).default(200) }),
  run: ({ db, whole }, { limit }): Promise<ReceivedRelease[]> => listReceived({ db, whole }, limit),
})

async function listReceived({ db, whole }: Pick<QueryContext, 'db' | 'whole'>, limit: number): Promise<ReceivedRelease[]> {
  const seen = await db.many<{ runId: string; collection: string }>(sql`
    select r.run_id as "runId", c.key as collection
    from received_releases as r
    join collections as c on c.id = r.collection_id
    order by r.run_id desc
    limit ${limit}
  `)
  // Runs themselves are for whoever imports; that one is applied is no secret of theirs.
  const rows = await whole.many<ReceivedRelease>(sql`
    select r.run_id as "runId", r.instance_id as "instanceId", r.instance_name as "instanceName", r.release_id as "releaseId",
           r.released_at as "releasedAt", r.released_by as "releasedBy", r.addressee, r.purpose, r.licence, r.edition, r.fingerprint,
           r.records, r.withheld_fields as "withheldFields"
    from received_releases as r
    join import_runs as run on run.id = r.run_id and run.state = 'applied'
    where r.run_id = any(${seen.map(({ runId }) => runId)}::text[])
    order by r.run_id desc
  `)
  const keys = new Map(seen.map(({ runId, collection }) => [runId, collection]))
  return rows.map((row) => ({ ...row, collection: keys.get(row.runId) ?? '' }))
}
