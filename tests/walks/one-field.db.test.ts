/**
 * Follows "A new field, from the form to the export" in CONTRIBUTING.md: each file that the section names holds the field, and a value
 * goes the whole way, from a form and from a table of somebody else.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiError } from '../../src/api/api-error.ts'
import { apiRoutes } from '../../src/api/routes.ts'
import { createHttpServer } from '../../src/app/http-server.ts'
import { PUBLIC_OPERATIONS } from '../../src/app/public-operations.ts'
import { sql } from '../../src/database/db.ts'
import { openTestDatabase, type TestDatabase } from '../../src/database/testing/test-database.ts'
import { createBulkFiles } from '../../src/jobs/exports/bulk-files.ts'
import { createImportJobs } from '../../src/jobs/imports/import-jobs.ts'
import { importTableFile } from '../../src/jobs/imports/import-table-file.ts'
import { createPartialFiles } from '../../src/jobs/imports/partial/partial-files.ts'
import { PACKAGE_ROOT } from '../../src/kernel/package-root.ts'
import { auditWriter, policy } from '../../src/modules/access/index.ts'
import { createOperations, LOCAL_ADMINISTRATOR, type RepeatableOperations } from '../../src/operations/index.ts'
import { webRoutes } from '../../src/web/routes.ts'

const FIELD = 'scale'

describe('the section in CONTRIBUTING.md', () => {
  const text = readFileSync(join(PACKAGE_ROOT, 'CONTRIBUTING.md'), 'utf8')
  const section = text.split('\n## A new field, from the form to the export\n')[1]?.split('\n## ')[0] ?? ''
  const named = [...section.matchAll(/`((?:src|locales|migrations|docs|tests)\/[\w./-]+)`/g)].map((match) => match[1] ?? '')

  test('names the way in its order: meaning, table, list, texts, form, import, tests, generated pages', () => {
    const places = [
      'src/modules/registry/initiatives/initiative.ts',
      'migrations/0003_registry.sql',
      'src/modules/registry/listings/listing-filter.ts',
      'locales/en/registry.json',
      'src/web/pages/initiatives/form/parts/what.tsx',
      'src/interop/tables/fields.ts',
      'docs/reference/tables.md',
    ].map((path) => section.indexOf(path))
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })

  test.each(named)('%s exists and speaks of the field', (path) => {
    expect(existsSync(join(PACKAGE_ROOT, path))).toBe(true)
    expect(readFileSync(join(PACKAGE_ROOT, path), 'utf8')).toMatch(new RegExp(`\\b${FIELD}s?\\b`, 'i'))
  })
})

type Site = Awaited<ReturnType<typeof createHttpServer>>

const folder = mkdtempSync(join(tmpdir(), 'sursur-walk-'))
let database: TestDatabase
let operations: RepeatableOperations
let site: Site

beforeAll(async () => {
  database = await openTestDatabase()
  operations = createOperations({
    database,
    clock: { now: () => new Date('2026-11-24T12:00:00Z') },
    policy,
    audit: auditWriter,
  })
  const context = {
    operations,
    imports: createImportJobs(operations, folder),
    partialFiles: createPartialFiles(folder),
    openData: createBulkFiles(operations, folder),
    // No page about accounts is asked for here.
    accounts: {} as never,
    releases: {} as never,
    visitorOf: async () => ({ actor: LOCAL_ADMINISTRATOR, accountsExist: false }),
    isFormTokenOf: () => false,
    instance: { name: 'Sursur', owner: undefined, logo: undefined, version: '0.0.0', arabicDigits: 'latn' as const },
  }
  site = await createHttpServer({
    host: '127.0.0.1',
    publicHost: undefined,
    startToken: undefined,
    uploadFolder: folder,
    uploadLimitBytes: 1_000_000,
    routes: [
      ...webRoutes(context),
      ...apiRoutes({
        operations,
        actorOf: async () => LOCAL_ADMINISTRATOR,
        version: '0.0.0',
        publicOperations: PUBLIC_OPERATIONS,
      }),
    ],
    answerError: (error, request) => apiError(error, request, String(error)),
  })
  await post('/api/registry/create-collection', { key: 'ours' })
})

afterAll(async () => {
  await site.close()
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

const HOST = { host: 'localhost:8080' }

async function get(url: string): Promise<string> {
  const { statusCode, body } = await site.inject({ url, headers: HOST })
  expect([url, statusCode, statusCode === 200 ? '' : body]).toEqual([url, 200, ''])
  return body
}

async function post(url: string, json: object): Promise<void> {
  const { statusCode, body } = await site.inject({ method: 'POST', url, headers: HOST, payload: json })
  expect([url, statusCode, statusCode === 200 ? '' : body]).toEqual([url, 200, ''])
}

/** Sends a form as a browser does: the fields that the page has, and what the person put into them. */
async function fillIn(url: string, typed: Readonly<Record<string, string>>): Promise<{ status: number; to: string | undefined }> {
  const page = await get(url)
  const form = page.split('<form').find((part) => / method="post"/.test(part) && part.includes(`name="${FIELD}"`)) ?? ''
  const fields = new URLSearchParams()
  for (const [tag] of form.matchAll(/<input[^>]*type="hidden"[^>]*>/g))
    fields.append(/name="([^"]*)"/.exec(tag)?.[1] ?? '', /value="([^"]*)"/.exec(tag)?.[1] ?? '')
  for (const [name, value] of Object.entries(typed)) {
    expect(form).toContain(`name="${name}"`)
    fields.set(name, value)
  }
  const { statusCode, headers } = await site.inject({
    method: 'POST',
    url: /action="([^"]*)"/.exec(form)?.[1] ?? '',
    headers: {
      ...HOST,
      origin: 'http://localhost:8080',
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: fields.toString(),
  })
  return { status: statusCode, to: headers.location }
}

