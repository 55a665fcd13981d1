import { describe, expect, test } from 'vitest'
import { Problem } from '../../kernel/problems.ts'
import { suspendUser } from '../../modules/access/index.ts'
import { LOCAL_ADMINISTRATOR } from '../../operations/index.ts'
import type { OpenIdIdentity, OpenIdProvider } from '../../outside/index.ts'
import { atAccountDesk, GOOD_PASSWORD, type TestDesk, VISITOR } from './testing/open-account-desk.ts'

const ISSUER = 'https://id.ministry.example'
const STRANGER = { code: 'access.open-id-stranger', kind: 'refused' }

/** A provider in the place of the network: it says what the test tells it to. The real exchange is tested in `outside/open-id`. */
function providerSaying(identity: () => OpenIdIdentity): OpenIdProvider {
  return {
    issuer: ISSUER,
    begin: async () => ({ address: `${ISSUER}/auth?state=s`, state: 's', nonce: 'n', codeVerifier: 'v' }),
    async finish(back) {
      expect(back).toMatchObject({ state: 's', nonce: 'n', codeVerifier: 'v' })
      return identity()
    },
  }
}

async function atProviderDesk(
  work: (
    test: TestDesk & { come(identity: Partial<OpenIdIdentity>): ReturnType<TestDesk['desk']['finishOpenId']> },
  ) => Promise<void>,
): Promise<void> {
  let said: OpenIdIdentity = { issuer: ISSUER, subject: 'b-1', emailVerified: false }
  await atAccountDesk(
    async (test) => {
      await test.administrator()
      const come = async (identity: Partial<OpenIdIdentity>) => {
        said = { issuer: ISSUER, subject: 'b-1', emailVerified: false, ...identity }
        const { cookie } = await test.desk.beginOpenId('fr')
        return test.desk.finishOpenId('?code=c&state=s', cookie, VISITOR)
      }
      await work({ ...test, come })
    },
    { openId: providerSaying(() => said) },
  )
}

describe('signing in by a provider', () => {
  test('is refused without a cookie of ours, with a used one, and after ten minutes', () =>
    atProviderDesk(async ({ desk, wait }) => {
      const over = { code: 'access.sign-in-step-over' }
      await expect(desk.finishOpenId('?code=c', undefined, VISITOR)).rejects.toMatchObject(over)
      await expect(desk.finishOpenId('?code=c', 'made up', VISITOR)).rejects.toMatchObject(over)
      const { cookie, url } = await desk.beginOpenId()
      expect(url).toBe(`${ISSUER}/auth?state=s`)
      await expect(desk.finishOpenId('?code=c', cookie, VISITOR)).rejects.toMatchObject(STRANGER)
      await expect(desk.finishOpenId('?code=c', cookie, VISITOR)).rejects.toMatchObject(over)
      const late = await desk.beginOpenId()
      wait(10)
      await expect(desk.finishOpenId('?code=c', late.cookie, VISITOR)).rejects.toMatchObject(over)
    }))

  test.each([
    ['an address that nobody confirmed', { email: 'ada@mofa.example', emailVerified: false }],
    ['no address', {}],
    ['an address that nobody invited', { email: 'eve@mofa.example', emailVerified: true }],
  ])('opens no account and makes none for %s', (_what, identity) =>
    atProviderDesk(async ({ come }) => {
      await expect(come(identity)).rejects.toMatchObject(STRANGER)
    }),
  )

  test('accepts an invitation by the confirmed address, and knows the person again without one', () =>
    atProviderDesk(async ({ desk, come, tokenTo }) => {
      const { userId } = await desk.invite({ email: 'ben@mofa.example', name: 'Ben', lang: 'fr' }, LOCAL_ADMINISTRATOR)
      const invitation = await tokenTo('ben@mofa.example')
      expect(await come({ email: 'BEN@mofa.example', emailVerified: true })).toMatchObject({ status: 'signed-in', userId })
      const again = await come({})
      expect(again).toMatchObject({ status: 'signed-in', userId })
      const actor = again.status === 'signed-in' ? await desk.actorOf(again.token) : undefined
      if (!actor) throw new Error('not signed in')
      expect(await desk.ownAccount(actor)).toMatchObject({ state: 'active', hasPassword: false, providers: [ISSUER] })
      expect(await desk.findInvitation(invitation)).toBeUndefined()
      await expect(desk.changePassword(actor, { current: '', next: GOOD_PASSWORD })).rejects.toMatchObject({
        code: 'access.password-not-accepted',
      })
      // Another person to whom the ministry gave the same address.
      await expect(come({ subject: 'b-2', email: 'ben@mofa.example', emailVerified: true })).rejects.toMatchObject(STRANGER)
    }))

  test('opens no suspended account', () =>
    atProviderDesk(async ({ come, member, operations }) => {
      const ben = await member('ben@mofa.example')
      await come({ email: 'ben@mofa.example', emailVerified: true })
      await operations.run(suspendUser, { id: ben.id, reason: 'left' }, LOCAL_ADMINISTRATOR)
      await expect(come({})).rejects.toMatchObject(STRANGER)
    }))

  test('a provider that is down is a problem of its own, and the password still opens', () => {
    const down = async (): Promise<never> => {
      throw new Problem('outside.open-id-unreachable', { issuer: ISSUER })
    }
    return atAccountDesk(
      async ({ desk, administrator, signIn }) => {
        await administrator()
        await expect(desk.beginOpenId()).rejects.toMatchObject({ code: 'outside.open-id-unreachable' })
        expect((await signIn('ada@mofa.example')).name).toBe('Ada Obi')
      },
      { openId: { issuer: ISSUER, begin: down, finish: down } },
    )
  })

  test('is not there without a provider', () =>
    atAccountDesk(async ({ desk }) => {
      expect(desk.hasOpenId()).toBe(false)
      await expect(desk.beginOpenId()).rejects.toMatchObject({ code: 'access.open-id-not-set-up' })
    }))
})
