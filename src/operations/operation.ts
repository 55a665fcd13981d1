/**
 * One way for a command, one way for a query (style section 3). A form, an API call, the command line, a job and an import row
 * all end here: the input is parsed, the permission checked, and a command runs in one transaction together with its audit event.
 */
import type { z } from 'zod'
import type { Database, Db, RowScope, Sql } from '../database/db.ts'
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
  /** Paths (`contact.email`) whose values are personal: the audit trail keeps digests, and the values where they can be erased. */
  readonly personal?: readonly string[]
  /** The personal values that the trail holds of this record from before are erased with this change. */
  readonly erases?: boolean
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

/** What a record belongs to: decides whether a right that is held "for the own scope" covers it. */
export interface RecordScope {
  readonly orgs: readonly string[]
  readonly countries: readonly string[]
  /** Bodies and campaigns to which the record belongs, by id. */
  readonly places?: readonly string[]
  /** Whoever made the newest version: never verifies or publishes it, where a second person could (domain section 14). */
  readonly author?: string
  /** The account or person whose own record it is. */
  readonly self?: string
}

/** One permission, or several of which the input says which is needed (moving a record: submit, verify, publish). */
export type Permission<Input = unknown> = string | { readonly oneOf: readonly string[]; of(input: Input): string }

/** Kinds of rows whose table says who owns them, who may see them and in which state they are. */
export type SeenTable = 'listings' | 'initiatives'

export interface Sight {
  readonly rows: RowScope
  /** Condition for the rows of a table, under an alias, that the actor may see. */
  visible(table: SeenTable, alias: string): Sql
  /** Condition for those that are of the actor's own scope: also while they are being prepared. */
  own(table: SeenTable, alias: string): Sql
}

export interface QueryContext {
  /** Sees the rows that the actor may see. */
  readonly db: Db
  /**
   * Sees every row: for counts that are kept in memory and for rules that must look beyond the actor. What comes of it is cut to
   * what the actor may see before it leaves the operation.
   */
  readonly whole: Db
  readonly clock: Clock
  readonly actor: Actor
  /** What the actor may see, as the policy says it: the cut that each list makes in its own statement. */
  readonly sight: Sight
  /** In a snapshot: the `whole` that it is one of, as a key for what is kept in memory. It must not be asked meanwhile. */
  readonly snapshotOf?: object
}

export interface CommandContext extends QueryContext {
  /** Notes a change; the event is written in the same transaction, after the command's own statements. */
  changed(change: RecordChange): void
  changedBatch(change: BatchChange): void
  /** For a right that only the record shows to be needed. Errors: Problem `operations.permission-lacking`, noted in the audit trail. */
  requirePermission(permission: string, scope: RecordScope): Promise<void>
}

interface OperationBase<Input extends z.ZodType, Output> {
  /** `<module>.<verb-noun>`, the same word in the API, on the command line and in the audit trail. */
  readonly name: string
  /** What the caller must hold: `<module>.<thing>.<right>` (domain section 14). */
  readonly permission: Permission<z.output<Input>>
  /** Whose record it is about; asked inside the transaction, before `run`. Absent: the permission alone decides. */
  scope?(context: QueryContext, input: z.output<Input>): Promise<RecordScope | undefined>
  /** `whole` for operations of someone who is not known yet (signing in): `db` sees every row. */
  readonly rows?: 'whole'
  readonly input: Input
  readonly output?: z.ZodType<Output>
}

export interface Command<Input extends z.ZodType = z.ZodType, Output = unknown> extends OperationBase<Input, Output> {
  readonly kind: 'command'
  /** How long a statement of it may run; an import of many rows asks for more than a form does. */
  readonly limitSeconds?: number | 'none'
  /** `secret`: what it gives is for the caller alone and is kept nowhere, also not for a repetition of the call. */
  readonly answer?: 'secret'
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

/** Who may do what; the module `access` says it. */
export interface Policy {
  /** Without a scope: whether the actor holds the permission anywhere. With one: whether for that record. */
  permits(actor: Actor, permission: string, scope?: RecordScope): boolean
  /** What the actor may see: the cut of each list, and what the database holds to as the second net. */
  sightOf(actor: Actor): Sight
  /** Rules that must look at the data: throws a Problem. `db` sees every row. */
  check?(db: Db, actor: Actor, permission: string, scope: RecordScope): Promise<void>
}

export interface AuditWriter {
  write(db: Db, event: AuditEventDraft): Promise<void>
}

/** A command sent with a key of the caller, so that it can be sent again without being done twice. */
export interface RepeatableCall {
  readonly actorId: string
  readonly key: string
  readonly operation: string
  /** SHA-256 of the input. */
  readonly inputDigest: string
  readonly at: Date
}

/** Keeps what such commands answered, in their own transactions; the module `access` does it. */
export interface CommandAnswers {
  /** Takes the key, waiting for whoever has just taken it. Gives the answer when this very call was done before. */
  take(db: Db, call: RepeatableCall): Promise<{ readonly answer: unknown } | undefined>
  keep(db: Db, call: RepeatableCall, answer: unknown): Promise<void>
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
  readonly policy: Policy
  readonly audit: AuditWriter
  /** Without it no command can be sent with a key of its own. */
  readonly answers?: CommandAnswers
}

/** The permissions that an operation may ask for. */
export function permissionsOf(operation: Pick<Operation, 'permission'>): readonly string[] {
  return typeof operation.permission === 'string' ? [operation.permission] : operation.permission.oneOf
}
