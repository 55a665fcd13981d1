/**
 * One way for a command, one way for a query (style section 3). A form, an API call, the command line, a job and an import row
 * all end here: the input is parsed, the permission checked, and a command runs in one transaction together with its audit event.
 */
import type { z } from 'zod'
import type { Database, Db } from '../database/db.ts'
import type { Clock } from '../kernel/clock.ts'
import type { RecordRef } from '../kernel/ids.ts'
import type { Actor } from './actor.ts'

/** One change of one record. `after` is the whole record, stored as its next version (domain ruling 13). */
export interface RecordChange {
  readonly ref: RecordRef
  readonly action: string
  readonly version: number
  readonly before?: unknown
  readonly after?: unknown
  readonly reason?: string
}

/** A set-based change, as an import makes it: one event for the batch. The versions of its rows are written by the module itself. */
export interface BatchChange {
  readonly ref: RecordRef
  readonly action: string
  readonly counts: Readonly<Record<string, number>>
  /** SHA-256 over the digests of the rows, in row order. */
  readonly digest: string
  readonly reason?: string
}

export interface QueryContext {
  readonly db: Db
  readonly clock: Clock
  readonly actor: Actor
  /** In a snapshot: the database that it is one of, as a key for what is kept in memory. It must not be asked meanwhile. */
  readonly snapshotOf?: object
}

export interface CommandContext extends QueryContext {
  /** Notes a change; the event is written in the same transaction, after the command's own statements. */
  changed(change: RecordChange): void
  changedBatch(change: BatchChange): void
}

interface OperationBase<Input extends z.ZodType, Output> {
  /** `<module>.<verb-noun>`, the same word in the API, on the command line and in the audit trail. */
  readonly name: string
  /** What the caller must hold: `<module>.<thing>.<right>` (domain section 14). */
  readonly permission: string
  readonly input: Input
  readonly output?: z.ZodType<Output>
}

export interface Command<Input extends z.ZodType = z.ZodType, Output = unknown> extends OperationBase<Input, Output> {
  readonly kind: 'command'
  /** How long a statement of it may run; an import of many rows asks for more than a form does. */
  readonly limitSeconds?: number | 'none'
  run(context: CommandContext, input: z.output<Input>): Promise<Output>
}

export interface Query<Input extends z.ZodType = z.ZodType, Output = unknown> extends OperationBase<Input, Output> {
  readonly kind: 'query'
  /** All statements of it see one state of the data (repeatable read), as a report needs; by default each sees the newest. */
  readonly snapshot?: boolean
  run(context: QueryContext, input: z.output<Input>): Promise<Output>
}

export type Operation<Input extends z.ZodType = z.ZodType, Output = unknown> = Command<Input, Output> | Query<Input, Output>

export function defineCommand<Input extends z.ZodType, Output>(
  definition: Omit<Command<Input, Output>, 'kind'>,
): Command<Input, Output> {
  return { kind: 'command', ...definition }
}

export function defineQuery<Input extends z.ZodType, Output>(
  definition: Omit<Query<Input, Output>, 'kind'>,
): Query<Input, Output> {
  return { kind: 'query', ...definition }
}

export type PermissionCheck = (actor: Actor, permission: string) => boolean

export interface AuditWriter {
  write(db: Db, event: AuditEventDraft): Promise<void>
}

export interface AuditEventDraft {
  readonly operation: string
  readonly actor: Actor
  readonly at: Date
  readonly outcome: 'done' | 'refused'
  readonly changes: readonly RecordChange[]
  readonly batches: readonly BatchChange[]
}

export interface OperationsOptions {
  readonly database: Database
  readonly clock: Clock
  readonly permits: PermissionCheck
  readonly audit: AuditWriter
}
