import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createBulkFiles } from '../../../jobs/exports/bulk-files.ts'
import type { HttpRequest, HttpResponse } from '../../../kernel/http.ts'
import { newId } from '../../../kernel/ids.ts'
import {
  addOrganisations,
  applyImportRun,
  beginPublishedRun,
  createCollection,
  type InitiativeFacts,
  registerInitiative,
} from '../../../modules/registry/index.ts'
import { atRegistryDesk, type RegistryDesk } from '../../../modules/registry/testing/registry-desk.ts'
import type { Operations } from '../../../operations/index.ts'
import { pageContext } from '../../testing/page-context.ts'
import { bulkRoutes } from './bulk-routes.ts'

const FACTS: InitiativeFacts = { title: { orig: 'en', texts: { en: '=Irrigation' } }, hosts: ['GHA'] }

type Get = (path: string, headers?: Readonly<Record<string, string>>) => Promise<HttpResponse>

async function atSite(work: (get: Get, desk: RegistryDesk, folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sursur-bulk-'))
  try {
    await atRegistryDesk((desk) => {
      const operations = { run: desk.run } as Operations
      const routes = bulkRoutes({ ...pageContext(operations), openData: createBulkFiles(operations, folder) })
      return work(
        (path, headers = {}) => {
          const [, , file] = path.split('/')
          const route = routes.find((one) => one.path === path) ?? routes.find((one) => one.path === '/data/:file')
          const request: HttpRequest = {
            method: 'GET',
            path,
            params: { file: decodeURIComponent(file ?? '') },
            query: new URLSearchParams(),
            form: new URLSearchParams(),
            files: [],
            origin: 'https://example.org',
            header: (name) => headers[name],
          }
          return route?.handle(request) ?? Promise.reject(new Error(`no route ${path}`))
        },
        desk,
        folder,
      )
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function textOf({ body }: HttpResponse): Promise<string> {
  return typeof body === 'string' ? body : (await buffer(body as AsyncIterable<Uint8Array>)).toString('utf8')
}

test('an unknown collection or format is a page that does not exist, and no file is made', () =>
  atSite(async (get, desk, folder) => {
    await desk.import('ours', [{ identifier: 'A-1', facts: FACTS }])
    for (const path of ['/data/nothing.csv', '/data/ours.exe', '/data/ours', '/data/..%2Fours.csv'])
      await expect(get(path), path).rejects.toMatchObject({ code: 'http.page-missing' })
    expect(readdirSync(folder)).toEqual([])
  }))

test('a program gets keys and unaltered texts, and 304 until a row changes; one file is kept for each format', () =>
  atSite(async (get, desk, folder) => {
    await desk.import('ours', [{ identifier: 'A-1', facts: FACTS }])
    const first = await get('/data/ours.csv')
    const [header, row] = (await textOf(first)).split('\r\n')
    expect(header?.startsWith('title,year,host,hostCode')).toBe(true)
    expect(row?.startsWith('=Irrigation,')).toBe(true)
    expect(first.headers).toMatchObject({ 'cache-control': 'public, no-cache', 'content-type': 'text/csv; charset=utf-8' })
    const tag = first.headers.etag ?? ''
    expect(await get('/data/ours.csv', { 'if-none-match': `"other", W/${tag}` })).toMatchObject({ status: 304, body: '' })
    await desk.import('ours', [{ identifier: 'A-2', facts: FACTS }])
    const second = await get('/data/ours.csv', { 'if-none-match': tag })
    expect(second.status).toBe(200)
    expect(second.headers['x-snapshot-hash']).not.toBe(first.headers['x-snapshot-hash'])
    expect((await textOf(second)).trim().split('\r\n')).toHaveLength(3)
    expect(readdirSync(folder).filter((name) => name.endsWith('.csv'))).toHaveLength(1)
  }))

test('every format of the same rows names the same hash, and so does the catalogue', () =>
  atSite(async (get, desk) => {
    await desk.import('ours', [{ identifier: 'A-1', facts: FACTS }])
    const hashes = new Set<string | undefined>()
    for (const extension of ['csv', 'xlsx', 'json', 'jsonl', 'parquet', 'zip']) {
      const { headers } = await get(`/data/ours.${extension}`)
      hashes.add(headers['x-snapshot-hash'])
    }
    expect(hashes.size).toBe(1)
    const { collections } = JSON.parse(await textOf(await get('/data.json')))
    const ours = collections.find(({ key }: { key: string }) => key === 'ours')
    expect(ours).toMatchObject({ listings: 1, initiatives: 1 })
    const made = ours.files.filter(({ snapshotHash }: { snapshotHash: string | null }) => snapshotHash !== null)
    expect(made.map(({ snapshotHash }: { snapshotHash: string }) => snapshotHash)).toEqual(Array(6).fill([...hashes][0]))
    expect(ours.files[0].address).toBe('https://example.org/data/ours.csv')
  }))

test('rows that are not public are in no file, whoever works here', () =>
  atSite(async (get, desk) => {
    await desk.run(createCollection, { key: 'ours' })
    await desk.run(registerInitiative, { collection: 'ours', facts: FACTS })
    expect((await textOf(await get('/data/ours.jsonl'))).trim()).toBe('')
    expect((await textOf(await get('/data/_all.jsonl'))).trim()).toBe('')
  }))

test('a file of organisations is offered where one describes itself, and its tag changes with what was imported', () =>
  atSite(async (get, desk) => {
    await desk.import('ours', [{ identifier: 'A-1', facts: FACTS }])
    await expect(get('/data/ours.organisations.xml')).rejects.toMatchObject({ code: 'http.page-missing' })
    await describe(desk, 'XX-1')
    const first = await get('/data/ours.organisations.xml')
    expect(await textOf(first)).toContain('<organisation-identifier>XX-1</organisation-identifier>')
    const tag = first.headers?.etag ?? ''
    expect(await get('/data/ours.organisations.xml', { 'if-none-match': tag })).toMatchObject({ status: 304 })
    await describe(desk, 'XX-2')
    const second = await get('/data/ours.organisations.xml', { 'if-none-match': tag })
    expect(second.status).toBe(200)
    expect(await textOf(second)).toContain('<organisation-identifier>XX-2</organisation-identifier>')
    // The file of activities has the same beginning and is another one.
    expect(await textOf(await get('/data/ours.xml'))).toContain('<iati-activities')
    expect(JSON.parse(await textOf(await get('/data.json'))).collections[1]).toMatchObject({ key: 'ours', organisations: 2 })
  }))

/** As an import of a published file would write it. */
async function describe(desk: RegistryDesk, identifier: string): Promise<void> {
  const begun = await desk.run(beginPublishedRun, {
    collection: { key: 'ours' },
    fileName: `${identifier}.xml`,
    fileDigest: identifier,
    fileBytes: 1,
    format: 'iati',
    series: `${identifier}.xml`,
    edition: 1,
    holder: 'the-only-process',
  })
  if (begun.kind !== 'begun') throw new Error(begun.kind)
  const run = { runId: begun.begun.run.id, holder: 'the-only-process' }
  const piece = `<iati-organisation><organisation-identifier>${identifier}</organisation-identifier><name><narrative xml:lang="en">A</narrative></name><reporting-org ref="${identifier}" type="40"><narrative xml:lang="en">A</narrative></reporting-org></iati-organisation>`
  const context = { root: 'iati-organisations', version: '2.03', namespaces: {}, attributes: {} }
  const block = { id: newId(), fileName: 'a.xml', context, content: zstdCompressSync(Buffer.from(piece)) }
  const source = { blockId: block.id, start: 0, length: piece.length, pieceDigest: identifier, statedAt: null }
  await desk.run(addOrganisations, {
    ...run,
    organisations: [{ identifier, facts: {}, contentDigest: identifier, source }],
    blocks: [block],
    counts: { read: 1, created: 1, changed: 0, unchanged: 0, rejected: 0 },
  })
  const published = { holder: run.holder, digest: 'd', withdrawn: [], returned: [] }
  await desk.run(applyImportRun, { runId: run.runId, published })
}
