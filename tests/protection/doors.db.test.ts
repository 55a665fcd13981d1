/** The doors as an attacker finds them: planted cookies, forms of other sites, addresses that lead away, answers for somebody else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newApiKey } from '../../src/credentials/index.ts'
import { sql } from '../../src/database/db.ts'
import { getMessage, inviteUser } from '../../src/modules/access/index.ts'
import { LOCAL_ADMINISTRATOR } from '../../src/operations/index.ts'
import { type OpenIdHouse, startOpenIdHouse } from '../outside/open-id-house.ts'
import { OWNER, openBrowser, signIn } from './browser.ts'
import { FROM_OUR_PAGE, HOST, type OpenSite, openSite } from './open-site.ts'

const BACK = '/sign-in/provider/back'
const SESSION = 'sursur-session'
const LINE_BREAK = 'x\r\nset-cookie: evil=1\r\n\r\n<b>'

let house: OpenIdHouse
let site: OpenSite

beforeAll(async () => {
  house = await startOpenIdHouse({ redirectUri: `http://${HOST}${BACK}` })
  site = await openSite({
    SURSUR_TRUSTED_PROXY: '127.0.0.1',
    SURSUR_OIDC_ISSUER: house.issuer,
    SURSUR_OIDC_CLIENT_ID: house.clientId,
    SURSUR_OIDC_CLIENT_SECRET: house.clientSecret,
    SURSUR_OIDC_ALLOW_HTTP: 'yes',
  })
})
afterAll(async () => {
  await site.close()
  await house.close()
})

/** Whatever a browser makes of it, the address is one of ours. */
function isOurs(location: unknown): boolean {
  const url = new URL(String(location), `http://${HOST}`)
  return url.host === HOST && /^[\x21-\x7e]+$/.test(String(location))
}

describe('before there is an account', () => {
  test('no route leads away or lets a line into its headers, whatever stands where', { timeout: 120_000 }, async () => {
    const names = ['to', 'next', 'back', 'return', 'url', 'q', 'lang', 'page', 'done', 'collection']
    const wrong: string[] = []
    for (const hostile of [LINE_BREAK, '//evil.example/x', 'https://evil.example/', '/\\evil.example']) {
      for (const { method, path } of site.routes.filter(({ path }) => path !== '/:lang/sample-data/load')) {
        const url = path.replace(':lang', 'en').replace(/:\w+|\*/g, encodeURIComponent(hostile))
        const fields = new URLSearchParams(names.map((name) => [name, hostile])).toString()
        const answer = await site.server.inject({
          method,
          url: `${url}?${fields}`,
          headers: { ...FROM_OUR_PAGE, 'content-type': 'application/x-www-form-urlencoded' },
          ...(method === 'POST' ? { payload: fields } : {}),
        })
        const { location, 'set-cookie': set } = answer.headers
        // The one who is asked to leave for the sign-in service goes to the service that the settings name.
        const leads =
          path === '/:lang/sign-in/provider'
            ? String(location ?? '').startsWith(house.issuer) || isOurs(location ?? '/')
            : isOurs(location ?? '/')
        if (!leads || String(set ?? '').includes('evil') || answer.statusCode >= 500)
          wrong.push(`${method} ${path}: ${answer.statusCode} ${location}`)
      }
    }
    expect(wrong).toEqual([])
  })

  test('the first account is made by the person at this machine, who is signed in', async () => {
    const browser = openBrowser(site)
    expect((await browser.post('/en/setup', OWNER)).statusCode).toBe(303)
    expect(browser.cookies.has(SESSION)).toBe(true)
  })
})

