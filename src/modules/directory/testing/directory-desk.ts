/** A desk for tests: the real operations on a test database, and people with roles as the policy knows them. */
import type { z } from 'zod'
import type { Database } from '../../../database/db.ts'
import { withRollback } from '../../../database/testing/rollback-database.ts'
import { openTestDatabase } from '../../../database/testing/test-database.ts'
import type { Problem } from '../../../kernel/problems.ts'
import { type Actor, createOperations, type Grant, LOCAL_ADMINISTRATOR, type Operation } from '../../../operations/index.ts'
import { auditWriter, policy } from '../../access/index.ts'
import { type Org, registerOrg } from '../index.ts'

export interface DirectoryDesk {
  readonly database: Database
  run<Input extends z.ZodType, Output>(operation: Operation<Input, Output>, input: z.input<Input>, actor?: Actor): Promise<Output>
  /** The problem that a run throws. */
  refusal<Input extends z.ZodType, Output>(
    operation: Operation<Input, Output>,
    input: z.input<Input>,
    actor?: Actor,
  ): Promise<{ code: string; kind: string; params: unknown }>
  org(en: string, facts?: Partial<z.input<typeof registerOrg.input>>): Promise<Org>
  /** Moves the clock. */
  setTime(instant: string): void
}

/** Runs `work` at a desk of its own; nothing of it stays. */
export async function atDirectoryDesk<T>(work: (desk: DirectoryDesk) => Promise<T>): Promise<T> {
  const database = await openTestDatabase()
  return withRollback(database, (inside) => {
    let now = new Date('2026-11-24T12:00:00Z')
    const operations = createOperations({ database: inside, clock: { now: () => now }, policy, audit: auditWriter })
    const run: DirectoryDesk['run'] = (operation, input, actor = LOCAL_ADMINISTRATOR) => operations.run(operation, input, actor)
    return work({
      database: inside,
      run,
      refusal: (operation, input, actor) =>
        run(operation, input, actor).then(
          () => {
            throw new Error('No problem was thrown')
          },
          ({ code, kind, params }: Problem) => ({ code, kind, params }),
        ),
      org: (en, facts) => run(registerOrg, { names: { orig: 'en', texts: { en } }, orgType: '22', ...facts }),
      setTime: (instant) => {
        now = new Date(instant)
      },
    })
  })
}

export function member(id: string, ...grants: readonly Grant[]): Actor {
  return { id, kind: 'user', name: id, grants }
}

export const INSTANCE = { scope: 'instance', scopeId: null, orgs: [], countries: [] } as const
