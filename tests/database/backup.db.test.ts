import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { backup, verifyBackup } from '../../src/database/backup/backup.ts'
import { listBackups, nextBackupDue, writeNightlyBackup } from '../../src/database/backup/nightly-backup.ts'
import { move, restore } from '../../src/database/backup/restore.ts'
import { tableHashes } from '../../src/database/backup/table-hashes.ts'
import { sql } from '../../src/database/db.ts'
import { doctor } from '../../src/database/doctor.ts'
import { migrate, schemaVersion } from '../../src/database/migrate.ts'
import { openDatabase } from '../../src/database/open-database.ts'
import { newTestDatabase, type TestDatabase, testEngine } from '../../src/database/testing/test-database.ts'
import { givenProjects, TEST_MIGRATIONS } from './given-projects.ts'

let folder: string
let source: TestDatabase
const targets: TestDatabase[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sursur-backup-'))
  source = await newTestDatabase(TEST_MIGRATIONS)
  await givenProjects(source)
})
afterEach(async () => {
  for (const target of targets.splice(0)) await target.close()
})
afterAll(async () => {
  await source.close()
  rmSync(folder, { recursive: true, force: true })
})

async function emptyDatabase(): Promise<TestDatabase> {
  const database = await newTestDatabase(undefined)
  targets.push(database)
  return database
}

describe('backup and restore', () => {
  test('all rows come back exactly, with what is computed from them and the next numbers', async () => {
    const file = join(folder, 'whole.jsonl.gz')
    expect(await backup(source, file)).toMatchObject({ schemaVersion: 2, tables: 3, rows: 2506 })
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600')

    const target = await emptyDatabase()
    await restore(file, target, TEST_MIGRATIONS)
    expect(await tableHashes(target)).toEqual(await tableHashes(source))
    expect(await target.one(sql`select budget, tags, details, changed_at, words::text from projects where id = 1`)).toEqual({
      budget: '12345678901234567890.123456789012345678901234567890',
      tags: ['a,b', null, 'null', '"quoted"', 'back\\slash', ''],
      details: { a: [null, 'ü', 1.5], b: 1 },
      changed_at: '2014-02-28T20:59:59.123456Z',
      words: "'and':2,4 'water':1 'آب':3 '水':5",
    })
    expect(await target.one(sql`insert into projects (title) values ('next') returning id`)).toEqual({ id: 4 })
    expect(await target.one(sql`insert into project_notes (project, note) values (1, 'x') returning number`)).toEqual({
      number: 2501,
    })
  })

  test('foreign keys and triggers are in force again', async () => {
    const file = join(folder, 'rules.jsonl.gz')
    await backup(source, file)
    const target = await emptyDatabase()
    await restore(file, target, TEST_MIGRATIONS)
    await expect(target.run(sql`insert into project_notes (project, note) values (99, 'x')`)).rejects.toMatchObject({
      code: '23503',
    })
    await expect(target.run(sql`update project_notes set note = 'x'`)).rejects.toThrow('notes are only added to')
  })

  test('a target that holds a row is refused and stays as it was', async () => {
    const file = join(folder, 'refused.jsonl.gz')
    await backup(source, file)
    const target = await emptyDatabase()
    await migrate(target, TEST_MIGRATIONS)
    await target.run(sql`insert into countries (code, name) values ('IN', 'India')`)
    await expect(restore(file, target, TEST_MIGRATIONS)).rejects.toMatchObject({
      code: 'database.target-not-empty',
      params: { table: 'countries' },
    })
    expect(await target.many(sql`select code from countries`)).toEqual([{ code: 'IN' }])
  })

  test('a backup of an older schema is restored and then migrated', async () => {
    const old = await emptyDatabase()
    await migrate(old, TEST_MIGRATIONS, 1)
    await old.run(sql`insert into projects (title) values ('old')`)
    await old.run(sql`insert into project_notes (project, note) values (1, 'kept')`)
    const file = join(folder, 'old.jsonl.gz')
    await backup(old, file)

    const target = await emptyDatabase()
    await migrate(target, TEST_MIGRATIONS) // already newer, but without rows
    await restore(file, target, TEST_MIGRATIONS)
    expect(await schemaVersion(target)).toBe(2)
    expect(await target.many(sql`select note, author from project_notes`)).toEqual([{ note: 'kept', author: 'unknown' }])
  })

  test('a changed row, a cut file and a foreign file are refused and leave nothing', async () => {
    const file = join(folder, 'original.jsonl.gz')
    await backup(source, file)
    const text = gunzipSync(readFileSync(file)).toString('utf8')
    const bad = join(folder, 'bad.jsonl.gz')
    const target = await emptyDatabase()
    const attempt = () => restore(bad, target, TEST_MIGRATIONS)

    writeFileSync(bad, gzipSync(text.replace('Kenya', 'Kenia')))
    await expect(attempt()).rejects.toMatchObject({ code: 'database.backup-damaged', params: { table: 'countries' } })
    writeFileSync(bad, gzipSync(text.slice(0, text.lastIndexOf('{"endOfBackup"'))))
    await expect(attempt()).rejects.toMatchObject({ code: 'database.backup-unreadable', params: { file: 'bad.jsonl.gz' } })
    writeFileSync(bad, readFileSync(file).subarray(0, 3000))
    await expect(attempt()).rejects.toMatchObject({ code: 'database.backup-unreadable' })
    writeFileSync(bad, 'not a backup')
    await expect(verifyBackup(bad)).rejects.toMatchObject({ code: 'database.backup-unreadable' })
    await expect(verifyBackup(join(folder, 'absent'))).rejects.toMatchObject({ code: 'database.backup-unreadable' })
    expect(await tableHashes(target)).toEqual([])
    expect(await verifyBackup(file)).toMatchObject({ schemaVersion: 2, engine: testEngine() })
  })

  test('a backup of a newer program is refused', async () => {
    const file = join(folder, 'newer.jsonl.gz')
    await backup(source, file)
    const nowhere = mkdtempSync(join(folder, 'migrations-'))
    await expect(restore(file, await emptyDatabase(), nowhere)).rejects.toMatchObject({
      code: 'database.backup-newer-schema',
      params: { backup: 2, program: 0 },
    })
  })
})

