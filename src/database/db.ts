/**
 * How the rest of the program speaks SQL. Only this folder knows the driver.
 *
 * `sql` is a tag: values become parameters, fragments nest. Both engines run the same text (PostgreSQL 15).
 */
import type { RawBuilder } from 'kysely'

export { sql } from 'kysely'

export type Sql = RawBuilder<unknown>

export interface Db {
  /** Exactly one row; anything else is a fault. */
  one<T>(query: Sql): Promise<T>
  /** One row or none. */
  maybe<T>(query: Sql): Promise<T | undefined>
  many<T>(query: Sql): Promise<T[]>
  /** Runs a statement and gives the number of rows it touched. */
  run(query: Sql): Promise<number>
}

export interface TransactionOptions {
  /** `repeatable read` for a report: all queries see one snapshot. Default `read committed`. */
  readonly isolation?: 'read committed' | 'repeatable read'
  readonly readOnly?: boolean
  /** Set as `app.actor` for row-level security and the audit trail. */
  readonly actorId?: string
  /** The unprivileged database role under which the statements run, for row-level security. */
  readonly role?: string
  /** How long one statement may run, in seconds; default 60. `none` is for imports and for moving data. */
  readonly limitSeconds?: number | 'none'
}

export interface Database extends Db {
  readonly engine: 'embedded' | 'server'
  /** False when another process owns the embedded engine and this one is its client. Always true on a server. */
  readonly owner: boolean
  /** Never use the outer database inside: the embedded engine has one backend and would wait for itself. */
  transaction<T>(work: (tx: Db) => Promise<T>, options?: TransactionOptions): Promise<T>
  close(): Promise<void>
}
