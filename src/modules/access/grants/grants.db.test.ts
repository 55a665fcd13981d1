import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { type Database, sql } from '../../../database/db.ts'
import { withRollback } from '../../../database/testing/rollback-database.ts'
import { openTestDatabase, type TestDatabase } from '../../../database/testing/test-database.ts'
import type { Problem } from '../../../kernel/problems.ts'
import { type Actor, createOperations, type Operation } from '../../../operations/index.ts'
import { registerOrg } from '../../directory/index.ts'
import { auditWriter, loadGrants, policy } from '../index.ts'
import { giveDelegation } from './give-delegation.ts'
import { giveGrant } from './give-grant.ts'
import { listGrants } from './list-grants.ts'
import { listOwnDelegations } from './list-own-delegations.ts'
import { revokeDelegation } from './revoke-delegation.ts'
import { revokeGrant } from './revoke-grant.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

interface Desk {
  readonly db: Database
  readonly agency: string
  as(id: string): Promise<Actor>
  run<Input extends z.ZodType, Output>(operation: Operation<Input, Output>, input: z.input<Input>, by: string): Promise<Output>
  refusal<Input extends z.ZodType, Output>(
    operation: Operation<Input, Output>,
    input: z.input<Input>,
    by: string,
  ): Promise<string>
  suspend(id: string): Promise<void>
  roles(id: string): Promise<string[]>
}

function atDesk(work: (desk: Desk) => Promise<void>): Promise<void> {
  return withRollback(database, async (db) => {
    const operations = createOperations({ database: db, clock: { now: () => new Date() }, policy, audit: auditWriter })
    for (const id of ['root', 'ada', 'ben', 'cyd']) {
      await db.run(sql`
        insert into users (id, email, name, lang, state, version, created_at, created_by, updated_at, updated_by)
        values (${id}, ${`${id}@example.org`}, ${id}, 'en', 'active', 1, now(), 'test', now(), 'test')
      `)
    }
    await db.run(sql`
      insert into grants (id, user_id, role, scope, starts_at, given_at, given_by)
      values ('root-grant', 'root', 'admin', 'instance', '2026-01-01', now(), 'test')
    `)
    const as = async (id: string): Promise<Actor> => ({ id, kind: 'user', name: id, grants: await loadGrants(db, id) })
    const run: Desk['run'] = async (operation, input, by) => operations.run(operation, input, await as(by))
    const agency = await run(registerOrg, { names: { orig: 'en', texts: { en: 'Agency' } }, orgType: '40' }, 'root')
    await work({
      db,
      agency: agency.id,
      as,
      run,
      refusal: (operation, input, by) =>
        run(operation, input, by).then(
          () => 'done',
          (problem: Problem) => problem.code,
        ),
      suspend: (id) => db.run(sql`update users set state = 'suspended' where id = ${id}`).then(() => undefined),
      roles: async (id) => (await loadGrants(db, id)).map(({ role, scopeId }) => `${role} ${scopeId ?? ''}`.trim()),
    })
  })
}

const BECAUSE = { reason: 'Named by letter.' }
const KENYA = { role: 'national_focal_point', scope: 'country', scopeId: 'KEN', ...BECAUSE } as const
const LATER = new Date(Date.now() + 86_400_000).toISOString()

