/**
 * List, page, download, counts and API say the same about 300 random records, for every role and filter, and the same as a plain
 * reading of domain section 14 that knows neither SQL nor the policy.
 */
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiRoutes } from '../../src/api/routes.ts'
import { createHttpServer } from '../../src/app/http-server.ts'
import { PUBLIC_OPERATIONS } from '../../src/app/public-operations.ts'
import { openTestDatabase, type TestDatabase } from '../../src/database/testing/test-database.ts'
import { registerOrg, VISIBILITIES, type Visibility } from '../../src/modules/directory/index.ts'
import {
  createCollection,
  formatListingFilter,
  getCountryProfile,
  type ListingFilter,
  type ListingPage,
  listListings,
  type RecordState,
  registerInitiative,
} from '../../src/modules/registry/index.ts'
import { type Actor, ANONYMOUS, LOCAL_ADMINISTRATOR, type Operations } from '../../src/operations/index.ts'
import { webRoutes } from '../../src/web/routes.ts'
import { pageContext } from '../../src/web/testing/page-context.ts'
import { actorOf, addAccount, addGrant, type DeskRecord, factsOf, type GivenGrant, operationsOn } from './access-desk.ts'
import { isOwn, moveRecord } from './moving-records.ts'

const RECORDS = 300
const CASES = 300
const COUNTRIES = ['KEN', 'PER', 'FJI', 'NPL'] as const
const WORDS = ['maize', 'harbour', 'vaccine'] as const
const YEARS = [2012, 2013, 2014] as const
const SEEN_BY_DEFAULT: readonly RecordState[] = ['draft', 'submitted', 'returned', 'verified', 'published', 'under_revision']

interface Version {
  readonly owner: number
  readonly hosts: readonly string[]
  readonly visibility: Visibility
  readonly word: string
}

/** What becomes of a record: its first version, whether that is published, and what comes after. */
interface Life {
  readonly year: number
  readonly first: Version
  readonly published: boolean
  readonly later: { readonly version: Version; readonly state: RecordState } | null
}

const version = fc.record({
  owner: fc.nat(3),
  hosts: fc.subarray([...COUNTRIES]),
  visibility: fc.constantFrom(...VISIBILITIES),
  word: fc.constantFrom(...WORDS),
})
const life: fc.Arbitrary<Life> = fc.record({
  year: fc.constantFrom(...YEARS),
  first: version,
  published: fc.boolean(),
  later: fc.option(
    fc.record({
      version,
      state: fc.constantFrom<RecordState[]>('submitted', 'verified', 'published', 'under_revision', 'archived', 'withdrawn'),
    }),
    { freq: 2 },
  ),
})

/** A record as it stands, with everything that the reading of section 14 needs. */
interface Standing {
  readonly id: string
  readonly year: number
  readonly state: RecordState
  readonly now: Version
  /** What a list shows of it: the published version while another is being prepared. */
  readonly listed: Version
  readonly isPublished: boolean
}

let database: TestDatabase
let operations: Operations
let server: FastifyInstance
let asking: Actor = ANONYMOUS
const entities: string[] = []
const standing: Standing[] = []
const people: Actor[] = [ANONYMOUS]

beforeAll(async () => {
  database = await openTestDatabase()
  operations = operationsOn(database)
  for (const name of ['A', 'B', 'C', 'D']) {
    const names = { orig: 'en', texts: { en: `Entity ${name}` } }
    entities.push((await operations.run(registerOrg, { names, orgType: '40' }, LOCAL_ADMINISTRATOR)).id)
  }
  await operations.run(createCollection, { key: 'all', ownerOrg: null, visibility: 'group' }, LOCAL_ADMINISTRATOR)
  for (const one of fc.sample(life, { numRuns: RECORDS, seed: SEED })) standing.push(await live(one))
  await hire('member', [])
  await hire('kenya', [{ role: 'national_focal_point', scope: 'country', scopeId: 'KEN' }])
  await hire('entity-a', [{ role: 'entity_focal_point', scope: 'entity', scopeId: entities[0] ?? '' }])
  await hire('two-roles', [
    { role: 'entity_focal_point', scope: 'entity', scopeId: entities[1] ?? '' },
    { role: 'national_focal_point', scope: 'country', scopeId: 'PER' },
  ])
  await hire('finance', [{ role: 'finance_officer', scope: 'entity', scopeId: entities[0] ?? '' }])
  await hire('broker', [{ role: 'broker', scope: 'instance' }])
  await hire('secretariat', [{ role: 'secretariat', scope: 'instance' }])
  await hire('admin', [{ role: 'admin', scope: 'instance' }])
  server = await openServer()
}, 300_000)
afterAll(async () => {
  await server.close()
  await database.close()
})

