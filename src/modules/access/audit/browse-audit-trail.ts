/** The audit trail on the screen and as a file: by record, person, time, operation and outcome; personal values where they are still kept. */
import { z } from 'zod'
import { type Db, type Sql, sql } from '../../../database/db.ts'
import { defineQuery } from '../../../operations/index.ts'
import { eventContent } from './event-content.ts'
import { recordRead } from './record-read.ts'

export const AUDIT_OUTCOMES = ['done', 'refused', 'read'] as const

/** No text of the trail holds a NUL, which the database would refuse. */
const Word = z
  .string()
  .max(200)
  .refine((text) => !text.includes('\0'))

/** An instant, or a day in UTC: from its beginning, to its end. */
const Instant = z.string().refine(isInstant, { error: 'YYYY-MM-DD, YYYY-MM-DDTHH:MM:SSZ' })

export const AuditFilter = z.object({
  module: Word.optional(),
  aggregate: Word.optional(),
  recordId: Word.optional(),
  actorId: Word.optional(),
  /** The same by what people know: e-mail address or whole name of an account, or the identifier. Of one name there may be several. */
  person: Word.optional(),
  operation: Word.optional(),
  outcome: z.enum(AUDIT_OUTCOMES).optional(),
  requestId: Word.optional(),
  from: Instant.optional(),
  to: Instant.optional(),
})
export type AuditFilter = z.output<typeof AuditFilter>

/** One event with its place in the chain. */
export interface AuditEvent {
  readonly seq: number
  readonly id: string
  readonly at: string
  readonly operation: string
  readonly actorId: string
  readonly actorKind: string
  readonly keyId: string | null
  readonly requestId: string | null
  readonly outcome: (typeof AUDIT_OUTCOMES)[number]
  readonly module: string | null
  readonly aggregate: string | null
  readonly recordId: string | null
  readonly action: string | null
  readonly version: number | null
  readonly reason: string | null
  readonly before: unknown
  readonly after: unknown
  /** Digests of the personal fields, by path. */
  readonly personal: Readonly<Record<string, unknown>> | null
  /** Their values as JSON, by path, unless they were erased. */
  readonly personalValues: Readonly<Record<string, { readonly before: string | null; readonly after: string | null }>> | null
  readonly counts: Readonly<Record<string, number>> | null
  readonly digest: string | null
  readonly previousHash: string
  readonly hash: string
}

/** With the exact text of which `hash` is the SHA-256, so that the file can be verified by anybody, without this program. */
export interface ExportedAuditEvent extends AuditEvent {
  readonly content: string
}

export interface AuditPage<Event = AuditEvent> {
  readonly rows: readonly Event[]
  /** Give it back as `cursor` for the next page; null on the last. */
  readonly next: string | null
}

/** The position at which the page before ended. */
const Cursor = z.string().regex(/^\d{1,15}$/)

/** Newest first. */
export const browseAuditTrail = defineQuery({
  name: 'access.browse-audit-trail',
  permission: 'access.audit.view',
  input: AuditFilter.extend({
    cursor: Cursor.optional(),
    limit: z.number().int().min(1).max(500).default(50),
  }),
  async run({ whole }, { cursor, limit, ...filter }): Promise<AuditPage> {
    const beyond = cursor === undefined ? sql`true` : sql`seq < ${Number(cursor)}`
    return pageOf(await readEvents(whole, sql`${beyond} and ${conditionOf(filter)}`, sql`seq desc`, limit + 1), limit)
  },
})

/** Oldest first, a batch at a time. Each batch is noted in the trail; `upTo` keeps an export from reading its own traces for ever. */
export const exportAuditTrail = defineQuery({
  name: 'access.export-audit-trail',
  permission: 'access.audit.view',
  input: AuditFilter.extend({
    cursor: Cursor.default('0'),
    upTo: z.number().int().min(0).optional(),
    limit: z.number().int().min(1).max(1_000).default(500),
  }),
  async run({ whole, actor, clock }, { cursor, upTo, limit, ...filter }): Promise<AuditPage<ExportedAuditEvent>> {
    const from = Number(cursor)
    const within = upTo === undefined ? sql`seq > ${from}` : sql`seq > ${from} and seq <= ${upTo}`
    const condition = sql`${within} and ${conditionOf(filter)}`
    const page = pageOf(
      await readEvents<ExportedAuditEvent>(whole, condition, sql`seq`, limit + 1, sql`, ${eventContent} as content`),
      limit,
    )
    const [first, last] = [page.rows[0], page.rows.at(-1)]
    if (first !== undefined && last !== undefined) {
      const counts = { events: page.rows.length, from: first.seq, to: last.seq }
      await recordRead(whole, { operation: 'access.export-audit-trail', actor, at: clock.now(), counts })
    }
    return page
  },
})

function isInstant(text: string): boolean {
  const found = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?Z)?$/.exec(text)
  if (!found) return false
  const time = new Date(text)
  // A day that no month has, which the program would take for one of the next month, is not one.
  return !Number.isNaN(time.getTime()) && new Date(`${found[1]}T00:00:00Z`).toISOString().startsWith(found[1] ?? '')
}

function pageOf<Event extends AuditEvent>(found: readonly Event[], limit: number): AuditPage<Event> {
  const rows = found.slice(0, limit)
  return { rows, next: found.length > limit ? String(rows.at(-1)?.seq) : null }
}

function personCondition(person: string): Sql {
  const said = person.trim()
  return sql`
    actor_id = any(array(
      select id from users where email = lower(${said}) or lower(name) = lower(${said})
      union all
      select ${said}::text
    ))
  `
}

function conditionOf(filter: AuditFilter): Sql {
  const equal: readonly (readonly [column: string, value: string | undefined])[] = [
    ['module', filter.module],
    ['aggregate', filter.aggregate],
    ['record_id', filter.recordId],
    ['actor_id', filter.actorId],
    ['operation', filter.operation],
    ['outcome', filter.outcome],
    ['request_id', filter.requestId],
  ]
  const conditions = equal.flatMap(([column, value]) => (value === undefined ? [] : [sql`${sql.ref(column)} = ${value}`]))
  if (filter.person !== undefined) conditions.push(personCondition(filter.person))
  if (filter.from !== undefined) conditions.push(sql`at >= ${filter.from}::timestamptz`)
  if (filter.to !== undefined) conditions.push(endCondition(filter.to))
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)
}

function endCondition(to: string): Sql {
  return to.includes('T') ? sql`at <= ${to}::timestamptz` : sql`at < ${to}::timestamptz + interval '1 day'`
}

async function readEvents<Event extends AuditEvent>(
  db: Db,
  condition: Sql,
  order: Sql,
  limit: number,
  more: Sql = sql``,
): Promise<Event[]> {
  return db.many<Event>(sql`
    select seq, id, at, operation, actor_id as "actorId", actor_kind as "actorKind", key_id as "keyId", request_id as "requestId",
           outcome, module, aggregate, record_id as "recordId", action, version, reason, before, after, personal,
           (select json_object_agg(p.field, json_build_object('before', p.before, 'after', p.after) order by p.field)
            from audit_personal_values as p
            where p.event_id = audit_events.id) as "personalValues",
           counts, digest, previous_hash as "previousHash", hash${more}
    from audit_events
    where ${condition}
    order by ${order}
    limit ${limit}
  `)
}
