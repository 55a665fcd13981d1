/** The runner: check input, check permission, one transaction, the audit event inside it. */
import type { z } from 'zod'
import { digestOf } from '../credentials/index.ts'
import { ALL_ROWS, type Db } from '../database/db.ts'
import { isUniqueViolation } from '../database/translate-error.ts'
import { canonicalJson } from '../kernel/canonical-json.ts'
import { defineProblems, Problem, type ProblemReport } from '../kernel/problems.ts'
import type { Actor } from './actor.ts'
import type {
  BatchChange,
  Command,
  CommandContext,
  Operation,
  OperationsOptions,
  Policy,
  Query,
  QueryContext,
  RecordChange,
  RecordScope,
  RepeatableCall,
} from './operation.ts'

defineProblems('operations', {
  'input-not-accepted': { kind: 'invalid', params: ['operation'] },
  'field-not-accepted': { kind: 'invalid', params: ['field', 'found', 'accepted'] },
  'permission-lacking': { kind: 'refused', params: ['permission'] },
  'idempotency-key-used': { kind: 'invalid', params: ['key', 'operation'] },
  'answer-not-kept': { kind: 'conflict', params: ['operation'] },
  'still-running': { kind: 'conflict', params: ['operation'] },
})

export interface Operations {
  run<Input extends z.ZodType, Output>(operation: Operation<Input, Output>, input: z.input<Input>, actor: Actor): Promise<Output>
}

/** What the API needs beside: a program may send the same command twice. */
export interface RepeatableOperations extends Operations {
  /** Runs a command unless the actor sent it before with the same idempotency key; then its first answer comes again. */
  runOnce<Input extends z.ZodType, Output>(
    command: Command<Input, Output>,
    input: z.input<Input>,
    actor: Actor,
    key: string,
  ): Promise<RunOnce<Output>>
}

export interface RunOnce<Output> {
  readonly output: Output
  readonly replayed: boolean
}

export function createOperations(options: OperationsOptions): RepeatableOperations {
  // One object for the life of the program: what is kept in memory is kept under it.
  const whole = options.database.as(ALL_ROWS)

  async function runCommandOnce<Input extends z.ZodType, Output>(
    command: Command<Input, Output>,
    input: z.input<Input>,
    actor: Actor,
    key: string | undefined,
  ): Promise<RunOnce<Output>> {
    const parsed = parseInput(command, input)
    const permission = permissionFor(command, parsed)
    try {
      requirePermitted(options.policy, actor, permission)
      return await runCommand(options, command, parsed, actor, permission, key)
    } catch (error) {
      // A refusal is noted after its transaction is gone, in one of its own.
      if (error instanceof Refusal) await auditRefusal(options, command.name, actor)
      throw error
    }
  }

  return {
    async run(operation, input, actor) {
      if (operation.kind === 'command') return (await runCommandOnce(operation, input, actor, undefined)).output
      const parsed = parseInput(operation, input)
      const permission = permissionFor(operation, parsed)
      try {
        requirePermitted(options.policy, actor, permission)
        return await runQuery(options, operation, parsed, actor, permission, whole)
      } catch (error) {
        if (error instanceof Refusal) await auditRefusal(options, operation.name, actor)
        throw error
      }
    },
    runOnce: runCommandOnce,
  }
}

/** Refused by the policy, as opposed to a rule of the operation itself. */
class Refusal extends Problem {}

function permissionFor<Input extends z.ZodType>(operation: Operation<Input, unknown>, input: z.output<Input>): string {
  return typeof operation.permission === 'string' ? operation.permission : operation.permission.of(input)
}

function requirePermitted(policy: Policy, actor: Actor, permission: string, scope?: RecordScope): void {
  if (!policy.permits(actor, permission, scope)) throw new Refusal('operations.permission-lacking', { permission })
}

async function requireInScope(
  policy: Policy,
  context: Pick<QueryContext, 'whole' | 'actor'>,
  permission: string,
  scope: RecordScope | undefined,
): Promise<void> {
  if (scope === undefined) return
  requirePermitted(policy, context.actor, permission, scope)
  try {
    await policy.check?.(context.whole, context.actor, permission, scope)
  } catch (error) {
    if (error instanceof Problem) throw new Refusal(error.code, error.params, { cause: error })
    throw error
  }
}

/**
 * Two who write the same name at the same instant both find it free. The one who comes second is run once more: now the check of
 * the command sees the row of the other, and says what is taken.
 */
async function runCommand<Input extends z.ZodType, Output>(
  options: OperationsOptions,
  command: Command<Input, Output>,
  ...call: [input: z.output<Input>, actor: Actor, permission: string, key: string | undefined]
): Promise<RunOnce<Output>> {
  try {
    return await attemptCommand(options, command, ...call)
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    return attemptCommand(options, command, ...call)
  }
}

