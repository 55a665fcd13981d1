/** Two administrators who take the role or the account of each other at once: one stays, and nobody waits for ever. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '../../src/database/db.ts'
import { openTestDatabase, type TestDatabase } from '../../src/database/testing/test-database.ts'
import { newId } from '../../src/kernel/ids.ts'
import type { Problem } from '../../src/kernel/problems.ts'
import { grantOperations, userOperations } from '../../src/modules/access/index.ts'
import type { Operation } from '../../src/operations/index.ts'
import { actorOf, addAccount, addGrant, operationsOn } from './access-desk.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const { revokeGrant, suspendUser, deleteUser } = {
  revokeGrant: operationNamed('access.revoke-grant'),
  suspendUser: operationNamed('access.suspend-user'),
  deleteUser: operationNamed('access.delete-user'),
}

function operationNamed(wanted: string): Operation {
  const found = [...grantOperations, ...userOperations].find(({ name }) => name === wanted)
  if (!found) throw new Error(wanted)
  return found as unknown as Operation
}

const QUARRELS = [
  ['revoke each other', revokeGrant, revokeGrant],
  ['suspend each other', suspendUser, suspendUser],
  ['suspend and delete each other', suspendUser, deleteUser],
  ['suspend each other and revoke the role', suspendUser, revokeGrant],
] as const

test.each(QUARRELS)('of two who %s at the same moment, one is refused', async (_, first, second) => {
  const operations = operationsOn(database)
  for (let round = 0; round < 10; round += 1) {
    const [ada, ben] = [newId(), newId()]
    const grants = new Map<string, string>()
    for (const id of [ada, ben]) {
      await addAccount(database, id)
      grants.set(id, await addGrant(database, id, { role: 'admin', scope: 'instance' }))
    }
    await database.run(
      sql`update grants set revoked_at = now(), revoked_by = 'test' where user_id not in (${ada}, ${ben}) and revoked_at is null`,
    )
    const attempts = [
      { by: await actorOf(database, ada), on: ben, operation: first },
      { by: await actorOf(database, ben), on: ada, operation: second },
    ]
    const outcomes = await Promise.all(
      attempts.map(({ by, on, operation }) =>
        operations.run(operation, { id: operation === revokeGrant ? grants.get(on) : on, reason: 'A quarrel.' }, by).then(
          () => 'done',
          (problem: Problem) => problem.code,
        ),
      ),
    )
    expect(outcomes.sort()).toEqual(['done', 'grants.last-admin'])
  }
})
