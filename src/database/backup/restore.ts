/** Puts a backup into an empty database, or copies one database into another; all of it or nothing. */
import { basename } from 'node:path'
import { Problem } from '../../kernel/problems.ts'
import { type Database, type Db, sql } from '../db.ts'
import { MIGRATIONS_FOLDER, migrate, migrateWithin, programVersion, schemaVersion } from '../migrate.ts'
import { readArchive, readHeader } from './archive.ts'
import { loadLines, setSequences, withoutForeignKeys } from './load-rows.ts'
import { firstTableWithRows, listProductTables, listSequences, type ProductTable } from './product-tables.ts'
import { readRowLines } from './read-rows.ts'
import { firstDifference, hashTables, type TableHash } from './table-hashes.ts'

export interface CopyResult {
  /** Schema version of the data as they came; the target is then migrated to the program's. */
  readonly schemaVersion: number
  readonly tables: readonly TableHash[]
}

/**
 * The target has the backup's tables and rows afterwards, proven by the hash of each table, and the program's schema.
 * Errors: Problems `database.target-not-empty`, `database.backup-unreadable`, `database.backup-damaged`,
 * `database.backup-newer-schema`, `database.copy-not-equal`; the target is then as it was.
 */
export async function restore(file: string, target: Database, folder: string = MIGRATIONS_FOLDER): Promise<CopyResult> {
  const name = basename(file)
  const result = await target.transaction(
    async (tx) => {
      const { schemaVersion: version } = await readHeader(file, name)
      await prepareTarget(tx, version, folder, name)
      const known = await tablesByName(tx)
      const expected: TableHash[] = []
      await withoutForeignKeys(tx, () =>
        readArchive(file, name, {
          rows: (table, lines) => loadLines(tx, knownTable(known, table, name), lines),
          endOfTable: async ({ endOf, rows, hash }) => void expected.push({ table: endOf, rows, hash }),
          sequences: (sequences) => setSequences(tx, sequences),
        }),
      )
      await requireEqual(tx, expected)
      return { schemaVersion: version, tables: expected }
    },
    { limitSeconds: 'none' },
  )
  await finish(target, folder)
  return result
}

/**
 * From a laptop's folder to a server, or back. The source only reads and stays as it is.
 * Errors: Problems `database.target-not-empty`, `database.newer-schema`, `database.copy-not-equal`.
 */
export async function move(from: Database, to: Database, folder: string = MIGRATIONS_FOLDER): Promise<CopyResult> {
  const result = await from.transaction(
    async (source) => {
      await source.run(sql`set local row_security = off`)
      const version = await schemaVersion(source)
      return to.transaction((target) => copyAll(source, target, version, folder), { limitSeconds: 'none' })
    },
    { isolation: 'repeatable read', readOnly: true, limitSeconds: 'none' },
  )
  await finish(to, folder)
  return result
}

async function copyAll(source: Db, target: Db, version: number, folder: string): Promise<CopyResult> {
  await prepareTarget(target, version, folder, 'move')
  const tables = await listProductTables(source)
  const known = await tablesByName(target)
  await withoutForeignKeys(target, async () => {
    for (const table of tables) {
      for await (const lines of readRowLines(source, table)) await loadLines(target, knownTable(known, table, table.name), lines)
    }
    await setSequences(target, await listSequences(source))
  })
  const expected = await hashTables(source, tables)
  await requireEqual(target, expected)
  return { schemaVersion: version, tables: expected }
}

/** An empty target gets exactly the schema that the data were written under; anything that holds a row is left alone. */
async function prepareTarget(tx: Db, version: number, folder: string, file: string): Promise<void> {
  const program = programVersion(folder)
  if (version > program) throw new Problem('database.backup-newer-schema', { file, backup: version, program })
  const tables = await listProductTables(tx)
  const present = await schemaVersion(tx)
  // Tables that no migration of ours made belong to somebody else, even when they are empty.
  const table = present === 0 ? tables[0]?.name : await firstTableWithRows(tx, tables)
  if (table !== undefined) throw new Problem('database.target-not-empty', { table })
  if (present > version) await dropEmptySchema(tx)
  await migrateWithin(tx, folder, version)
  await removeSeeds(tx)
}

/** Only reached when no table holds a row. */
async function dropEmptySchema(tx: Db): Promise<void> {
  await tx.run(sql`drop schema public cascade`)
  await tx.run(sql`create schema public`)
}

/** Rows that migrations themselves write are in the backup as well. */
async function removeSeeds(tx: Db): Promise<void> {
  const tables = await listProductTables(tx)
  if (tables.length > 0) await tx.run(sql`truncate ${sql.join(tables.map(({ name }) => sql.table(name)))}`)
}

async function tablesByName(tx: Db): Promise<ReadonlyMap<string, ProductTable>> {
  return new Map((await listProductTables(tx)).map((table) => [table.name, table]))
}

function knownTable(tables: ReadonlyMap<string, ProductTable>, table: ProductTable, file: string): ProductTable {
  const known = tables.get(table.name)
  const names = (of: ProductTable) => of.columns.map(({ name }) => name).join()
  if (known === undefined || names(known) !== names(table))
    throw new Problem('database.backup-damaged', { file, table: table.name })
  return known
}

async function requireEqual(tx: Db, expected: readonly TableHash[]): Promise<void> {
  const table = firstDifference(expected, await hashTables(tx, await listProductTables(tx)))
  if (table !== undefined) throw new Problem('database.copy-not-equal', { table })
}

/** The data are in and committed; the planner gets its figures, and the schema its newest form. */
async function finish(target: Database, folder: string): Promise<void> {
  await migrate(target, folder)
  await target.transaction((tx) => tx.run(sql`analyze`), { limitSeconds: 'none' })
}
