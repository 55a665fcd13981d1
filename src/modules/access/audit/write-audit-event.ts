/**
 * Writes the audit events and the record versions of one operation, inside its transaction (domain ruling 13).
 * An event names only the fields that changed; the version holds the whole record.
 */
import { type Db, sql } from '../../../database/db.ts'
import { canonicalJson } from '../../../kernel/canonical-json.ts'
import { newId } from '../../../kernel/ids.ts'
import type { AuditEventDraft, AuditWriter, RecordChange } from '../../../operations/index.ts'

export const auditWriter: AuditWriter = {
  async write(db, event) {
    if (event.outcome === 'refused') await writeRefusal(db, event)
    for (const change of event.changes) await writeChange(db, event, change)
    for (const batch of event.batches) {
      await db.run(sql`
        insert into audit_events (id, at, operation, actor_id, actor_kind, outcome, module, aggregate, record_id, action, reason, counts, digest)
        values (${newId()}, ${event.at.toISOString()}, ${event.operation}, ${event.actor.id}, ${event.actor.kind}, 'done',
                ${batch.ref.module}, ${batch.ref.aggregate}, ${batch.ref.id}, ${batch.action}, ${batch.reason ?? null},
                ${JSON.stringify(batch.counts)}::jsonb, ${batch.digest})
      `)
    }
  },
}

async function writeRefusal(db: Db, event: AuditEventDraft): Promise<void> {
  await db.run(sql`
    insert into audit_events (id, at, operation, actor_id, actor_kind, outcome)
    values (${newId()}, ${event.at.toISOString()}, ${event.operation}, ${event.actor.id}, ${event.actor.kind}, 'refused')
  `)
}

async function writeChange(db: Db, event: AuditEventDraft, change: RecordChange): Promise<void> {
  const { before, after } = changedFields(change.before, change.after)
  await db.run(sql`
    insert into audit_events (id, at, operation, actor_id, actor_kind, outcome, module, aggregate, record_id, action, version, reason, before, after)
    values (${newId()}, ${event.at.toISOString()}, ${event.operation}, ${event.actor.id}, ${event.actor.kind}, 'done',
            ${change.ref.module}, ${change.ref.aggregate}, ${change.ref.id}, ${change.action}, ${change.version}, ${change.reason ?? null},
            ${before === undefined ? null : JSON.stringify(before)}::jsonb, ${after === undefined ? null : JSON.stringify(after)}::jsonb)
  `)
  if (change.after === undefined) return
  await db.run(sql`
    insert into record_versions (module, aggregate, record_id, version, at, actor_id, action, snapshot)
    values (${change.ref.module}, ${change.ref.aggregate}, ${change.ref.id}, ${change.version}, ${event.at.toISOString()},
            ${event.actor.id}, ${change.action}, ${JSON.stringify(change.after)}::jsonb)
  `)
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
