/** A command sent again with the same idempotency key: done once, answered alike. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '../../src/database/db.ts'
import { removeOldAnswers } from '../../src/modules/access/index.ts'
import { createCollection } from '../../src/modules/registry/index.ts'
import { type Actor, LOCAL_ADMINISTRATOR, PROGRAM } from '../../src/operations/index.ts'
import { type ApiSite, openApiSite } from './api-site.ts'

let site: ApiSite
let amina: Actor
let other: Actor

beforeAll(async () => {
  site = await openApiSite()
  amina = await site.addPerson('amina', [{ role: 'admin', scope: 'instance' }])
  other = await site.addPerson('other', [{ role: 'admin', scope: 'instance' }])
  await site.operations.run(createCollection, { key: 'ours' }, LOCAL_ADMINISTRATOR)
})
afterAll(() => site.close())

const PATH = '/api/registry/register-initiative'
const input = (identifier: string) => ({ collection: 'ours', identifier, facts: { hosts: ['BEN'] } })

function send(identifier: string, key: string, as: Actor = amina) {
  return site.post(PATH, input(identifier), { as, headers: { 'idempotency-key': key } })
}

async function countOf(identifier: string): Promise<number> {
  return (
    await site.database.one<{ n: number }>(sql`select count(*)::int as n from initiatives where identifier = ${identifier}`)
  ).n
}

test('a key that no header can hold is refused, and nothing is done', async () => {
  expect(await send('K-0', 'x'.repeat(256))).toMatchObject({ status: 422, body: { code: 'api.idempotency-key-not-accepted' } })
  expect(await send('K-0', 'two words')).toMatchObject({ status: 422 })
  expect(await countOf('K-0')).toBe(0)
})

test('the same call again gives the first answer and does nothing', async () => {
  const first = await send('K-1', 'one')
  const again = await send('K-1', 'one')
  expect(first).toMatchObject({ status: 200, body: { identifier: 'K-1', version: 1 } })
  expect(first.headers['idempotent-replayed']).toBeUndefined()
  expect(again.headers['idempotent-replayed']).toBe('true')
  expect(again.body).toEqual(first.body)
  expect(await countOf('K-1')).toBe(1)
})

test('the same key with another input, or for another command, is refused', async () => {
  await send('K-2', 'two')
  expect(await send('K-3', 'two')).toMatchObject({ status: 422, body: { code: 'operations.idempotency-key-used' } })
  const collection = await site.post(
    '/api/registry/create-collection',
    { key: 'two' },
    { as: amina, headers: { 'idempotency-key': 'two' } },
  )
  expect(collection).toMatchObject({ status: 422, body: { code: 'operations.idempotency-key-used' } })
  expect(await countOf('K-3')).toBe(0)
})

test('the keys of two people are not the same', async () => {
  await send('K-4', 'four')
  expect(await send('K-5', 'four', other)).toMatchObject({ status: 200, body: { identifier: 'K-5' } })
})

test('what was refused leaves the key free, for the call once it is mended', async () => {
  expect(
    (await site.post(PATH, { collection: 'none', facts: {} }, { as: amina, headers: { 'idempotency-key': 'six' } })).status,
  ).toBe(404)
  expect((await send('K-6', 'six')).status).toBe(200)
})

test('ten at once: one is done, and all hear the same', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => send('K-7', 'seven')))
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200))
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
  expect(answers.filter(({ headers }) => headers['idempotent-replayed'] === undefined)).toHaveLength(1)
  expect(await countOf('K-7')).toBe(1)
})

test('an answer that holds a secret is kept nowhere: the repetition says that it was done', async () => {
  const key = { name: 'copy', permissions: ['registry.initiative.read'], expiresAt: '2027-06-01T00:00:00Z' }
  const call = () => site.post('/api/access/create-api-key', key, { as: amina, headers: { 'idempotency-key': 'eight' } })
  const first = await call()
  expect(first).toMatchObject({ status: 200, body: { key: expect.stringMatching(/^sursur_/) } })
  expect(await call()).toMatchObject({ status: 409, body: { code: 'operations.answer-not-kept' } })
  const kept = await site.database.many(sql`select * from command_answers`)
  expect(JSON.stringify(kept)).not.toContain(String(first.body.key).slice(-50))
})

test('a day later the answers are removed', async () => {
  site.setTime('2026-11-25T12:00:01Z')
  const { removed } = await site.operations.run(removeOldAnswers, {}, PROGRAM)
  expect(removed).toBeGreaterThan(0)
  expect(await site.operations.run(removeOldAnswers, {}, PROGRAM)).toEqual({ removed: 0 })
})
