/** Domain section 14: the author never verifies or publishes the own record where a second person exists in the scope. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, sql } from '../../src/database/db.ts'
import { withRollback } from '../../src/database/testing/rollback-database.ts'
import { openTestDatabase, type TestDatabase } from '../../src/database/testing/test-database.ts'
import type { Problem } from '../../src/kernel/problems.ts'
import { moveInitiative, type RecordState, registerInitiative, reviseInitiative } from '../../src/modules/registry/index.ts'
import type { Operations } from '../../src/operations/index.ts'
import {
  type AccessDesk,
  actorOf,
  addAccount,
  addGrant,
  type DeskRecord,
  factsOf,
  type GivenGrant,
  operationsOn,
  setUpAccessDesk,
} from './access-desk.ts'

let database: TestDatabase
let desk: AccessDesk

beforeAll(async () => {
  database = await openTestDatabase()
  desk = await setUpAccessDesk(database)
})
afterAll(() => database.close())

interface Office {
  readonly db: Database
  readonly operations: Operations
  hire(id: string, grant: GivenGrant, state?: string): Promise<void>
  /** A record of the ministry that this person wrote and submitted. */
  writtenBy(id: string): Promise<DeskRecord>
  move(record: DeskRecord, to: RecordState, by: string): Promise<DeskRecord | string>
}

function inOffice(work: (office: Office) => Promise<void>): Promise<void> {
  return withRollback(database, (db) => {
    const operations = operationsOn(db)
    const move: Office['move'] = async ({ id, version }, to, by) =>
      operations.run(moveInitiative, { id, version, to }, await actorOf(db, by)).catch((problem: Problem) => problem.code)
    return work({
      db,
      operations,
      move,
      async hire(id, grant, state) {
        await addAccount(db, id, state)
        await addGrant(db, id, grant)
      },
      async writtenBy(id) {
        await db.run(sql`update collections set owner_org = null, visibility = 'public' where key = ${desk.own.collection}`)
        const { country, collection, ministry } = desk.own
        const facts = factsOf('Written here', [country], ministry)
        const input = { collection, facts, ownerOrg: ministry, visibility: 'public' } as const
        const record = await operations.run(registerInitiative, input, await actorOf(db, id))
        return (await move(record, 'submitted', id)) as DeskRecord
      },
    })
  })
}

const HERE: GivenGrant = { role: 'national_focal_point', scope: 'country', scopeId: 'KEN' }
const ELSEWHERE: GivenGrant = { role: 'national_focal_point', scope: 'country', scopeId: 'PER' }
const SECRETARIAT: GivenGrant = { role: 'secretariat', scope: 'instance' }

describe('verifying what one wrote', () => {
  test('is refused where a second person could, who then can', () =>
    inOffice(async ({ hire, writtenBy, move }) => {
      await hire('ada', HERE)
      await hire('ben', HERE)
      const record = await writtenBy('ada')
      expect(await move(record, 'verified', 'ada')).toBe('access.own-work')
      expect(await move(record, 'verified', 'ben')).toMatchObject({ state: 'verified' })
    }))

  test('the refusal stands in the audit trail', () =>
    inOffice(async ({ db, hire, writtenBy, move }) => {
      await hire('ada', HERE)
      await hire('ben', HERE)
      await move(await writtenBy('ada'), 'verified', 'ada')
      const events = await db.many(sql`
        select operation, actor_id as actor from audit_events where outcome = 'refused' and actor_id = 'ada' order by seq
      `)
      expect(events).toEqual([{ operation: 'registry.move-initiative', actor: 'ada' }])
    }))

  test('is possible for whoever is alone in the scope', () =>
    inOffice(async ({ hire, writtenBy, move }) => {
      await hire('ada', HERE)
      expect(await move(await writtenBy('ada'), 'verified', 'ada')).toMatchObject({ state: 'verified' })
    }))

  test.each([
    ['is suspended', HERE, 'suspended'],
    ['has not yet accepted the invitation', HERE, 'invited'],
    ['works for another country', ELSEWHERE, 'active'],
    ['holds a role without the right', { role: 'finance_officer', scope: 'instance' } as const, 'active'],
  ])('is possible when the second person %s', (_why, grant, state) =>
    inOffice(async ({ hire, writtenBy, move }) => {
      await hire('ada', HERE)
      await hire('ben', grant, state)
      expect(await move(await writtenBy('ada'), 'verified', 'ada')).toMatchObject({ state: 'verified' })
    }),
  )

  test('is refused when the second person is of the whole instance, or holds the role by delegation from a third', () =>
    inOffice(async ({ db, hire, writtenBy, move }) => {
      await hire('ada', HERE)
      const record = await writtenBy('ada')
      await hire('sec', SECRETARIAT)
      expect(await move(record, 'verified', 'ada')).toBe('access.own-work')
      await db.run(sql`update users set state = 'suspended' where id = 'sec'`)
      await hire('cyd', HERE)
      await hire('dan', { ...HERE, onBehalfOf: 'cyd' })
      await db.run(sql`update grants set revoked_at = now(), revoked_by = 'test' where user_id = 'cyd'`)
      expect(await move(record, 'verified', 'ada')).toMatchObject({ state: 'verified' })
    }))

  test('is refused to whoever changed the facts last, and possible for whoever wrote them before', () =>
    inOffice(async ({ db, operations, hire, writtenBy, move }) => {
      await hire('ada', HERE)
      await hire('ben', HERE)
      const { id, version } = await writtenBy('ada')
      const facts = factsOf('Changed by Ben', ['KEN'], desk.own.ministry)
      const changed = await operations.run(reviseInitiative, { id, version, facts }, await actorOf(db, 'ben'))
      expect(await move(changed, 'verified', 'ben')).toBe('access.own-work')
      expect(await move(changed, 'verified', 'ada')).toMatchObject({ state: 'verified' })
    }))
})

describe('publishing what one wrote', () => {
  test('is refused where a second person could; alone in the instance it is possible', () =>
    inOffice(async ({ db, operations, hire, move }) => {
      await hire('adm', { role: 'admin', scope: 'instance' })
      await hire('sec', SECRETARIAT)
      const { collection, ministry } = desk.own
      const facts = factsOf('Written above', ['KEN'], ministry)
      const written = await operations.run(
        registerInitiative,
        { collection, facts, ownerOrg: ministry, visibility: 'public' },
        await actorOf(db, 'adm'),
      )
      const submitted = (await move(written, 'submitted', 'adm')) as DeskRecord
      const verified = (await move(submitted, 'verified', 'sec')) as DeskRecord
      expect(await move(verified, 'published', 'adm')).toBe('access.own-work')
      await db.run(sql`update users set state = 'suspended' where id = 'sec'`)
      expect(await move(verified, 'published', 'adm')).toMatchObject({ state: 'published' })
    }))
})
