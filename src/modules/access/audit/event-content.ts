/**
 * What the hash of an audit event is taken over: its texts in a fixed order as one JSON array, without spaces; a missing value is
 * null. The database builds the same when it appends (migration 0004); here it is built again from the row, because a verification
 * must not trust a function that stands in the database which it examines.
 *
 * A later column is added at the end and only where it is set, so that events from before keep their hash.
 */
import { createHash } from 'node:crypto'
import { type Sql, sql } from '../../../database/db.ts'

/** `previous_hash` of the first event. */
export const FIRST_PREVIOUS_HASH = '0'.repeat(64)

/** One text: the JSON array. `audit_events` must be in the query under its own name. */
export const eventContent: Sql = sql`to_json(array[
    seq::text, previous_hash, id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    operation, actor_id, actor_kind, key_id, request_id, outcome,
    module, aggregate, record_id, action, version::text, reason,
    before::text, after::text, personal::text, counts::text, digest
  ]::text[])::text`

export function hashOf(content: string): string {
  return createHash('sha256').update(content, 'utf8').digest('hex')
}