const SEED = Number(process.env.SURSUR_SEED ?? Date.now() % 1_000_000)

async function hire(id: string, grants: readonly GivenGrant[]): Promise<void> {
  await addAccount(database, id)
  for (const grant of grants) await addGrant(database, id, grant)
  people.push(await actorOf(database, id))
}

async function live({ year, first, published, later }: Life): Promise<Standing> {
  const ownerOrg = entities[first.owner] ?? ''
  let record: DeskRecord = await operations.run(
    registerInitiative,
    {
      collection: 'all',
      facts: factsOf(first.word, first.hosts, ownerOrg),
      listed: [{ year }],
      ownerOrg,
      visibility: first.visibility,
    },
    LOCAL_ADMINISTRATOR,
  )
  if (published) record = await move(record, first, 'published')
  if (later) record = await move(record, later.version, later.state)
  const state = later?.state ?? (published ? 'published' : 'draft')
  const now = later?.version ?? first
  const isBeingRevised = published && (state === 'submitted' || state === 'verified' || state === 'under_revision')
  return {
    id: record.id,
    year,
    state,
    now,
    // Owner and visibility hold at once; what the record says waits until it is published.
    listed: isBeingRevised ? { ...first, owner: now.owner, visibility: now.visibility } : now,
    isPublished: state === 'published' || isBeingRevised,
  }
}

async function move({ id, version: at }: DeskRecord, { owner, ...to }: Version, state: RecordState): Promise<DeskRecord> {
  const stated = { ...to, hosts: [...to.hosts], owner: entities[owner] ?? '', title: to.word, state }
  return operations.run(moveRecord, { id, version: at, ...stated }, LOCAL_ADMINISTRATOR)
}

async function openServer(): Promise<FastifyInstance> {
  const context = { ...pageContext(operations), visitorOf: async () => ({ actor: asking, accountsExist: true }) }
  return createHttpServer({
    host: '127.0.0.1',
    publicHost: undefined,
    startToken: undefined,
    uploadFolder: '/nowhere',
    uploadLimitBytes: 1,
    routes: [
      ...webRoutes(context),
      ...apiRoutes({
        operations: operations as never,
        version: '0',
        publicOperations: PUBLIC_OPERATIONS,
        actorOf: async () => asking,
      }),
    ],
    limits: { take: () => {} },
    answerError: (error) => {
      throw error
    },
  })
}

/** Domain section 14, read plainly: the state in which this person finds the record, or nothing. */
function stateFor(actor: Actor, { listed, state, isPublished }: Standing): RecordState | undefined {
  const roles = (actor.grants ?? []).map(({ role }) => role)
  const label = { owner: entities[listed.owner] ?? '', visibility: listed.visibility, hosts: listed.hosts }
  if (roles.includes('secretariat') || roles.includes('admin') || isOwn(actor, label)) return state
  const isMember = actor.kind !== 'anonymous'
  const isFor = listed.visibility === 'public' || (listed.visibility === 'network' && isMember)
  return isPublished && isFor ? 'published' : undefined
}

interface Asked {
  readonly hosts: readonly string[]
  readonly years: readonly number[]
  readonly states: readonly RecordState[]
  readonly word: string | null
}

const asked: fc.Arbitrary<Asked> = fc.record({
  hosts: fc.subarray([...COUNTRIES], { maxLength: 2 }),
  years: fc.subarray([...YEARS], { maxLength: 2 }),
  states: fc.subarray<RecordState>(['draft', 'published', 'under_revision', 'archived', 'withdrawn'], { maxLength: 3 }),
  word: fc.option(fc.constantFrom(...WORDS)),
})

