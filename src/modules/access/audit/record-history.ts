/** What a record said and who changed it: every version, newest first, and the version that held at an instant ("as of"). */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import type { RecordRef } from '../../../kernel/ids.ts'
import { defineQuery } from '../../../operations/index.ts'

export interface RecordVersion<Snapshot = unknown> {
  readonly version: number
  readonly at: string
  readonly actorId: string
  readonly action: string
  readonly runId: string | null
  readonly snapshot: Snapshot
}

export async function listRecordVersions<Snapshot>(db: Db, ref: RecordRef): Promise<RecordVersion<Snapshot>[]> {
  return db.many<RecordVersion<Snapshot>>(sql`
    select version, at, actor_id as "actorId", action, run_id as "runId", snapshot
    from record_versions
    where module = ${ref.module} and aggregate = ${ref.aggregate} and record_id = ${ref.id}
    order by version desc
  `)
}

/** `asOf` is an instant; a date alone means the end of that day in UTC. */
export function endOfAsOf(asOf: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(asOf) ? `${asOf}T23:59:59.999Z` : asOf
}

export async function findRecordVersionAsOf<Snapshot>(
  db: Db,
  ref: RecordRef,
  asOf: string,
): Promise<RecordVersion<Snapshot> | undefined> {
  const instant = endOfAsOf(asOf)
  return db.maybe<RecordVersion<Snapshot>>(sql`
    select version, at, actor_id as "actorId", action, run_id as "runId", snapshot
    from record_versions
    where module = ${ref.module} and aggregate = ${ref.aggregate} and record_id = ${ref.id} and at <= ${instant}
    order by version desc
    limit 1
  `)
}

export const listAuditEvents = defineQuery({
  name: 'access.list-audit-events',
  permission: 'access.audit.view',
  input: z.object({
    module: z.string(),
    aggregate: z.string(),
    id: z.string(),
    limit: z.number().int().min(1).max(500).default(100),
  }),
  async run({ db }, { module, aggregate, id, limit }) {
    return db.many<{
      id: string
      at: string
      operation: string
      actorId: string
      action: string
      version: number | null
      reason: string | null
      before: unknown
      after: unknown
    }>(sql`
      select id, at, operation, actor_id as "actorId", action, version, reason, before, after
      from audit_events
      where module = ${module} and aggregate = ${aggregate} and record_id = ${id}
      order by id desc
      limit ${limit}
    `)
  },
})
