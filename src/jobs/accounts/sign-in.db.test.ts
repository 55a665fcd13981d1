import { describe, expect, test } from 'vitest'
import { sql } from '../../database/db.ts'
import { MIGRATIONS_FOLDER } from '../../database/migrate.ts'
import { newTestDatabase } from '../../database/testing/test-database.ts'
import { endOwnSession, listOwnSessions, suspendUser } from '../../modules/access/index.ts'
import { ANONYMOUS, LOCAL_ADMINISTRATOR } from '../../operations/index.ts'
import { accountDeskOn, atAccountDesk, GOOD_PASSWORD, OTHER_PASSWORD, VISITOR } from './testing/open-account-desk.ts'

const ADA = 'ada@mofa.example'

describe('signing in with a password', () => {
  test.each([
    ['a wrong password', ADA, OTHER_PASSWORD],
    ['an address that is nobody’s', 'eve@mofa.example', GOOD_PASSWORD],
    ['no address at all', "' or 1=1 --", GOOD_PASSWORD],
    ['an empty password', ADA, ''],
    ['a password of a megabyte', ADA, 'x'.repeat(1_000_000)],
  ])('is refused in the same words for %s', (_what, email, password) =>
    atAccountDesk(async ({ desk, administrator }) => {
      await administrator()
      const refused = desk.signIn({ email, password }, VISITOR)
      await expect(refused).rejects.toMatchObject({ code: 'access.sign-in-not-accepted', kind: 'refused', params: {} })
    }),
  )

  test('is refused for an invited, a suspended and a deleted account', () =>
    atAccountDesk(async ({ desk, administrator, member, operations, database }) => {
      await administrator()
      const ben = await member('ben@mofa.example')
      await desk.invite({ email: 'eva@mofa.example', name: 'Eva', lang: 'es' }, LOCAL_ADMINISTRATOR)
      await operations.run(suspendUser, { id: ben.id, reason: 'left' }, LOCAL_ADMINISTRATOR)
      for (const email of ['ben@mofa.example', 'eva@mofa.example']) {
        await expect(desk.signIn({ email, password: GOOD_PASSWORD }, VISITOR)).rejects.toMatchObject({
          code: 'access.sign-in-not-accepted',
        })
      }
      const { failed } = await database.one<{ failed: number }>(sql`
        select count(*)::integer as failed from audit_events where action = 'sign-in-failed' and actor_id = 'anonymous'
      `)
      expect(failed).toBe(2)
    }))

  test('gives a token of which only the digest is kept, however the address is written', () =>
    atAccountDesk(async ({ desk, administrator, database }) => {
      const ada = await administrator()
      const answer = await desk.signIn({ email: '  ADA@mofa.example ', password: GOOD_PASSWORD }, VISITOR)
      if (answer.status !== 'signed-in') throw new Error('not signed in')
      expect(answer.expiresAt).toEqual(new Date('2026-11-25T20:00:00Z'))
      const actor = await desk.actorOf(answer.token)
      expect(actor).toMatchObject({ id: ada.id, kind: 'user', name: 'Ada Obi', grants: [{ role: 'admin', scope: 'instance' }] })
      const rows = await database.many<{ row: string }>(sql`
        select to_json(s)::text as row from sessions as s
        union all select to_json(u)::text from user_secrets as u
        union all select to_json(l)::text from one_time_links as l
        union all select to_json(a)::text from audit_events as a
        union all select to_json(v)::text from record_versions as v where module = 'access'
      `)
      const all = rows.map(({ row }) => row).join('\n')
      for (const secret of [answer.token, GOOD_PASSWORD]) expect(all).not.toContain(secret)
    }))

  test('leaves a trail that says who, and no address and no name', () =>
    atAccountDesk(async ({ desk, administrator, database }) => {
      const ada = await administrator()
      await expect(desk.signIn({ email: ADA, password: OTHER_PASSWORD }, VISITOR)).rejects.toThrow()
      await desk.signIn({ email: ADA, password: GOOD_PASSWORD }, VISITOR)
      const events = await database.many<{ operation: string; kind: string; actor: string; record: string; action: string }>(sql`
        select operation, actor_kind as kind, actor_id as actor, record_id as record, action
        from audit_events where request_id = 'r-1' order by seq
      `)
      expect(events.map(({ operation, kind, action }) => [operation, kind, action])).toEqual([
        ['access.settle-attempt', 'anonymous', 'sign-in-failed'],
        ['access.sign-in-with-password', 'user', 'started'],
      ])
      // Who fails has proven nothing: the account is the record of the event, not its actor.
      expect(events.map(({ actor }) => actor)).toEqual(['anonymous', ada.id])
      expect(events[0]?.record).toBe(ada.id)
      const trail = await database.many<{ row: string }>(sql`
        select to_json(a)::text as row from audit_events as a
        union all select to_json(p)::text from audit_personal_values as p
        union all select to_json(v)::text from record_versions as v where module = 'access'
      `)
      expect(trail.map(({ row }) => row).join('\n')).not.toMatch(/mofa|Ada|192\.0\.2/)
    }))
})

