import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { ALL, createBulkFiles, formatsOf } from '../../../jobs/exports/bulk-files.ts'
import type { HttpRequest, HttpResponse, HttpRoute } from '../../../kernel/http.ts'
import type { InitiativeFacts } from '../../../modules/registry/index.ts'
import { atRegistryDesk, type RegistryDesk } from '../../../modules/registry/testing/registry-desk.ts'
import type { Operations } from '../../../operations/index.ts'
import { pageRoute } from '../../site.tsx'
import { pageContext } from '../../testing/page-context.ts'
import { bulkRoutes } from './bulk-routes.ts'
import { dataPages } from './routes.tsx'

/** Everything that 2.03 wants. */
const WHOLE: InitiativeFacts = {
  title: { orig: 'en', texts: { en: 'Wells' } },
  summary: { orig: 'en', texts: { en: 'Wells are dug' } },
  phase: 'implementation',
  plannedPeriod: { start: '2014' },
  reportingOrg: { ref: 'XX-1', orgId: 'agency' },
  partners: [{ no: 'p1', name: 'Agency', role: 'first_provider' }],
}
const { plannedPeriod: _, ...DATELESS } = WHOLE

type Get = (path: string) => Promise<HttpResponse>

async function atSite(work: (get: Get, folder: string, desk: RegistryDesk) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sursur-left-out-'))
  try {
    await atRegistryDesk(async (desk) => {
      const operations = { run: desk.run } as Operations
      const context = { ...pageContext(operations), openData: createBulkFiles(operations, folder) }
      const routes: HttpRoute[] = [...bulkRoutes(context), ...dataPages.map((page) => pageRoute(context, page))]
      await work(async (path) => readWhole(await ask(routes, path)), folder, desk)
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A file that is opened and not read would still be looked for when its folder is gone. */
async function readWhole(answer: HttpResponse): Promise<HttpResponse> {
  const { body } = answer
  return body instanceof Readable ? { ...answer, body: (await buffer(body)).toString() } : answer
}

function ask(routes: readonly HttpRoute[], address: string): Promise<HttpResponse> {
  const { pathname, searchParams } = new URL(address, 'http://localhost')
  for (const route of routes) {
    const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
    const match = new RegExp(`^${route.path.replace(/:\w+/g, '([^/]+)')}$`).exec(pathname)
    if (!match || route.method !== 'GET') continue
    const params = Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(match[at + 1] ?? '')]))
    const request: HttpRequest = {
      method: 'GET',
      path: pathname,
      params,
      query: searchParams,
      form: new URLSearchParams(),
      files: [],
      origin: 'https://example.org',
      header: () => undefined,
    }
    return route.handle(request)
  }
  return Promise.reject(new Error(`no route ${address}`))
}

test('of a collection that does not exist there is no list', () =>
  atSite(async (get) => {
    await expect(get('/data/left-out/nothing.json')).rejects.toMatchObject({ code: 'http.page-missing' })
    expect((await get('/en/data/left-out/nothing')).status).toBe(404)
  }))

test('what IATI cannot hold is counted with the file and named beside it, in each language, and each file is made once', () =>
  atSite(async (get, folder, desk) => {
    await desk.import('ours', [
      { identifier: 'A-1', facts: WHOLE },
      { identifier: 'A-2', facts: DATELESS },
    ])
    const { headers } = await get('/data/ours.xml')
    expect(headers['x-left-out']).toBe('2')
    expect(headers.link).toBe('</data/left-out/ours.json>; rel="describedby"')
    const list = JSON.parse(String((await get('/data/left-out/ours.json')).body))
    expect(list).toMatchObject({ collection: 'ours', leftOut: 2 })
    const wanted = 'reporting-org/@type, reporting-org/narrative'
    expect(list.initiatives).toEqual([
      { activity: 'A-1', code: 'iati.not-exportable', missing: wanted },
      { activity: 'A-2', code: 'iati.not-exportable', missing: `${wanted}, activity-date` },
    ])
    const page = String((await get('/en/data/left-out/ours')).body)
    expect(page).toContain('2 published initiatives are not in the file IATI 2.03.')
    expect(page).toContain('A-2')
    expect(page).toContain('activity-date')
    // The page makes what is not there yet after it has answered.
    for (const key of ['ours', ALL])
      for (const { extension } of formatsOf({ organisations: 0 })) await get(`/data/${key}.${extension}`)
    expect(String((await get('/fr/data')).body)).toContain('2 initiatives omises')
    const { collections } = JSON.parse(String((await get('/data.json')).body))
    const ours = collections.find(({ key }: { key: string }) => key === 'ours')
    expect(ours.files.at(-1)).toMatchObject({ leftOut: 2, leftOutList: 'https://example.org/data/left-out/ours.json' })
    expect(ours.files[0]).not.toHaveProperty('leftOut')
    expect(readdirSync(folder).filter((name) => name.endsWith('.xml'))).toHaveLength(2)
  }))

test('a file of an earlier state goes with its list', () =>
  atSite(async (get, folder, desk) => {
    await desk.import('ours', [{ identifier: 'A-1', facts: DATELESS }])
    await get('/data/ours.xml')
    await desk.import('ours', [{ identifier: 'A-2', facts: DATELESS }])
    await get('/data/ours.xml')
    expect(readdirSync(folder).filter((name) => name.endsWith('.left-out'))).toHaveLength(1)
  }))
