import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { tableHashes } from '../../src/database/backup/table-hashes.ts'
import { sql } from '../../src/database/db.ts'
import { openDatabase } from '../../src/database/open-database.ts'
import { testEngine } from '../../src/database/testing/test-database.ts'
import { importHere, openProgram, writePortfolio } from './importing.ts'
import { newEmptyPlace, newFolder, type Place, removeFolder } from './places.ts'

let folder: string
let file: string
let place: Place

beforeEach(async () => {
  folder = newFolder('refused')
  file = join(folder, 'list.csv')
  writePortfolio(file, 20)
  place = await newEmptyPlace()
  const app = await openProgram(place.location)
  await importHere(app, file, 'list')
  await app.close()
})
afterEach(async () => {
  await place.remove()
  removeFolder(folder)
})

describe('a start', () => {
  test('on the database of a newer program is refused with both versions named, and nothing is touched', async () => {
    const database = await openDatabase(place.location)
    await database.run(sql`insert into schema_migrations (version, file, checksum) values (9999, '9999_future.sql', 'x')`)
    const before = await tableHashes(database)
    await database.close()

    await expect(openProgram(place.location)).rejects.toMatchObject({ code: 'database.newer-schema', params: { database: 9999 } })

    const after = await openDatabase(place.location)
    expect(await tableHashes(after)).toEqual(before)
    await after.close()
  })

  test.skipIf(testEngine() === 'server')('takes over a folder whose owner died, and finds everything', async () => {
    const lock = lockFile()
    // The number of a process that cannot exist any more.
    writeFileSync(lock, JSON.stringify({ host: hostname(), pid: 2 ** 22 + 1, startedAt: 'long ago', socketFolder: folder }))
    const app = await openProgram(place.location)
    expect(app.database.owner).toBe(true)
    expect(JSON.parse(readFileSync(lock, 'utf8'))).toMatchObject({ pid: process.pid })
    expect(await importHere(app, file, 'list')).toMatchObject({ created: 0, unchanged: 20 })
    await app.close()
    expect(existsSync(lock)).toBe(false)
  })
})

function lockFile(): string {
  return join('dataFolder' in place.location ? place.location.dataFolder : folder, 'database.lock')
}
