import { describe, expect, test } from 'vitest'
import { sql } from '../../database/db.ts'
import { resetSecondFactor } from '../../modules/access/index.ts'
import type { Actor } from '../../operations/index.ts'
import type { SecondFactorWanted, SignInAnswer } from './account-desk.ts'
import { atAccountDesk, codeAt, GOOD_PASSWORD, OTHER_PASSWORD, type TestDesk, VISITOR } from './testing/open-account-desk.ts'

const ADA = { email: 'ada@mofa.example', password: GOOD_PASSWORD }

function stepOf(answer: SignInAnswer): string {
  return (answer as SecondFactorWanted).step
}

async function withSecondFactor({ desk, administrator, now, wait }: TestDesk) {
  const ada = await administrator()
  const { secret } = await desk.beginTotp(ada)
  const codes = await desk.confirmTotp(ada, { code: codeAt(secret, now()), password: GOOD_PASSWORD })
  wait(1)
  return { ada, secret, codes, begin: async () => stepOf(await desk.signIn(ADA, VISITOR)) }
}

describe('setting up a second factor', () => {
  test('is refused without the password, with a wrong code, and without a secret', () =>
    atAccountDesk(async ({ desk, administrator, now }) => {
      const ada = await administrator()
      const code = '123456'
      await expect(desk.confirmTotp(ada, { code, password: GOOD_PASSWORD })).rejects.toMatchObject({
        code: 'access.second-factor-not-set',
      })
      const { secret } = await desk.beginTotp(ada)
      const right = codeAt(secret, now())
      await expect(desk.confirmTotp(ada, { code: right, password: OTHER_PASSWORD })).rejects.toMatchObject({
        code: 'access.password-not-accepted',
      })
      const wrong = right === '000000' ? '000001' : '000000'
      await expect(desk.confirmTotp(ada, { code: wrong, password: GOOD_PASSWORD })).rejects.toMatchObject({
        code: 'access.code-not-accepted',
      })
      expect(await desk.signIn(ADA, VISITOR)).toMatchObject({ status: 'signed-in' })
    }))

  test('gives ten recovery codes, says so by mail, and keeps the secret sealed', () =>
    atAccountDesk(async (test) => {
      const { desk, database, sent } = test
      const { ada, secret, codes } = await withSecondFactor(test)
      expect(new Set(codes).size).toBe(10)
      const [row] = await database.many<{ row: string }>(sql`select to_json(s)::text as row from user_secrets as s`)
      for (const hidden of [secret, codes[0] ?? '']) expect(row?.row).not.toContain(hidden)
      await desk.sendWaiting()
      expect(sent.at(-1)?.subject).toBe('Second factor set up at South Desk')
      expect(await desk.ownAccount(ada)).toMatchObject({ hasSecondFactor: true, recoveryCodesLeft: 10, hasPassword: true })
      await expect(desk.beginTotp(ada)).rejects.toMatchObject({ code: 'access.second-factor-set' })
    }))
})

