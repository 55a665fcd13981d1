import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { HttpRequest } from '../kernel/http.ts'
import { Problem } from '../kernel/problems.ts'
import { createHttpServer, type HttpServerOptions } from './http-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'sursur-http-'))
const open: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

/** Echoes what a route sees. */
async function serve(options: Partial<HttpServerOptions> = {}) {
  const answer = async (request: HttpRequest) => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      form: [...request.form],
      json: request.json,
      files: request.files.map(({ name, bytes }) => ({ name, bytes })),
    }),
  })
  const server = await createHttpServer({
    host: '127.0.0.1',
    publicHost: undefined,
    startToken: undefined,
    uploadFolder: folder,
    uploadLimitBytes: 1_000,
    routes: [
      { method: 'GET', path: '/page', handle: answer },
      { method: 'POST', path: '/page', handle: answer },
      { method: 'POST', path: '/upload', uploads: true, handle: answer },
    ],
    answerError: (error) => ({
      status: error instanceof Problem ? 400 : 500,
      headers: {},
      body: error instanceof Problem ? error.code : 'fault',
    }),
    ...options,
  })
  open.push(server)
  return server
}

const LOCAL = { host: 'localhost:8080' }
const FORM = { ...LOCAL, 'content-type': 'application/x-www-form-urlencoded' }

describe('ruling 18: until accounts exist, only this machine is answered', () => {
  test('a foreign host name is refused, so that a rebound name of an attacker reaches nothing', async () => {
    const server = await serve()
    expect((await server.inject({ url: '/page', headers: LOCAL })).statusCode).toBe(200)
    const refused = await server.inject({ url: '/page', headers: { host: 'evil.example' } })
    expect([refused.statusCode, refused.body]).toEqual([400, 'http.host-not-accepted'])
  })

  test('a form sent from a page of another site is refused', async () => {
    const server = await serve()
    const send = (origin: string) =>
      server.inject({ method: 'POST', url: '/page', headers: { ...FORM, origin }, payload: 'a=1&a=2' })
    expect((await send('http://localhost:8080')).json().form).toEqual([
      ['a', '1'],
      ['a', '2'],
    ])
    expect((await send('https://evil.example')).body).toBe('http.origin-not-accepted')
    expect((await send('null')).body).toBe('http.origin-not-accepted')
  })

  test('with a start-up token nobody gets in without it, and the cookie then does', async () => {
    const token = 'a-secret-of-more-than-24-characters'
    const server = await serve({ startToken: token })
    expect((await server.inject({ url: '/page', headers: LOCAL })).body).toBe('http.token-missing')
    expect((await server.inject({ url: '/enter?token=wrong', headers: LOCAL })).body).toBe('http.token-missing')
    const entered = await server.inject({ url: `/enter?token=${token}`, headers: LOCAL })
    expect(entered.statusCode).toBe(303)
    const cookie = String(entered.headers['set-cookie']).split(';')[0] ?? ''
    expect((await server.inject({ url: '/page', headers: { ...LOCAL, cookie } })).statusCode).toBe(200)
  })
})

describe('what is received', () => {
  const boundary = 'x'
  const headers = { ...LOCAL, 'content-type': `multipart/form-data; boundary=${boundary}` }
  const body = (name: string, content: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; name="note"\r\n\r\nhello\r\n--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n${content}\r\n--${boundary}--\r\n`

  test('a file is stored under a name of our own and removed after the answer; its own name loses any path', async () => {
    const server = await serve()
    const answer = await server.inject({ method: 'POST', url: '/upload', headers, payload: body('../../etc/list.csv', 'a,b') })
    expect(answer.json()).toEqual({ form: [['note', 'hello']], files: [{ name: 'list.csv', bytes: 3 }] })
    await expect.poll(() => readdirSync(folder)).toEqual([])
  })

  test('a file over the limit is refused and nothing of it stays', async () => {
    const server = await serve()
    const answer = await server.inject({ method: 'POST', url: '/upload', headers, payload: body('big.csv', 'x'.repeat(2_000)) })
    expect(answer.body).toBe('http.file-too-large')
    expect(readdirSync(folder)).toEqual([])
    rmSync(folder, { recursive: true, force: true })
  })

  test("what cannot be read is the caller's to mend, in our own words, not a fault", async () => {
    const server = await serve()
    const post = (type: string, payload: string) =>
      server.inject({ method: 'POST', url: '/page', headers: { ...LOCAL, 'content-type': type }, payload })
    expect((await post('application/json', '{ "a": ')).body).toBe('http.request-not-readable')
    expect((await post('application/json', '')).body).toBe('http.request-not-readable')
    expect((await post('text/rtf', 'x')).body).toBe('http.request-not-readable')
    expect((await post('application/json', `"${'x'.repeat(4_100_000)}"`)).body).toBe('http.request-too-large')
    expect((await server.inject({ url: '//', headers: LOCAL })).body).toBe('http.page-missing')
    expect((await server.inject({ url: '/page/%E0%A4%A', headers: LOCAL })).statusCode).toBe(400)
  })

  test('pages carry a policy that runs no foreign and no inline script', async () => {
    const server = await serve()
    const { headers: sent } = await server.inject({ url: '/page', headers: LOCAL })
    expect(sent['content-security-policy']).toContain("script-src 'self'")
    expect(sent['content-security-policy']).not.toContain('unsafe')
    expect(sent['x-content-type-options']).toBe('nosniff')
  })
})
