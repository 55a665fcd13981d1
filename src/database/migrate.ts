/**
 * Brings a database up to the program: numbered SQL files, forward only, each in a transaction of its own.
 *
 * A file is never edited once released: its SHA-256 is kept, and a changed file stops the start. A database made by a newer
 * program is refused, because this program does not know what its columns mean.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PACKAGE_ROOT } from '../kernel/package-root.ts'
import { Problem } from '../kernel/problems.ts'
import { type Database, type Db, sql } from './db.ts'
import { requireProgramRole } from './program-role.ts'

export const MIGRATIONS_FOLDER = join(PACKAGE_ROOT, 'migrations')

/** Any number, the same in every version: two programs that start at once take turns. */
const MIGRATION_LOCK = 7_726_310_155

/** From here on the database knows the role of the program. */
const PROGRAM_ROLE_FILE = '0007_row_level_security.sql'

const FILE_NAME = /^(\d{4})_[a-z0-9_-]+\.sql$/

export interface Migration {
  readonly version: number
  readonly file: string
  readonly text: string
  /** SHA-256 in hex, over the text with line ends as LF (a checkout on Windows changes them). */
  readonly checksum: string
}

interface AppliedMigration {
  readonly version: number
  readonly file: string
  readonly checksum: string
}

/**
 * Gives the schema version reached. `upTo` stops earlier (for restoring an older backup).
 * Errors: Problems `database.newer-schema`, `database.edited-migration`, `database.migration-name`,
 * `database.migration-numbers`, `database.migration-failed`, `database.program-role-not-usable`.
 */
export async function migrate(
  database: Database,
  folder: string = MIGRATIONS_FOLDER,
  upTo = Number.POSITIVE_INFINITY,
): Promise<number> {
  const migrations = listMigrations(folder)
  await requireRoleToCome(database, migrations, upTo)
  for (const migration of migrations.filter(({ version }) => version <= upTo)) {
    if ((await schemaVersion(database)) >= migration.version) continue
    await database.transaction((tx) => applyNext(tx, migrations, migration), { limitSeconds: 'none' })
  }
  // Also when nothing was to do: an edited file or a newer database must stop the start.
  return database.transaction(async (tx) => checkApplied(await listApplied(tx), migrations), { readOnly: true })
}

/** The migrations of a folder in their order; none when the folder is missing. */
export function listMigrations(folder: string): Migration[] {
  if (!existsSync(folder)) return []
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
  const migrations = files.map((file) => readMigration(folder, file))
  for (const [index, { version, file }] of migrations.entries()) {
    if (version === migrations[index - 1]?.version) throw new Problem('database.migration-numbers', { file })
  }
  return migrations
}

/** The version that the program needs: the highest number in its folder, 0 when there is none. */
export function programVersion(folder: string = MIGRATIONS_FOLDER): number {
  return listMigrations(folder).at(-1)?.version ?? 0
}

/** The version that the database has; 0 before the first migration. */
export async function schemaVersion(db: Db): Promise<number> {
  return (await listApplied(db)).at(-1)?.version ?? 0
}

/** Runs the migrations up to one version inside a transaction that is already open (restore). */
export async function migrateWithin(tx: Db, folder: string, upTo: number): Promise<void> {
  const migrations = listMigrations(folder)
  await requireRoleToCome(tx, migrations)
  for (const migration of migrations.filter(({ version }) => version <= upTo)) await applyNext(tx, migrations, migration)
}

/** Before the first file is applied: a start that stops half-way would leave a schema that the program before cannot use. */
async function requireRoleToCome(db: Db, migrations: readonly Migration[], upTo = Number.POSITIVE_INFINITY): Promise<void> {
  const needing = migrations.find(({ file }) => file === PROGRAM_ROLE_FILE)
  if (needing === undefined || needing.version > upTo || (await schemaVersion(db)) >= needing.version) return
  await requireProgramRole(db)
}

function readMigration(folder: string, file: string): Migration {
  const number = FILE_NAME.exec(file)?.[1]
  if (number === undefined) throw new Problem('database.migration-name', { file })
  const text = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n')
  return { version: Number(number), file, text, checksum: createHash('sha256').update(text).digest('hex') }
}

/** Under the lock: another start may have applied it since we looked. */
async function applyNext(tx: Db, migrations: readonly Migration[], migration: Migration): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`)
  const applied = await listApplied(tx)
  if (checkApplied(applied, migrations) >= migration.version) return
  if (applied.length === 0) await createMigrationTable(tx)
  await runFile(tx, migration)
  await tx.run(sql`
    insert into schema_migrations (version, file, checksum)
    values (${migration.version}, ${migration.file}, ${migration.checksum})
  `)
}

async function createMigrationTable(tx: Db): Promise<void> {
  await tx.run(sql`
    create table if not exists schema_migrations (
      version    integer primary key,
      file       text not null,
      checksum   text not null,
      applied_at timestamptz not null default now()
    )
  `)
}

async function runFile(tx: Db, { file, text }: Migration): Promise<void> {
  try {
    await tx.run(sql.raw(text))
  } catch (error) {
    if (error instanceof Problem) throw error
    const { message, position } = error as { message?: string; position?: string }
    const line = position === undefined ? undefined : text.slice(0, Number(position)).split('\n').length
    throw new Problem(
      'database.migration-failed',
      { file, message: String(message ?? error).slice(0, 500) },
      { cause: error, place: line === undefined ? { file } : { file, line } },
    )
  }
}

async function listApplied(db: Db): Promise<AppliedMigration[]> {
  // A look into the catalogue itself: `to_regclass` may answer from a cache that another start has just made wrong.
  const { present } = await db.one<{ present: boolean }>(sql`
    select exists (
      select 1 from pg_class where relnamespace = 'public'::regnamespace and relname = 'schema_migrations'
    ) as present
  `)
  if (!present) return []
  return db.many<AppliedMigration>(sql`select version, file, checksum from public.schema_migrations order by version`)
}

/** Gives the version of the database when it fits the program. */
function checkApplied(applied: readonly AppliedMigration[], migrations: readonly Migration[]): number {
  const version = applied.at(-1)?.version ?? 0
  const program = migrations.at(-1)?.version ?? 0
  if (version > program) throw new Problem('database.newer-schema', { database: version, program })
  for (const { version: number, file, checksum } of applied) {
    const known = migrations.find((migration) => migration.version === number)
    if (known?.checksum !== checksum) throw new Problem('database.edited-migration', { file })
  }
  return version
}