describe('giving a role', () => {
  test('is refused to whoever is no administrator, and the refusal is audited', () =>
    atDesk(async ({ db, run, refusal }) => {
      await run(giveGrant, { userId: 'ada', ...KENYA }, 'root')
      for (const by of ['ada', 'ben']) {
        expect(await refusal(giveGrant, { userId: by, role: 'admin', scope: 'instance', ...BECAUSE }, by)).toBe(
          'operations.permission-lacking',
        )
      }
      const events = await db.many(sql`select actor_id as actor from audit_events where outcome = 'refused' order by seq`)
      expect(events).toEqual([{ actor: 'ada' }, { actor: 'ben' }])
    }))

  test('holds with the next request, with its scope spelled out, and is audited with before and after', () =>
    atDesk(async ({ db, agency, run, as }) => {
      const child = await run(
        registerOrg,
        { names: { orig: 'en', texts: { en: 'Country office' } }, orgType: '40', parentId: agency },
        'root',
      )
      const grant = await run(
        giveGrant,
        { userId: 'ada', role: 'entity_focal_point', scope: 'entity', scopeId: agency, ...BECAUSE },
        'root',
      )
      expect((await as('ada')).grants).toEqual([
        { role: 'entity_focal_point', scope: 'entity', scopeId: agency, orgs: [agency, child.id].sort(), countries: [] },
      ])
      const [event] = await db.many<{ after: unknown }>(sql`
        select operation, actor_id as actor, action, reason, after from audit_events where record_id = ${grant.id}
      `)
      expect(event).toMatchObject({ operation: 'access.give-grant', actor: 'root', action: 'given', reason: 'Named by letter.' })
      expect(event?.after).toMatchObject({ userId: 'ada', role: 'entity_focal_point', scopeId: agency })
    }))

  test('a country is kept by its alpha-3 code, whatever code was written', () =>
    atDesk(async ({ run, roles }) => {
      await run(giveGrant, { userId: 'ada', ...KENYA, scopeId: 'KE' }, 'root')
      expect(await roles('ada')).toEqual(['national_focal_point KEN'])
    }))

  test.each([
    ['a country for an agency role', { role: 'entity_focal_point', scope: 'country', scopeId: 'KEN' }, 'scope-not-accepted'],
    ['the instance for a focal point', { role: 'national_focal_point', scope: 'instance' }, 'scope-not-accepted'],
    ['an id with the instance', { role: 'admin', scope: 'instance', scopeId: 'KEN' }, 'scope-not-accepted'],
    ['a country that is none', { role: 'national_focal_point', scope: 'country', scopeId: 'XXQ' }, 'scope-missing'],
    ['an organisation that is none', { role: 'entity_focal_point', scope: 'entity', scopeId: 'none' }, 'scope-missing'],
    ['a campaign, of which there is none yet', { role: 'reviewer', scope: 'campaign', scopeId: 'c' }, 'scope-missing'],
    ['an end in the past', { ...KENYA, endsAt: '2020-01-01T00:00:00Z' }, 'time-not-accepted'],
    [
      'an end before the start',
      { ...KENYA, startsAt: '2999-02-01T00:00:00Z', endsAt: '2999-01-01T00:00:00Z' },
      'time-not-accepted',
    ],
  ] as const)('%s is not accepted', (_what, stated, code) =>
    atDesk(async ({ refusal }) => {
      expect(await refusal(giveGrant, { userId: 'ada', ...BECAUSE, ...stated }, 'root')).toBe(`grants.${code}`)
    }),
  )

  test('a suspended account gets none, and nobody the same role twice for one time', () =>
    atDesk(async ({ run, refusal, suspend }) => {
      await suspend('ben')
      expect(await refusal(giveGrant, { userId: 'ben', ...KENYA }, 'root')).toBe('grants.user-missing')
      await run(giveGrant, { userId: 'ada', ...KENYA }, 'root')
      expect(await refusal(giveGrant, { userId: 'ada', ...KENYA }, 'root')).toBe('grants.already-held')
    }))

  test('one that begins later does not hold yet', () =>
    atDesk(async ({ run, roles }) => {
      await run(giveGrant, { userId: 'ada', ...KENYA, startsAt: LATER }, 'root')
      expect(await roles('ada')).toEqual([])
      expect(await run(listGrants, { userId: 'ada' }, 'root')).toMatchObject([{ state: 'waiting', userName: 'ada' }])
    }))
})