test('a password that was hashed at yesterday’s cost is hashed again when it is used', async () => {
  const database = await newTestDatabase(MIGRATIONS_FOLDER)
  try {
    const hash = () => database.one<{ hash: string }>(sql`select password_hash as hash from user_secrets`)
    await accountDeskOn(database).administrator()
    expect(await hash()).toMatchObject({ hash: expect.stringContaining('$ln=4,') })
    const today = accountDeskOn(database, { hashCost: undefined })
    await today.signIn(ADA)
    expect(await hash()).not.toMatchObject({ hash: expect.stringContaining('$ln=4,') })
    expect((await today.signIn(ADA)).name).toBe('Ada Obi')
  } finally {
    await database.close()
  }
})

describe('guessing', () => {
  test('is slowed down after five failures in a row: the right password waits too, and then opens', () =>
    atAccountDesk(async ({ desk, administrator, wait, signIn }) => {
      const ada = await administrator()
      const guess = (password: string) => desk.signIn({ email: ADA, password }, VISITOR)
      for (let number = 1; number <= 5; number += 1) await expect(guess(OTHER_PASSWORD)).rejects.toThrow()
      await expect(guess(GOOD_PASSWORD)).rejects.toMatchObject({ code: 'access.sign-in-not-accepted' })
      wait(0.49)
      await expect(guess(GOOD_PASSWORD)).rejects.toMatchObject({ code: 'access.sign-in-not-accepted' })
      wait(0.02)
      expect((await signIn(ADA)).id).toBe(ada.id)
      // The row of failures is over.
      await expect(guess(OTHER_PASSWORD)).rejects.toThrow()
      expect((await signIn(ADA)).id).toBe(ada.id)
    }))

  test('never waits longer than a quarter of an hour, and a new password by mail ends the wait', () =>
    atAccountDesk(async ({ desk, administrator, database, wait, tokenTo, signIn }) => {
      const ada = await administrator()
      await database.run(sql`update user_secrets set failures = 4000, failed_at = '2026-11-25T08:00:00Z'`)
      wait(14.9)
      await expect(desk.signIn({ email: ADA, password: GOOD_PASSWORD }, VISITOR)).rejects.toThrow()
      await desk.requestPasswordReset(ADA)
      await desk.resetPassword({ token: await tokenTo(ADA), password: OTHER_PASSWORD })
      expect((await signIn(ADA, OTHER_PASSWORD)).id).toBe(ada.id)
      await database.run(sql`update user_secrets set failures = 4000, failed_at = '2026-11-25T08:14:54Z'`)
      wait(15)
      expect((await signIn(ADA, OTHER_PASSWORD)).id).toBe(ada.id)
    }))

  test('eight at once are as slow as one after the other', async () => {
    const database = await newTestDatabase(MIGRATIONS_FOLDER)
    try {
      const { desk, administrator } = accountDeskOn(database)
      await administrator()
      const guesses = await Promise.allSettled(
        Array.from({ length: 8 }, () => desk.signIn({ email: ADA, password: OTHER_PASSWORD }, VISITOR)),
      )
      expect(guesses.map(({ status }) => status)).toEqual(Array(8).fill('rejected'))
      expect(await database.one(sql`select failures from user_secrets`)).toEqual({ failures: 5 })
      await expect(desk.signIn({ email: ADA, password: GOOD_PASSWORD }, VISITOR)).rejects.toThrow()
    } finally {
      await database.close()
    }
  })
})

