/** What the edge refuses, and what it adds to every answer. */

import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { type HttpRequest, type HttpResponse, statusOfProblem } from '../../kernel/http.ts'
import { Problem } from '../../kernel/problems.ts'
import { createHttpServer, type HttpServerOptions } from '../http-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'sursur-edge-'))
const open: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Echoes what a route sees of the request. */
async function answer({
  id,
  address,
  secure,
  origin,
  foreign,
  cookies,
  route,
  form,
  header,
}: HttpRequest): Promise<HttpResponse> {
  const seen = { id, address, secure, origin, foreign, cookies, route, fields: form.size, cookie: header('cookie') }
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(seen) }
}

async function serve(options: Partial<HttpServerOptions> = {}) {
  const server = await createHttpServer({
    host: '127.0.0.1',
    publicHost: 'desk.example.org',
    startToken: undefined,
    accountsExist: async () => true,
    uploadFolder: folder,
    uploadLimitBytes: 1_000,
    routes: [
      { method: 'GET', path: '/page/:id', handle: answer },
      { method: 'POST', path: '/page/:id', handle: answer },
      { method: 'POST', path: '/api/thing', handle: answer },
      { method: 'POST', path: '/sign-in', limit: 'sign-in', handle: answer },
      {
        method: 'GET',
        path: '/cookie',
        handle: async () => ({
          status: 200,
          headers: {},
          body: '',
          cookies: [{ name: 'sursur-session', value: 'x', maxAgeSeconds: 60 }],
        }),
      },
    ],
    answerError: (error) => ({
      status: error instanceof Problem ? statusOfProblem(error) : 500,
      headers: {},
      body: error instanceof Problem ? error.code : String(error),
    }),
    ...options,
  })
  open.push(server)
  return server
}

const LOCAL = { host: 'localhost:8080' }
const FORM = { ...LOCAL, 'content-type': 'application/x-www-form-urlencoded' }

describe('too often', () => {
  test('fifty attempts to sign in from one address are held off, and another address and every page are not', async () => {
    const server = await serve()
    const attempt = async (remoteAddress: string, url = '/sign-in') => {
      const answered = await server.inject({ method: 'POST', url, headers: FORM, payload: 'a=1', remoteAddress })
      return answered.statusCode === 429 ? `wait ${answered.headers['retry-after']}` : answered.statusCode
    }
    const attempts = await Promise.all(Array.from({ length: 50 }, () => attempt('192.0.2.1')))
    expect(attempts.filter((status) => status === 200)).toHaveLength(10)
    expect(attempts.at(-1)).toBe('wait 12')
    expect(await attempt('192.0.2.2')).toBe(200)
    expect(await attempt('192.0.2.1', '/page/1')).toBe(200)
  })

  test('neighbours in one IPv6 network count as one; what a client says about itself does not count', async () => {
    const server = await serve()
    const statuses: number[] = []
    for (let turn = 0; turn < 12; turn += 1) {
      const headers = { ...FORM, 'x-forwarded-for': `198.51.100.${turn}` }
      const remoteAddress = `2001:db8:1:2::${turn + 1}`
      statuses.push((await server.inject({ method: 'POST', url: '/sign-in', headers, payload: '', remoteAddress })).statusCode)
    }
    expect(statuses.filter((status) => status === 429)).toHaveLength(2)
  })

  test('the entrance hears ten guesses of one address', async () => {
    const token = 'a-secret-of-more-than-24-characters'
    const server = await serve({ startToken: token, accountsExist: async () => false })
    const enter = async (guess: string) =>
      (await server.inject({ url: `/enter?token=${guess}`, headers: LOCAL, remoteAddress: '192.0.2.1' })).statusCode
    const guesses = await Promise.all(Array.from({ length: 12 }, () => enter('wrong')))
    expect(guesses).toEqual([...Array(10).fill(403), 429, 429])
    expect(await enter(token)).toBe(429)
  })
})

