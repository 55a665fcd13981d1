import { beforeAll, describe, expect, test } from 'vitest'
import { listLanguages } from '../../../i18n/languages.ts'
import type { HttpRequest, HttpRoute } from '../../../kernel/http.ts'
import type { Problem } from '../../../kernel/problems.ts'
import { pageRoute } from '../../site.tsx'
import { pageContext } from '../../testing/page-context.ts'
import { curlCall } from './curl-call.ts'
import type { ApiDescription } from './described-operations.ts'
import { apiPages } from './routes.tsx'

/** As the description of the API is made, with what the pages must cope with. */
const DESCRIPTION: ApiDescription = {
  paths: {
    '/api/registry/list-listings': {
      get: {
        operationId: 'registry.list-listings',
        'x-permission': ['registry.initiative.read'],
        'x-input': {
          properties: {
            filter: { type: 'object', default: { values: {} } },
            sort: { enum: ['listed', 'title'], default: 'listed' },
            limit: { type: 'integer', minimum: 1, maximum: 500 },
            year: { type: ['integer', 'null'] },
            words: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
          },
          required: ['filter'],
        },
        'x-example': { filter: { values: { host: ["Côte d'Ivoire"] } } },
        security: [{ key: [] }, {}],
        responses: { 200: {} },
      },
    },
    '/api/changes': {
      get: {
        operationId: 'registry.list-listings.api.changes',
        'x-permission': [],
        'x-input': {},
        security: [],
        responses: {},
      },
    },
  },
}

let routes: HttpRoute[]

/** The pages run no operation. */
const context = pageContext({ run: () => Promise.reject(new Error('These pages ask nothing')) })

beforeAll(() => {
  routes = apiPages(DESCRIPTION).map((page) => pageRoute(context, page))
})

async function page(lang: string, operation?: string): Promise<{ status: number; body: string }> {
  const path = operation === undefined ? `/${lang}/api` : `/${lang}/api/${operation}`
  const request: HttpRequest = {
    method: 'GET',
    path,
    params: { lang, ...(operation === undefined ? {} : { operation }) },
    query: new URLSearchParams(),
    form: new URLSearchParams(),
    files: [],
    header: () => undefined,
    origin: 'https://sursur.example.org',
  }
  const route = routes[operation === undefined ? 0 : 1]
  if (!route) throw new Error('There is no such page')
  const response = await route.handle(request).catch((problem: Problem) => ({ status: 404, body: problem.code }))
  return { status: response.status, body: String(response.body) }
}

describe('the pages about the API', () => {
  test('an operation that there is not has no page', async () => {
    expect((await page('en', 'registry.none')).status).not.toBe(200)
    // The short address is no operation of its own.
    expect((await page('en', 'registry.list-listings.api.changes')).status).not.toBe(200)
  })

  test('they stand in every language, and each field says what it holds', async () => {
    for (const lang of listLanguages()) {
      const { status, body } = await page(lang)
      expect([lang, status]).toEqual([lang, 200])
      expect(body).toContain(`/${lang}/api/registry.list-listings`)
      const operation = await page(lang, 'registry.list-listings')
      expect(operation.body).toContain('listed, title')
      expect(operation.body).not.toContain('programs.')
    }
  })

  test('a call to copy names this installation, and an apostrophe does not end its word', async () => {
    expect((await page('en', 'registry.list-listings')).body).toContain('https://sursur.example.org/api/registry/list-listings')
    const call = curlCall({
      origin: 'https://a',
      method: 'POST',
      path: '/api/x/y',
      input: { name: "Côte d'Ivoire" },
      isForStrangers: false,
    })
    expect(call).toContain(`-d '{"name":"Côte d'\\''Ivoire"}'`)
  })
})
