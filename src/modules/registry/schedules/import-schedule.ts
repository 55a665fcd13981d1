/** An address whose file is imported again and again: how it is kept, and when it is next. */
import { type Db, sql } from '../../../database/db.ts'
import type { RecordRef } from '../../../kernel/ids.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { QueryContext, RecordScope } from '../../../operations/index.ts'
import { scopeOfOwner } from '../collections/collection-scope.ts'

export const SCHEDULE_INTERVALS = ['daily', 'weekly', 'monthly'] as const
export type ScheduleInterval = (typeof SCHEDULE_INTERVALS)[number]

export const SCHEDULE_FORMATS = ['iati', 'table'] as const

export interface ImportSchedule {
  readonly id: string
  /** Key of the collection that it fills. */
  readonly collection: string
  readonly address: string
  /** Null: the content of the file decides. */
  readonly format: (typeof SCHEDULE_FORMATS)[number] | null
  readonly every: ScheduleInterval
  readonly nextAt: string
  readonly paused: boolean
  /** In whose name it is imported. */
  readonly ownerId: string
  readonly lastAt: string | null
  readonly lastOutcome: 'imported' | 'unchanged' | 'failed' | null
  readonly lastFailure: { readonly code: string; readonly params: Readonly<Record<string, string | number>> } | null
  readonly lastRun: string | null
  /** In a row. */
  readonly failures: number
  /** Somebody fetches it at this moment. */
  readonly isRunning: boolean
  readonly version: number
}

/** `now` decides whether whoever held it still does. */
export function scheduleColumns(now: Date) {
  return sql`
    s.id, c.key as collection, s.address, s.format, s.every, s.next_at as "nextAt", s.paused, s.owner_id as "ownerId",
    s.last_at as "lastAt", s.last_outcome as "lastOutcome", s.last_failure as "lastFailure", s.last_run as "lastRun",
    s.failures, coalesce(s.held_until > ${now.toISOString()}, false) as "isRunning", s.version
  `
}

/** Errors: Problem `schedules.missing`. */
export async function getScheduleRow(db: Db, id: string, now: Date): Promise<ImportSchedule> {
  const row = await db.maybe<ImportSchedule>(sql`
    select ${scheduleColumns(now)}
    from import_schedules as s
    join collections as c on c.id = s.collection_id
    where s.id = ${id}
  `)
  if (!row) throw new Problem('schedules.missing', { id })
  return row
}

/** One that is not there is nobody's; the operation then says that it is missing. */
export async function scopeOfSchedule({ whole }: Pick<QueryContext, 'whole'>, id: string): Promise<RecordScope> {
  const found = await whole.maybe<{ ownerOrg: string | null }>(sql`
    select c.owner_org as "ownerOrg"
    from import_schedules as s
    join collections as c on c.id = s.collection_id
    where s.id = ${id}
  `)
  return scopeOfOwner(found?.ownerOrg ?? null)
}

export function scheduleRef(id: string): RecordRef {
  return { module: 'registry', aggregate: 'import_schedules', id }
}

/** The address as it is asked, without a part that no server sees. Errors: Problem `schedules.address-not-accepted`. */
export function readScheduleAddress(text: string): string {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined
  const isReadable = url && ['http:', 'https:'].includes(url.protocol) && url.username === '' && url.password === ''
  if (!isReadable) {
    throw new Problem('schedules.address-not-accepted', { found: text.slice(0, 200) || '–' }, { place: { field: 'address' } })
  }
  url.hash = ''
  return url.href
}

const HOUR_MS = 3_600_000

/** A month later is the same day, or the last day of a shorter month. UTC. */
export function nextTime(every: ScheduleInterval, from: Date): Date {
  const next = new Date(from)
  if (every !== 'monthly') next.setUTCDate(next.getUTCDate() + (every === 'daily' ? 1 : 7))
  else {
    next.setUTCMonth(next.getUTCMonth() + 1)
    if (next.getUTCDate() !== from.getUTCDate()) next.setUTCDate(0)
  }
  return next
}

/** After a failure sooner than usual: in one hour, in two, in four, never later than usual. */
export function timeAfterFailure(every: ScheduleInterval, failures: number, from: Date): Date {
  const soon = from.getTime() + HOUR_MS * 2 ** Math.min(failures - 1, 10)
  return new Date(Math.min(soon, nextTime(every, from).getTime()))
}
