import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createGuardedFetch, createOpenIdProvider, type OpenIdProvider, verifiedEmailOf } from '../../src/outside/index.ts'
import { type OpenIdHouse, startOpenIdHouse } from './open-id-house.ts'

const redirectUri = 'http://127.0.0.1:9/sign-in/open-id'
let house: OpenIdHouse
let provider: OpenIdProvider

function providerWith(settings: { clientSecret?: string; clientId?: string } = {}): OpenIdProvider {
  return createOpenIdProvider({
    issuer: house.issuer,
    clientId: settings.clientId ?? house.clientId,
    clientSecret: settings.clientSecret ?? house.clientSecret,
    redirectUri,
    allowHttp: true,
    fetch: createGuardedFetch({ allowHttp: true, allowedHosts: ['127.0.0.1'], timeoutSeconds: 5 }),
  })
}

beforeAll(async () => {
  house = await startOpenIdHouse({ redirectUri })
  provider = providerWith()
})

afterAll(() => house.close())

describe('sign-in at a real provider is refused', () => {
  test('when the person says no there', async () => {
    const start = await provider.begin()
    const callbackUrl = await house.signIn(start.address, 'no')
    await expect(provider.finish({ ...start, callbackUrl })).rejects.toMatchObject({ code: 'outside.open-id-denied' })
  })

  test('when the answer belongs to another browser, or carries no state or two', async () => {
    const [mine, theirs] = [await provider.begin(), await provider.begin()]
    const callbackUrl = await house.signIn(theirs.address)
    const noState = callbackUrl.replace(/state=[^&]*/, '')
    for (const url of [callbackUrl, noState, `${callbackUrl}&state=${mine.state}`, '', '?', '?code=x']) {
      await expect(provider.finish({ ...mine, callbackUrl: url })).rejects.toMatchObject({
        code: 'outside.open-id-state-mismatch',
      })
    }
  })

  test('when a code comes a second time', async () => {
    const start = await provider.begin()
    const callbackUrl = await house.signIn(start.address)
    await provider.finish({ ...start, callbackUrl })
    await expect(provider.finish({ ...start, callbackUrl })).rejects.toMatchObject({ code: 'outside.open-id-code-refused' })
  })

  test('when a code was stolen: whoever has no verifier gets nothing', async () => {
    const start = await provider.begin()
    const callbackUrl = await house.signIn(start.address)
    const { codeVerifier } = await provider.begin()
    const stolen = provider.finish({ ...start, callbackUrl, codeVerifier })
    await expect(stolen).rejects.toMatchObject({ code: 'outside.open-id-code-refused' })
  })

  test('when the nonce is that of another sign-in', async () => {
    const start = await provider.begin()
    const callbackUrl = await house.signIn(start.address)
    const { nonce } = await provider.begin()
    await expect(provider.finish({ ...start, callbackUrl, nonce })).rejects.toMatchObject({
      code: 'outside.open-id-nonce-mismatch',
    })
  })

  test('when the answer names another issuer (mix-up)', async () => {
    const start = await provider.begin()
    const callbackUrl = (await house.signIn(start.address)).replace(
      /iss=[^&]*/,
      `iss=${encodeURIComponent('https://evil.example')}`,
    )
    await expect(provider.finish({ ...start, callbackUrl })).rejects.toMatchObject({
      code: 'outside.open-id-wrong-issuer',
      params: { issuer: house.issuer, found: 'https://evil.example' },
    })
  })

  test('when our own secret is wrong: the administrator is told what to check', async () => {
    const wrong = providerWith({ clientSecret: 'not the secret' })
    const start = await wrong.begin()
    const callbackUrl = await house.signIn(start.address)
    await expect(wrong.finish({ ...start, callbackUrl })).rejects.toMatchObject({ code: 'outside.open-id-client-refused' })
  })
})

test('sign-in at a real provider: who, with which address, in the person’s language', async () => {
  const start = await provider.begin({ lang: 'ar', again: true })
  const address = new URL(start.address)
  expect(Object.fromEntries(address.searchParams)).toMatchObject({
    response_type: 'code',
    scope: 'openid email profile',
    code_challenge_method: 'S256',
    ui_locales: 'ar',
    prompt: 'login',
  })
  expect(start.address).not.toContain(start.codeVerifier)
  const identity = await provider.finish({ ...start, callbackUrl: await house.signIn(start.address) })
  expect(identity).toEqual({
    issuer: house.issuer,
    subject: 'ana-17',
    email: 'ana.silva@mofa.example',
    emailVerified: true,
    name: 'Ana Silva',
  })
  expect(verifiedEmailOf(identity)).toBe('ana.silva@mofa.example')
})

test.each([
  { name: 'no address', person: { sub: 'ben-3' } },
  {
    name: 'an address nobody checked',
    person: { sub: 'ben-3', email: 'ana@mofa.example' },
  },
  { name: 'two addresses', person: { sub: 'ben-3', email: 'a@x.example,b@y.example' } },
])('a person with $name is known by subject, but opens no account by mail', async ({ person }) => {
  house.person = person
  const start = await provider.begin()
  const identity = await provider.finish({ ...start, callbackUrl: await house.signIn(start.address) })
  expect(identity).toMatchObject({ issuer: house.issuer, subject: 'ben-3', emailVerified: false })
  expect(verifiedEmailOf(identity)).toBeUndefined()
})