describe('cookies', () => {
  test('without TLS: for this host, not for scripts, not from forms of other sites, until the browser is closed', async () => {
    const set = String((await signIn(openBrowser(site))).headers['set-cookie'])
    expect(set).toMatch(/^sursur-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  })

  test('over TLS: also Secure and bound to the host by its name', async () => {
    const overTls = { 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': 'https', origin: `https://${HOST}` }
    const set = String((await signIn(openBrowser(site, overTls))).headers['set-cookie'])
    expect(set).toMatch(/^__Host-sursur-session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  })

  test('the token stands in no page and no address', async () => {
    const browser = openBrowser(site)
    const { headers } = await signIn(browser)
    const token = browser.cookies.get(SESSION) ?? 'none'
    expect(String(headers.location)).not.toContain(token)
    for (const path of ['/en/account', '/en/account/sessions', '/en/account/my-data', '/en/account/my-data.json'])
      expect((await browser.get(path)).body).not.toContain(token)
  })
})

describe('a session', () => {
  test('that was planted opens nothing, and signing in gives another', async () => {
    const browser = openBrowser(site)
    browser.cookies.set(SESSION, 'p'.repeat(43))
    expect((await browser.get('/en/account')).statusCode).toBe(303)
    await signIn(browser)
    expect(browser.cookies.get(SESSION)).not.toBe('p'.repeat(43))
  })

  test('ends when the same browser signs in again', async () => {
    const browser = openBrowser(site)
    await signIn(browser)
    const before = browser.cookies.get(SESSION) ?? ''
    const { email, password } = OWNER
    await browser.post('/en/sign-in', { email, password, _form: await browser.formToken() })
    expect(browser.cookies.get(SESSION)).not.toBe(before)
    const old = openBrowser(site)
    old.cookies.set(SESSION, before)
    expect((await old.get('/en/account')).statusCode).toBe(303)
  })

  test('ends when somebody accepts an invitation in the same browser', async () => {
    const browser = openBrowser(site)
    await signIn(browser)
    const before = browser.cookies.get(SESSION) ?? ''
    const invited = { email: 'li.wei@mofa.example', name: 'Li Wei', lang: 'en' } as const
    const { messageId } = await site.app.operations.run(inviteUser, invited, LOCAL_ADMINISTRATOR)
    const { body } = await site.app.operations.run(getMessage, { id: messageId }, LOCAL_ADMINISTRATOR)
    const token = /[?]token=([\w-]+)/.exec(body)?.[1] ?? ''
    const form = { token, name: 'Li Wei', password: 'nine amber ladders lean on fog', _form: await browser.formToken() }
    const answer = await browser.post('/en/invitation', form)
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/en/account?done=welcome'])
    expect(browser.cookies.get(SESSION)).not.toBe(before)
    const old = openBrowser(site)
    old.cookies.set(SESSION, before)
    expect((await old.get('/en/account')).statusCode).toBe(303)
  })

  test('is over for whoever kept the cookie, once its owner signed out', async () => {
    const browser = openBrowser(site)
    await signIn(browser)
    const kept = browser.cookies.get(SESSION) ?? ''
    await browser.post('/en/sign-out', { _form: await browser.formToken() })
    expect(browser.cookies.has(SESSION)).toBe(false)
    const thief = openBrowser(site)
    thief.cookies.set(SESSION, kept)
    expect((await thief.get('/en/account')).statusCode).toBe(303)
  })

  test('no answer to somebody who is signed in is kept by a browser', async () => {
    const browser = openBrowser(site)
    await signIn(browser)
    for (const path of [
      '/en',
      '/en/account',
      '/en/initiatives',
      '/en/users',
      '/en/account/my-data.json',
      '/en/initiatives.csv',
      '/en/imports/template.xlsx',
      '/api/access/list-own-delegations',
    ])
      expect([path, (await browser.get(path)).headers['cache-control']]).toEqual([path, 'no-store'])
  })
})

describe('a form of another site', () => {
  const profile = { name: 'Taken Over', lang: 'en', timezone: 'UTC' }

  test('has no token, or that of another session, and is refused; the own one is accepted', async () => {
    const [mine, other] = [openBrowser(site), openBrowser(site)]
    await signIn(mine)
    await signIn(other)
    const statuses: number[] = []
    for (const token of [undefined, '', 'x', await other.formToken(), `${await mine.formToken()}x`])
      statuses.push((await mine.post('/en/account', { ...profile, ...(token === undefined ? {} : { _form: token }) })).statusCode)
    expect(statuses).toEqual([403, 403, 403, 403, 403])
    const accepted = await mine.post('/en/account', { ...profile, name: OWNER.name, _form: await mine.formToken() })
    expect(accepted.statusCode).toBe(303)
  })

  test.each([
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['the origin of a frame without one', { origin: 'null' }],
    ['our host over another protocol', { origin: `ftp://${HOST}` }],
    ['our host as part of another', { origin: `http://${HOST}.evil.example` }],
    ['only a foreign referrer', { origin: '', referer: 'https://evil.example/' }],
  ])('%s is refused although the token is right, on pages and on the API', async (_name, headers) => {
    const browser = openBrowser(site)
    await signIn(browser)
    const token = await browser.formToken()
    expect((await browser.post('/en/account', { ...profile, _form: token }, headers)).statusCode).toBe(403)
    expect((await browser.post('/api/access/give-delegation', { _form: token }, headers)).statusCode).toBe(403)
  })

  test('signing in, too, is only from a page of ours: nobody is signed in to the account of an attacker', async () => {
    const browser = openBrowser(site)
    const { email, password } = OWNER
    const answer = await browser.post(
      '/en/sign-in',
      { email, password },
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    )
    expect(answer.statusCode).toBe(403)
    expect(browser.cookies.size).toBe(0)
  })
})

describe('where signing in leads', () => {
  test.each([
    ['//evil.example'],
    ['/\\evil.example'],
    ['\\\\evil.example'],
    ['https://evil.example/en'],
    ['javascript:alert(1)'],
    ['/\t/evil.example'],
    ['/en\r\nset-cookie: evil=1'],
    ['/%0d%0aset-cookie:%20evil=1'],
    [`http://${HOST}@evil.example/`],
    ['.evil.example'],
    ['/en/sign-out'],
  ])('%j: to a page of ours', async (to) => {
    const answer = await signIn(openBrowser(site), to)
    expect(answer.statusCode).toBe(303)
    expect([answer.headers.location, isOurs(answer.headers.location)]).toEqual([answer.headers.location, true])
    expect(String(answer.headers['set-cookie'])).not.toContain('evil')
    expect(String(answer.headers.location)).not.toContain('sign-out')
  })

  test('a page that was asked for is found again', async () => {
    const browser = openBrowser(site)
    const asked = await browser.get('/en/users?state=active')
    const to = new URL(String(asked.headers.location), `http://${HOST}`).searchParams.get('to') ?? ''
    expect((await signIn(browser, to)).headers.location).toBe('/en/users?state=active')
  })
})

describe('the name by which we are called', () => {
  test.each([['evil.example'], [`${HOST}.evil.example`], ['evil.example#localhost:8080'], ['127.0.0.1.evil.example:8080']])(
    '%s is refused, on pages and on the API',
    async (host) => {
      for (const url of ['/en', '/api/registry/list-collections', '/nowhere'])
        expect((await site.server.inject({ url, headers: { host } })).statusCode).toBe(403)
    },
  )

  test('in a mail is that of the settings, whatever the request said', async () => {
    const browser = openBrowser(site)
    await browser.post(
      '/en/password/forgot',
      { email: OWNER.email },
      { forwarded: 'host=evil.example', 'x-host': 'evil.example' },
    )
    const messages = await site.app.database.many<{ body: string }>(sql`select body from messages order by created_at desc, id`)
    expect(messages[0]?.body).toContain(`http://${HOST}/en/password/reset?token=`)
    expect(JSON.stringify(messages)).not.toContain('evil')
  })
})

describe('the answer of the sign-in service', () => {
  async function begin() {
    const browser = openBrowser(site)
    const { headers } = await browser.get('/en/sign-in/provider?to=/en/users')
    return { browser, back: new URL(await house.signIn(String(headers.location))) }
  }

  test('meant for the browser of an attacker signs nobody in, and is used up', async () => {
    const [victim, attacker] = [await begin(), await begin()]
    const forged = await victim.browser.get(`/en${BACK}${attacker.back.search}`)
    expect(forged.statusCode).toBeGreaterThanOrEqual(400)
    expect([...victim.browser.cookies.keys()]).toEqual([])
    const again = await victim.browser.get(`/en${BACK}${victim.back.search}`)
    expect(again.statusCode).toBeGreaterThanOrEqual(400)
  })

  test('cannot be asked for by a page of another site: the person chooses', async () => {
    const answer = await openBrowser(site).get('/en/sign-in/provider', { 'sec-fetch-site': 'cross-site' })
    expect([answer.statusCode, answer.headers.location, answer.headers['set-cookie']]).toEqual([200, undefined, undefined])
  })

  test('without the cookie that the way began with signs nobody in', async () => {
    const { back } = await begin()
    const stranger = openBrowser(site)
    expect((await stranger.get(`/en${BACK}${back.search}`)).statusCode).toBeGreaterThanOrEqual(400)
    expect(stranger.cookies.size).toBe(0)
  })

  test('that is right signs in, and leads to the page that was asked for', async () => {
    const { browser, back } = await begin()
    const passedOn = await browser.get(`${back.pathname}${back.search}`)
    const answer = await browser.get(String(passedOn.headers.location))
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/en/users'])
    expect([...browser.cookies.keys()]).toEqual([SESSION])
  })
})

describe('a key', () => {
  test('counts in its header alone: in an address or a form it says nothing', async () => {
    const browser = openBrowser(site)
    await signIn(browser)
    const made = await site.server.inject({
      method: 'POST',
      url: '/api/access/create-api-key',
      headers: { ...FROM_OUR_PAGE, cookie: `${SESSION}=${browser.cookies.get(SESSION)}` },
      payload: { name: 'reader', permissions: ['access.audit.view'], expiresAt: new Date(Date.now() + 86_400_000).toISOString() },
    })
    const { key } = made.json()
    expect([made.statusCode, typeof key]).toEqual([200, 'string'])
    const url = '/api/access/get-audit-state'
    const ask = (more: string, headers: Record<string, string> = {}) =>
      site.server.inject({ url: `${url}${more}`, headers: { host: HOST, ...headers } })
    expect((await ask('', { authorization: `Bearer ${key}` })).statusCode).toBe(200)
    for (const name of ['key', 'api_key', 'apikey', 'access_token', 'token', 'authorization']) {
      const answer = await ask(`?${name}=${key}`)
      expect([name, answer.statusCode >= 400]).toEqual([name, true])
      expect(answer.body).not.toContain(key)
    }
    for (const header of ['x-api-key', 'api-key', 'x-authorization'])
      expect((await ask('', { [header]: key })).statusCode).toBeGreaterThanOrEqual(400)
    expect(
      (await ask('', { authorization: `Basic ${Buffer.from(`x:${key}`).toString('base64')}` })).statusCode,
    ).toBeGreaterThanOrEqual(400)
  })
})

test('of all this nothing was a fault: the log holds nothing but the count of what was refused', () =>
  expect(site.said.filter((line) => !line.includes(' refused in the last minute: '))).toEqual([]))

test('a fault tells the caller a number and the log no person, no secret and no address', { timeout: 120_000 }, async () => {
  const browser = openBrowser(site, { 'x-forwarded-for': '203.0.113.77', 'user-agent': 'Agent of Ana' })
  await signIn(browser)
  const { key } = newApiKey()
  const secrets = [
    key,
    OWNER.email,
    'ana.silva',
    'Silva',
    OWNER.password,
    '203.0.113.77',
    'Agent of Ana',
    browser.cookies.get(SESSION) ?? 'none',
    'tok3n-in-the-query',
  ]
  // Every statement fails from here on, each with the name of a table in its message.
  await site.app.database.run(sql`
    do $$
    declare one text;
    begin
      for one in select tablename from pg_tables where schemaname = 'public' loop
        execute format('alter table %I rename to %I', one, 'gone_' || one);
      end loop;
    end $$
  `)
  const answers = [
    await signIn(browser),
    await browser.get('/en/password/reset?token=tok3n-in-the-query'),
    await browser.get(`/en/initiatives?q=${OWNER.email}`),
    await browser.get('/en/account'),
    await browser.get(`/api/registry/list-collections?search=${OWNER.email}`),
    await browser.get('/api/access/get-audit-state', { authorization: `Bearer ${key}` }),
  ]
  expect(answers.map(({ statusCode }) => statusCode).filter((status) => status < 500)).toEqual([])
  for (const { body } of answers) {
    expect(body).not.toMatch(/\n\s+at |node_modules|\/src\/|\.ts:\d|select |gone_|relation |42P01/i)
    expect(body).toMatch(/[\da-f]{8}/)
  }
  const log = site.said.join('\n')
  expect(site.said.length).toBeGreaterThanOrEqual(answers.length)
  expect(secrets.filter((secret) => log.includes(secret))).toEqual([])
})
