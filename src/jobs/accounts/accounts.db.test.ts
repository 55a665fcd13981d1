import { describe, expect, test } from 'vitest'
import { sql } from '../../database/db.ts'
import { MIGRATIONS_FOLDER } from '../../database/migrate.ts'
import { newTestDatabase } from '../../database/testing/test-database.ts'
import { inviteUser, sendAccessLink } from '../../modules/access/index.ts'
import { ANONYMOUS, LOCAL_ADMINISTRATOR } from '../../operations/index.ts'
import { accountDeskOn, atAccountDesk, GOOD_PASSWORD, OTHER_PASSWORD, VISITOR } from './testing/open-account-desk.ts'

const ADA = { name: 'Ada Obi', email: 'ada@mofa.example', lang: 'en' as const, password: GOOD_PASSWORD }
const BEN = { name: 'Ben Ali', email: 'ben@mofa.example', lang: 'ar' as const }

function tokenOf(link: string | undefined): string {
  return new URL(link ?? '', 'https://desk.example').searchParams.get('token') ?? ''
}

describe('the first account', () => {
  test('is refused to a stranger without the link, with an old one, and with one that was replaced', () =>
    atAccountDesk(async ({ desk, wait }) => {
      await expect(desk.createFirstAccount(ADA, VISITOR)).rejects.toMatchObject({ code: 'access.link-over' })
      const token = tokenOf(await desk.setupLink())
      const newer = tokenOf(await desk.setupLink())
      await expect(desk.createFirstAccount({ ...ADA, token }, VISITOR)).rejects.toMatchObject({ code: 'access.link-over' })
      wait(24 * 60)
      await expect(desk.createFirstAccount({ ...ADA, token: newer }, VISITOR)).rejects.toMatchObject({ code: 'access.link-over' })
      expect(await desk.accountsExist()).toBe(false)
    }))

  test.each([
    ['email', { email: 'ada' }],
    ['email', { email: 'ada@mofa.example\nbcc: all@mofa.example' }],
    ['name', { name: '   ' }],
    ['lang', { lang: 'de' as never }],
  ])('names the field %s that is not accepted', (field, wrong) =>
    atAccountDesk(async ({ desk }) => {
      const refused = desk.createFirstAccount({ ...ADA, ...wrong }, VISITOR, LOCAL_ADMINISTRATOR)
      await expect(refused).rejects.toMatchObject({ code: 'operations.input-not-accepted', details: [{ place: { field } }] })
    }),
  )

  test('wants a password that is not guessed first', () =>
    atAccountDesk(async ({ desk }) => {
      const refused = desk.createFirstAccount({ ...ADA, password: 'ada@mofa.example' }, VISITOR, LOCAL_ADMINISTRATOR)
      await expect(refused).rejects.toMatchObject({
        code: expect.stringMatching(/^credentials\.password-too-/),
        place: { field: 'password' },
      })
    }))

  test('is that of an administrator, who is signed in; the link works once', () =>
    atAccountDesk(async ({ desk, database }) => {
      const link = await desk.setupLink()
      expect(link).toMatch(/^\/en\/setup\?token=[\w-]{43}$/)
      const session = await desk.createFirstAccount({ ...ADA, token: tokenOf(link) }, VISITOR)
      expect(await desk.actorOf(session.token)).toMatchObject({ name: 'Ada Obi', grants: [{ role: 'admin', scope: 'instance' }] })
      expect([await desk.accountsExist(), await desk.setupLink()]).toEqual([true, undefined])
      for (const actor of [ANONYMOUS, LOCAL_ADMINISTRATOR]) {
        const second = desk.createFirstAccount({ ...ADA, email: 'x@mofa.example', token: tokenOf(link) }, VISITOR, actor)
        await expect(second).rejects.toMatchObject({ code: 'access.accounts-exist' })
      }
      expect(await database.many(sql`select action from audit_events order by seq`)).toEqual([
        { action: 'setup-link-made' },
        { action: 'first-account-created' },
        { action: 'given' },
        { action: 'started' },
      ])
    }))

  test('of two who try at the same moment one wins, and there is one account', async () => {
    const database = await newTestDatabase(MIGRATIONS_FOLDER)
    try {
      const one = accountDeskOn(database)
      const other = accountDeskOn(database)
      const token = tokenOf(await one.desk.setupLink())
      const tries = await Promise.allSettled([
        one.desk.createFirstAccount({ ...ADA, token }, VISITOR),
        other.desk.createFirstAccount({ ...ADA, email: 'eve@mofa.example', token }, VISITOR),
        one.desk.createFirstAccount({ ...ADA, email: 'eva@mofa.example' }, VISITOR, LOCAL_ADMINISTRATOR),
      ])
      expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
      for (const attempt of tries) {
        if (attempt.status === 'rejected') expect(attempt.reason).toMatchObject({ code: 'access.accounts-exist' })
      }
      expect(await database.one(sql`select count(*)::integer as users from users`)).toEqual({ users: 1 })
    } finally {
      await database.close()
    }
  })
})

