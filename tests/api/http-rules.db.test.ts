/** What HTTP promises beside the operation itself: tags, preconditions, pages, problems. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pathOfOperation } from '../../src/api/path-of-operation.ts'
import { PUBLIC_OPERATIONS } from '../../src/app/public-operations.ts'
import { createCollection, moveInitiative, registerInitiative } from '../../src/modules/registry/index.ts'
import { type Actor, LOCAL_ADMINISTRATOR } from '../../src/operations/index.ts'
import { type ApiSite, factsIn, openApiSite } from './api-site.ts'

let site: ApiSite
let amina: Actor

beforeAll(async () => {
  site = await openApiSite()
  amina = await site.addPerson('amina', [{ role: 'admin', scope: 'instance' }])
  await site.operations.run(createCollection, { key: 'ours' }, LOCAL_ADMINISTRATOR)
})
afterAll(() => site.close())

async function givenInitiative(hosts: readonly string[] = ['BEN'], title?: string): Promise<string> {
  const { id } = await site.operations.run(
    registerInitiative,
    { collection: 'ours', facts: factsIn(hosts, title), listed: [{ year: 2025 }] },
    amina,
  )
  return id
}

describe('tags and versions', () => {
  test('an answer has a strong tag; who has just it gets 304 without a body, and a change makes another tag', async () => {
    const id = await givenInitiative()
    const address = `/api/registry/get-initiative?id=${id}`
    const first = await site.get(address, { as: amina })
    expect(first.headers.etag).toMatch(/^"1-[\w-]{22}"$/)
    const tag = String(first.headers.etag)
    const again = await site.get(address, { as: amina, headers: { 'if-none-match': `"other", ${tag}` } })
    expect(again).toMatchObject({ status: 304, body: {} })
    expect(again.headers.etag).toBe(tag)
    await site.post('/api/registry/revise-initiative', { id, version: 1, facts: { hosts: ['TGO'] } }, { as: amina })
    const changed = await site.get(address, { as: amina, headers: { 'if-none-match': tag } })
    expect(changed.status).toBe(200)
    expect(changed.headers.etag).toMatch(/^"2-/)
  })

  test('the tag of a record is a precondition: without it and without a version 428, an old one 412, the right one is done', async () => {
    const id = await givenInitiative()
    const change = { id, facts: { hosts: ['TGO'] } }
    const tag = String((await site.get(`/api/registry/get-initiative?id=${id}`, { as: amina })).headers.etag)
    const revise = (body: object, headers = {}) => site.post('/api/registry/revise-initiative', body, { as: amina, headers })
    expect(await revise(change)).toMatchObject({ status: 428, body: { code: 'api.version-needed' } })
    expect(await revise(change, { 'if-match': tag })).toMatchObject({ status: 200, body: { version: 2 } })
    expect(await revise(change, { 'if-match': tag })).toMatchObject({
      status: 412,
      body: { code: 'api.version-not-current', params: { version: 1, found: 2 } },
    })
    expect(await revise({ ...change, version: 1 })).toMatchObject({ status: 409 })
    expect(await revise({ ...change, version: 2 }, { 'if-match': '"1"' })).toMatchObject({
      status: 422,
      body: { code: 'api.version-stated-twice' },
    })
    for (const hostile of ['*', '"x"', '1', '"1" , "2"', '"0"', '"99999999999"']) {
      expect(await revise(change, { 'if-match': hostile })).toMatchObject({
        status: 422,
        body: { code: 'api.if-match-not-accepted' },
      })
    }
    expect(await revise(change, { 'if-match': 'W/"2-abc"' })).toMatchObject({ status: 200, body: { version: 3 } })
  })

  test('every command that takes a version asks for it', async () => {
    const versioned = PUBLIC_OPERATIONS.filter(
      ({ kind, input }) => kind === 'command' && 'shape' in input && Object.hasOwn(input.shape as object, 'version'),
    )
    expect(versioned.length).toBeGreaterThanOrEqual(6)
    for (const operation of versioned) {
      expect(await site.post(pathOfOperation(operation), {}, { as: amina })).toMatchObject({ status: 428 })
    }
  })
})

describe('pages of a list', () => {
  const LIST = '/api/registry/list-listings'

  async function idsOfPages(query: string, between: () => Promise<unknown> = async () => {}): Promise<string[]> {
    const ids: string[] = []
    for (let address: string | undefined = `${LIST}?${query}`; address !== undefined; ) {
      const answer = await site.get(address, { as: amina })
      expect(answer.status).toBe(200)
      for (const row of answer.body.rows as { initiativeId: string }[]) ids.push(row.initiativeId)
      address = /^<([^>]+)>; rel="next"$/.exec(answer.headers.link ?? '')?.[1]
      await between()
    }
    return ids
  }

  test.each(['listed', 'title', 'year', 'newest'])(
    'in the order %s, following the link gives each row once, also while rows come in',
    async (sort) => {
      const before: string[] = []
      for (const word of ['Wells', 'Seeds', 'Boats', 'Roads', 'Nurses']) before.push(await givenInitiative(['BEN'], word))
      let added = 0
      const found = await idsOfPages(`sort=${sort}&limit=2`, async () => {
        if (added < 3) await givenInitiative(['BEN'], ['Aaa', 'Mmm', 'Zzz'][added])
        added += 1
      })
      expect(new Set(found).size).toBe(found.length)
      expect(found).toEqual(expect.arrayContaining(before))
    },
  )

  test('the same as JSON in one parameter', async () => {
    const input = { filter: { values: { host: ['BEN'] } }, limit: 3 }
    const found = await idsOfPages(new URLSearchParams({ input: JSON.stringify(input) }).toString())
    expect(new Set(found).size).toBe(found.length)
    expect(found.length).toBeGreaterThan(5)
  })

  test('a cursor that is cut, changed, written by hand or of another list is refused', async () => {
    const { body } = await site.get(`${LIST}?limit=1`, { as: amina })
    const next = String(body.next)
    const byHand = Buffer.from('{"of":"x"}').toString('base64url')
    for (const hostile of [
      '',
      'x',
      next.slice(1),
      `${next}x`,
      `${next}.x`,
      byHand,
      'a'.repeat(1_000),
      "' or 1=1 --",
      '../../etc',
    ]) {
      expect(await site.get(`${LIST}?${new URLSearchParams({ cursor: hostile })}`, { as: amina })).toMatchObject({
        status: 422,
        body: { code: 'paging.cursor-not-accepted' },
      })
    }
    expect(await site.get(`${LIST}?${new URLSearchParams({ cursor: next, sort: 'title' })}`, { as: amina })).toMatchObject({
      status: 422,
    })
  })

  test('no list gives more than 500 rows at once', async () => {
    for (const operation of PUBLIC_OPERATIONS) {
      const shape =
        'shape' in operation.input
          ? (operation.input.shape as Record<string, { safeParse(v: unknown): { success: boolean } }>)
          : {}
      if (shape.limit && !FILES.includes(operation.name)) {
        expect([operation.name, shape.limit.safeParse(501).success]).toEqual([operation.name, false])
      }
    }
  })
  /** Findings of one file, and the audit trail as a file: read whole, in their own batches. */
  const FILES = ['registry.get-import-run', 'registry.list-run-problems', 'access.export-audit-trail']
})

