/**
 * Writes the audit events and the record versions of one operation, inside its transaction (domain ruling 13).
 * An event names only the fields that changed; the version holds the whole record.
 */
import { type Db, sql } from '../../../database/db.ts'
import { canonicalJson } from '../../../kernel/canonical-json.ts'
import { newId, type RecordRef } from '../../../kernel/ids.ts'
import type { AuditEventDraft, AuditWriter, RecordChange } from '../../../operations/index.ts'
import { erasePersonalValues, type SeparatedFields, separatePersonalValues, writePersonalValues } from './personal-values.ts'

export const auditWriter: AuditWriter = {
  async write(db, event) {
    for (const { ref, erases } of event.changes) if (erases) await erasePersonalValues(db, ref)
    for (const change of event.changes) await writeVersion(db, event, change)
    // The events come last: from the first of them until the end of the transaction no other command can append.
    if (event.outcome === 'refused') await appendEvent(db, event, {})
    for (const change of event.changes) await writeChange(db, event, change)
    for (const { ref, action, reason, counts, digest } of event.batches) {
      await appendEvent(db, event, { ref, action, reason, counts, digest })
    }
  },
}

/** What an event says beside who and when. Everything is optional: a refusal has no record. */
interface EventDetails {
  readonly ref?: RecordRef | undefined
  readonly action?: string
  readonly version?: number
  readonly reason?: string | undefined
  readonly before?: unknown
  readonly after?: unknown
  readonly personal?: SeparatedFields['personal']
  readonly counts?: Readonly<Record<string, number>>
  readonly digest?: string
}

/** Position and hash are given by the database, under a lock (migration 0004). Gives the id. */
export async function appendEvent(
  db: Db,
  { operation, actor, at, outcome }: Pick<AuditEventDraft, 'operation' | 'actor' | 'at'> & { readonly outcome: string },
  { ref, action, version, reason, before, after, personal, counts, digest }: EventDetails,
): Promise<string> {
  const id = newId()
  await db.run(sql`
    insert into audit_events (id, at, operation, actor_id, actor_kind, key_id, request_id, outcome, module, aggregate, record_id,
                              action, version, reason, before, after, personal, counts, digest)
    values (${id}, ${at.toISOString()}, ${operation}, ${actor.id}, ${actor.kind}, ${actor.keyId ?? null}, ${actor.requestId ?? null},
            ${outcome}, ${ref?.module ?? null}, ${ref?.aggregate ?? null}, ${ref?.id ?? null},
            ${action ?? null}, ${version ?? null}, ${reason ?? null},
            ${asJson(before)}::jsonb, ${asJson(after)}::jsonb, ${asJson(personal)}::jsonb, ${asJson(counts)}::jsonb, ${digest ?? null})
  `)
  return id
}

async function writeChange(db: Db, event: AuditEventDraft, change: RecordChange): Promise<void> {
  const { ref, action, version, reason } = change
  const changed = changedFields(change.before, change.after)
  const { before, after, personal, values } = separatePersonalValues(changed.before, changed.after, change.personal ?? [])
  const id = await appendEvent(db, event, { ref, action, version, reason, before, after, personal })
  await writePersonalValues(db, id, values)
}

async function writeVersion(db: Db, event: AuditEventDraft, change: RecordChange): Promise<void> {
  if (change.after === undefined) return
  await db.run(sql`
    insert into record_versions (module, aggregate, record_id, version, at, actor_id, action, snapshot)
    values (${change.ref.module}, ${change.ref.aggregate}, ${change.ref.id}, ${change.version}, ${event.at.toISOString()},
            ${event.actor.id}, ${change.action}, ${JSON.stringify(change.after)}::jsonb)
  `)
}

function asJson(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value)
}

/** Fields whose value differs, of the record and of the records directly in it; both sides whole when one is not a record. */
export function changedFields(before: unknown, after: unknown, depth = 2): { before?: unknown; after?: unknown } {
  if (depth === 0 || !isRecord(before) || !isRecord(after)) return { before, after }
  const was: Record<string, unknown> = {}
  const is: Record<string, unknown> = {}
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (canonicalJson(before[name]) === canonicalJson(after[name])) continue
    const inside = changedFields(before[name], after[name], depth - 1)
    was[name] = inside.before ?? null
    is[name] = inside.after ?? null
  }
  return { before: was, after: is }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