describe('an invitation', () => {
  test('is refused to members and strangers; that of a member is noted', () =>
    atAccountDesk(async ({ desk, administrator, member, database }) => {
      await administrator()
      const ben = await member(BEN.email)
      for (const actor of [ben, ANONYMOUS]) {
        await expect(desk.invite({ ...BEN, email: 'c@mofa.example' }, actor)).rejects.toMatchObject({
          code: 'operations.permission-lacking',
        })
      }
      const refused = sql`select actor_id as actor from audit_events where outcome = 'refused' order by seq`
      expect(await database.many(refused)).toEqual([{ actor: ben.id }])
    }))

  test('before there is an account is only for an administrator', () =>
    atAccountDesk(async ({ desk }) => {
      await expect(desk.invite(BEN, LOCAL_ADMINISTRATOR)).rejects.toMatchObject({ code: 'access.administrator-first' })
      const grants = [{ role: 'admin', scope: 'instance' }] as const
      const { link } = await desk.invite({ ...BEN, grants }, LOCAL_ADMINISTRATOR)
      expect(await desk.accountsExist()).toBe(false)
      await desk.redeemInvitation({ token: tokenOf(link), name: 'Ben', password: GOOD_PASSWORD }, VISITOR)
      expect(await desk.accountsExist()).toBe(true)
    }))

  test('to an address that has an account is refused, also in other letters; a role where it cannot be leaves nothing behind', () =>
    atAccountDesk(async ({ desk, administrator, database }) => {
      const ada = await administrator()
      await expect(desk.invite({ ...BEN, email: 'ADA@Mofa.example' }, ada)).rejects.toMatchObject({
        code: 'access.email-taken',
        place: { field: 'email' },
      })
      const grants = [{ role: 'national_focal_point', scope: 'instance' }] as const
      await expect(desk.invite({ ...BEN, grants }, ada)).rejects.toMatchObject({ code: 'grants.scope-not-accepted' })
      expect(await database.one(sql`select count(*)::integer as users from users`)).toEqual({ users: 1 })
    }))

  test('is written in the language of the invited person, and opens the account with its roles once', () =>
    atAccountDesk(async ({ desk, administrator, sent, tokenTo, database }) => {
      const ada = await administrator()
      const grants = [{ role: 'national_focal_point', scope: 'country', scopeId: 'KEN' }] as const
      const { link } = await desk.invite({ ...BEN, grants }, ada)
      const token = await tokenTo(BEN.email)
      expect(link).toBe(`https://desk.example/ar/invitation?token=${token}`)
      expect(sent).toMatchObject([{ to: BEN.email, lang: 'ar', subject: 'دعوة إلى South Desk' }])
      expect(sent[0]?.text.split('\n')).toContain(link)
      expect(await desk.findInvitation(token)).toMatchObject({ name: 'Ben Ali', email: BEN.email, lang: 'ar' })
      // It is with the recipient now.
      expect(
        (await database.many<{ body: string }>(sql`select body from messages`)).map(({ body }) => body).join(),
      ).not.toContain(token)

      const session = await desk.redeemInvitation({ token, name: 'Ben  A. Ali', password: GOOD_PASSWORD }, VISITOR)
      expect(await desk.actorOf(session.token)).toMatchObject({
        name: 'Ben A. Ali',
        grants: [{ role: 'national_focal_point', scope: 'country', scopeId: 'KEN', countries: ['KEN'] }],
      })
      expect(await desk.findInvitation(token)).toBeUndefined()
      const again = desk.redeemInvitation({ token, name: 'Eve', password: OTHER_PASSWORD }, VISITOR)
      await expect(again).rejects.toMatchObject({ code: 'access.link-over', kind: 'conflict' })
    }))

  test('lasts seven days; a newer one takes its place', () =>
    atAccountDesk(async ({ desk, administrator, operations, tokenTo, wait }) => {
      const ada = await administrator()
      const { userId } = await desk.invite(BEN, ada)
      const first = await tokenTo(BEN.email)
      await operations.run(sendAccessLink, { userId }, ada)
      const second = await tokenTo(BEN.email)
      const redeem = (token: string) => desk.redeemInvitation({ token, name: 'Ben', password: GOOD_PASSWORD }, VISITOR)
      await expect(redeem(first)).rejects.toMatchObject({ code: 'access.link-over' })
      wait(7 * 24 * 60)
      await expect(redeem(second)).rejects.toMatchObject({ code: 'access.link-over' })
      const { link } = await desk.sendAccessLink(userId, ada)
      expect(await redeem(tokenOf(link))).toMatchObject({ status: 'signed-in', lang: 'ar' })
    }))

  test('gives its link in no answer to a program', () =>
    atAccountDesk(async ({ administrator, operations }) => {
      const answer = await operations.run(inviteUser, BEN, await administrator())
      expect(Object.keys(answer)).toEqual(['userId', 'messageId'])
    }))
})

