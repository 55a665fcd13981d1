/** What the pass over the audit trail must know of records to find whom a change concerns: ids and scopes, no words of the records. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { defineQuery, type RecordScope } from '../../../operations/index.ts'
import { scopeOfRecord } from '../collections/collection-scope.ts'
import type { ImportRun } from '../imports/import-run.ts'
import type { InitiativeRecord } from '../initiatives/initiative.ts'
import { authorOf } from '../initiatives/initiative-scope.ts'
import type { ObjectionKind } from '../objections/objection.ts'

export interface RecordFacts {
  readonly id: string
  readonly scope: RecordScope
  /** Who wrote its newest facts. */
  readonly author: string | null
}

export interface ObjectionFacts {
  readonly id: string
  readonly initiativeId: string
  readonly country: string
  readonly kind: ObjectionKind
}

export type FinishedRun = Pick<ImportRun, 'id' | 'startedBy'>

const DAY_MS = 86_400_000

export interface NoticeFacts {
  readonly initiatives: readonly RecordFacts[]
  readonly objections: readonly ObjectionFacts[]
  readonly runs: readonly FinishedRun[]
  /** Runs that failed lately: the trail holds none of them. */
  readonly failedRuns: readonly FinishedRun[]
  /** Addresses that failed twice in a row or more. */
  readonly failingSchedules: readonly { readonly id: string; readonly ownerId: string; readonly failingSince: string }[]
}

const Ids = z.array(z.string()).max(1_000)

export const noticeFacts = defineQuery({
  name: 'registry.notice-facts',
  permission: 'access.installation.run',
  rows: 'whole',
  input: z.object({ initiatives: Ids, objections: Ids, runs: Ids }),
  async run({ db, clock }, { initiatives, objections, runs }): Promise<NoticeFacts> {
    const found = await db.many<ObjectionFacts>(sql`
      select id, initiative_id as "initiativeId", country_code as country, kind from objections
      where id = any(${objections}::text[]) order by id
    `)
    const ids = [...initiatives, ...found.map(({ initiativeId }) => initiativeId)]
    const records = await db.many<
      Pick<InitiativeRecord, 'id' | 'ownerOrg' | 'visibility'> & Omit<RecordFacts, 'scope'> & { hosts: string[] | null }
    >(sql`
      select i.id, i.owner_org as "ownerOrg", i.visibility, i.facts -> 'hosts' as hosts,
             (${authorOf('i')}) as author
      from initiatives as i
      where i.id = any(${ids}::text[])
      order by i.id
    `)
    return {
      initiatives: records.map(({ id, author, ...record }) => ({ id, author, scope: scopeOfRecord(record) })),
      objections: found,
      runs: await db.many<FinishedRun>(sql`
        select id, started_by as "startedBy" from import_runs where id = any(${runs}::text[]) order by id
      `),
      failedRuns: await db.many<FinishedRun>(sql`
        select id, started_by as "startedBy" from import_runs
        where state = 'failed' and finished_at > ${new Date(clock.now().getTime() - DAY_MS).toISOString()}
        order by id
      `),
      failingSchedules: await db.many<NoticeFacts['failingSchedules'][number]>(sql`
        select id, owner_id as "ownerId", failing_since as "failingSince" from import_schedules
        where failures > 1 and not paused
        order by id
      `),
    }
  },
})