function foundBy(actor: Actor, { hosts, years, states, word }: Asked): Standing[] {
  return standing.filter((one) => {
    const state = stateFor(actor, one)
    return (
      state !== undefined &&
      (states.length > 0 ? states : SEEN_BY_DEFAULT).includes(state) &&
      (hosts.length === 0 || hosts.some((host) => one.listed.hosts.includes(host))) &&
      (years.length === 0 || years.includes(one.year)) &&
      (word === null || one.listed.word === word)
    )
  })
}

function filterOf({ hosts, years, states, word }: Asked): ListingFilter {
  const values = { host: hosts, year: years.map(String), state: states }
  return {
    values: Object.fromEntries(Object.entries(values).filter(([, list]) => list.length > 0)),
    ...(word === null ? {} : { search: word }),
  } as ListingFilter
}

test(`seed ${SEED}: every way to the list gives the records that section 14 gives, and the same number of them`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(people.length - 1), asked, async (person, question) => {
      const actor = people[person] ?? ANONYMOUS
      asking = actor
      const expected = foundBy(actor, question)
      const ids = expected.map(({ id }) => id).sort()
      const filter = filterOf(question)
      const page = await operations.run(listListings, { filter, limit: 500 }, actor)
      expect(idsOf(page)).toEqual(ids)
      expect(page.total).toBe(ids.length)
      expect(idsOf(await api(filter))).toEqual(ids)
      expect(await download(filter)).toEqual(ids)
      expect(await csvLines(filter)).toBe(ids.length)
      await expectPage(filter, page)
      for (const host of COUNTRIES) {
        const count = expected.filter(({ listed }) => listed.hosts.includes(host)).length
        if (question.hosts.length === 0) expect([host, countOf(page, host)]).toEqual([host, count])
        const profile = await operations.run(getCountryProfile, { iso3: host, filter }, actor)
        expect([host, profile.roles.host.listings]).toEqual([host, count])
      }
    }),
    { numRuns: CASES, seed: SEED },
  )
}, 600_000)

function idsOf({ rows }: ListingPage): string[] {
  return rows.map(({ initiativeId }) => initiativeId).sort()
}

function countOf({ facets }: ListingPage, host: string): number {
  return facets.host.find(({ value }) => value === host)?.count ?? 0
}

async function get(url: string): Promise<string> {
  const { statusCode, body } = await server.inject({ url, headers: { host: 'localhost:8080' } })
  expect([url, statusCode]).toEqual([url, 200])
  return body
}

async function api(filter: ListingFilter): Promise<ListingPage> {
  return JSON.parse(await get(`/api/registry/list-listings?input=${encodeURIComponent(JSON.stringify({ filter, limit: 500 }))}`))
}

async function download(filter: ListingFilter): Promise<string[]> {
  const rows = JSON.parse(await get(`/en/initiatives.json?${formatListingFilter(filter)}`)) as { id: string }[]
  return rows.map(({ id }) => id).sort()
}

/** No cell of this test holds a line break. */
async function csvLines(filter: ListingFilter): Promise<number> {
  const lines = (await get(`/en/initiatives.csv?${formatListingFilter(filter)}`)).trim().split(/\r?\n/)
  return lines.length - 1
}

/** The first page in HTML: its rows, and the number that stands below them. */
async function expectPage(filter: ListingFilter, { rows, total }: ListingPage): Promise<void> {
  const html = await get(`/en/initiatives?${formatListingFilter(filter)}`)
  const table = /<tbody[^>]*>([\s\S]*?)<\/tbody>/.exec(html)?.[1] ?? ''
  const linked = [...table.matchAll(/\/en\/initiatives\/([0-9A-Z]{26})/g)].map(([, id]) => id)
  expect([...new Set(linked)]).toEqual(rows.slice(0, 50).map(({ initiativeId }) => initiativeId))
  if (total === 0) return
  const below = /<nav class="pagination"[^>]*>\s*<p>([^<]*)/.exec(html)?.[1] ?? ''
  expect(below).toContain(String(total))
}