describe('a forgotten password', () => {
  test('an address that is nobody’s gets nothing, and the answer is the same', () =>
    atAccountDesk(async ({ desk, administrator, sent }) => {
      await administrator()
      for (const email of ['eve@mofa.example', 'no address', ADA.email])
        expect(await desk.requestPasswordReset(email)).toBeUndefined()
      await desk.sendWaiting()
      expect(sent.map(({ to }) => to)).toEqual([ADA.email])
    }))

  test('no more than three links an hour', () =>
    atAccountDesk(async ({ desk, administrator, sent, wait }) => {
      await administrator()
      for (let number = 1; number <= 5; number += 1) await desk.requestPasswordReset(ADA.email)
      await desk.sendWaiting()
      expect(sent).toHaveLength(3)
      wait(61)
      await desk.requestPasswordReset(ADA.email)
      await desk.sendWaiting()
      expect(sent).toHaveLength(4)
    }))

  test('the link works for an hour and once, ends all sessions, and a notice follows', () =>
    atAccountDesk(async ({ desk, administrator, tokenTo, sent, signIn, wait, operations }) => {
      await administrator()
      const before = await desk.signIn(ADA, VISITOR)
      await desk.requestPasswordReset(ADA.email)
      const late = await tokenTo(ADA.email)
      expect(await desk.canResetPassword(late)).toBe(true)
      wait(60)
      expect(await desk.canResetPassword(late)).toBe(false)
      await expect(desk.resetPassword({ token: late, password: OTHER_PASSWORD })).rejects.toMatchObject({
        code: 'access.link-over',
      })

      await desk.requestPasswordReset(ADA.email)
      const token = await tokenTo(ADA.email)
      await expect(desk.resetPassword({ token, password: 'short' })).rejects.toMatchObject({
        code: 'credentials.password-too-short',
      })
      const both = await Promise.allSettled([
        desk.resetPassword({ token, password: OTHER_PASSWORD }),
        desk.resetPassword({ token, password: OTHER_PASSWORD }),
      ])
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      expect(await desk.actorOf(before.status === 'signed-in' ? before.token : '')).toBeUndefined()
      await expect(desk.signIn(ADA, VISITOR)).rejects.toMatchObject({ code: 'access.sign-in-not-accepted' })
      const ada = await signIn(ADA.email, OTHER_PASSWORD)
      await desk.sendWaiting()
      expect(sent.at(-1)).toMatchObject({ to: ADA.email, subject: 'Your password at South Desk was set anew' })
      await expect(operations.run(sendAccessLink, { userId: 'nobody' }, ada)).rejects.toMatchObject({
        code: 'access.account-missing',
      })
    }))
})

describe('changing the password', () => {
  test('wants the current one, which cannot be guessed there either', () =>
    atAccountDesk(async ({ desk, administrator }) => {
      const ada = await administrator()
      const change = (current: string) => desk.changePassword(ada, { current, next: OTHER_PASSWORD })
      await expect(desk.changePassword(ANONYMOUS, { current: GOOD_PASSWORD, next: OTHER_PASSWORD })).rejects.toThrow()
      for (let number = 1; number <= 5; number += 1) {
        await expect(change('wrong guess number one')).rejects.toMatchObject({
          code: 'access.password-not-accepted',
          place: { field: 'current' },
        })
      }
      await expect(change(GOOD_PASSWORD)).rejects.toMatchObject({ code: 'access.password-not-accepted' })
    }))

  test('ends the other sessions and keeps this one', () =>
    atAccountDesk(async ({ desk, administrator, signIn }) => {
      await administrator()
      const other = await desk.signIn(ADA, VISITOR)
      const here = await desk.signIn(ADA, VISITOR)
      const tokens = [other, here].map((answer) => (answer.status === 'signed-in' ? answer.token : ''))
      const ada = await desk.actorOf(tokens[1] ?? '')
      if (!ada) throw new Error('not signed in')
      await desk.changePassword(ada, { current: GOOD_PASSWORD, next: OTHER_PASSWORD })
      expect(await desk.actorOf(tokens[0] ?? '')).toBeUndefined()
      expect(await desk.actorOf(tokens[1] ?? '')).toBeDefined()
      expect((await signIn(ADA.email, OTHER_PASSWORD)).id).toBe(ada.id)
    }))
})
