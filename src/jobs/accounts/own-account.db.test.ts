import { describe, expect, test } from 'vitest'
import { sql } from '../../database/db.ts'
import { Problem } from '../../kernel/problems.ts'
import {
  createApiKey,
  deleteUser,
  findKeyActor,
  getMessage,
  getOwnAccount,
  getUser,
  listMessages,
  listUsers,
  nameUsers,
  resendMessage,
  restoreUser,
  reviseOwnAccount,
  suspendUser,
} from '../../modules/access/index.ts'
import { ANONYMOUS, LOCAL_ADMINISTRATOR } from '../../operations/index.ts'
import { atAccountDesk, GOOD_PASSWORD, OTHER_PASSWORD, type TestDesk, VISITOR } from './testing/open-account-desk.ts'

const BEN = 'ben@mofa.example'
const LACKING = { code: 'operations.permission-lacking' }

async function twoPeople(test: TestDesk) {
  return { ada: await test.administrator(), ben: await test.member(BEN) }
}

describe('the own account', () => {
  test('is nobody else’s to read or change, and a stranger has none', () =>
    atAccountDesk(async ({ operations, administrator }) => {
      await administrator()
      await expect(operations.run(getOwnAccount, {}, ANONYMOUS)).rejects.toMatchObject(LACKING)
      await expect(operations.run(getOwnAccount, {}, LOCAL_ADMINISTRATOR)).rejects.toMatchObject({
        code: 'access.account-missing',
      })
    }))

  test.each([
    ['timezone', { timezone: 'Mars/Olympus' }],
    ['lang', { lang: 'de' as never }],
    ['name', { name: 'Ben\u202eilA' }],
  ])('refuses a %s that does not exist', (field, wrong) =>
    atAccountDesk(async (test) => {
      const { ben } = await twoPeople(test)
      const input = { name: 'Ben', lang: 'fr' as const, timezone: 'Africa/Nairobi', ...wrong }
      await expect(test.desk.reviseOwnAccount(ben, input)).rejects.toMatchObject({ details: [{ place: { field } }] })
    }),
  )

  test('changes, and the trail holds no name', () =>
    atAccountDesk(async (test) => {
      const { ben } = await twoPeople(test)
      const input = { name: 'Béatrice Ali', lang: 'es' as const, timezone: 'Africa/Nairobi' }
      expect(await test.desk.reviseOwnAccount(ben, input)).toMatchObject({ ...input, email: BEN, state: 'active', version: 3 })
      await test.operations.run(reviseOwnAccount, input, ben)
      const events = await test.database.many<{ row: string; action: string }>(sql`
        select to_json(a)::text as row, action from audit_events as a where record_id = ${ben.id} order by seq
      `)
      expect(events.map(({ action }) => action)).toEqual(['invited', 'invitation-redeemed', 'renamed'])
      expect(events.map(({ row }) => row).join()).not.toMatch(/Béatrice|mofa/)
    }))
})

describe('another e-mail address', () => {
  test('needs the password, and one that is somebody else’s gets no link, in the same words', () =>
    atAccountDesk(async (test) => {
      const { ben } = await twoPeople(test)
      await expect(test.desk.changeEmail(ben, { email: 'x@mofa.example', password: OTHER_PASSWORD })).rejects.toMatchObject({
        code: 'access.password-not-accepted',
      })
      await test.desk.changeEmail(ben, { email: 'ada@mofa.example', password: GOOD_PASSWORD })
      await test.desk.sendWaiting()
      expect(test.sent.filter(({ to }) => to === 'ada@mofa.example')).toEqual([])
      expect(test.sent.at(-1)).toMatchObject({ to: BEN, subject: 'Nouvelle adresse pour votre compte sur South Desk' })
    }))

  test('counts once it is confirmed; the old one is told, and its reset link stops working', () =>
    atAccountDesk(async (test) => {
      const { ben } = await twoPeople(test)
      const { desk, sent, tokenTo, signIn } = test
      await desk.requestPasswordReset(BEN)
      const oldReset = await tokenTo(BEN)
      await desk.changeEmail(ben, { email: 'Ben.New@mofa.example', password: GOOD_PASSWORD })
      const token = await tokenTo('ben.new@mofa.example')
      const notice = { lang: 'fr', subject: 'Nouvelle adresse pour votre compte sur South Desk' }
      expect(sent.filter(({ to }) => to === BEN).at(-1)).toMatchObject(notice)
      expect(sent.find(({ to }) => to === 'ben.new@mofa.example')?.text).not.toContain('Ben Ali')
      expect((await signIn(BEN)).id).toBe(ben.id)
      await desk.confirmEmail(token)
      await expect(desk.confirmEmail(token)).rejects.toMatchObject({ code: 'access.link-over' })
      expect((await signIn('ben.new@mofa.example')).id).toBe(ben.id)
      await expect(desk.resetPassword({ token: oldReset, password: OTHER_PASSWORD })).rejects.toMatchObject({
        code: 'access.link-over',
      })
    }))
})

