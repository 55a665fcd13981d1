/** Published files of many publishers come in, go out and come in again (domain 12.2). Skipped where the files are absent. */
import { createWriteStream, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, sql } from '../../src/database/db.ts'
import { MIGRATIONS_FOLDER } from '../../src/database/migrate.ts'
import { newTestDatabase, type TestDatabase } from '../../src/database/testing/test-database.ts'
import { schemaErrors } from '../../src/interop/iati/write/testing/check-schema.ts'
import { writePublishedFile } from '../../src/jobs/exports/published-file.ts'
import { importFile } from '../../src/jobs/imports/import-file.ts'
import type { PublishedImportReport } from '../../src/jobs/imports/published/import-published-file.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { PACKAGE_ROOT } from '../../src/kernel/package-root.ts'
import { auditWriter, policy } from '../../src/modules/access/index.ts'
import { createOperations, LOCAL_ADMINISTRATOR, type Operations } from '../../src/operations/index.ts'

const FILES = resolve(PACKAGE_ROOT, process.env.SURSUR_SHARED ?? '../shared', 'data', 'iati')
const present = existsSync(join(FILES, 'publishers'))
if (!present) console.log('published files are absent: the round trip is skipped')

const folder = mkdtempSync(join(tmpdir(), 'sursur-round-trip-'))
let database: TestDatabase
let operations: Operations

beforeAll(async () => {
  if (!present) return
  database = await newTestDatabase(MIGRATIONS_FOLDER)
  operations = createOperations({ database, clock: systemClock, policy, audit: auditWriter })
})
afterAll(async () => {
  await database?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function bring(path: string, portfolio: string): Promise<PublishedImportReport> {
  return (await importFile(operations, LOCAL_ADMINISTRATOR, { path, portfolio })) as PublishedImportReport
}

/** Facts by identifier: everything that the program has made of the files. */
async function factsOf(db: Database, portfolio: string): Promise<Map<string, string>> {
  const rows = await db.many<{ identifier: string; facts: string }>(sql`
    select i.identifier, (i.facts - 'contact')::text as facts
    from initiatives as i
    join collections as c on c.id = i.collection_id
    where c.key = ${portfolio}
  `)
  return new Map(rows.map(({ identifier, facts }) => [identifier, facts]))
}

describe.skipIf(!present)('published files', { timeout: 300_000 }, () => {
  const out = join(folder, 'out.xml')
  let leftOut: ReadonlySet<unknown>

  test('each comes in with as many activities as it holds; only an identifier that stands twice is left out', async () => {
    const manifest: Record<string, string>[] = parse(readFileSync(join(FILES, 'MANIFEST.csv')), { columns: true })
    for (const name of readdirSync(join(FILES, 'publishers')).sort()) {
      const report = await bring(join(FILES, 'publishers', name), 'published')
      const expected = manifest.find(({ file }) => file === `publishers/${name}`)
      expect([name, report.read]).toEqual([name, Number(expected?.activities)])
      const repeated = report.problems.filter(({ code }) => code === 'iati.identifier-repeated').length
      expect([name, report.rejected]).toEqual([name, repeated])
    }
  })

  test('all of them together go out as one valid file; what has no date is left out and named', async () => {
    const request = { filter: { values: { collection: ['published'] } }, extensions: true, now: new Date('2026-11-25T12:00:00Z') }
    const { problems, leftOut: count } = await writePublishedFile(
      operations,
      LOCAL_ADMINISTRATOR,
      request,
      createWriteStream(out),
    )
    expect(problems).toHaveLength(count)
    expect([...new Set(problems.map(({ params }) => params.missing))]).toEqual(['activity-date'])
    leftOut = new Set(problems.map(({ place }) => place?.activity))
    expect(schemaErrors(readFileSync(out, 'utf8'))).toBe('')
  })

  test('coming in again, it changes nothing', async () => {
    expect(await bring(out, 'published')).toMatchObject({ created: 0, changed: 0, rejected: 0, conflicts: 0 })
  })

  test('coming in elsewhere, it says the same of every activity', async () => {
    await bring(out, 'elsewhere')
    const before = await factsOf(database, 'published')
    const after = await factsOf(database, 'elsewhere')
    expect(after.size).toBe(before.size - leftOut.size)
    for (const [identifier, facts] of after) expect([identifier, facts]).toEqual([identifier, before.get(identifier)])
  })
})
