/** A dry run says what the run will do: row by row, whatever the size of the batches. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MIGRATIONS_FOLDER } from '../../database/migrate.ts'
import { newTestDatabase, type TestDatabase } from '../../database/testing/test-database.ts'
import { PACKAGE_ROOT } from '../../kernel/package-root.ts'
import { auditWriter, policy } from '../../modules/access/index.ts'
import { createOperations, LOCAL_ADMINISTRATOR } from '../../operations/index.ts'
import { checkTableFile } from './check-table-file.ts'
import { type ImportReport, importTableFile } from './import-table-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'sursur-dry-run-'))
let database: TestDatabase

beforeAll(async () => {
  database = await newTestDatabase(MIGRATIONS_FOLDER)
})
afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

function operations() {
  return createOperations({
    database,
    clock: { now: () => new Date('2026-11-24T12:00:00Z') },
    policy,
    audit: auditWriter,
  })
}

function importFile(path: string, portfolio: string, dryRun = false): Promise<ImportReport> {
  return importTableFile(operations(), LOCAL_ADMINISTRATOR, { path, portfolio, dryRun })
}

function counts({ read, created, changed, unchanged, rejected, warnings, problems }: ImportReport) {
  expect(created + changed + unchanged + rejected).toBe(read)
  return { read, created, changed, unchanged, rejected, warnings, problems }
}

const HEADING = 'Project code,Title,Country,Year'
/** More rows than are prepared at once. */
const ROWS = 1_100

function csv(name: string, lines: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `${[HEADING, ...lines].join('\n')}\n`)
  return path
}

describe('a file that lists each initiative in two years, far apart', () => {
  const yearOf = (year: number, title: string) =>
    Array.from({ length: ROWS }, (_, index) => `P-${index + 1},${title} ${index + 1},Kenya,${year}`)
  const both = { read: 2 * ROWS + 1, created: ROWS, changed: ROWS, unchanged: 0, rejected: 1 }
  const lines = [...yearOf(2013, 'Wells'), ...yearOf(2014, 'Wells'), 'P-1,Wells 1,Kenya,2013']

  test('counts each row once, before and when it is imported', async () => {
    const path = csv('two-years.csv', lines)
    const rehearsed = counts(await importFile(path, 'years', true))
    expect(rehearsed).toMatchObject(both)
    expect(counts(await importFile(path, 'years'))).toEqual(rehearsed)
  })

  test('says of a second reading what it does: nothing for a row that is known, a change where a year says something else', async () => {
    const path = csv('changed-years.csv', [...yearOf(2013, 'Wells'), ...yearOf(2014, 'Deep wells')])
    const rehearsed = counts(await importFile(path, 'years', true))
    expect(rehearsed).toMatchObject({ read: 2 * ROWS, created: 0, changed: ROWS, unchanged: ROWS })
    expect(counts(await importFile(path, 'years'))).toEqual(rehearsed)
  })

  test('and the check before an import counts likewise', async () => {
    const path = csv('checked.csv', [...yearOf(2013, 'Wells').slice(0, 950), ...yearOf(2014, 'Wells').slice(0, 950)])
    const check = await checkTableFile(operations(), LOCAL_ADMINISTRATOR, { path, portfolio: 'checked' })
    expect(check).toMatchObject({ checkedRows: 1_900, created: 950, changed: 950, unchanged: 0, rejected: 0 })
  })
})

test('rows that share an award are each there once, and reading the file again changes none', async () => {
  const path = join(folder, 'awards.csv')
  writeFileSync(path, 'Award ID,Title,Country\n100,Wells,Jamaica\n100,Seeds,Cuba\n200,Roads,Kenya\n')
  expect(counts(await importFile(path, 'awards', true))).toMatchObject({ read: 3, created: 3, warnings: 2 })
  expect(counts(await importFile(path, 'awards'))).toMatchObject({ read: 3, created: 3, warnings: 2 })
  expect(counts(await importFile(path, 'awards'))).toMatchObject({ read: 3, created: 0, unchanged: 3 })
})

const published = resolve(PACKAGE_ROOT, process.env.SURSUR_SHARED ?? '../shared', 'data', 'ssc')
if (!existsSync(published)) console.log('published lists are absent: tests of published files are skipped')

test.skipIf(!existsSync(published)).each([
  ['initiatives_2014_structure.csv', 469],
  ['initiatives_2013_structure.csv', 287],
  ['initiatives_2014.visible.csv', 299],
  ['initiatives_2013.visible.csv', 175],
])('%s makes %i initiatives without a warning, and none when it is read again', async (name, count) => {
  const portfolio = name.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  const all = { read: count, changed: 0, rejected: 0, warnings: 0 }
  expect(counts(await importFile(join(published, name), portfolio, true))).toMatchObject({ ...all, created: count })
  expect(counts(await importFile(join(published, name), portfolio))).toMatchObject({ ...all, created: count })
  expect(counts(await importFile(join(published, name), portfolio))).toMatchObject({ ...all, created: 0, unchanged: count })
})