describe('what is refused before it is read', () => {
  test.each([
    { name: 'a method that the address does not have', method: 'DELETE', url: '/page/1', status: 405, allow: 'GET, HEAD, POST' },
    { name: 'a page where there is only a form', method: 'GET', url: '/sign-in', status: 405, allow: 'POST' },
    { name: 'OPTIONS without another site', method: 'OPTIONS', url: '/page/1', status: 405, allow: 'GET, HEAD, POST' },
    { name: 'a method at no address', method: 'PUT', url: '/nowhere', status: 404 },
    { name: 'a long address', method: 'GET', url: `/page/1?q=${'x'.repeat(8_192)}`, status: 414 },
    { name: 'a long part of an address', method: 'GET', url: `/page/${'x'.repeat(8_000)}`, status: 200 },
    { name: 'the null character in a part of the address', method: 'GET', url: '/page/a%00b', status: 404 },
    { name: 'a line break in a part of the address', method: 'GET', url: '/page/a%0d%0ab', status: 404 },
    { name: 'the null character in the query', method: 'GET', url: '/page/1?q=%00', status: 422 },
    { name: 'an address that cannot be decoded', method: 'GET', url: '/page/%c0%af', status: 404 },
    { name: 'a path out of the site', method: 'GET', url: '/page/..%2f..%2fetc%2fpasswd', status: 200 },
  ] as const)('$name: $status', async ({ method, url, status, ...rest }) => {
    const server = await serve()
    const answered = await server.inject({ method, url, headers: LOCAL })
    expect(answered.statusCode).toBe(status)
    expect(answered.headers.allow).toBe('allow' in rest ? rest.allow : undefined)
    expect(answered.headers['content-security-policy']).toContain("default-src 'none'")
  })

  test('a form of more than 2,000 fields, and JSON that reaches for a prototype', async () => {
    const server = await serve()
    const send = async (type: string, payload: string) =>
      (await server.inject({ method: 'POST', url: '/page/1', headers: { ...LOCAL, 'content-type': type }, payload })).body
    const form = 'application/x-www-form-urlencoded'
    expect(await send(form, 'a=1&'.repeat(2_000))).toBe('http.too-many-fields')
    expect(JSON.parse(await send(form, `${'a=1&'.repeat(1_999)}a=1`)).fields).toBe(2_000)
    expect(await send('application/json', '{"__proto__": {"isAdmin": true}}')).toBe('http.request-not-readable')
    expect(await send('application/json', '{"constructor": {"a": 1}}')).toBe('http.key-not-accepted')
    expect(await send('application/json', `${'['.repeat(100)}${']'.repeat(100)}`)).toBe('http.json-too-deep')
    expect(await send('multipart/form-data', 'x')).toBe('http.body-not-accepted')
  })
})

describe('behind a proxy', () => {
  const SAID = {
    host: '127.0.0.1:8080',
    'x-forwarded-for': '6.6.6.6, 192.0.2.7',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'desk.example.org',
  }

  test('one that nobody named is not believed', async () => {
    const server = await serve()
    const { body } = await server.inject({ url: '/page/1', headers: SAID, remoteAddress: '10.0.0.1' })
    expect(JSON.parse(body)).toMatchObject({ address: '10.0.0.1', secure: false, origin: 'http://127.0.0.1:8080' })
  })

  test.each([{ trustedProxy: ['10.0.0.0/8'] }, { trustedProxy: 1 }])(
    'one that is trusted is, and no further',
    async (options) => {
      const server = await serve(options)
      const answered = await server.inject({ url: '/page/1', headers: SAID, remoteAddress: '10.0.0.1' })
      expect(answered.json()).toMatchObject({ address: '192.0.2.7', secure: true, origin: 'https://desk.example.org' })
      expect(answered.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains')
    },
  )

  test('a foreign name that it passes on is refused', async () => {
    const server = await serve({ trustedProxy: 1 })
    const headers = { ...SAID, 'x-forwarded-host': 'evil.example' }
    expect((await server.inject({ url: '/page/1', headers })).body).toBe('http.host-not-accepted')
  })

  test('over TLS cookies are Secure and bound to this host, and a planted one is not seen', async () => {
    const server = await serve({ trustedProxy: 1 })
    const set = await server.inject({ url: '/cookie', headers: SAID })
    expect(set.headers['set-cookie']).toBe('__Host-sursur-session=x; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax')
    const cookie = 'sursur-session=planted; __Host-sursur-session=ours'
    const { cookies } = (await server.inject({ url: '/page/1', headers: { ...SAID, cookie } })).json()
    expect(cookies).toEqual({ 'sursur-session': 'ours' })
    const plain = await (await serve()).inject({ url: '/cookie', headers: LOCAL })
    expect(plain.headers['set-cookie']).toBe('sursur-session=x; Max-Age=60; Path=/; HttpOnly; SameSite=Lax')
    expect(plain.headers['strict-transport-security']).toBeUndefined()
  })

  test('a form of a page without TLS is refused where there is TLS', async () => {
    const server = await serve({ trustedProxy: 1 })
    const post = async (origin: string) =>
      (await server.inject({ method: 'POST', url: '/page/1', headers: { ...FORM, ...SAID, origin }, payload: 'a=1' })).statusCode
    expect(await post('http://desk.example.org')).toBe(403)
    expect(await post('https://desk.example.org')).toBe(200)
  })
})

describe('pages of other sites', () => {
  const MAPS = 'https://maps.example.org'

  test('none may call the API unless the settings say so', async () => {
    const server = await serve()
    const answered = await server.inject({ method: 'POST', url: '/api/thing', headers: { ...LOCAL, origin: MAPS }, payload: {} })
    expect([answered.statusCode, answered.headers['access-control-allow-origin']]).toEqual([403, undefined])
  })

  test('one that may must show a key and gets no cookie; pages stay closed to it', async () => {
    const server = await serve({ corsOrigins: [MAPS] })
    const headers = { ...LOCAL, origin: MAPS, cookie: 'sursur-session=x' }
    expect((await server.inject({ method: 'POST', url: '/api/thing', headers, payload: {} })).statusCode).toBe(403)
    const withKey = { ...headers, authorization: 'Bearer k' }
    const answered = await server.inject({ method: 'POST', url: '/api/thing', headers: withKey, payload: {} })
    expect(answered.json()).toMatchObject({ foreign: true, cookies: {} })
    expect(answered.json().cookie).toBeUndefined()
    expect(answered.headers).toMatchObject({ 'access-control-allow-origin': MAPS, vary: expect.stringContaining('Origin') })
    expect(answered.headers['access-control-allow-credentials']).toBeUndefined()
    expect((await server.inject({ method: 'POST', url: '/page/1', headers: withKey, payload: {} })).statusCode).toBe(403)
  })

  test('the question before the call is answered without reading anything', async () => {
    const server = await serve({ corsOrigins: [MAPS] })
    const ask = (origin: string) =>
      server.inject({
        method: 'OPTIONS',
        url: '/api/thing',
        headers: { ...LOCAL, origin, 'access-control-request-method': 'POST' },
      })
    const answered = await ask(MAPS)
    expect([answered.statusCode, answered.headers['access-control-allow-methods']]).toEqual([204, 'GET, POST'])
    expect((await ask('https://evil.example')).statusCode).toBe(403)
  })
})

describe('every answer', () => {
  test('has a number of its own, whatever number came in, and says what a browser may do', async () => {
    const server = await serve()
    const first = await server.inject({ url: '/page/1', headers: { ...LOCAL, 'x-request-id': 'forged' } })
    const second = await server.inject({ url: '/nowhere', headers: LOCAL })
    expect(first.headers['x-request-id']).toMatch(/^[\da-f-]{36}$/)
    expect(first.json()).toMatchObject({ id: first.headers['x-request-id'], route: '/page/:id' })
    expect(second.headers['x-request-id']).not.toBe(first.headers['x-request-id'])
    for (const { headers } of [first, second]) {
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('geolocation=()'),
        'cache-control': 'no-store',
      })
      expect(headers['content-security-policy']).not.toMatch(/unsafe|upgrade-insecure-requests/)
    }
  })
})

