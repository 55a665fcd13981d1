/** Files from houses that lie: slow, endless, leading elsewhere, packed, cut off. Nothing is left on disk, and the time is bounded. */
import type { lookup } from 'node:dns'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type FetchSettings, fetchPublishedFile, removeLeftFiles } from '../../src/jobs/imports/addresses/fetch-published-file.ts'

let folder: string
const servers: Server[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sursur-addresses-'))
})
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function house(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function fetchFrom(address: string, settings: Partial<FetchSettings> = {}, options = {}) {
  const usual = { folder, allowedHosts: ['127.0.0.1'], sizeLimitBytes: 100_000, timeoutSeconds: 5 }
  return fetchPublishedFile(address, { ...usual, ...settings }, options)
}

async function problemOf(work: Promise<unknown>): Promise<unknown> {
  const problem = await work.then(
    () => ({ code: 'no problem' }),
    (error) => error,
  )
  expect(readdirSync(folder)).toEqual([])
  return problem.code
}

describe('refused before anything is asked', () => {
  test.each([
    ['file:///etc/passwd', 'outside.address-invalid'],
    ['ftp://files.example/a.xml', 'outside.address-invalid'],
    ['https://user:secret@files.example/a.xml', 'outside.address-invalid'],
    ['http://169.254.169.254/latest/meta-data/', 'outside.address-refused'],
    ['http://[::1]/a.xml', 'outside.address-refused'],
    ['http://10.1.2.3/a.xml', 'outside.address-refused'],
  ])('%s', async (address, code) => {
    expect(await problemOf(fetchFrom(address))).toBe(code)
  })

  test('a name that stands for an address of the own network', async () => {
    const inside = ((_name: string, _options: unknown, done: (error: null, found: unknown) => void) =>
      done(null, [{ address: '127.0.0.1', family: 4 }])) as unknown as typeof lookup
    expect(await problemOf(fetchFrom('http://files.example/a.xml', { lookup: inside }))).toBe('outside.address-refused')
  })
})

describe('a house that lies', () => {
  test('leads to an address of the own network', async () => {
    const address = await house((_request, response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end())
    expect(await problemOf(fetchFrom(address))).toBe('outside.address-refused')
  })

  test('leads to a file of this machine, to nothing, or round and round', async () => {
    const toFile = await house((_request, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end())
    expect(await problemOf(fetchFrom(toFile))).toBe('outside.address-invalid')
    const nowhere = await house((_request, response) => response.writeHead(301).end())
    expect(await problemOf(fetchFrom(nowhere))).toBe('outside.answer-refused')
    const round = await house((_request, response) => response.writeHead(307, { location: '/again' }).end())
    expect(await problemOf(fetchFrom(round))).toBe('outside.too-many-redirects')
  })

  test('says nothing, drips, or never ends', async () => {
    const silent = await house(() => {})
    expect(await problemOf(fetchFrom(silent, { patienceSeconds: 0.3 }))).toBe('outside.host-too-slow')
    const dripping = await house((_request, response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write('x'), 50)
      response.on('close', () => clearInterval(timer))
    })
    expect(await problemOf(fetchFrom(dripping, { patienceSeconds: 0.3, leastBytes: 1_000 }))).toBe('outside.answer-dripping')
    // As much as is asked for in each period, and yet for ever: the whole time is bounded too.
    expect(await problemOf(fetchFrom(dripping, { patienceSeconds: 0.3, leastBytes: 1, timeoutSeconds: 1 }))).toBe(
      'outside.host-too-slow',
    )
    const endless = await house((_request, response) => {
      response.writeHead(200)
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
      }
      response.on('drain', more)
      more()
    })
    expect(await problemOf(fetchFrom(endless))).toBe('outside.answer-too-large')
  })

  test('announces more than is accepted, ends in the middle, or gives an error', async () => {
    const large = await house((_request, response) => response.writeHead(200, { 'content-length': '100001' }).write('x'))
    expect(await problemOf(fetchFrom(large))).toBe('outside.answer-too-large')
    const short = await house((_request, response) => {
      response.writeHead(200, { 'content-length': '5000' }).write('x'.repeat(1_000))
      setTimeout(() => response.destroy(), 50)
    })
    expect(await problemOf(fetchFrom(short))).toBe('outside.host-unreachable')
    const gone = await house((_request, response) => response.writeHead(410).end('gone'))
    expect(await problemOf(fetchFrom(gone))).toBe('outside.answer-refused')
    const packed = await house((_request, response) => response.writeHead(200, { 'content-encoding': 'br' }).end('x'))
    expect(await problemOf(fetchFrom(packed))).toBe('outside.encoding-not-accepted')
  })
})

test('who asks can stop, and then nothing is left', async () => {
  const address = await house((_request, response) => response.writeHead(200).write('x'))
  const stop = new AbortController()
  const going = fetchFrom(address, {}, { signal: stop.signal })
  setTimeout(() => stop.abort(), 100)
  await expect(going).rejects.toMatchObject({ name: 'AbortError' })
  expect(readdirSync(folder)).toEqual([])
})

test('a file comes over two redirects, packed as it is, whatever kind the house says it is, with its name and progress', async () => {
  const content = gzipSync('<iati-activities version="2.03"/>')
  const address = await house((request, response) => {
    if (request.url === '/old') return response.writeHead(301, { location: '/newer' }).end()
    if (request.url === '/newer') return response.writeHead(302, { location: './data/all%20of%20it.xml' }).end()
    const headers = { 'content-type': 'text/html', 'content-encoding': 'gzip', 'content-length': content.length, etag: '"v7"' }
    return response.writeHead(200, headers).end(content)
  })
  const told: (number | undefined)[][] = []
  const file = await fetchFrom(`${address}/old`, {}, { onProgress: (...numbers: (number | undefined)[]) => told.push(numbers) })
  if (file.kind !== 'fetched') throw new Error('unchanged')
  expect(file).toMatchObject({ fileName: 'all of it.xml', bytes: content.length, etag: '"v7"', lastModified: null })
  expect(gunzipSync(readFileSync(file.path)).toString()).toBe('<iati-activities version="2.03"/>')
  expect(told.at(-1)).toEqual([content.length, content.length])
  await file.discard()
  expect(readdirSync(folder)).toEqual([])
})

test('what has not changed since the last time is not sent again', async () => {
  const seen: unknown[] = []
  const address = await house((request, response) => {
    seen.push([request.headers['if-none-match'], request.headers['if-modified-since']])
    response.writeHead(request.headers['if-none-match'] === '"v7"' ? 304 : 200).end()
  })
  const known = { etag: '"v7"', lastModified: 'Wed, 25 Nov 2026 00:00:00 GMT' }
  expect(await fetchFrom(address, {}, known)).toEqual({ kind: 'unchanged' })
  expect(seen).toEqual([['"v7"', 'Wed, 25 Nov 2026 00:00:00 GMT']])
  expect(readdirSync(folder)).toEqual([])
})

test('what a process that died has left is removed after a day, and nothing else', async () => {
  const left = mkdtempSync(join(folder, 'left-'))
  for (const name of ['01.fetched', 'mine.txt']) writeFileSync(join(left, name), 'x')
  await removeLeftFiles(left, Date.now() + 23 * 3_600_000)
  expect(readdirSync(left)).toEqual(['01.fetched', 'mine.txt'])
  await removeLeftFiles(left, Date.now() + 25 * 3_600_000)
  expect(readdirSync(left)).toEqual(['mine.txt'])
  await removeLeftFiles(join(left, 'none'))
})
