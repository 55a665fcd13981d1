/**
 * The database of a test file: new, migrated and alone, on the engine that SURSUR_TEST_ENGINE names.
 *
 * `embedded` (default) or `server`; the server is TEST_DATABASE_URL or a local one that trusts the user postgres.
 * Each vitest worker has its own. Files that use it are named `*.db.test.ts` and run once per engine.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database, Db } from '../db.ts'
import { sql } from '../db.ts'
import { MIGRATIONS_FOLDER, migrate } from '../migrate.ts'
import { type DatabaseLocation, openDatabase } from '../open-database.ts'

const LOCAL_SERVER = 'postgres://postgres@127.0.0.1:5432/postgres'

export interface TestDatabase extends Database {
  /** To open it a second time, or from another process. */
  readonly location: DatabaseLocation
}

export type TestEngine = 'embedded' | 'server'

export function testEngine(): TestEngine {
  return process.env.SURSUR_TEST_ENGINE === 'server' ? 'server' : 'embedded'
}

let opened: Promise<TestDatabase> | undefined

/** Call in `beforeAll`, and `close()` in `afterAll`. The same database for every call in one worker. */
export function openTestDatabase(): Promise<TestDatabase> {
  opened ??= newTestDatabase(MIGRATIONS_FOLDER, () => {
    opened = undefined
  })
  return opened
}

/** A further database of its own; `migrations` undefined leaves it empty. `close()` removes it. */
export async function newTestDatabase(migrations: string | undefined, onClose: () => void = () => {}): Promise<TestDatabase> {
  const place = testEngine() === 'server' ? await newServerDatabase() : newFolder()
  const database = await openDatabase(place.location)
  const close = async () => {
    await database.close()
    await place.remove()
    onClose()
  }
  try {
    if (migrations !== undefined) await migrate(database, migrations)
  } catch (error) {
    await close()
    throw error
  }
  return { ...database, location: place.location, close }
}

/** For a database without the product's migrations, which make the role otherwise. */
export async function makeProgramRole(db: Db): Promise<void> {
  await db.run(sql`
    do $$
    begin
      create role sursur_program nologin;
    exception when duplicate_object or unique_violation then null;
    end $$
  `)
}

interface Place {
  readonly location: DatabaseLocation
  remove(): Promise<void>
}

function newFolder(): Place {
  const dataFolder = mkdtempSync(join(tmpdir(), 'sursur-test-'))
  const remove = () => rmSync(dataFolder, { recursive: true, force: true })
  process.once('exit', remove)
  return {
    location: { dataFolder },
    remove: async () => {
      process.removeListener('exit', remove)
      remove()
    },
  }
}

let numberOfDatabases = 0

async function newServerDatabase(): Promise<Place> {
  const serverUrl = process.env.TEST_DATABASE_URL ?? LOCAL_SERVER
  numberOfDatabases += 1
  const host = hostname()
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 20)
  const name = `sursur_test_${host}_${process.pid}_${numberOfDatabases}`
  await onServer(serverUrl, async (server) => {
    await dropLeftovers(server, host)
    await server.run(sql.raw(`drop database if exists ${name}`))
    await server.run(sql.raw(`create database ${name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'`))
  })
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return {
    location: { url: url.href },
    remove: () =>
      onServer(serverUrl, async (server) => void (await server.run(sql.raw(`drop database if exists ${name} with (force)`)))),
  }
}

async function onServer(url: string, work: (server: Database) => Promise<void>): Promise<void> {
  const server = await openDatabase({ url, poolSize: 1 })
  try {
    await work(server)
  } finally {
    await server.close()
  }
}

/** Databases of test runs on this machine that were killed before they could clean up. */
async function dropLeftovers(server: Database, host: string): Promise<void> {
  const pattern = `sursur\\_test\\_${host}\\_%`
  const found = await server.many<{ name: string }>(
    sql`select datname as name from pg_database where datname like ${pattern} order by datname`,
  )
  for (const { name } of found) {
    const pid = Number(name.split('_').at(-2))
    if (!isRunning(pid)) await server.run(sql.raw(`drop database if exists ${name} with (force)`))
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