describe('a session', () => {
  test('of somebody else cannot be ended', () =>
    atAccountDesk(async ({ administrator, member, operations, desk }) => {
      const ada = await administrator()
      const ben = await member('ben@mofa.example')
      const id = ada.sessionId ?? ''
      await expect(operations.run(endOwnSession, { id }, ANONYMOUS)).rejects.toMatchObject({
        code: 'operations.permission-lacking',
      })
      await expect(desk.endSession(ben, id)).rejects.toMatchObject({ code: 'access.session-missing' })
    }))

  test('ends after an hour without a request, and after twelve hours whatever happens', () =>
    atAccountDesk(async ({ desk, administrator, wait }) => {
      await administrator()
      const answer = await desk.signIn({ email: ADA, password: GOOD_PASSWORD }, VISITOR)
      const token = answer.status === 'signed-in' ? answer.token : ''
      for (let half = 1; half <= 23; half += 1) {
        wait(30)
        expect(await desk.actorOf(token)).toBeDefined()
      }
      wait(30)
      expect(await desk.actorOf(token)).toBeUndefined()
      const second = await desk.signIn({ email: ADA, password: GOOD_PASSWORD }, VISITOR)
      const idle = second.status === 'signed-in' ? second.token : ''
      wait(59.9)
      expect(await desk.actorOf(idle)).toBeDefined()
      wait(60.1)
      expect(await desk.actorOf(idle)).toBeUndefined()
      for (const odd of ['', 'x', 'x'.repeat(5_000), "' or true --"]) expect(await desk.actorOf(odd)).toBeUndefined()
    }))

  test('ends by signing out: this one, another one, all', () =>
    atAccountDesk(async ({ desk, administrator, signIn, operations, database }) => {
      const first = await administrator()
      const second = await signIn(ADA)
      const list = await operations.run(listOwnSessions, {}, second)
      expect(list.map(({ current, agent, address }) => [current, agent, address])).toEqual(
        expect.arrayContaining([
          [true, 'Test browser', '192.0.2.7'],
          [false, 'Test browser', '192.0.2.7'],
        ]),
      )
      await desk.endSession(second, first.sessionId ?? '')
      expect(await operations.run(listOwnSessions, {}, second)).toHaveLength(1)
      const answer = await desk.signIn({ email: ADA, password: GOOD_PASSWORD }, VISITOR)
      const token = answer.status === 'signed-in' ? answer.token : ''
      await desk.signOut(token)
      await desk.signOut(token)
      expect(await desk.actorOf(token)).toBeUndefined()
      await signIn(ADA)
      await desk.signOutEverywhere(second)
      expect(await operations.run(listOwnSessions, {}, second)).toEqual([])
      const { addresses } = await database.one<{ addresses: number }>(
        sql`select count(address)::integer as addresses from sessions`,
      )
      expect(addresses).toBe(0)
    }))

  test('of a suspended account ends at once', () =>
    atAccountDesk(async ({ desk, administrator, member, operations }) => {
      const ada = await administrator()
      const ben = await member('ben@mofa.example')
      await expect(operations.run(suspendUser, { id: ada.id, reason: 'x' }, ben)).rejects.toMatchObject({
        code: 'operations.permission-lacking',
      })
      const answer = await desk.signIn({ email: 'ben@mofa.example', password: GOOD_PASSWORD }, VISITOR)
      await operations.run(suspendUser, { id: ben.id, reason: 'left the ministry' }, ada)
      expect(await desk.actorOf(answer.status === 'signed-in' ? answer.token : '')).toBeUndefined()
    }))
})
