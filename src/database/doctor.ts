/** What an administrator should know about the database, checked one by one. Texts: `database.check.<key>`. */
import { statfsSync, statSync } from 'node:fs'
import { listBackups } from './backup/nightly-backup.ts'
import { type Database, sql } from './db.ts'
import { MIGRATIONS_FOLDER, programVersion, schemaVersion } from './migrate.ts'

export interface Check {
  readonly key: string
  readonly status: 'ok' | 'warning' | 'failed'
  readonly params: Readonly<Record<string, string | number>>
  /** Key of the text, where it belongs to another room. */
  readonly text?: string
}

export interface DoctorOptions {
  /** Folder of the embedded engine; absent on a server. */
  readonly dataFolder?: string
  readonly backupFolder?: string
  readonly migrationsFolder?: string
  readonly now: Date
  /** Checks of other rooms; none comes back from one that does not apply. */
  readonly further?: readonly ((database: Database) => Promise<Check[]>)[]
}

/** Below this the next import may fill the disk. */
const LITTLE_SPACE_BYTES = 1_000_000_000
const NO_SPACE_BYTES = 100_000_000

/** One missed night is a warning; the nightly backup runs every 24 hours. */
const OLD_BACKUP_HOURS = 36

export async function doctor(database: Database, options: DoctorOptions): Promise<Check[]> {
  const checks = [
    await checkEngine(database),
    await checkSchema(database, options.migrationsFolder ?? MIGRATIONS_FOLDER),
    await checkConstraints(database),
    await checkIndexes(database),
    ...(options.dataFolder === undefined ? [] : checkFolder(database, options.dataFolder)),
    ...(options.backupFolder === undefined ? [] : [checkBackups(options.backupFolder, options.now)]),
  ]
  for (const further of options.further ?? []) checks.push(...(await further(database)))
  return checks
}

async function checkEngine(database: Database): Promise<Check> {
  const { version, bytes } = await database.one<{ version: string; bytes: number }>(sql`
    select current_setting('server_version') as version, pg_database_size(current_database()) as bytes
  `)
  return { key: 'engine', status: 'ok', params: { engine: database.engine, version, megabytes: Math.round(bytes / 1e6) } }
}

async function checkSchema(database: Database, folder: string): Promise<Check> {
  const [found, program] = [await schemaVersion(database), programVersion(folder)]
  const status = found === program ? 'ok' : found < program ? 'warning' : 'failed'
  return { key: 'schema', status, params: { database: found, program } }
}

/** Constraints that were added without checking the rows already there. */
async function checkConstraints(database: Database): Promise<Check> {
  const { count, names } = await database.one<{ count: number; names: string }>(sql`
    select count(*) as count, coalesce(string_agg(conname, ', ' order by conname), '') as names
    from pg_constraint
    where connamespace = 'public'::regnamespace
      and not convalidated
  `)
  return { key: 'constraints', status: count === 0 ? 'ok' : 'failed', params: { count, names } }
}

async function checkIndexes(database: Database): Promise<Check> {
  const { count, names } = await database.one<{ count: number; names: string }>(sql`
    select count(*) as count, coalesce(string_agg(pg_class.relname, ', ' order by pg_class.relname), '') as names
    from pg_index
    join pg_class on pg_class.oid = pg_index.indexrelid
    where pg_class.relnamespace = 'public'::regnamespace
      and not pg_index.indisvalid
  `)
  return { key: 'indexes', status: count === 0 ? 'ok' : 'failed', params: { count, names } }
}

function checkFolder(database: Database, folder: string): Check[] {
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  const space = free < NO_SPACE_BYTES ? 'failed' : free < LITTLE_SPACE_BYTES ? 'warning' : 'ok'
  const mode = (statSync(folder).mode & 0o777).toString(8)
  return [
    { key: database.owner ? 'owner' : 'guest', status: 'ok', params: { folder } },
    { key: 'space', status: space, params: { megabytes: Math.floor(free / 1e6) } },
    { key: 'permissions', status: mode === '700' ? 'ok' : 'failed', params: { folder, mode } },
  ]
}

function checkBackups(folder: string, now: Date): Check {
  const [last] = listBackups(folder)
  if (last === undefined) return { key: 'no-backup', status: 'warning', params: { folder } }
  const hours = Math.floor((now.getTime() - last.writtenAt.getTime()) / 3_600_000)
  return { key: 'backup', status: hours > OLD_BACKUP_HOURS ? 'warning' : 'ok', params: { hours, folder } }
}