describe('a new password takes the account back from whoever had it', () => {
  const EVE = 'eve@elsewhere.example'

  test('a reset ends a change of address and the keys for programs', () =>
    atAccountDesk(async (test) => {
      const { ben } = await twoPeople(test)
      const { desk, operations, database } = test
      const key = { name: 'theirs', permissions: ['registry.initiative.read'], expiresAt: '2027-01-01T00:00:00Z' }
      const { key: secret } = await operations.run(createApiKey, key, ben)
      await desk.changeEmail(ben, { email: EVE, password: GOOD_PASSWORD })
      await desk.requestPasswordReset(BEN)
      const reset = await test.tokenTo(BEN)
      const theirs = await test.tokenTo(EVE)
      expect(theirs).not.toBe('')
      await desk.resetPassword({ token: reset, password: OTHER_PASSWORD })
      await expect(desk.confirmEmail(theirs)).rejects.toMatchObject({ code: 'access.link-over' })
      await expect(operations.run(findKeyActor, { key: secret }, ANONYMOUS)).rejects.toMatchObject({ code: 'keys.revoked' })
      await desk.sendWaiting()
      expect(test.sent.at(-1)).toMatchObject({ to: BEN, text: expect.stringContaining('vos clés pour programmes') })
      const revoked = sql`select count(*)::integer as events from audit_events where aggregate = 'api_keys' and action = 'revoked'`
      expect(await database.one(revoked)).toEqual({ events: 1 })
    }))

  test('a change ends links and second steps, blanks the links that wait, and keeps the keys', () =>
    atAccountDesk(async (test) => {
      const { ben } = await twoPeople(test)
      const { desk, operations, database } = test
      const key = { name: 'own', permissions: ['registry.initiative.read'], expiresAt: '2027-01-01T00:00:00Z' }
      const { key: secret } = await operations.run(createApiKey, key, ben)
      await database.run(sql`
        insert into one_time_links (id, purpose, user_id, token_digest, details, created_at, expires_at)
        values ('step', 'sign_in_step', ${ben.id}, ${'0'.repeat(64)}, '{}', ${test.now().toISOString()}, '2030-01-01')
      `)
      await desk.changeEmail(ben, { email: EVE, password: GOOD_PASSWORD })
      await desk.requestPasswordReset(BEN)
      await desk.changePassword(ben, { current: GOOD_PASSWORD, next: OTHER_PASSWORD })
      expect(await database.many(sql`select purpose from one_time_links where user_id = ${ben.id} and used_at is null`)).toEqual(
        [],
      )
      expect(await test.tokenTo(EVE)).toBe('')
      await expect(operations.run(findKeyActor, { key: secret }, ANONYMOUS)).resolves.toMatchObject({ actor: { id: ben.id } })
    }))
})