describe('moving to the other engine', () => {
  test('the rows are proven equal on both sides', async () => {
    const dataFolder = join(folder, 'moved')
    const target = await openDatabase({ dataFolder })
    try {
      const result = await move(source, target, TEST_MIGRATIONS)
      expect(result.tables).toEqual(await tableHashes(source))
      expect(await tableHashes(target)).toEqual(await tableHashes(source))
      await expect(move(source, target, TEST_MIGRATIONS)).rejects.toMatchObject({ code: 'database.target-not-empty' })
    } finally {
      await target.close()
    }
  })

  test('one changed digit changes the hash of its table only', async () => {
    const file = join(folder, 'hash.jsonl.gz')
    await backup(source, file)
    const target = await emptyDatabase()
    await restore(file, target, TEST_MIGRATIONS)
    await target.run(sql`update projects set budget = budget + 0.000000000000000000000000000001 where id = 1`)
    const [countries, notes, projects] = await tableHashes(target)
    const before = await tableHashes(source)
    expect([countries, notes]).toEqual(before.slice(0, 2))
    expect(projects?.rows).toBe(before[2]?.rows)
    expect(projects?.hash).not.toBe(before[2]?.hash)
  })
})

describe('the backup of every night', () => {
  test('only the newest are kept, and other files are left alone', async () => {
    const nightly = join(folder, 'nightly')
    expect(nextBackupDue(nightly, new Date('2026-03-01T12:00:00Z'))).toEqual(new Date('2026-03-01T12:00:00Z'))
    for (const day of ['01', '02', '03']) await writeNightlyBackup(source, nightly, 2, new Date(`2026-03-${day}T02:00:05Z`))
    writeFileSync(join(nightly, 'mine.txt'), '')
    await writeNightlyBackup(source, nightly, 2, new Date('2026-03-04T02:00:05Z'))
    expect(listBackups(nightly).map(({ writtenAt }) => writtenAt.toISOString())).toEqual([
      '2026-03-04T02:00:05.000Z',
      '2026-03-03T02:00:05.000Z',
    ])
    expect(existsSync(join(nightly, 'mine.txt'))).toBe(true)
    expect(nextBackupDue(nightly, new Date('2026-03-04T12:00:00Z'))).toEqual(new Date('2026-03-05T02:00:00Z'))
  })

  test('the doctor names an old backup and a schema that lags behind', async () => {
    const now = new Date('2026-03-06T12:00:00Z')
    const checks = await doctor(source, { backupFolder: join(folder, 'nightly'), migrationsFolder: TEST_MIGRATIONS, now })
    const of = (key: string) => checks.find((check) => check.key === key)
    expect(of('backup')).toMatchObject({ status: 'warning', params: { hours: 57 } })
    expect(of('schema')).toEqual({ key: 'schema', status: 'ok', params: { database: 2, program: 2 } })
    expect(of('constraints')).toMatchObject({ status: 'ok' })
    expect(of('engine')?.params).toMatchObject({ engine: testEngine() })
  })
})
