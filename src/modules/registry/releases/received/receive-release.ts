/**
 * Keeps the origin of what a package of another instance brings, beside the import run that brings it: it holds while the run is
 * applied, so that undoing the run takes the origin away as well.
 */
import { z } from 'zod'
import { type Db, sql } from '../../../../database/db.ts'
import { Problem } from '../../../../kernel/problems.ts'
import { defineCommand, defineQuery } from '../../../../operations/index.ts'
import { collectionScope, scopeOfRun } from '../../collections/collection-scope.ts'
import { getImportRunRow } from '../../imports/import-run.ts'
import '../problems.ts'

export const ReleaseOriginSchema = z.object({
  instanceId: z.string(),
  instanceName: z.string(),
  releaseId: z.string(),
  releasedAt: z.string(),
  /** Organisation that released it. */
  releasedBy: z.string(),
  addressee: z.string(),
  purpose: z.string(),
  licence: z.string(),
  edition: z.number().int(),
  fingerprint: z.string(),
  records: z.number().int().min(0),
  withheldFields: z.array(z.string()),
})
export type ReleaseOrigin = z.output<typeof ReleaseOriginSchema>

/** Errors: Problem `releases.key-unknown`: the job asks before, and this is the last time that it is asked. */
export const beginReceivedRelease = defineCommand({
  name: 'registry.begin-received-release',
  permission: 'registry.import.run',
  rows: 'whole',
  scope: (context, { runId }) => scopeOfRun(context, runId),
  input: z.object({ runId: z.string(), origin: ReleaseOriginSchema }),
  async run({ db }, { runId, origin }): Promise<void> {
    const run = await getImportRunRow(db, runId)
    const trusted = await db.maybe(sql`
      select 1 from trusted_instances where instance_id = ${origin.instanceId} and fingerprint = ${origin.fingerprint}
    `)
    if (!trusted) throw new Problem('releases.key-unknown', { instance: origin.instanceName, fingerprint: origin.fingerprint })
    await db.run(sql`
      insert into received_releases (run_id, collection_id, instance_id, instance_name, release_id, released_at, released_by,
                                     addressee, purpose, licence, edition, fingerprint, records, withheld_fields)
      values (${runId}, ${run.collectionId}, ${origin.instanceId}, ${origin.instanceName}, ${origin.releaseId}, ${origin.releasedAt},
              ${origin.releasedBy}, ${origin.addressee}, ${origin.purpose}, ${origin.licence}, ${origin.edition},
              ${origin.fingerprint}, ${origin.records}, ${origin.withheldFields}::text[])
    `)
  },
})

export const noteReceivedRecords = defineCommand({
  name: 'registry.note-received-records',
  permission: 'registry.import.run',
  rows: 'whole',
  scope: (context, { runId }) => scopeOfRun(context, runId),
  input: z.object({
    runId: z.string(),
    records: z.array(z.object({ record: z.string(), version: z.number().int().min(1), identifier: z.string() })),
  }),
  async run({ db }, { runId, records }): Promise<void> {
    await db.run(sql`
      insert into received_records (run_id, origin_record, origin_version, identifier)
      select ${runId}, r.record, r.version, r.identifier
      from unnest(${records.map(({ record }) => record)}::text[], ${records.map(({ version }) => version)}::int[],
                  ${records.map(({ identifier }) => identifier)}::text[]) as r(record, version, identifier)
    `)
  },
})

export interface KnownOrigins {
  /** Identifier here of each record of that instance that was received before, by its id there. */
  readonly identifiers: Readonly<Record<string, string>>
  /** Which of the identifiers asked for belong to a received record, with its id there. */
  readonly taken: Readonly<Record<string, string>>
}

/** Under which identifiers records of an instance are known in a collection, so that a later release changes the same ones. */
export const findReceivedRecords = defineQuery({
  name: 'registry.find-received-records',
  permission: 'registry.import.run',
  rows: 'whole',
  scope: (context, { collection }) => collectionScope(context, collection, undefined),
  input: z.object({
    collection: z.string(),
    instanceId: z.string(),
    records: z.array(z.string()),
    identifiers: z.array(z.string()),
  }),
  async run({ db }, { collection, instanceId, records, identifiers }): Promise<KnownOrigins> {
    const known = await db.many<{ record: string; identifier: string }>(sql`
      select distinct on (rr.origin_record) rr.origin_record as record, rr.identifier
      from received_records as rr
      join received_releases as r on r.run_id = rr.run_id
      join import_runs as run on run.id = r.run_id and run.state = 'applied'
      join collections as c on c.id = r.collection_id
      where c.key = ${collection} and r.instance_id = ${instanceId} and rr.origin_record = any(${records}::text[])
      order by rr.origin_record, rr.run_id desc
    `)
    const taken = await db.many<{ identifier: string; owner: string }>(sql`
      select distinct on (rr.identifier) rr.identifier, r.instance_id || '/' || rr.origin_record as owner
      from received_records as rr
      join received_releases as r on r.run_id = rr.run_id
      join import_runs as run on run.id = r.run_id and run.state = 'applied'
      join collections as c on c.id = r.collection_id
      where c.key = ${collection} and rr.identifier = any(${identifiers}::text[])
      order by rr.identifier, rr.run_id desc
    `)
    return {
      identifiers: Object.fromEntries(known.map(({ record, identifier }) => [record, identifier])),
      taken: Object.fromEntries(taken.map(({ identifier, owner }) => [identifier, owner])),
    }
  },
})

/** The collection that the last release of an instance went to; null when there was none, or it is gone. */
export const findReceivingCollection = defineQuery({
  name: 'registry.find-receiving-collection',
  permission: 'registry.import.run',
  input: z.object({ instanceId: z.string() }),
  async run({ db }, { instanceId }): Promise<{ collection: string | null }> {
    const found = await db.maybe<{ collection: string }>(sql`
      select c.key as collection
      from received_releases as r
      join import_runs as run on run.id = r.run_id and run.state = 'applied'
      join collections as c on c.id = r.collection_id
      where r.instance_id = ${instanceId}
      order by r.run_id desc
      limit 1
    `)
    return { collection: found?.collection ?? null }
  },
})

export async function originColumns(db: Db, runId: string): Promise<ReleaseOrigin | undefined> {
  return db.maybe<ReleaseOrigin>(sql`
    select instance_id as "instanceId", instance_name as "instanceName", release_id as "releaseId", released_at as "releasedAt",
           released_by as "releasedBy", addressee, purpose, licence, edition, fingerprint, records, withheld_fields as "withheldFields"
    from received_releases
    where run_id = ${runId}
  `)
}
