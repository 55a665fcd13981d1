/** Two administrators who take each other's role at once: one stays, and nobody waits for ever. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '../../src/database/db.ts'
import { openTestDatabase, type TestDatabase } from '../../src/database/testing/test-database.ts'
import type { Problem } from '../../src/kernel/problems.ts'
import { grantOperations } from '../../src/modules/access/index.ts'
import type { Operation } from '../../src/operations/index.ts'
import { actorOf, addAccount, addGrant, operationsOn } from './access-desk.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const revokeGrant = grantOperations.find(({ name }) => name === 'access.revoke-grant') as unknown as Operation

test('of two who revoke each other at the same moment, one is refused', async () => {
  const operations = operationsOn(database)
  for (let round = 0; round < 10; round += 1) {
    const [ada, ben] = [`ada-${round}`, `ben-${round}`]
    const grants = new Map<string, string>()
    for (const id of [ada, ben]) {
      await addAccount(database, id)
      grants.set(id, await addGrant(database, id, { role: 'admin', scope: 'instance' }))
    }
    await database.run(
      sql`update grants set revoked_at = now(), revoked_by = 'test' where user_id not in (${ada}, ${ben}) and revoked_at is null`,
    )
    const actors = { ada: await actorOf(database, ada), ben: await actorOf(database, ben) }
    const outcomes = await Promise.all(
      [[actors.ada, grants.get(ben)] as const, [actors.ben, grants.get(ada)] as const].map(([actor, id]) =>
        operations.run(revokeGrant, { id, reason: 'A quarrel.' }, actor).then(
          () => 'done',
          (problem: Problem) => problem.code,
        ),
      ),
    )
    expect(outcomes.sort()).toEqual(['done', 'grants.last-admin'])
  }
})
