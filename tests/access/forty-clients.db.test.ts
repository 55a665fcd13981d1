/**
 * Forty people of different scopes ask for lists, details, exports, searches and counts at once, while others move records between
 * owners, hosts and visibilities, and roles between people. Each title says whose the record is, so that an answer is judged by what
 * stands in it. 15 seconds; SURSUR_LONG=1 makes it 60.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '../../src/database/db.ts'
import { openTestDatabase, type TestDatabase, testEngine } from '../../src/database/testing/test-database.ts'
import { Problem } from '../../src/kernel/problems.ts'
import { grantOperations } from '../../src/modules/access/index.ts'
import { registerOrg, type Visibility } from '../../src/modules/directory/index.ts'
import {
  createCollection,
  exportListings,
  getCountryProfile,
  getInitiative,
  getInitiativeHistory,
  listListings,
  listOrgInitiatives,
  registerInitiative,
} from '../../src/modules/registry/index.ts'
import { type Actor, ANONYMOUS, LOCAL_ADMINISTRATOR, type Operation, type Operations } from '../../src/operations/index.ts'
import { actorOf, addAccount, addGrant, factsOf, type GivenGrant, operationsOn } from './access-desk.ts'
import { type Label, labelsIn, maySee, moveRecord, titleOf } from './moving-records.ts'

const SECONDS = process.env.SURSUR_LONG === '1' ? 60 : 15
const CLIENTS = 40
const RECORDS = 240
const COUNTRIES = ['KEN', 'PER', 'FJI', 'NPL', 'GHA', 'BOL']
const VISIBILITIES: readonly Visibility[] = ['public', 'network', 'group', 'private']
/** An entity for which nobody works: a word in its titles that no client may ever find. */
const NOBODYS_WORD = 'unreachable'

let database: TestDatabase
let operations: Operations
const entities: string[] = []
const records: { id: string; version: number; shown: boolean }[] = []

beforeAll(async () => {
  database = await openTestDatabase()
  operations = operationsOn(database)
  const run: Operations['run'] = (operation, input) => operations.run(operation, input, LOCAL_ADMINISTRATOR)
  for (let index = 0; index < 9; index += 1) {
    const names = { orig: 'en', texts: { en: `Entity ${index}` } }
    entities.push((await run(registerOrg, { names, orgType: '40' }, LOCAL_ADMINISTRATOR)).id)
  }
  await run(createCollection, { key: 'all', ownerOrg: null }, LOCAL_ADMINISTRATOR)
  for (let index = 0; index < RECORDS; index += 1) {
    const owner = pick(entities.slice(0, 8), index)
    const hosts = [pick(COUNTRIES, index)]
    await register({ owner, hosts, visibility: pick(VISIBILITIES, index), shown: index % 2 === 0 }, '')
  }
  const nobodys = { owner: entities[8] ?? '', hosts: ['XKX'], shown: false, visibility: 'private' } as const
  for (let index = 0; index < 20; index += 1) await register(nobodys, NOBODYS_WORD)
  records.splice(RECORDS)
}, 300_000)
afterAll(() => database.close())

async function register(label: Label, word: string): Promise<void> {
  const record = await operations.run(
    registerInitiative,
    {
      collection: 'all',
      facts: factsOf(`${titleOf(label)} ${word}`, label.hosts, label.owner),
      listed: [{ year: 2014 }],
      ownerOrg: label.owner,
      visibility: label.visibility,
    },
    LOCAL_ADMINISTRATOR,
  )
  const { id, version } = record
  if (!label.shown) return void records.push({ id, version, shown: false })
  const published = await move({ id, version }, label, word)
  records.push({ id, version: published, shown: true })
}

async function move({ id, version }: { id: string; version: number }, label: Label, word = ''): Promise<number> {
  const { owner, hosts, visibility, shown } = label
  const moved = await operations.run(
    moveRecord,
    {
      id,
      version,
      owner,
      hosts: [...hosts],
      visibility,
      state: shown ? 'published' : 'draft',
      title: `${titleOf(label)} ${word}`,
    },
    LOCAL_ADMINISTRATOR,
  )
  return moved.version
}

function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T
}

const random = (below: number) => Math.floor(Math.random() * below)

/** Who asks: strangers, members, focal points of countries and entities, a reviewer, the secretariat. */
function grantOf(client: number): GivenGrant | undefined {
  if (client < 16) return { role: 'entity_focal_point', scope: 'entity', scopeId: pick(entities.slice(0, 8), client) }
  if (client < 28) return { role: 'national_focal_point', scope: 'country', scopeId: pick(COUNTRIES, client) }
  if (client < 30) return { role: 'secretariat', scope: 'instance' }
  if (client < 32) return { role: 'reviewer', scope: 'campaign', scopeId: 'c' }
  return undefined
}

interface Tally {
  requests: number
  rows: number
  readonly foreign: string[]
  readonly faults: string[]
}

