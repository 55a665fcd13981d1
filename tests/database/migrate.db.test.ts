import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sql } from '../../src/database/db.ts'
import { migrate, programVersion, schemaVersion } from '../../src/database/migrate.ts'
import { openDatabase } from '../../src/database/open-database.ts'
import { newTestDatabase, type TestDatabase } from '../../src/database/testing/test-database.ts'
import { TEST_MIGRATIONS } from './given-projects.ts'

let database: TestDatabase
let folder: string

beforeEach(async () => {
  database = await newTestDatabase(undefined)
  folder = mkdtempSync(join(tmpdir(), 'sursur-migrations-'))
  cpSync(TEST_MIGRATIONS, folder, { recursive: true })
})
afterEach(async () => {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

function givenMigration(name: string, text: string): void {
  writeFileSync(join(folder, name), text)
}

describe('migrating', () => {
  test('an empty database reaches the version of the program, and a second start changes nothing', async () => {
    expect(await schemaVersion(database)).toBe(0)
    expect(await migrate(database, folder)).toBe(2)
    expect(await migrate(database, folder)).toBe(2)
    expect(programVersion(folder)).toBe(2)
    expect(await database.many(sql`select version, file from schema_migrations order by version`)).toEqual([
      { version: 1, file: '0001_projects.sql' },
      { version: 2, file: '0002_note_author.sql' },
    ])
  })

  test('two starts at once take turns', async () => {
    const other = await openDatabase(database.location)
    try {
      expect(await Promise.all([migrate(database, folder), migrate(other, folder), migrate(database, folder)])).toEqual([2, 2, 2])
    } finally {
      await other.close()
    }
  })

  test('a database newer than the program is refused, naming both versions', async () => {
    await migrate(database, folder)
    rmSync(join(folder, '0002_note_author.sql'))
    await expect(migrate(database, folder)).rejects.toMatchObject({
      code: 'database.newer-schema',
      params: { database: 2, program: 1 },
    })
  })

  test('an edited migration is refused, line ends apart', async () => {
    await migrate(database, folder)
    const text = readFileSync(join(folder, '0001_projects.sql'), 'utf8')
    givenMigration('0001_projects.sql', text.replaceAll('\n', '\r\n'))
    expect(await migrate(database, folder)).toBe(2)
    givenMigration('0001_projects.sql', `${text}-- edited\n`)
    await expect(migrate(database, folder)).rejects.toMatchObject({
      code: 'database.edited-migration',
      params: { file: '0001_projects.sql' },
    })
  })

  test('a migration that fails leaves nothing of itself and keeps the ones before', async () => {
    givenMigration('0003_broken.sql', 'create table half (id integer);\ncreate table half (id integer);\n')
    await expect(migrate(database, folder)).rejects.toMatchObject({
      code: 'database.migration-failed',
      params: { file: '0003_broken.sql', message: 'relation "half" already exists' },
    })
    expect(await schemaVersion(database)).toBe(2)
    expect(await database.one(sql`select to_regclass('half') is null as absent`)).toEqual({ absent: true })
  })

  test.each([
    { name: 'a name without number', file: 'more.sql', code: 'database.migration-name' },
    { name: 'a number used twice', file: '0002_again.sql', code: 'database.migration-numbers' },
  ])('$name is refused', async ({ file, code }) => {
    givenMigration(file, 'select 1;')
    await expect(migrate(database, folder)).rejects.toMatchObject({ code })
  })
})
