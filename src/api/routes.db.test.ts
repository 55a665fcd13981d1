import { describe, expect, test } from 'vitest'
import { withRollback } from '../database/testing/rollback-database.ts'
import { openTestDatabase } from '../database/testing/test-database.ts'
import type { HttpRequest } from '../kernel/http.ts'
import { auditWriter, policy } from '../modules/access/index.ts'
import { createCollection, getInitiative, listListings, registerInitiative, reviseInitiative } from '../modules/registry/index.ts'
import { createOperations, LOCAL_ADMINISTRATOR, type Operation } from '../operations/index.ts'
import { apiError } from './api-error.ts'
import { apiRoutes } from './routes.ts'

const OPERATIONS = [createCollection, getInitiative, listListings, registerInitiative, reviseInitiative] as unknown as Operation[]

type Call = (
  method: 'GET' | 'POST',
  path: string,
  input?: unknown,
  language?: string,
) => Promise<{ status: number; body: Record<string, unknown> }>

async function atTheApi<T>(work: (call: Call) => Promise<T>): Promise<T> {
  const database = await openTestDatabase()
  return withRollback(database, (inside) => {
    const operations = createOperations({
      database: inside,
      clock: { now: () => new Date('2026-11-24T12:00:00Z') },
      policy,
      audit: auditWriter,
    })
    const routes = apiRoutes({
      operations,
      actorOf: async () => LOCAL_ADMINISTRATOR,
      version: '0.0.0',
      publicOperations: OPERATIONS,
    })
    return work(async (method, address, input, language = 'en') => {
      const [path = '', query = ''] = address.split('?')
      const route = routes.find((candidate) => candidate.path === path && candidate.method === method)
      const request: HttpRequest = {
        method,
        path,
        params: {},
        query: new URLSearchParams(method === 'GET' && input !== undefined ? { input: JSON.stringify(input) } : query),
        form: new URLSearchParams(),
        ...(method === 'POST' ? { json: input } : {}),
        files: [],
        header: (name) => (name === 'accept-language' ? language : undefined),
      }
      if (!route) throw new Error(`There is no route ${method} ${path}`)
      const response = await route.handle(request).catch((error: unknown) => apiError(error, request, 'ref'))
      return { status: response.status, body: JSON.parse(String(response.body)) }
    })
  })
}

describe('the public API', () => {
  test('every operation has an address, and the description names each of them with its input', () =>
    atTheApi(async (call) => {
      const { body } = await call('GET', '/api/openapi.json')
      expect(body.openapi).toBe('3.1.0')
      const addresses = Object.keys(body.paths as object)
      expect(addresses.filter((path) => path.startsWith('/api/'))).toHaveLength(OPERATIONS.length)
      expect(addresses.filter((path) => !path.startsWith('/api/')).every((path) => path.startsWith('/data'))).toBe(true)
      expect(body.paths).toHaveProperty([
        '/api/registry/register-initiative',
        'post',
        'requestBody',
        'content',
        'application/json',
        'schema',
        'properties',
        'facts',
      ])
    }))

  test('what is registered can be listed and read', () =>
    atTheApi(async (call) => {
      await call('POST', '/api/registry/create-collection', { key: 'ours' })
      const facts = { title: { orig: 'en', texts: { en: 'Well drilling' } }, hosts: ['BEN'], scale: 'country_country' }
      const made = await call('POST', '/api/registry/register-initiative', {
        collection: 'ours',
        identifier: 'W-1',
        facts,
        listed: [{ year: 2025 }],
      })
      expect(made).toMatchObject({ status: 200, body: { state: 'draft', version: 1 } })
      const page = await call('GET', '/api/registry/list-listings', { filter: { values: { host: ['BEN'] } } })
      expect(page.body).toMatchObject({ total: 1, rows: [{ identifier: 'W-1', year: 2025, hosts: ['BEN'] }] })
      const read = await call('GET', '/api/registry/get-initiative', { id: made.body.id })
      expect(read.body).toMatchObject({ record: { facts: { title: { texts: { en: 'Well drilling' } } } } })
    }))

  test('a plain parameter keeps its text where the field is a text, and becomes a number where it is one', () =>
    atTheApi(async (call) => {
      const page = await call('GET', '/api/registry/list-listings?limit=1')
      expect(page).toMatchObject({ status: 200, body: { total: 0 } })
      expect(await call('GET', '/api/registry/get-initiative?id=2014')).toMatchObject({
        status: 404,
        body: { params: { id: '2014' } },
      })
    }))

  test('a problem has a stable code and a sentence in the language of the caller', () =>
    atTheApi(async (call) => {
      const missing = await call('GET', '/api/registry/get-initiative', { id: 'none' }, 'fr')
      expect(missing).toMatchObject({
        status: 404,
        body: { code: 'registry.initiative-missing', status: 404, params: { id: 'none' } },
      })
      expect(missing.body.detail).not.toContain('registry.')
      const invalid = await call('POST', '/api/registry/register-initiative', { collection: 3, facts: {} })
      expect(invalid).toMatchObject({ status: 422, body: { errors: [{ place: { field: 'collection' } }] } })
    }))

  test('two people who change one initiative: the second is told, nothing is overwritten', () =>
    atTheApi(async (call) => {
      await call('POST', '/api/registry/create-collection', { key: 'ours' })
      const { body } = await call('POST', '/api/registry/register-initiative', { collection: 'ours', facts: { hosts: ['BEN'] } })
      expect(
        await call('POST', '/api/registry/revise-initiative', { id: body.id, version: 1, facts: { hosts: ['TGO'] } }),
      ).toMatchObject({ status: 200 })
      const second = await call('POST', '/api/registry/revise-initiative', { id: body.id, version: 1, facts: { hosts: ['GHA'] } })
      expect(second).toMatchObject({
        status: 409,
        body: { code: 'registry.initiative-changed-meanwhile', params: { version: 1, found: 2 } },
      })
    }))
})