describe('problems', () => {
  test('RFC 9457, in the language of the caller, with the request that the log and the audit trail know', async () => {
    const answer = await site.get('/api/registry/get-initiative?id=none', { headers: { 'accept-language': 'ar' } })
    expect(answer.status).toBe(404)
    expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json; charset=utf-8', 'content-language': 'ar' })
    expect(answer.body).toMatchObject({
      type: 'urn:sursur:problem:registry.initiative-missing',
      status: 404,
      code: 'registry.initiative-missing',
      requestId: answer.headers['x-request-id'],
      instance: `urn:uuid:${answer.headers['x-request-id']}`,
    })
  })

  test('a body that is a list, a word or nothing, and names that mean something to the language, are refused', async () => {
    for (const body of [[], 'x', null, 3]) {
      const answer = await site.server.inject({
        method: 'POST',
        url: '/api/registry/create-collection',
        headers: { host: 'localhost:8080', 'content-type': 'application/json' },
        payload: JSON.stringify(body),
      })
      expect(answer.statusCode).toBe(422)
    }
    for (const query of [
      '__proto__=1',
      'constructor=1',
      'toString=1',
      'input={"__proto__":1}',
      'input={',
      'input=[]',
      'limit=1&limit=2',
    ]) {
      const answer = await site.get(`/api/registry/list-listings?${query}`)
      expect([query, [200, 422].includes(answer.status)]).toEqual([query, true])
    }
    expect(site.faults).toEqual([])
  })

  test('a record of others is missing, not forbidden: its id is not confirmed', async () => {
    const id = await givenInitiative()
    const stranger = await site.addPerson('stranger')
    const key = await site.addKey(stranger, ['registry.initiative.read'])
    const hidden = await site.get(`/api/registry/get-initiative?id=${id}`, { key })
    const none = await site.get('/api/registry/get-initiative?id=none', { key })
    expect([hidden.status, hidden.body.code]).toEqual([none.status, none.body.code])
    await site.operations.run(moveInitiative, { id, version: 1, to: 'submitted' }, LOCAL_ADMINISTRATOR)
    expect((await site.get(`/api/registry/get-initiative?id=${id}`, { key })).status).toBe(404)
  })
})
