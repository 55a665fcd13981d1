/** The runner: check input, check permission, one transaction, the audit event inside it. */
import type { z } from 'zod'
import { defineProblems, Problem, type ProblemReport } from '../kernel/problems.ts'
import type { Actor } from './actor.ts'
import type { BatchChange, Command, Operation, OperationsOptions, Query, RecordChange } from './operation.ts'

defineProblems('operations', {
  'input-not-accepted': { kind: 'invalid', params: ['operation'] },
  'field-not-accepted': { kind: 'invalid', params: ['field', 'found', 'accepted'] },
  'permission-lacking': { kind: 'refused', params: ['permission'] },
})

export interface Operations {
  run<Input extends z.ZodType, Output>(operation: Operation<Input, Output>, input: z.input<Input>, actor: Actor): Promise<Output>
}

export function createOperations(options: OperationsOptions): Operations {
  return {
    async run(operation, input, actor) {
      const parsed = parseInput(operation, input)
      if (!options.permits(actor, operation.permission)) {
        if (operation.kind === 'command') await auditRefusal(options, operation.name, actor)
        throw new Problem('operations.permission-lacking', { permission: operation.permission })
      }
      return operation.kind === 'command'
        ? runCommand(options, operation, parsed, actor)
        : runQuery(options, operation, parsed, actor)
    },
  }
}

async function runCommand<Input extends z.ZodType, Output>(
  { database, clock, audit }: OperationsOptions,
  command: Command<Input, Output>,
  input: z.output<Input>,
  actor: Actor,
): Promise<Output> {
  return database.transaction(
    async (db) => {
      const changes: RecordChange[] = []
      const batches: BatchChange[] = []
      const output = await command.run(
        {
          db,
          clock,
          actor,
          changed: (change) => void changes.push(change),
          changedBatch: (change) => void batches.push(change),
        },
        input,
      )
      if (changes.length + batches.length > 0) {
        await audit.write(db, { operation: command.name, actor, at: clock.now(), outcome: 'done', changes, batches })
      }
      return output
    },
    { actorId: actor.id, ...(command.limitSeconds === undefined ? {} : { limitSeconds: command.limitSeconds }) },
  )
}

async function runQuery<Input extends z.ZodType, Output>(
  { database, clock }: OperationsOptions,
  query: Query<Input, Output>,
  input: z.output<Input>,
  actor: Actor,
): Promise<Output> {
  if (!query.snapshot) return query.run({ db: database, clock, actor }, input)
  return database.transaction((db) => query.run({ db, clock, actor, snapshotOf: database }, input), {
    isolation: 'repeatable read',
    readOnly: true,
    actorId: actor.id,
  })
}

async function auditRefusal({ database, clock, audit }: OperationsOptions, operation: string, actor: Actor): Promise<void> {
  await database.transaction((db) =>
    audit.write(db, { operation, actor, at: clock.now(), outcome: 'refused', changes: [], batches: [] }),
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