describe('taking a role back', () => {
  test('is refused to whoever is no administrator', () =>
    atDesk(async ({ refusal }) => {
      expect(await refusal(revokeGrant, { id: 'root-grant', ...BECAUSE }, 'ada')).toBe('operations.permission-lacking')
    }))

  test('the last administrator stays; one with an end, or suspended, is none that stays', () =>
    atDesk(async ({ run, refusal, suspend }) => {
      const admin = { role: 'admin', scope: 'instance', ...BECAUSE } as const
      expect(await refusal(revokeGrant, { id: 'root-grant', ...BECAUSE }, 'root')).toBe('grants.last-admin')
      await run(giveGrant, { userId: 'ada', ...admin, endsAt: LATER }, 'root')
      expect(await refusal(revokeGrant, { id: 'root-grant', ...BECAUSE }, 'root')).toBe('grants.last-admin')
      await run(giveGrant, { userId: 'ben', ...admin }, 'root')
      await suspend('ben')
      expect(await refusal(revokeGrant, { id: 'root-grant', ...BECAUSE }, 'root')).toBe('grants.last-admin')
      await run(giveGrant, { userId: 'cyd', ...admin }, 'root')
      expect(await run(revokeGrant, { id: 'root-grant', ...BECAUSE }, 'root')).toMatchObject({ revokedBy: 'root' })
    }))

  test('counts at once, is audited, and takes what was lent with it', () =>
    atDesk(async ({ db, run, roles, refusal }) => {
      const grant = await run(giveGrant, { userId: 'ada', ...KENYA }, 'root')
      await run(giveDelegation, { toUserId: 'ben', until: LATER, ...BECAUSE }, 'ada')
      await run(revokeGrant, { id: grant.id, reason: 'Left the ministry.' }, 'root')
      expect([await roles('ada'), await roles('ben')]).toEqual([[], []])
      const events = await db.many(sql`
        select action, reason from audit_events where aggregate = 'grants' and action = 'revoked' order by seq
      `)
      expect(events).toEqual([
        { action: 'revoked', reason: 'Left the ministry.' },
        { action: 'revoked', reason: 'Left the ministry.' },
      ])
      expect(await refusal(revokeGrant, { id: grant.id, ...BECAUSE }, 'root')).toBe('grants.already-revoked')
    }))
})

