/**
 * Notes that someone read what not everybody may see: contact data of a person, the audit trail itself as a file. A query calls it
 * before it answers, so that nothing is shown that was not noted. Not inside a snapshot, which writes nothing.
 */
import type { Db } from '../../../database/db.ts'
import type { RecordRef } from '../../../kernel/ids.ts'
import type { Actor } from '../../../operations/index.ts'
import { appendEvent } from './write-audit-event.ts'

export interface RestrictedRead {
  readonly operation: string
  readonly actor: Actor
  readonly at: Date
  /** Absent when it was not about one record. */
  readonly ref?: RecordRef
  /** How much was read, for example rows. */
  readonly counts?: Readonly<Record<string, number>>
}

export async function recordRead(db: Db, { operation, actor, at, ref, counts }: RestrictedRead): Promise<void> {
  await appendEvent(db, { operation, actor, at, outcome: 'read' }, { ref, action: 'read', ...(counts ? { counts } : {}) })
}
