/**
 * What the directory and the modules beside it do with the versions of their records: write them set-based for a shipped batch
 * (ruling 13), and say which fields changed since the version that a person started from.
 */

import { type Db, sql } from '../../database/db.ts'
import { canonicalJson } from '../../kernel/canonical-json.ts'

export interface BatchVersion {
  readonly id: string
  readonly version: number
  readonly action: 'created' | 'changed'
  readonly snapshot: unknown
}

export interface Batch {
  readonly module: string
  readonly aggregate: string
  readonly runId: string
  readonly at: string
  readonly actorId: string
}

export async function writeBatchVersions(db: Db, batch: Batch, rows: readonly BatchVersion[]): Promise<void> {
  await db.run(sql`
    insert into record_versions (module, aggregate, record_id, version, at, actor_id, action, run_id, snapshot)
    select ${batch.module}, ${batch.aggregate}, r.id, r.version, ${batch.at}::timestamptz, ${batch.actorId}, r.action, ${batch.runId},
           r.snapshot
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, version integer, action text, snapshot jsonb)
  `)
}

/** Names of the fields that differ between an older version and the record as it is now, for the text of a conflict. */
export async function fieldsChangedSince(
  db: Db,
  ref: { readonly module: string; readonly aggregate: string; readonly id: string },
  version: number,
  now: object,
): Promise<string[]> {
  const older = await db.maybe<{ snapshot: Readonly<Record<string, unknown>> }>(sql`
    select snapshot
    from record_versions
    where module = ${ref.module} and aggregate = ${ref.aggregate} and record_id = ${ref.id} and version = ${version}
  `)
  return older ? differingFields(older.snapshot, now) : []
}

/** Top-level fields with another value; the order of keys inside a value does not count, a missing field equals null. */
export function differingFields(a: object, b: object): string[] {
  const left = a as Readonly<Record<string, unknown>>
  const right = b as Readonly<Record<string, unknown>>
  const names = new Set([...Object.keys(left), ...Object.keys(right)])
  return [...names].filter((name) => canonicalJson(left[name] ?? null) !== canonicalJson(right[name] ?? null)).sort()
}
