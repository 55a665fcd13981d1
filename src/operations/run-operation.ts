/** The runner: check input, check permission, one transaction, the audit event inside it. */
import type { z } from 'zod'
import { ALL_ROWS, type Db } from '../database/db.ts'
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
} from './operation.ts'

defineProblems('operations', {
  'input-not-accepted': { kind: 'invalid', params: ['operation'] },
  'field-not-accepted': { kind: 'invalid', params: ['field', 'found', 'accepted'] },
  'permission-lacking': { kind: 'refused', params: ['permission'] },
})

export interface Operations {
  run<Input extends z.ZodType, Output>(operation: Operation<Input, Output>, input: z.input<Input>, actor: Actor): Promise<Output>
}

export function createOperations(options: OperationsOptions): Operations {
  // One object for the life of the program: what is kept in memory is kept under it.
  const whole = options.database.as(ALL_ROWS)
  return {
    async run(operation, input, actor) {
      const parsed = parseInput(operation, input)
      const permission = permissionFor(operation, parsed)
      try {
        requirePermitted(options.policy, actor, permission)
        return operation.kind === 'command'
          ? await runCommand(options, operation, parsed, actor, permission)
          : await runQuery(options, operation, parsed, actor, permission, whole)
      } catch (error) {
        // A refusal is noted after its transaction is gone, in one of its own.
        if (operation.kind === 'command' && error instanceof Refusal) await auditRefusal(options, operation.name, actor)
        throw error
      }
    },
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

async function runCommand<Input extends z.ZodType, Output>(
  { database, clock, audit, policy }: OperationsOptions,
  command: Command<Input, Output>,
  input: z.output<Input>,
  actor: Actor,
  permission: string,
): Promise<Output> {
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
        require: (wanted, scope) => requireInScope(policy, { whole, actor }, wanted, scope),
      }
      await requireInScope(policy, context, permission, await command.scope?.(context, input))
      const output = await command.run(context, input)
      if (changes.length + batches.length > 0) {
        await audit.write(whole, { operation: command.name, actor, at: clock.now(), outcome: 'done', changes, batches })
      }
      return output
    },
    { rows, ...(command.limitSeconds === undefined ? {} : { limitSeconds: command.limitSeconds }) },
  )
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

async function auditRefusal({ database, clock, audit }: OperationsOptions, operation: string, actor: Actor): Promise<void> {
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
