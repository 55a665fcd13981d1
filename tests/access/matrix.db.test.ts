/**
 * Every operation with every role, for a record of the own scope, one that is hidden and one that is only shown. What is expected is
 * read from the table that the documentation prints. The first line of each operation is a refusal.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withRollback } from '../../src/database/testing/rollback-database.ts'
import { openTestDatabase, type TestDatabase } from '../../src/database/testing/test-database.ts'
import { Problem } from '../../src/kernel/problems.ts'
import { PERMISSIONS, ROLES, type Role } from '../../src/modules/access/index.ts'
import { type Actor, permissionsOf } from '../../src/operations/index.ts'
import { type AccessDesk, HIDDEN, operationsOn, type Side, setUpAccessDesk, somebodyWith } from './access-desk.ts'
import { everyOperation } from './every-operation.ts'
import { type Expected, expectedOf, permissionOf, reachesOf } from './expected.ts'
import type { Fixture } from './fixtures/fixture.ts'
import { FIXTURES } from './fixtures/index.ts'

let database: TestDatabase
let desk: AccessDesk

beforeAll(async () => {
  database = await openTestDatabase()
  desk = await setUpAccessDesk(database)
})
afterAll(() => database.close())

test('every operation has a fixture: a new one must join the matrix', () => {
  const covered = new Set(FIXTURES.map(({ operation }) => operation?.name))
  expect(
    everyOperation()
      .map(({ name }) => name)
      .filter((name) => !covered.has(name)),
  ).toEqual([])
})

test('every permission of an operation has a meaning, and every meaning an operation or a page', () => {
  const named = new Set(everyOperation().flatMap(permissionsOf))
  expect([...named].filter((permission) => !(permission in PERMISSIONS)).sort()).toEqual([])
  expect(
    Object.keys(PERMISSIONS)
      .filter((permission) => !named.has(permission))
      .sort(),
  ).toEqual(WITHOUT_OPERATION)
})

/** Asked for by a page itself, or by an operation of its own words. */
const WITHOUT_OPERATION: readonly string[] = []

describe.each(FIXTURES.map((one) => [one.part ? `${one.operation.name} (${one.part})` : one.operation.name, one] as const))(
  '%s',
  (_name, fixture) => {
    const calls = callsOf(fixture)

    test('is refused to whoever holds no right to it', async () => {
      const permission = permissionOfFixture(fixture)
      const without = ROLES.filter((role) => reachesOf(permission, role).length === 0)
      for (const role of without) expect([role, await outcomeOf(fixture, role, 'hidden')]).toEqual([role, 'refused'])
    })

    test.each(calls)('%s', async (role) => {
      for (const name of fixture.sides ?? (['hidden', 'shown', 'own'] as const)) {
        const expected = expectedOf(fixture, permissionOfFixture(fixture), role, desk[name])
        expect([name, expected, await outcomeOf(fixture, role, name)]).toEqual([name, expected, expect.toSatisfy(fits(expected))])
      }
    })
  },
)

function callsOf(fixture: Fixture): Role[] {
  return ROLES.filter((role) => reachesOf(permissionOfFixture(fixture), role).length > 0)
}

/** From an input of which only its case matters. */
function permissionOfFixture(fixture: Fixture): string {
  const { operation } = fixture
  if (typeof operation.permission === 'string') return operation.permission
  return operation.permission.of(fixture.input(SOME_SIDE, { own: SOME_SIDE } as AccessDesk, SOMEBODY) as never)
}

const SOMEBODY: Actor = { id: 'somebody', kind: 'user', name: 'Somebody' }
const RECORD = { id: 'x', version: 1 }
const SOME_SIDE: Side = {
  name: 'hidden',
  country: 'PER',
  entity: 'x',
  ministry: 'x',
  collection: 'x',
  initiatives: { draft: RECORD, submitted: RECORD, verified: RECORD, published: RECORD },
  person: RECORD,
  appliedRun: 'x',
  stagedRun: 'x',
  account: 'x',
}

type Outcome = 'permitted' | 'refused' | 'missing' | `leaked ${string}` | `problem ${string}`

function fits(expected: Expected): (outcome: Outcome) => boolean {
  if (expected === 'permitted') return (outcome) => outcome === 'permitted'
  // What may not be seen is missing, so that a refusal does not tell that it exists.
  if (expected === 'refused') return (outcome) => outcome === 'refused' || outcome === 'missing'
  return (outcome) => outcome === 'permitted' || outcome === 'missing'
}

function outcomeOf(fixture: Fixture, role: Role, sideName: Side['name']): Promise<Outcome> {
  return withRollback(database, async (inside): Promise<Outcome> => {
    const side = desk[sideName]
    const actor = await somebodyWith(inside, role, desk.own)
    await fixture.prepare?.(inside, side, desk, actor)
    const seesAll = ['secretariat', 'admin'].includes(role)
    try {
      const input = fixture.input(side, desk, actor)
      expect(permissionOf(fixture.operation, input)).toBe(permissionOfFixture(fixture))
      const output = await operationsOn(inside).run(fixture.operation, input as never, actor)
      const text = await textOf(output)
      return !seesAll && text.includes(HIDDEN) ? `leaked ${text.slice(0, 200)}` : 'permitted'
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (error.code === 'operations.permission-lacking') return 'refused'
      if (isPermittedProblem(fixture, error.code)) return 'permitted'
      return error.kind === 'missing' ? 'missing' : `problem ${error.code} ${JSON.stringify(error.details)}`
    }
  })
}

function isPermittedProblem({ permittedProblems }: Fixture, code: string): boolean {
  if (permittedProblems === 'any') return !code.startsWith('operations.')
  return permittedProblems?.includes(code) ?? false
}

async function textOf(output: unknown): Promise<string> {
  if (typeof output === 'object' && output !== null && Symbol.asyncIterator in output) {
    const parts: unknown[] = []
    for await (const part of output as AsyncIterable<unknown>) parts.push(part)
    return JSON.stringify(parts)
  }
  return JSON.stringify(output) ?? ''
}