describe('signing in with a second factor', () => {
  test('a used code, a code of five minutes ago and a foreign one are refused', () =>
    atAccountDesk(async (test) => {
      const { desk, now, wait } = test
      const { secret, begin } = await withSecondFactor(test)
      const code = codeAt(secret, now())
      await desk.secondFactor({ step: await begin(), code }, VISITOR)
      const old = codeAt(secret, new Date(now().getTime() - 300_000))
      for (const wrong of [code, old, 'abcdef', '']) {
        await expect(desk.secondFactor({ step: await begin(), code: wrong }, VISITOR)).rejects.toMatchObject({
          code: 'access.code-not-accepted',
          kind: 'refused',
        })
      }
      wait(1)
      expect(await desk.secondFactor({ step: await begin(), code: codeAt(secret, now()) }, VISITOR)).toMatchObject({
        status: 'signed-in',
      })
    }))

  test.each([
    { name: 'half a minute slow', seconds: -30, ok: true },
    { name: 'half a minute fast', seconds: 30, ok: true },
    { name: 'two minutes slow', seconds: -120, ok: false },
    { name: 'two minutes fast', seconds: 120, ok: false },
  ])('a telephone whose clock is $name', ({ seconds, ok }) =>
    atAccountDesk(async (test) => {
      const { secret, begin } = await withSecondFactor(test)
      test.wait(5)
      const code = codeAt(secret, new Date(test.now().getTime() + seconds * 1_000))
      const attempt = test.desk.secondFactor({ step: await begin(), code }, VISITOR)
      if (ok) await expect(attempt).resolves.toMatchObject({ status: 'signed-in' })
      else await expect(attempt).rejects.toMatchObject({ code: 'access.code-not-accepted' })
    }),
  )

  test('of two with the same code at the same moment one is let in', () =>
    atAccountDesk(async (test) => {
      const { secret, begin } = await withSecondFactor(test)
      const steps = [await begin(), await begin()]
      const code = codeAt(secret, test.now())
      const both = await Promise.allSettled(steps.map((step) => test.desk.secondFactor({ step, code }, VISITOR)))
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    }))

  test('a step allows five tries, ten minutes and one sign-in; guessing slows the account down', () =>
    atAccountDesk(async (test) => {
      const { desk, now, wait } = test
      const { secret, begin } = await withSecondFactor(test)
      const over = { code: 'access.sign-in-step-over' }
      const late = await begin()
      wait(10)
      await expect(desk.secondFactor({ step: late, code: codeAt(secret, now()) }, VISITOR)).rejects.toMatchObject(over)
      const step = await begin()
      for (let number = 1; number <= 5; number += 1) {
        await expect(desk.secondFactor({ step, code: 'wrong' }, VISITOR)).rejects.toMatchObject({
          code: 'access.code-not-accepted',
        })
      }
      wait(1)
      await expect(desk.secondFactor({ step, code: codeAt(secret, now()) }, VISITOR)).rejects.toMatchObject(over)
      // The password alone does not end the row of failures.
      const next = await begin()
      await expect(desk.secondFactor({ step: next, code: 'wrong' }, VISITOR)).rejects.toMatchObject({
        code: 'access.code-not-accepted',
      })
      await expect(desk.secondFactor({ step: next, code: codeAt(secret, now()) }, VISITOR)).rejects.toMatchObject(over)
      await expect(desk.secondFactor({ step: 'made up', code: '123456' }, VISITOR)).rejects.toMatchObject(over)
      wait(3)
      const good = await begin()
      const code = codeAt(secret, now())
      await desk.secondFactor({ step: good, code }, VISITOR)
      await expect(desk.secondFactor({ step: good, code }, VISITOR)).rejects.toMatchObject(over)
    }))

  test('a recovery code opens once, however it is typed; new ones replace the old', () =>
    atAccountDesk(async (test) => {
      const { desk } = test
      const { ada, codes, begin } = await withSecondFactor(test)
      const [first = '', second = ''] = codes
      const typed = first.toUpperCase().replaceAll('-', ' ')
      await desk.secondFactor({ step: await begin(), recoveryCode: typed }, VISITOR)
      expect((await desk.ownAccount(ada)).recoveryCodesLeft).toBe(9)
      await expect(desk.secondFactor({ step: await begin(), recoveryCode: first }, VISITOR)).rejects.toMatchObject({
        code: 'access.code-not-accepted',
      })
      await expect(desk.newRecoveryCodes(ada, OTHER_PASSWORD)).rejects.toMatchObject({ code: 'access.password-not-accepted' })
      const [fresh = ''] = await desk.newRecoveryCodes(ada, GOOD_PASSWORD)
      await expect(desk.secondFactor({ step: await begin(), recoveryCode: second }, VISITOR)).rejects.toThrow()
      expect(await desk.secondFactor({ step: await begin(), recoveryCode: fresh }, VISITOR)).toMatchObject({
        status: 'signed-in',
      })
    }))
})

describe('taking the second factor away', () => {
  test('needs the password, or an administrator; a reset of the password leaves it', () =>
    atAccountDesk(async (test) => {
      const { desk, operations, member, tokenTo } = test
      const { ada } = await withSecondFactor(test)
      const ben: Actor = await member('ben@mofa.example')
      await expect(operations.run(resetSecondFactor, { id: ada.id, reason: 'x' }, ben)).rejects.toMatchObject({
        code: 'operations.permission-lacking',
      })
      await desk.requestPasswordReset(ADA.email)
      await desk.resetPassword({ token: await tokenTo(ADA.email), password: OTHER_PASSWORD })
      expect(await desk.signIn({ ...ADA, password: OTHER_PASSWORD }, VISITOR)).toMatchObject({ status: 'second-factor' })
      await expect(desk.removeTotp(ada, GOOD_PASSWORD)).rejects.toMatchObject({ code: 'access.password-not-accepted' })
      await desk.removeTotp(ada, OTHER_PASSWORD)
      expect(await desk.signIn({ ...ADA, password: OTHER_PASSWORD }, VISITOR)).toMatchObject({ status: 'signed-in' })
      await expect(operations.run(resetSecondFactor, { id: ada.id, reason: 'lost' }, ada)).rejects.toMatchObject({
        code: 'access.second-factor-not-set',
      })
    }))

  test('an administrator takes it away for whoever lost everything: it is noted with the reason, and the sessions end', () =>
    atAccountDesk(async (test) => {
      const { desk, operations, database, sent, now } = test
      const ada = await test.administrator()
      const ben = await test.member('ben@mofa.example')
      const { secret } = await desk.beginTotp(ben)
      await desk.confirmTotp(ben, { code: codeAt(secret, now()), password: GOOD_PASSWORD })
      await operations.run(resetSecondFactor, { id: ben.id, reason: 'telephone lost, seen in person' }, ada)
      const noted = sql`select actor_id as actor, reason from audit_events where action = 'second-factor-reset'`
      expect(await database.many(noted)).toEqual([{ actor: ada.id, reason: 'telephone lost, seen in person' }])
      const open = sql`select count(*)::integer as open from sessions where user_id = ${ben.id} and ended_at is null`
      expect(await database.one(open)).toEqual({ open: 0 })
      expect(await desk.signIn({ email: 'ben@mofa.example', password: GOOD_PASSWORD }, VISITOR)).toMatchObject({
        status: 'signed-in',
      })
      await desk.sendWaiting()
      expect(sent.at(-1)).toMatchObject({ to: 'ben@mofa.example', subject: 'Second facteur retiré sur South Desk' })
    }))
})
