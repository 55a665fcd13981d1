import { createHash } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import { unzipSync } from 'fflate'
import { parquetReadObjects } from 'hyparquet'
import { expect, test } from 'vitest'
import { sql } from '../../../database/db.ts'
import { translatorFor } from '../../../i18n/translator.ts'
import {
  createCollection,
  type InitiativeFacts,
  type InitiativeRecord,
  linkInitiatives,
  listCollectionsQuery,
  moveInitiative,
  registerInitiative,
  reviseInitiative,
} from '../../../modules/registry/index.ts'
import { atRegistryDesk, type RegistryDesk } from '../../../modules/registry/testing/registry-desk.ts'
import type { Operations } from '../../../operations/index.ts'
import { createBulkFiles } from '../bulk-files.ts'
import { writePackage } from './write-package.ts'

const FACTS: InitiativeFacts = {
  title: { orig: 'fr', texts: { fr: 'Irrigation des rives', ar: 'ري الضفاف' } },
  kind: 'project',
  reportingOrg: { name: 'UNDP' },
  hosts: ['GHA'],
  contact: 'SECRET-CONTACT ada@example.org',
  note: 'SECRET-NOTE',
  kept: { Column: 'SECRET-KEPT' },
  partners: [
    { no: '1', name: 'Ministry', iso3: 'BRA', role: 'first_provider' },
    { no: '2', iso3: 'GHA', role: 'recipient' },
  ],
  contributions: [
    {
      no: '1',
      giver: '1',
      taker: '2',
      modality: 'grant_cash',
      nature: 'disbursement',
      period: { start: '2014-05-01' },
      money: { amount: '1000.10', currency: 'USD', valueDate: '2014-05-01' },
    },
  ],
  sectors: [{ vocabulary: 'dac5', code: '14030', share: 1 }],
  results: [{ level: 'output', statement: '=12 wells', target: '12' }],
  documents: [{ title: 'Report', url: 'https://example.org/a' }],
}

async function publish(
  desk: RegistryDesk,
  collection: string,
  facts: InitiativeFacts,
  visibility: 'public' | 'private' = 'public',
) {
  let record: InitiativeRecord = await desk.run(registerInitiative, { collection, facts, visibility, listed: [{ year: 2014 }] })
  for (const to of ['submitted', 'verified', 'published'] as const)
    record = await desk.run(moveInitiative, { id: record.id, version: record.version, to })
  return record
}

async function packageOf(desk: RegistryDesk, collection: string, lang = 'en') {
  const out = new PassThrough()
  const whole = buffer(out)
  const operations = { run: desk.run } as unknown as Operations
  const collections = (await desk.run(listCollectionsQuery, {})).filter(({ key }) => key === collection)
  const written = await writePackage(
    operations,
    {
      filter: { values: { collection: [collection] } },
      collections,
      programVersion: '1.2.3',
      at: new Date('2026-11-25T08:00:00Z'),
    },
    translatorFor(lang),
    out,
  )
  const files = unzipSync(await whole)
  const text = (path: string) => Buffer.from(files[path] ?? []).toString('utf8')
  const rows = (table: string): Record<string, string>[] => parse(text(`data/${table}.csv`), { columns: true })
  return { written, files, text, rows, description: JSON.parse(text('datapackage.json')) }
}

test('what is in preparation, private or never for the public is in no file of a package', () =>
  atRegistryDesk(async (desk) => {
    await desk.run(createCollection, { key: 'ours' })
    const open = await publish(desk, 'ours', FACTS)
    await desk.run(registerInitiative, {
      collection: 'ours',
      facts: { ...FACTS, title: { orig: 'en', texts: { en: 'SECRET-DRAFT' } } },
    })
    await publish(desk, 'ours', { ...FACTS, title: { orig: 'en', texts: { en: 'SECRET-PRIVATE' } } }, 'private')
    await desk.run(reviseInitiative, {
      id: open.id,
      version: open.version,
      facts: { ...FACTS, title: { orig: 'en', texts: { en: 'SECRET-REVISION' } } },
    })
    const { files, rows } = await packageOf(desk, 'ours')
    expect(rows('initiatives').map(({ title }) => title)).toEqual(['Irrigation des rives'])
    for (const [path, bytes] of Object.entries(files)) expect(Buffer.from(bytes).includes('SECRET'), path).toBe(false)
  }))