describe('lending the own role', () => {
  test('is refused to whoever holds none', () =>
    atDesk(async ({ refusal }) => {
      expect(await refusal(giveDelegation, { toUserId: 'ben', until: LATER, ...BECAUSE }, 'ada')).toBe(
        'operations.permission-lacking',
      )
    }))

  test('gives the same role until the day, seen by both and in the audit trail, on behalf of the lender', () =>
    atDesk(async ({ db, run, as }) => {
      await run(giveGrant, { userId: 'ada', ...KENYA }, 'root')
      const lent = await run(giveDelegation, { toEmail: 'Ben@example.org', until: LATER, ...BECAUSE }, 'ada')
      expect((await as('ben')).grants).toMatchObject([{ role: 'national_focal_point', scopeId: 'KEN', onBehalfOf: 'ada' }])
      expect(await run(listOwnDelegations, {}, 'ada')).toMatchObject({
        lent: [{ userName: 'ben', state: 'current' }],
        borrowed: [],
      })
      expect(await run(listOwnDelegations, {}, 'ben')).toMatchObject({ lent: [], borrowed: [{ onBehalfOfName: 'ada' }] })
      const [event] = await db.many<{ after: unknown }>(
        sql`select actor_id, action, after from audit_events where record_id = ${lent.id}`,
      )
      expect(event).toMatchObject({ actor_id: 'ada', action: 'delegated', after: { onBehalfOf: 'ada', userId: 'ben' } })
    }))

  test('what was lent cannot be lent on, nor can one lend to oneself, to a suspended account, or without an end in the future', () =>
    atDesk(async ({ run, refusal, suspend }) => {
      await run(giveGrant, { userId: 'ada', ...KENYA }, 'root')
      await run(giveDelegation, { toUserId: 'ben', until: LATER, ...BECAUSE }, 'ada')
      const to = (toUserId: string, until = LATER) => ({ toUserId, until, ...BECAUSE })
      expect(await refusal(giveDelegation, to('cyd'), 'ben')).toBe('grants.nothing-to-delegate')
      expect(await refusal(giveDelegation, to('ada'), 'ada')).toBe('grants.not-to-yourself')
      expect(await refusal(giveDelegation, to('cyd', '2020-01-01T00:00:00Z'), 'ada')).toBe('grants.time-not-accepted')
      const inTwoYears = new Date(Date.now() + 2 * 366 * 86_400_000).toISOString()
      expect(await refusal(giveDelegation, to('cyd', inTwoYears), 'ada')).toBe('grants.time-not-accepted')
      await suspend('cyd')
      expect(await refusal(giveDelegation, to('cyd'), 'ada')).toBe('grants.user-missing')
    }))

  test('ends no later than the role of the lender, so that a role given anew brings nothing back', () =>
    atDesk(async ({ db, run, refusal, roles }) => {
      const own = await run(giveGrant, { userId: 'ada', ...KENYA, endsAt: LATER }, 'root')
      const after = new Date(Date.parse(LATER) + 1_000).toISOString()
      expect(await refusal(giveDelegation, { toUserId: 'ben', until: after, ...BECAUSE }, 'ada')).toBe('grants.time-not-accepted')
      await run(giveDelegation, { toUserId: 'ben', until: LATER, ...BECAUSE }, 'ada')
      expect(await roles('ben')).toEqual(['national_focal_point KEN'])
      await db.run(
        sql`update grants set starts_at = '2020-01-01', ends_at = '2020-01-02' where id = ${own.id} or on_behalf_of = 'ada'`,
      )
      await run(giveGrant, { userId: 'ada', ...KENYA }, 'root')
      expect(await roles('ada')).toEqual(['national_focal_point KEN'])
      expect(await roles('ben')).toEqual([])
    }))

  test('whoever holds several roles says which', () =>
    atDesk(async ({ run, refusal, roles }) => {
      await run(giveGrant, { userId: 'ada', ...KENYA }, 'root')
      await run(giveGrant, { userId: 'ada', ...KENYA, scopeId: 'PER' }, 'root')
      const lending = { toUserId: 'ben', until: LATER, ...BECAUSE }
      expect(await refusal(giveDelegation, lending, 'ada')).toBe('grants.which-to-delegate')
      await run(giveDelegation, { ...lending, scopeId: 'PER' }, 'ada')
      expect(await roles('ben')).toEqual(['national_focal_point PER'])
    }))

  test('ends by itself, when the lender is suspended, and when either gives it back; a third person cannot end it', () =>
    atDesk(async ({ db, run, roles, refusal, suspend }) => {
      await run(giveGrant, { userId: 'ada', ...KENYA }, 'root')
      const lending = { toUserId: 'ben', until: LATER, ...BECAUSE }
      const first = await run(giveDelegation, lending, 'ada')
      await run(giveGrant, { userId: 'cyd', ...KENYA, scopeId: 'PER' }, 'root')
      expect(await refusal(revokeDelegation, { id: first.id }, 'cyd')).toBe('grants.grant-missing')
      await run(revokeDelegation, { id: first.id }, 'ben')
      expect(await roles('ben')).toEqual([])
      const second = await run(giveDelegation, lending, 'ada')
      await run(revokeDelegation, { id: second.id }, 'ada')
      expect(await roles('ben')).toEqual([])
      const third = await run(giveDelegation, lending, 'ada')
      await db.run(sql`update grants set starts_at = '2020-01-01', ends_at = '2020-01-02' where id = ${third.id}`)
      expect(await roles('ben')).toEqual([])
      await run(giveDelegation, lending, 'ada')
      expect(await roles('ben')).toEqual(['national_focal_point KEN'])
      await suspend('ada')
      expect(await roles('ben')).toEqual([])
    }))
})