test(`${CLIENTS} clients for ${SECONDS} seconds: no foreign row in any answer`, async () => {
  const names = Array.from({ length: CLIENTS }, (_, client) => `client-${client}`)
  for (const [client, name] of names.entries()) {
    await addAccount(database, name)
    const grant = grantOf(client)
    if (grant) await addGrant(database, name, grant)
  }
  const tally: Tally = { requests: 0, rows: 0, foreign: [], faults: [] }
  const writes = { records: 0, roles: 0 }
  const until = Date.now() + SECONDS * 1_000
  const isOver = () => Date.now() > until
  await Promise.all([
    ...names.map((name, client) => askUntil(isOver, client >= 36 ? undefined : name, tally)),
    moveRecordsUntil(isOver, writes),
    moveRolesUntil(isOver, names.slice(28, 36), writes),
  ])
  if (process.env.SURSUR_LONG === '1') console.info(JSON.stringify({ engine: testEngine(), SECONDS, ...tally, ...writes }))
  expect(tally.foreign).toEqual([])
  expect(tally.faults).toEqual([])
  expect(tally.requests).toBeGreaterThan(CLIENTS)
  expect(tally.rows).toBeGreaterThan(1_000)
  expect(Math.min(writes.records, writes.roles)).toBeGreaterThan(0)
}, 600_000)

async function askUntil(isOver: () => boolean, name: string | undefined, tally: Tally): Promise<void> {
  while (!isOver()) {
    // As for each request: the roles of this moment.
    const actor = name === undefined ? ANONYMOUS : await actorOf(database, name)
    try {
      const answer = await ask(actor)
      tally.requests += 1
      judge(actor, answer, tally)
    } catch (error) {
      if (error instanceof Problem && ['missing', 'refused'].includes(error.kind)) tally.requests += 1
      else tally.faults.push(String((error as Error).stack))
    }
  }
}

function judge(actor: Actor, answer: unknown, tally: Tally): void {
  const text = JSON.stringify(answer)
  const isAll = (actor.grants ?? []).some(({ role }) => role === 'secretariat' || role === 'admin')
  if (!isAll && text.includes(NOBODYS_WORD)) tally.foreign.push(`${actor.id}: ${NOBODYS_WORD}`)
  for (const label of labelsIn(text)) {
    tally.rows += 1
    if (!maySee(actor, label)) tally.foreign.push(`${actor.id} ${JSON.stringify(actor.grants)}: ${titleOf(label)}`)
  }
}

async function ask(actor: Actor): Promise<unknown> {
  const { id } = pick(records, random(records.length))
  const run: Operations['run'] = (operation, input) => operations.run(operation, input, actor)
  const filter = { values: { host: [pick(COUNTRIES, random(6))] } }
  switch (random(9)) {
    case 0:
      return run(listListings, { limit: 100 }, actor)
    case 1:
      return run(listListings, { filter, sort: 'title', offset: random(20), limit: 50 }, actor)
    case 2:
      return run(listListings, { filter: { values: {}, search: pick(VISIBILITIES, random(4)) } }, actor)
    case 3:
      return run(getInitiative, { id }, actor)
    case 4:
      return run(getInitiative, { id, asOf: new Date().toISOString() }, actor)
    case 5:
      return run(getInitiativeHistory, { id }, actor)
    case 6:
      return readAll(await run(exportListings, { filter }, actor))
    case 7:
      return run(listOrgInitiatives, { orgId: pick(entities, random(9)) }, actor)
    default:
      return countNothing(actor)
  }
}

/** Counts of what nobody may see: the numbers themselves must be nought. */
async function countNothing(actor: Actor): Promise<unknown> {
  const page = await operations.run(listListings, { filter: { values: {}, search: NOBODYS_WORD } }, actor)
  const profile = await operations.run(getCountryProfile, { iso3: 'XKX' }, actor)
  const isAll = (actor.grants ?? []).some(({ role }) => role === 'secretariat')
  const counted = [page.total, page.facets.host.length, profile.listings]
  return isAll || counted.every((count) => count === 0) ? page.total : `${NOBODYS_WORD} ${counted.join(' ')}`
}

async function readAll(batches: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = []
  for await (const batch of batches) all.push(batch)
  return all
}

async function moveRecordsUntil(isOver: () => boolean, writes: { records: number }): Promise<void> {
  while (!isOver()) {
    const record = pick(records, random(records.length))
    const hosts = [pick(COUNTRIES, random(6)), ...(random(2) === 0 ? [pick(COUNTRIES, random(6))] : [])]
    record.version = await move(record, {
      owner: pick(entities.slice(0, 8), random(8)),
      hosts: [...new Set(hosts)],
      visibility: pick(VISIBILITIES, random(4)),
      shown: record.shown,
    })
    writes.records += 1
  }
}

/** People without a scope get one and lose it again. */
async function moveRolesUntil(isOver: () => boolean, names: readonly string[], writes: { roles: number }): Promise<void> {
  const named = (name: string) => grantOperations.find((operation) => operation.name === name) as unknown as Operation
  while (!isOver()) {
    const userId = pick(names.slice(4), random(4))
    const scopeId = pick(entities.slice(0, 8), random(8))
    const given = { userId, role: 'entity_focal_point', scope: 'entity', scopeId, reason: 'A test.' }
    const { id } = (await operations.run(named('access.give-grant'), given, LOCAL_ADMINISTRATOR)) as { id: string }
    await database.one(sql`select count(*) as count from grants`)
    await operations.run(named('access.revoke-grant'), { id, reason: 'A test.' }, LOCAL_ADMINISTRATOR)
    writes.roles += 1
  }
}