/** The rows of a downloaded list, by header. No cell of this test holds a comma. */
async function download(query: string): Promise<Record<string, string>[]> {
  const [head = '', ...rows] = (await get(`/en/initiatives.csv?${query}`)).replace('\ufeff', '').trim().split(/\r?\n/)
  const names = head.split(',')
  return rows.map((row) => Object.fromEntries(row.split(',').map((cell, index) => [names[index] ?? '', cell])))
}

const storedScale = (identifier: string) =>
  database.many(sql`
    select l.scale, i.facts ->> 'scale' as stated
    from listings as l
    join initiatives as i on i.id = l.initiative_id
    where i.identifier = ${identifier}
  `)

describe('the scale of an initiative, registered with the form', () => {
  let detailPage = ''

  beforeAll(async () => {
    const choice = (await get('/en/initiatives/new?collection=ours')).match(/<input[^>]*name="scale"[^>]*>/g) ?? []
    expect(choice.map((tag) => /value="([^"]*)"/.exec(tag)?.[1])).toEqual(
      expect.arrayContaining(['country_country', 'regional', 'global']),
    )
    const title = { 'title.0.lang': 'en', 'title.0.text': 'Early warning of floods' }
    const answer = await fillIn('/en/initiatives/new?collection=ours', { identifier: 'F-1', ...title, scale: 'regional' })
    expect(answer).toEqual({ status: 303, to: expect.stringMatching(/^\/en\/initiatives\/.+done=created$/) })
    detailPage = (answer.to ?? '').split('?')[0] ?? ''
    const other = await fillIn('/en/initiatives/new?collection=ours', { identifier: 'F-2', scale: 'global' })
    expect(other.status).toBe(303)
  })

  test('stands in the column of the table and in the facts', async () => {
    expect(await storedScale('F-1')).toEqual([{ scale: 'regional', stated: 'regional' }])
  })

  test('stands in the list under its filter, and not under another', async () => {
    expect(await get('/en/initiatives?collection=ours&scale=regional')).toContain('Early warning of floods')
    expect(await get('/en/initiatives?collection=ours&scale=country_country')).not.toContain('Early warning of floods')
  })

  test('stands on its own page, in the language of the reader', async () => {
    expect(await get(detailPage.replace('/en/', '/ru/'))).toContain('Региональный')
  })

  test('is answered by the API under the same filter', async () => {
    const input = { filter: { values: { collection: ['ours'], scale: ['regional'] } } }
    const page = JSON.parse(await get(`/api/registry/list-listings?input=${encodeURIComponent(JSON.stringify(input))}`))
    expect(page).toMatchObject({ total: 1, rows: [{ identifier: 'F-1', scale: 'regional' }] })
  })

  test('stands in the CSV, by name and by code', async () => {
    expect(await download('collection=ours&scale=regional')).toMatchObject([{ Scale: 'Regional', 'Scale (code)': 'regional' }])
  })

  test('is described in the OpenAPI document', async () => {
    const { paths } = JSON.parse(await get('/api/openapi.json'))
    const { schema } = paths['/api/registry/register-initiative'].post.requestBody.content['application/json']
    expect(schema.properties.facts.properties.scale).toMatchObject({ type: 'string' })
  })

  test('a code that no list knows is refused, with the field named and nothing written', async () => {
    expect((await fillIn('/en/initiatives/new?collection=ours', { identifier: 'F-3', scale: 'galactic' })).status).toBe(422)
    expect(await storedScale('F-3')).toEqual([])
  })
})

test('the same fact from a French table lands in the same places', async () => {
  const path = join(folder, 'projets.csv')
  writeFileSync(path, 'Identifiant;Titre;Échelle;Année\nP-1;Alerte précoce;Régional;2014\nP-2;Semences;;2014\n')
  const report = await importTableFile(operations, LOCAL_ADMINISTRATOR, { path, portfolio: 'projets' })
  expect(report).toMatchObject({ read: 2, created: 2, rejected: 0 })
  expect(await storedScale('P-1')).toEqual([{ scale: 'regional', stated: 'regional' }])
  expect(await storedScale('P-2')).toEqual([{ scale: null, stated: null }])
  expect(await get('/en/initiatives?collection=projets&scale=regional')).toContain('Alerte précoce')
  expect(await download('collection=projets')).toMatchObject([
    { Scale: 'Regional', 'Scale (code)': 'regional' },
    { Scale: '', 'Scale (code)': '' },
  ])
})
