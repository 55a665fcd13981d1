/**
 * Ten thousand requests with hostile values over every route of the site and the API, also over routes that do not exist yet when
 * this is written. Whatever comes in: an answer in words, in time, without a fault and without a look inside the program.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testEngine } from '../../src/database/testing/test-database.ts'
import { type Addresses, readAddresses } from './addresses.ts'
import { type HostileRequest, hostileRequest, type Schema } from './hostile-requests.ts'
import { FROM_OUR_PAGE, HOST, type OpenSite, openSite } from './open-site.ts'

/** On the other engine only the statements differ, so a sample of them is enough. */
const REQUESTS = testEngine() === 'embedded' ? 10_000 : 2_000

/** The same requests in every run, so that a red run is about the change and not about chance. */
const SEED = 20_261_125

/** Reading the samples again and again is minutes of honest work. */
const LEFT_OUT = ['/:lang/sample-data/load']

const SLOW_MS = 5_000

const LOOK_INSIDE = /\n\s+at .+:\d+:\d+|node_modules|\/src\/\w+\/|at process\.|select [a-z]+\.|"stack"/

let site: OpenSite
let addresses: Addresses
let schemas: Readonly<Record<string, Schema>>

beforeAll(async () => {
  site = await openSite()
  for (const key of ['ours', 'theirs']) await post('/api/registry/create-collection', { key })
  for (const [identifier, title] of [
    ['A-1', 'Wells'],
    ['A-2', 'Seeds'],
  ] as const)
    await post('/api/registry/register-initiative', {
      collection: 'ours',
      identifier,
      facts: { title: { orig: 'en', texts: { en: title } } },
    })
  addresses = await readAddresses(site.server, site.routes)
  schemas = await readSchemas()
})
afterAll(() => site.close())

async function post(url: string, payload: object): Promise<void> {
  const { statusCode, body } = await site.server.inject({ method: 'POST', url, headers: FROM_OUR_PAGE, payload })
  expect([statusCode, body]).toEqual([200, body])
}

async function readSchemas(): Promise<Record<string, Schema>> {
  const { paths } = (await site.server.inject({ url: '/api/openapi.json', headers: { host: HOST } })).json()
  return Object.fromEntries(
    Object.entries(
      paths as Record<string, { post?: { requestBody?: { content?: Record<string, { schema?: Schema }> } } }>,
    ).flatMap(([path, { post: described }]) => {
      const schema = described?.requestBody?.content?.['application/json']?.schema
      return schema === undefined ? [] : [[path, schema]]
    }),
  )
}

async function ask(request: HostileRequest) {
  const started = performance.now()
  const { statusCode, body, headers } = await site.server.inject({ ...request, headers: { ...request.headers } })
  return { statusCode, body, headers, took: performance.now() - started }
}

interface Found {
  readonly what: string
  readonly request: HostileRequest
  readonly answer: string
}

test(`${REQUESTS} requests with hostile values: no fault, no look inside, no answer after five seconds`, {
  timeout: 300_000,
}, async () => {
  const routes = site.routes.filter(({ path }) => !LEFT_OUT.includes(path))
  const arbitrary = hostileRequest(routes, addresses, ({ path }) => schemas[path])
  const found: Found[] = []
  const statuses = new Map<number, number>()
  for (const request of fc.sample(arbitrary, { numRuns: REQUESTS, seed: SEED })) {
    const { statusCode, body, headers, took } = await ask(request)
    statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1)
    const note = (what: string) => found.push({ what, request, answer: `${statusCode} ${body.slice(0, 300)}` })
    if (statusCode >= 500) note('fault')
    if (statusCode >= 400 && LOOK_INSIDE.test(body)) note('look inside')
    // Once may be the machine, which runs other tests beside this one; twice is the program.
    if (took > SLOW_MS && (await ask(request)).took > SLOW_MS) note(`slow: ${Math.round(took)} ms`)
    if (headers['x-content-type-options'] !== 'nosniff' || headers['content-security-policy'] === undefined)
      note('without protection')
    if (Object.values(headers).some((value) => /[^\t\x20-\x7e]/.test(String(value)))) note('header')
  }
  const faults = site.said
    // A run of more than a minute is told what was refused in it.
    .filter((line) => !/^\S+ refused in the last minute: /.test(line))
    .map((line) => line.split('\n').slice(0, 4).join('\n'))
  expect({ found: found.slice(0, 10), faults: faults.slice(0, 10) }).toEqual({ found: [], faults: [] })
  // Otherwise the requests would all have been turned away at the door.
  expect(statuses.get(200) ?? 0).toBeGreaterThan(REQUESTS / 20)
  expect([...statuses.values()].reduce((sum, count) => sum + count)).toBe(REQUESTS)
})