describe('deleting an account', () => {
  test('the last administrator cannot go, nor be sent away', () =>
    atAccountDesk(async (test) => {
      const { ada, ben } = await twoPeople(test)
      await expect(test.desk.deleteOwnAccount(ada, GOOD_PASSWORD)).rejects.toMatchObject({ code: 'grants.last-admin' })
      await expect(test.operations.run(deleteUser, { id: ada.id, reason: 'x' }, LOCAL_ADMINISTRATOR)).rejects.toMatchObject({
        code: 'grants.last-admin',
      })
      await expect(test.operations.run(suspendUser, { id: ada.id, reason: 'x' }, ada)).rejects.toMatchObject({
        code: 'grants.last-admin',
      })
      await expect(test.operations.run(deleteUser, { id: ada.id, reason: 'x' }, ben)).rejects.toMatchObject(LACKING)
      expect(await test.operations.run(getUser, { id: ada.id }, ada)).toMatchObject({ state: 'active' })
    }))

  test('needs the password; open work stays and is named, the person is gone from every table', () =>
    atAccountDesk(async (test) => {
      const { ben } = await twoPeople(test)
      const { desk, database, operations } = test
      await database.run(sql`
        insert into record_versions (module, aggregate, record_id, version, at, actor_id, action, snapshot)
        values ('registry', 'initiatives', 'i1', 1, now(), ${ben.id}, 'created', '{"state": "draft"}'),
               ('registry', 'initiatives', 'i2', 1, now(), ${ben.id}, 'created', '{"state": "draft"}'),
               ('registry', 'initiatives', 'i2', 2, now(), 'somebody', 'revised', '{"state": "draft"}'),
               ('registry', 'initiatives', 'i3', 1, now(), ${ben.id}, 'published', '{"state": "published"}')
      `)
      const open = [{ module: 'registry', aggregate: 'initiatives', id: 'i1', state: 'draft' }]
      expect(await desk.openWork(ben)).toEqual(open)
      await expect(desk.deleteOwnAccount(ben, OTHER_PASSWORD)).rejects.toMatchObject({ code: 'access.password-not-accepted' })
      const answer = await desk.signIn({ email: BEN, password: GOOD_PASSWORD }, VISITOR)
      expect(await desk.deleteOwnAccount(ben, GOOD_PASSWORD)).toEqual(open)

      expect(await desk.actorOf(answer.status === 'signed-in' ? answer.token : '')).toBeUndefined()
      await expect(desk.signIn({ email: BEN, password: GOOD_PASSWORD }, VISITOR)).rejects.toThrow()
      const kept = await database.many<{ row: string }>(sql`
        select to_json(u)::text as row from users as u where id = ${ben.id}
        union all select to_json(s)::text from sessions as s where user_id = ${ben.id}
        union all select to_json(m)::text from messages as m where user_id = ${ben.id}
        union all select to_json(x)::text from user_secrets as x where user_id = ${ben.id}
        union all select to_json(a)::text from audit_events as a
        union all select to_json(v)::text from record_versions as v
      `)
      expect(kept.map(({ row }) => row).join('\n')).not.toMatch(/Ben Ali|mofa|192\.0\.2|Test browser"[^}]*ben/)
      expect(await operations.run(nameUsers, { ids: [ben.id] }, LOCAL_ADMINISTRATOR)).toEqual([{ id: ben.id, name: null }])
      // The address is free again.
      await test.member(BEN)
    }))

  test('two administrators who delete each other at once do not both succeed', () =>
    atAccountDesk(async (test) => {
      const ada = await test.administrator()
      const eva = await test.member('eva@mofa.example', [{ role: 'admin', scope: 'instance' }])
      const both = await Promise.allSettled([
        test.operations.run(deleteUser, { id: eva.id, reason: 'x' }, ada),
        test.operations.run(deleteUser, { id: ada.id, reason: 'x' }, eva),
      ])
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    }))
})

describe('the accounts, for the administrator', () => {
  test('are no list for members', () =>
    atAccountDesk(async (test) => {
      const { ben } = await twoPeople(test)
      for (const actor of [ben, ANONYMOUS]) {
        await expect(test.operations.run(listUsers, {}, actor)).rejects.toMatchObject(LACKING)
        await expect(test.operations.run(listMessages, {}, actor)).rejects.toMatchObject(LACKING)
      }
    }))

  test('are found by part of a name or address, a page at a time, with hostile searches as text', () =>
    atAccountDesk(async (test) => {
      const { ada } = await twoPeople(test)
      const list = (input: Parameters<typeof test.operations.run<typeof listUsers.input, unknown>>[1]) =>
        test.operations.run(listUsers, input, ada)
      const first = await list({ limit: 1 })
      expect(first).toMatchObject({ total: 2, rows: [{ name: 'Ada Obi', roles: ['admin'], hasSecondFactor: false }] })
      expect(await list({ limit: 1, cursor: first.next ?? '' })).toMatchObject({
        rows: [{ name: 'Ben Ali', roles: [] }],
        next: null,
      })
      expect((await list({ search: 'BEN@' })).total).toBe(1)
      for (const search of ['%', '_', "'; drop table users; --", '\\']) expect((await list({ search })).total).toBe(0)
    }))

  test('suspended ones come back as they were', () =>
    atAccountDesk(async (test) => {
      const { ada, ben } = await twoPeople(test)
      const { operations, signIn } = test
      await expect(operations.run(restoreUser, { id: ben.id, reason: 'x' }, ada)).rejects.toMatchObject({
        code: 'access.account-state',
        params: { state: 'active' },
      })
      await operations.run(suspendUser, { id: ben.id, reason: 'on leave' }, ada)
      await expect(signIn(BEN)).rejects.toMatchObject({ code: 'access.sign-in-not-accepted' })
      await operations.run(restoreUser, { id: ben.id, reason: 'back' }, ada)
      expect((await signIn(BEN)).id).toBe(ben.id)
    }))

  test('names are for members; strangers learn none', () =>
    atAccountDesk(async (test) => {
      const { ada, ben } = await twoPeople(test)
      const ids = [ada.id, 'nobody']
      expect(await test.operations.run(nameUsers, { ids }, ANONYMOUS)).toEqual([{ id: ada.id, name: null }])
      expect(await test.operations.run(nameUsers, { ids }, ben)).toEqual([{ id: ada.id, name: 'Ada Obi' }])
    }))
})

describe('the outbox', () => {
  test('keeps what cannot be sent for the administrator, whose reading of a text is noted', () =>
    atAccountDesk(
      async (test) => {
        const ada = await test.administrator()
        const { link } = await test.desk.invite({ email: BEN, name: 'Ben', lang: 'ru' }, ada)
        expect(await test.desk.sendWaiting()).toEqual({ sent: 0, failed: 0, kept: 1 })
        const { rows } = await test.operations.run(listMessages, { state: 'kept' }, ada)
        expect(rows).toMatchObject([{ toAddress: BEN, lang: 'ru', purpose: 'invitation', state: 'kept' }])
        expect(JSON.stringify(rows)).not.toContain('token')
        const message = await test.operations.run(getMessage, { id: rows[0]?.id ?? '' }, ada)
        expect(message.body).toContain(link)
        const reads = sql`select count(*)::integer as reads from audit_events where outcome = 'read' and operation = 'access.get-message'`
        expect(await test.database.one(reads)).toEqual({ reads: 2 })
      },
      { mail: undefined },
    ))

  test('tries five times, waiting longer each time, and then says why', () => {
    let attempts = 0
    const failMail = () => {
      attempts += 1
      return new Problem('outside.mail-not-sent', { host: 'mail.example', reason: 'ECONNREFUSED' })
    }
    return atAccountDesk(
      async (test) => {
        const ada = await test.administrator()
        await test.desk.requestPasswordReset('ada@mofa.example')
        for (let minute = 0; minute <= 40; minute += 1) {
          await test.desk.sendWaiting()
          test.wait(1)
        }
        expect(attempts).toBe(5)
        const { rows } = await test.operations.run(listMessages, {}, ada)
        expect(rows).toMatchObject([{ state: 'failed', tries: 5, failure: 'outside.mail-not-sent ECONNREFUSED' }])
        await test.operations.run(resendMessage, { id: rows[0]?.id ?? '' }, ada)
        await test.desk.sendWaiting()
        expect(attempts).toBe(6)
      },
      { failMail },
    )
  })

  test('what went out cannot go out again: its link is kept nowhere', () =>
    atAccountDesk(async (test) => {
      const { ada, ben } = await twoPeople(test)
      const { rows } = await test.operations.run(listMessages, {}, ada)
      const id = rows[0]?.id ?? ''
      await expect(test.operations.run(resendMessage, { id }, ben)).rejects.toMatchObject(LACKING)
      await expect(test.operations.run(resendMessage, { id }, ada)).rejects.toMatchObject({ code: 'access.message-gone' })
      await expect(test.operations.run(getMessage, { id: 'none' }, ada)).rejects.toMatchObject({ code: 'access.message-missing' })
    }))
})

test('what is kept about me: everything of mine, nothing of others, and no secret', () =>
  atAccountDesk(async (test) => {
    const { ben } = await twoPeople(test)
    const { desk } = test
    await desk.requestPasswordReset(BEN)
    const token = await test.tokenTo(BEN)
    await desk.requestPasswordReset(BEN)
    const kept = await desk.downloadOwn(ben)
    expect(kept).toMatchObject({
      account: { email: BEN, name: 'Ben Ali' },
      sessions: [{ agent: 'Test browser', address: '192.0.2.7' }],
      messages: [{ purpose: 'invitation' }, { purpose: 'password-reset' }, { purpose: 'password-reset' }],
      audit: { newest: expect.arrayContaining([expect.objectContaining({ operation: 'access.redeem-invitation' })]) },
      directory: null,
    })
    const text = JSON.stringify(kept)
    for (const hidden of [token, '$scrypt', 'ada@mofa', 'Ada Obi']) expect(text).not.toContain(hidden)
    expect(text).not.toMatch(/token=[\w-]{10}/)
    await expect(desk.downloadOwn(ANONYMOUS)).rejects.toMatchObject(LACKING)
  }))

test('tidying: sessions that ran out lose their address, and what is older than 90 days goes', () =>
  atAccountDesk(async (test) => {
    await twoPeople(test)
    test.wait(13 * 60)
    await test.desk.tidy()
    const count = sql`select count(*)::integer as sessions, count(address)::integer as addresses from sessions`
    expect(await test.database.one(count)).toEqual({ sessions: 2, addresses: 0 })
    test.wait(91 * 24 * 60)
    await test.desk.tidy()
    expect(await test.database.one(count)).toEqual({ sessions: 0, addresses: 0 })
    expect(await test.database.many(sql`select id from messages`)).toEqual([])
  }))