async function attemptCommand<Input extends z.ZodType, Output>(
  { database, clock, audit, policy, answers }: OperationsOptions,
  command: Command<Input, Output>,
  input: z.output<Input>,
  actor: Actor,
  permission: string,
  key: string | undefined,
): Promise<RunOnce<Output>> {
  const call = key === undefined || answers === undefined ? undefined : callOf(command, input, actor, key, clock.now())
  const sight = policy.sightOf(actor)
  const rows = command.rows === 'whole' ? ALL_ROWS : sight.rows
  return database.transaction(
    async (tx) => {
      const changes: RecordChange[] = []
      const batches: BatchChange[] = []
      const whole = rows.sees === 'all' ? tx : database.within(tx, ALL_ROWS, rows)
      const context: CommandContext = {
        db: tx,
        whole,
        clock,
        actor,
        sight,
        changed: (change) => void changes.push(change),
        changedBatch: (change) => void batches.push(change),
        requirePermission: (wanted, scope) => requireInScope(policy, { whole, actor }, wanted, scope),
      }
      const earlier = call && (await answers?.take(whole, call))
      if (earlier) return { output: earlier.answer as Output, replayed: true }
      await requireInScope(policy, context, permission, await command.scope?.(context, input))
      const output = await command.run(context, input)
      if (call && command.answer !== 'secret') await answers?.keep(whole, call, output)
      if (changes.length + batches.length > 0) {
        await audit.write(whole, { operation: command.name, actor, at: clock.now(), outcome: 'done', changes, batches })
      }
      return { output, replayed: false }
    },
    { rows, ...(command.limitSeconds === undefined ? {} : { limitSeconds: command.limitSeconds }) },
  )
}

function callOf(command: Pick<Command, 'name'>, input: unknown, actor: Actor, key: string, at: Date): RepeatableCall {
  return { actorId: actor.id, key, operation: command.name, inputDigest: digestOf(canonicalJson(input)), at }
}

async function runQuery<Input extends z.ZodType, Output>(
  { database, clock, policy }: OperationsOptions,
  query: Query<Input, Output>,
  input: z.output<Input>,
  actor: Actor,
  permission: string,
  whole: Db,
): Promise<Output> {
  const sight = policy.sightOf(actor)
  const rows = query.rows === 'whole' ? ALL_ROWS : sight.rows
  if (!query.snapshot) {
    const context: QueryContext = { db: rows.sees === 'all' ? whole : database.as(rows), whole, clock, actor, sight }
    await requireInScope(policy, context, permission, await query.scope?.(context, input))
    return query.run(context, input)
  }
  return database.transaction(
    async (tx) => {
      const wholeInside = rows.sees === 'all' ? tx : database.within(tx, ALL_ROWS, rows)
      const context: QueryContext = { db: tx, whole: wholeInside, clock, actor, sight, snapshotOf: whole }
      await requireInScope(policy, context, permission, await query.scope?.(context, input))
      return query.run(context, input)
    },
    { isolation: 'repeatable read', readOnly: true, rows },
  )
}

/**
 * Who is known and asks for what is not theirs, is noted. A stranger at a closed door is a number in the log: the trail is for good,
 * and nobody without an account may make it grow.
 */
async function auditRefusal({ database, clock, audit }: OperationsOptions, operation: string, actor: Actor): Promise<void> {
  if (actor.kind === 'anonymous') return
  await database.transaction(
    (db) => audit.write(db, { operation, actor, at: clock.now(), outcome: 'refused', changes: [], batches: [] }),
    { rows: ALL_ROWS },
  )
}

function parseInput<Input extends z.ZodType>(operation: Operation<Input, unknown>, input: unknown): z.output<Input> {
  const result = operation.input.safeParse(input)
  if (result.success) return result.data
  const details: ProblemReport[] = result.error.issues.map((issue) => {
    const field = issue.path.map(String).join('.')
    return {
      code: 'operations.field-not-accepted',
      params: { field, found: describeFound(valueAt(input, issue.path)), accepted: describeAccepted(issue) },
      place: { field },
    }
  })
  throw new Problem('operations.input-not-accepted', { operation: operation.name }, { details })
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value !== null && typeof value === 'object' ? (value as Record<PropertyKey, unknown>)[key] : undefined),
    input,
  )
}

function describeFound(value: unknown): string {
  if (value === undefined || value === null || value === '') return '–'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

/** Codes and types only, so that the text stays the same in every language; a custom check names its own rule. */
function describeAccepted(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return issue.values.map(String).join(', ')
  if (issue.code === 'invalid_type') return issue.expected
  if (issue.code === 'too_small') return `≥ ${issue.minimum}`
  if (issue.code === 'too_big') return `≤ ${issue.maximum}`
  if (issue.code === 'invalid_format') return issue.format
  return issue.message
}