describe('before the first account', () => {
  const first = { accountsExist: async () => false }

  test('without a token only this machine is answered, and not what a proxy brings', async () => {
    const server = await serve(first)
    const ask = async (headers: Record<string, string>, remoteAddress: string) =>
      (await server.inject({ url: '/page/1', headers: { ...LOCAL, ...headers }, remoteAddress })).statusCode
    expect(await ask({}, '127.0.0.1')).toBe(200)
    expect(await ask({}, '192.0.2.1')).toBe(403)
    expect(await ask({ 'x-forwarded-for': '192.0.2.1' }, '127.0.0.1')).toBe(403)
    expect(await ask({ 'x-forwarded-for': '127.0.0.1' }, '127.0.0.1')).toBe(403)
    const marks = { forwarded: 'for=_h', via: '1.1 p', 'x-forwarded-host': 'a', 'x-forwarded-proto': 'https', 'x-real-ip': '::1' }
    for (const [name, value] of Object.entries(marks)) expect(await ask({ [name]: value }, '127.0.0.1'), name).toBe(403)
  })

  test('a trusted proxy on this machine leads nobody in', async () => {
    const server = await serve({ ...first, trustedProxy: ['127.0.0.1'] })
    const headers = { host: 'desk.example.org', 'x-forwarded-for': '192.0.2.1' }
    expect((await server.inject({ url: '/page/1', headers })).body).toBe('http.account-missing')
  })
})

test('with accounts the start-up token is asked no more', async () => {
  const server = await serve({ startToken: 'a-secret-of-more-than-24-characters', accountsExist: async () => true })
  expect((await server.inject({ url: '/page/1', headers: LOCAL })).statusCode).toBe(200)
  expect((await server.inject({ url: '/enter?token=x', headers: LOCAL })).headers.location).toBe('/')
})

test('a request that is no HTTP is answered without a fault, and the server goes on', async () => {
  const server = await serve()
  await server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.server.address() as { port: number }
  const say = (text: string) =>
    new Promise<string>((resolve) => {
      let heard = ''
      const socket = connect(port, '127.0.0.1', () => socket.end(text))
      socket.on('data', (chunk) => {
        heard += String(chunk)
      })
      socket.on('close', () => resolve(heard))
    })
  expect(await say('GET /page/1 HTTP/1.1\r\nhost: localhost\r\nx: a\u0000b\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/)
  expect(await say(`GET /page/1 HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431/)
  expect(await say('GET http://evil.example/page/1 HTTP/1.1\r\nhost: localhost\r\n\r\n')).toMatch(/^HTTP\/1\.1 404/)
  expect(await say('GET /page/1 HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 200/)
})
