/** The head of the audit trail's chain, as a backup notes it: a trail that was cut afterwards is found by it. */
import { type Db, sql } from '../db.ts'

export interface AuditHead {
  /** Position of the last event; as many events as this are before and with it. */
  readonly seq: number
  /** Its SHA-256 in hex, which stands for everything before it. */
  readonly hash: string
}

/** The migration that chains the events: a backup may be made of a database from before. */
export const AUDIT_CHAIN_SCHEMA = 4

/** Undefined while nothing has happened yet. The schema must have reached `AUDIT_CHAIN_SCHEMA`. */
export async function findAuditHead(db: Db): Promise<AuditHead | undefined> {
  return db.maybe<AuditHead>(sql`select seq, hash from audit_events order by seq desc limit 1`)
}
