import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createGuardedFetch, createOpenIdProvider, type OpenIdProvider } from '../../src/outside/index.ts'
import { type Lies, type LyingHouse, startLyingHouse } from './lying-house.ts'

const redirectUri = 'http://127.0.0.1:9/sign-in/open-id'
const CONFIGURATION = '/.well-known/openid-configuration'
const house: LyingHouse = await startLyingHouse('sursur')

/** Seconds since 1970. */
const NOW = Math.floor(Date.now() / 1_000)

beforeEach(() => {
  house.lies = {}
})

afterAll(() => house.close())

function newProvider(issuer = house.issuer): OpenIdProvider {
  return createOpenIdProvider({
    issuer,
    clientId: 'sursur',
    clientSecret: 'secret',
    redirectUri,
    allowHttp: true,
    fetch: createGuardedFetch({ allowHttp: true, allowedHosts: ['127.0.0.1'], timeoutSeconds: 0.5, sizeLimitBytes: 20_000 }),
  })
}

/** A whole sign-in; gives the code of the problem, or the subject. */
async function signIn(lies: Lies = {}): Promise<string> {
  house.lies = lies
  const provider = newProvider()
  try {
    const start = await provider.begin()
    house.nonce = start.nonce
    const callbackUrl = `${redirectUri}?code=code&state=${start.state}`
    return (await provider.finish({ ...start, callbackUrl })).subject
  } catch (problem) {
    return (problem as { code?: string }).code ?? String(problem)
  }
}

test('without a lie it signs in', async () => {
  expect(await signIn()).toBe('ana-17')
})

describe('a lie is found', () => {
  test.each<{ name: string; lies: Lies; code: string }>([
    {
      name: 'another issuer in its description',
      lies: { discovery: (d) => ({ ...d, issuer: 'https://evil.example' }) },
      code: 'wrong-issuer',
    },
    {
      name: 'another issuer in the token',
      lies: { claims: (c) => ({ ...c, iss: 'https://evil.example' }) },
      code: 'wrong-issuer',
    },
    { name: 'a token for another program', lies: { claims: (c) => ({ ...c, aud: 'bank' }) }, code: 'not-for-us' },
    {
      name: 'a token for us and another program',
      lies: { claims: (c) => ({ ...c, aud: ['sursur', 'bank'] }) },
      code: 'not-for-us',
    },
    {
      name: 'a token given to another program',
      lies: { claims: (c) => ({ ...c, aud: ['sursur', 'bank'], azp: 'bank' }) },
      code: 'not-for-us',
    },
    { name: 'a signature of another key', lies: { foreignKey: true }, code: 'bad-signature' },
    { name: 'a key that it does not publish', lies: { header: { kid: 'two' } }, code: 'bad-signature' },
    { name: 'another nonce', lies: { claims: (c) => ({ ...c, nonce: 'other' }) }, code: 'nonce-mismatch' },
    { name: 'a token of an hour ago', lies: { claims: (c) => ({ ...c, iat: NOW - 7_200, exp: NOW - 3_600 }) }, code: 'expired' },
    { name: 'a token that is not valid yet', lies: { claims: (c) => ({ ...c, nbf: NOW + 3_600 }) }, code: 'expired' },
    { name: 'no nonce', lies: { claims: ({ nonce: _, ...c }) => c }, code: 'answer-unreadable' },
    { name: 'no signature at all', lies: { header: { alg: 'none' } }, code: 'answer-unreadable' },
    { name: 'a signature by the shared secret', lies: { header: { alg: 'HS256' } }, code: 'answer-unreadable' },
    { name: 'no subject', lies: { claims: ({ sub: _, ...c }) => c }, code: 'answer-unreadable' },
    { name: 'a subject with a line break', lies: { claims: (c) => ({ ...c, sub: 'ana\r\nx: y' }) }, code: 'answer-unreadable' },
    { name: 'no identity token', lies: { token: ({ id_token: _, ...t }) => t }, code: 'answer-unreadable' },
    { name: 'text instead of a token', lies: { token: () => '<html>' }, code: 'answer-unreadable' },
    { name: 'text instead of its description', lies: { discovery: () => '<html>' }, code: 'answer-unreadable' },
    { name: 'a description without addresses', lies: { discovery: ({ issuer }) => ({ issuer }) }, code: 'answer-unreadable' },
    { name: 'keys that are none', lies: { keys: () => ({ keys: 'none' }) }, code: 'answer-unreadable' },
    { name: 'a fault of its own', lies: { tokenStatus: 500 }, code: 'answer-unreadable' },
    {
      name: 'keys at an address of the network',
      lies: { discovery: (d) => ({ ...d, jwks_uri: 'http://169.254.169.254/' }) },
      code: 'unreachable',
    },
    {
      name: 'codes to be sent to another host',
      lies: { discovery: (d) => ({ ...d, token_endpoint: 'http://10.0.0.1/' }) },
      code: 'unreachable',
    },
    { name: 'a description without end', lies: { discovery: (d) => ({ ...d, more: 'x'.repeat(30_000) }) }, code: 'unreachable' },
    { name: 'silence at first', lies: { silent: CONFIGURATION }, code: 'too-slow' },
    { name: 'silence at its keys', lies: { silent: '/keys' }, code: 'too-slow' },
    { name: 'silence to a code', lies: { silent: '/token' }, code: 'too-slow' },
    {
      name: 'a code that it does not know',
      lies: { token: () => ({ error: 'invalid_grant' }), tokenStatus: 400 },
      code: 'code-refused',
    },
    {
      name: 'a client that it does not know',
      lies: { token: () => ({ error: 'invalid_client' }), tokenStatus: 400 },
      code: 'client-refused',
    },
    { name: 'an error of its own', lies: { token: () => ({ error: 'x\r\ny' }), tokenStatus: 400 }, code: 'refused' },
  ])('$name', async ({ lies, code }) => {
    expect(await signIn(lies)).toBe(`outside.open-id-${code}`)
  })
})

test('an error in the answer that only the provider can give is shown, shortened and on one line', async () => {
  const provider = newProvider()
  const start = await provider.begin()
  const callbackUrl = `${redirectUri}?error=${encodeURIComponent(`server_error\r\n${'x'.repeat(500)}`)}&state=${start.state}`
  const problem = await provider.finish({ ...start, callbackUrl }).catch((found) => found)
  expect(problem).toMatchObject({ code: 'outside.open-id-refused', kind: 'refused' })
  expect(problem.params.found).toMatch(/^server_error x{187}$/)
})

test('while the provider is down nobody waits; once it is back the next person signs in', async () => {
  const passing = await startLyingHouse('sursur')
  const provider = newProvider(passing.issuer)
  await passing.close()
  await expect(provider.begin()).rejects.toMatchObject({
    code: 'outside.open-id-unreachable',
    details: [{ code: 'outside.host-unreachable', params: { reason: 'ECONNREFUSED' } }],
  })
  const back = await startLyingHouse('sursur', Number(new URL(passing.issuer).port))
  expect((await provider.begin()).address).toMatch(`${passing.issuer}/auth?`)
  await back.close()
})

test('what the provider says about itself is asked once for many people', async () => {
  const provider = newProvider()
  const before = house.asked(CONFIGURATION)
  await Promise.all(Array.from({ length: 20 }, () => provider.begin()))
  await provider.begin()
  expect(house.asked(CONFIGURATION)).toBe(before + 1)
})
