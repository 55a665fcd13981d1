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

/** Whose eyes statements see with: row-level security reads it, as the second net behind the policy. */
export interface RowScope {
  readonly actorId: string
  /** Every row; rows of the network and the own scope; public rows only. */
  readonly sees: 'all' | 'network' | 'public'
  readonly orgs: readonly string[]
  readonly countries: readonly string[]
}

export interface TransactionOptions {
  /** `repeatable read` for a report: all queries see one snapshot. Default `read committed`. */
  readonly isolation?: 'read committed' | 'repeatable read'
  readonly readOnly?: boolean
  /** Set for row-level security; statements then run as the unprivileged role of the program. */
  readonly rows?: RowScope
  /** How long one statement may run, in seconds; default 60. `none` is for imports and for moving data. */
  readonly limitSeconds?: number | 'none'
}

export interface Database extends Db {
  readonly engine: 'embedded' | 'server'
  /** False when another process owns the embedded engine and this one is its client. Always true on a server. */
  readonly owner: boolean
  /** Never use the outer database inside: the embedded engine has one backend and would wait for itself. */
  transaction<T>(work: (tx: Db) => Promise<T>, options?: TransactionOptions): Promise<T>
  /** The same database with these eyes: each statement in a transaction of its own, as the unprivileged role. */
  as(rows: RowScope): Db
  /** Within an open transaction of this database: its statements with other eyes, one statement at a time. */
  within(tx: Db, rows: RowScope, back: RowScope): Db
  close(): Promise<void>
}

/** Sees every row, for the program itself. */
export const ALL_ROWS: RowScope = { actorId: 'program', sees: 'all', orgs: [], countries: [] }

/** The role of the program: reads and writes rows within row-level security, and changes no table. Made by a migration. */
export const PROGRAM_ROLE = 'sursur_program'
