/** The protocol of files in parts, as any program that speaks tus 1.0.0 meets it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPartialFiles, type PartialFiles } from '../../jobs/imports/partial/partial-files.ts'
import { type HttpRequest, statusOfProblem } from '../../kernel/http.ts'
import { Problem } from '../../kernel/problems.ts'
import '../../operations/index.ts'
import { createHttpServer } from '../http-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'sursur-tus-'))
const partial = createPartialFiles(join(folder, 'unfinished'))
let server: Awaited<ReturnType<typeof createHttpServer>>
let address: string

/** A header says who it is; nobody else may. */
async function admit(request: HttpRequest): Promise<PartialFiles> {
  const id = request.header('x-person')
  if (id === undefined) throw new Problem('operations.permission-lacking', { permission: 'registry.import.run' })
  return partial.of({ id })
}

beforeAll(async () => {
  server = await createHttpServer({
    host: '127.0.0.1',
    publicHost: undefined,
    startToken: undefined,
    accountsExist: async () => true,
    uploadFolder: folder,
    uploadLimitBytes: 2_000_000,
    routes: [],
    resumable: { admit },
    answerError: (error) => ({
      status: error instanceof Problem ? statusOfProblem(error) : 500,
      headers: {},
      body: String(error),
    }),
  })
  address = await server.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const TUS = { 'tus-resumable': '1.0.0', 'x-person': 'amina' }

function call(path: string, method: string, headers: Record<string, string> = {}, body?: string): Promise<Response> {
  return fetch(`${address}/en/imports/uploads${path}`, {
    method,
    headers: { ...TUS, ...headers },
    ...(body === undefined ? {} : { body }),
  })
}

const part = (offset: number) => ({ 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' })

async function begin(length: number, metadata = `filename ${Buffer.from('list.csv').toString('base64')}`): Promise<string> {
  const answer = await call('', 'POST', { 'upload-length': String(length), 'upload-metadata': metadata })
  expect(answer.status).toBe(201)
  const place = answer.headers.get('location') ?? ''
  expect(place).toMatch(/^\/en\/imports\/uploads\/[0-9A-Z]{26}$/)
  return place.slice(place.lastIndexOf('/'))
}

describe('refused', () => {
  test('whoever may not import, a page of another site, another version of the protocol', async () => {
    const id = await begin(4)
    const stranger = await fetch(`${address}/en/imports/uploads${id}`, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } })
    expect(stranger.status).toBe(403)
    expect((await call(id, 'HEAD', { 'x-person': 'juma' })).status).toBe(404)
    for (const method of ['POST', 'PATCH', 'DELETE', 'OPTIONS']) {
      expect((await call(id, method, { origin: 'https://elsewhere.example', ...part(0) })).status).toBe(403)
    }
    const other = await call('', 'POST', { 'tus-resumable': '0.2.2', 'upload-length': '4' })
    expect([other.status, other.headers.get('tus-version')]).toEqual([412, '1.0.0'])
    expect((await call(id, 'HEAD')).headers.get('upload-offset')).toBe('0')
  })

  test('no length, one too large, a part at the wrong place, of another kind, or longer than announced', async () => {
    expect((await call('', 'POST')).status).toBe(400)
    expect((await call('', 'POST', { 'upload-length': '-1' })).status).toBe(400)
    const large = await call('', 'POST', { 'upload-length': '2000001' })
    expect(large.status).toBe(413)
    expect((await large.json()).message).toContain('2 MB')
    const id = await begin(4)
    expect((await call(id, 'PATCH', part(1), 'bcd')).status).toBe(409)
    expect((await call(id, 'PATCH', { ...part(0), 'content-type': 'text/plain' }, 'abcd')).status).toBe(415)
    expect((await call(id, 'PATCH', part(0), 'abcde')).status).toBe(400)
    expect((await call('/01BX5ZZKBKACTAV9WEVGEMMVRZ', 'HEAD')).status).toBe(404)
    expect((await call('/..%2F..%2Fetc', 'HEAD')).status).toBe(404)
  })
})

test('says what it can', async () => {
  const answer = await call('', 'OPTIONS')
  expect(answer.status).toBe(204)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'tus-resumable': '1.0.0',
    'tus-version': '1.0.0',
    'tus-extension': 'creation,expiration,termination',
    'tus-max-size': '2000000',
  })
})

test('a file comes in two parts, the second through a network that knows only POST', async () => {
  const id = await begin(8)
  const first = await call(id, 'PATCH', part(0), 'abcde')
  expect([first.status, first.headers.get('upload-offset')]).toEqual([204, '5'])
  const asked = await call(id, 'HEAD')
  expect(Object.fromEntries(asked.headers)).toMatchObject({
    'upload-offset': '5',
    'upload-length': '8',
    'cache-control': 'no-store',
  })
  expect(new Date(asked.headers.get('upload-expires') ?? '').getTime()).toBeGreaterThan(Date.now() + 6 * 86_400_000)
  expect((await call(id, 'POST', { ...part(5), 'x-http-method-override': 'PATCH' }, 'fgh')).status).toBe(204)
  const file = await partial.of({ id: 'amina' }).received(id.slice(1))
  expect([file.name, readFileSync(file.path, 'utf8')]).toEqual(['list.csv', 'abcdefgh'])
  expect((await call(id, 'DELETE')).status).toBe(204)
  expect((await call(id, 'HEAD')).status).toBe(404)
})

test('what came before the line was cut in the middle of a part is there', async () => {
  const id = await begin(1_000_000)
  const socket = connect(Number(new URL(address).port), '127.0.0.1')
  const head = Object.entries({ ...TUS, ...part(0), host: new URL(address).host, 'content-length': '1000000' })
  socket.write(`PATCH /en/imports/uploads${id} HTTP/1.1\r\n${head.map((pair) => pair.join(': ')).join('\r\n')}\r\n\r\n`)
  socket.write('x'.repeat(300_000))
  await new Promise((resolve) => setTimeout(resolve, 300))
  socket.destroy()
  expect((await call(id, 'HEAD')).headers.get('upload-offset')).toBe('300000')
})