test('tables are joined by keys, texts keep every language, money is exact beside its dollars, and no text is altered', () =>
  atRegistryDesk(async (desk) => {
    await desk.run(createCollection, { key: 'ours' })
    const { id } = await publish(desk, 'ours', FACTS)
    const { rows, files, written } = await packageOf(desk, 'ours', 'ar')
    expect(written.counts).toEqual({
      listings: 1,
      initiatives: 1,
      texts: 2,
      partners: 2,
      contributions: 1,
      sectors: 1,
      goals: 0,
      countries: 1,
      results: 1,
      documents: 1,
    })
    expect(rows('initiatives')[0]).toMatchObject({
      initiativeId: id,
      collection: 'ours',
      title: 'ري الضفاف',
      titleLanguage: 'ar',
    })
    expect(rows('texts').map(({ language, original, text }) => [language, original, text])).toEqual([
      ['fr', 'true', 'Irrigation des rives'],
      ['ar', 'false', 'ري الضفاف'],
    ])
    expect(rows('contributions')[0]).toMatchObject({
      initiativeId: id,
      giverNo: '1',
      giverName: 'Ministry',
      amount: '1000.10',
      currency: 'USD',
      usd: '1000.1',
    })
    expect(rows('results')[0]).toMatchObject({ initiativeId: id, statement: '=12 wells', target: '12' })
    const parquet = Buffer.from(files['data/contributions.parquet'] ?? [])
    const file = parquet.buffer.slice(parquet.byteOffset, parquet.byteOffset + parquet.byteLength) as ArrayBuffer
    expect(await parquetReadObjects({ file })).toMatchObject([{ initiativeId: id, amount: 1000.1, usd: 1000.1, currency: 'USD' }])
  }))

test('the description names every file with its size, hash and columns, the licence, the code lists and the hash of the rows', () =>
  atRegistryDesk(async (desk) => {
    await desk.run(createCollection, {
      key: 'ours',
      source: { name: 'A list', url: 'https://example.org/list', licence: 'CC BY 4.0' },
    })
    await publish(desk, 'ours', FACTS)
    const { description, files, text, written } = await packageOf(desk, 'ours')
    expect(description).toMatchObject({
      name: 'sursur-ours',
      licenses: [{ name: 'CC-BY-4.0', title: 'CC BY 4.0' }],
      sources: [{ title: 'A list', path: 'https://example.org/list' }],
      filter: 'collection=ours',
      snapshotHash: written.snapshotHash,
      contentHash: written.contentHash,
      counts: written.counts,
      program: 'Sursur 1.2.3',
    })
    expect(description.codeLists.map(({ name }: { name: string }) => name)).toContain('dac-sectors')
    for (const { path, bytes, hash, schema, format } of description.resources) {
      const content = files[path] ?? new Uint8Array(0)
      expect(bytes, path).toBe(content.length)
      expect(hash, path).toBe(`sha256:${createHash('sha256').update(content).digest('hex')}`)
      if (format === 'csv')
        expect(text(path).split('\r\n')[0], path).toBe(schema.fields.map(({ name }: { name: string }) => name).join(','))
    }
    expect(text('README.md')).toContain(written.snapshotHash)
  }))

test('the hashes are the same in another language, and one changed fact changes that of the content alone', () =>
  atRegistryDesk(async (desk) => {
    await desk.run(createCollection, { key: 'ours' })
    const { id, version } = await publish(desk, 'ours', FACTS)
    const first = (await packageOf(desk, 'ours')).written
    expect((await packageOf(desk, 'ours', 'zh')).written).toEqual(first)
    let record = await desk.run(reviseInitiative, { id, version, facts: { ...FACTS, documents: [] } })
    for (const to of ['verified', 'published'] as const)
      record = await desk.run(moveInitiative, { id, version: record.version, to })
    const second = (await packageOf(desk, 'ours')).written
    expect(second.snapshotHash).toBe(first.snapshotHash)
    expect(second.contentHash).not.toBe(first.contentHash)
  }))

test('records that are one initiative stay two rows with one sameAs, and count once, also over all collections', () =>
  atRegistryDesk(async (desk) => {
    await desk.import('ours', [{ identifier: 'A-1', facts: FACTS }])
    await desk.import('theirs', [
      { identifier: 'B-1', facts: FACTS },
      { identifier: 'B-2', facts: FACTS },
    ])
    const ids = await desk.database.many<{ id: string }>(sql`select id from initiatives order by identifier`)
    const [one, other, alone] = ids.map(({ id }) => id)
    await desk.run(linkInitiatives, { oneId: one ?? '', otherId: other ?? '', leadingId: other, reason: 'The same work' })
    const out = new PassThrough()
    const whole = buffer(out)
    const request = { filter: { values: {} }, collections: [], programVersion: '0', at: new Date() }
    await writePackage({ run: desk.run } as Operations, request, translatorFor('en'), out)
    const files = unzipSync(await whole)
    const described = JSON.parse(Buffer.from(files['datapackage.json'] ?? []).toString())
    expect(described).toMatchObject({ counts: { listings: 3, initiatives: 3 }, distinctInitiatives: 2 })
    const table = parse(Buffer.from(files['data/initiatives.csv'] ?? []), { columns: true }) as Record<string, string>[]
    expect(Object.fromEntries(table.map(({ initiativeId, sameAs }) => [initiativeId, sameAs]))).toEqual({
      [one ?? '']: other,
      [other ?? '']: other,
      [alone ?? '']: '',
    })
    const subjects = await createBulkFiles({ run: desk.run } as Operations, '/nowhere').subjects()
    expect(subjects.map(({ key, records, initiatives }) => [key, records, initiatives])).toEqual([
      ['_all', 3, 2],
      ['ours', 1, 1],
      ['theirs', 2, 2],
    ])
  }))
