import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { App } from '../../src/app/open-app.ts'
import { backup } from '../../src/database/backup/backup.ts'
import { move, restore } from '../../src/database/backup/restore.ts'
import { tableHashes } from '../../src/database/backup/table-hashes.ts'
import { type Database, sql } from '../../src/database/db.ts'
import { openDatabase } from '../../src/database/open-database.ts'
import { undoImportRun } from '../../src/modules/registry/index.ts'
import { LOCAL_ADMINISTRATOR } from '../../src/operations/index.ts'
import { importHere, openProgram, writePortfolio } from './importing.ts'
import { newEmptyPlace, newFolder, type Place, removeFolder } from './places.ts'

const ROWS = 600

/** What an undo must bring back; the runs themselves and the audit trail keep that it happened. */
const TABLES_OF_RECORDS = ['initiative_contributions', 'initiative_partners', 'initiatives', 'listings', 'record_versions']

let folder: string
let place: Place
let app: App

beforeEach(async () => {
  folder = newFolder('copies')
  place = await newEmptyPlace()
  app = await openProgram(place.location)
  writePortfolio(join(folder, 'first.csv'), ROWS)
  writePortfolio(join(folder, 'second.csv'), ROWS + 100, 'second')
  expect(await importHere(app, join(folder, 'first.csv'), 'list')).toMatchObject({ created: ROWS })
})
afterEach(async () => {
  await app.close()
  await place.remove()
  removeFolder(folder)
})

async function hashesOfRecords(): Promise<unknown[]> {
  return (await tableHashes(app.database)).filter(({ table }) => TABLES_OF_RECORDS.includes(table))
}

describe('a registry with its history', { timeout: 180_000 }, () => {
  test('is as before, to the last row, when an import is undone', async () => {
    const before = await hashesOfRecords()
    const { runId, created, changed } = await importHere(app, join(folder, 'second.csv'), 'list')
    expect({ created, changed }).toEqual({ created: 100, changed: ROWS })
    expect(await hashesOfRecords()).not.toEqual(before)
    await app.operations.run(undoImportRun, { runId: runId ?? '' }, LOCAL_ADMINISTRATOR)
    expect(await hashesOfRecords()).toEqual(before)
    // What was undone can come in again.
    expect(await importHere(app, join(folder, 'second.csv'), 'list')).toMatchObject({ created: 100, changed: ROWS })
  })

  test('comes back from a backup with the same rows in every table', async () => {
    await importHere(app, join(folder, 'second.csv'), 'list')
    const file = join(folder, 'backup.jsonl.gz')
    const { rows } = await backup(app.database, file)
    expect(rows).toBeGreaterThan(4 * ROWS)
    await inEmptyPlace(async (target) => {
      await restore(file, target)
      expect(await tableHashes(target)).toEqual(await tableHashes(app.database))
    })
  })

  test('moves to another database with the same rows in every table', async () => {
    await importHere(app, join(folder, 'second.csv'), 'list')
    await inEmptyPlace(async (target) => {
      await move(app.database, target)
      expect(await tableHashes(target)).toEqual(await tableHashes(app.database))
    })
  })

  test.skipIf(process.env.TEST_DATABASE_URL === undefined)(
    'moves to a PostgreSQL server, where the next import knows its rows',
    async () => {
      await importHere(app, join(folder, 'second.csv'), 'list')
      await onServer(async (url) => {
        const target = await openDatabase({ url })
        await move(app.database, target)
        expect(await tableHashes(target)).toEqual(await tableHashes(app.database))
        await target.close()
        const moved = await openProgram({ url })
        expect(await importHere(moved, join(folder, 'second.csv'), 'list')).toMatchObject({
          created: 0,
          changed: 0,
          unchanged: ROWS + 100,
        })
        await moved.close()
      })
    },
  )
})

async function inEmptyPlace(work: (database: Database) => Promise<void>): Promise<void> {
  const empty = await newEmptyPlace()
  const database = await openDatabase(empty.location)
  try {
    await work(database)
  } finally {
    await database.close()
    await empty.remove()
  }
}

/** A database of its own on the server of the tests, whichever engine the other tests run on. */
async function onServer(work: (url: string) => Promise<void>): Promise<void> {
  const serverUrl = process.env.TEST_DATABASE_URL ?? ''
  const name = `sursur_moved_${process.pid}`
  const server = await openDatabase({ url: serverUrl, poolSize: 1 })
  await server.run(sql.raw(`create database ${name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'`))
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  try {
    await work(url.href)
  } finally {
    await server.run(sql.raw(`drop database if exists ${name} with (force)`))
    await server.close()
  }
}
