/** What the audit trail holds since it was last read for notifications. At first it begins at the end: nobody is told old news. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { defineQuery } from '../../../operations/index.ts'

export interface NewsEvent {
  readonly seq: number
  readonly id: string
  readonly operation: string
  readonly actorId: string
  readonly module: string
  readonly aggregate: string
  readonly recordId: string
  readonly action: string
}

export interface News {
  readonly events: readonly NewsEvent[]
  /** Position up to which the trail was read, these events included. */
  readonly upTo: number
  /** Whether more is there. */
  readonly more: boolean
}

/** Events read at once; a long import writes one. */
const AT_ONCE = 500

export const readNews = defineQuery({
  name: 'access.read-news',
  permission: 'access.installation.run',
  rows: 'whole',
  input: z.object({}),
  async run({ db }): Promise<News> {
    const seen = await seenSeq(db)
    const newest = await newestSeq(db)
    if (seen === undefined) return { events: [], upTo: newest, more: false }
    const upTo = Math.min(newest, seen + AT_ONCE)
    const events = await db.many<NewsEvent>(sql`
      select seq, id, operation, actor_id as "actorId", module, aggregate, record_id as "recordId", action
      from audit_events
      where seq > ${seen} and seq <= ${upTo} and outcome = 'done' and record_id is not null and action is not null
      order by seq
    `)
    return { events, upTo, more: upTo < newest }
  },
})

export async function seenSeq(db: Db): Promise<number | undefined> {
  const row = await db.maybe<{ seen: number }>(sql`select seen_seq as seen from notification_progress where name = 'audit'`)
  return row === undefined ? undefined : Number(row.seen)
}

async function newestSeq(db: Db): Promise<number> {
  const { newest } = await db.one<{ newest: number }>(sql`select coalesce(max(seq), 0) as newest from audit_events`)
  return Number(newest)
}
