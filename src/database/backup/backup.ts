/** Writes all data of the product into one file: the same file from both engines, readable by both. */
import { createHash } from 'node:crypto'
import { createWriteStream, mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Problem } from '../../kernel/problems.ts'
import { type Database, type Db, sql } from '../db.ts'
import { syncPath } from '../embedded/copy-durably.ts'
import { schemaVersion } from '../migrate.ts'
import { type BackupHeader, FORMAT, FORMAT_VERSION, readArchive } from './archive.ts'
import { AUDIT_CHAIN_SCHEMA, findAuditHead } from './audit-head.ts'
import { listProductTables, listSequences } from './product-tables.ts'
import { readRowLines } from './read-rows.ts'
import { hashTable } from './table-hashes.ts'

/** Level 4 is three times as quick as the usual 6 for a file a tenth larger. */
const COMPRESSION_LEVEL = 4

export interface BackupResult {
  readonly file: string
  readonly schemaVersion: number
  readonly tables: number
  readonly rows: number
}

/**
 * One consistent moment of the database (a snapshot), streamed, readable by its owner only. The file appears whole, under
 * its name, once it is on the disk. On the embedded engine everybody else waits meanwhile.
 * Errors: Problem `database.disk-full`.
 */
export async function backup(database: Database, file: string, createdAt: Date = new Date()): Promise<BackupResult> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.part`
  try {
    const result = await database.transaction(
      async (tx) => {
        // Rather an error than a backup from which row-level security has silently hidden rows.
        await tx.run(sql`set local row_security = off`)
        const counted = { file, schemaVersion: await schemaVersion(tx), tables: 0, rows: 0 }
        const lines = archiveLines(tx, database.engine, createdAt, counted)
        await pipeline(lines, createGzip({ level: COMPRESSION_LEVEL }), createWriteStream(draft, { mode: 0o600 }))
        return counted
      },
      { isolation: 'repeatable read', readOnly: true, limitSeconds: 'none' },
    )
    syncPath(draft)
    renameSync(draft, file)
    syncPath(dirname(file))
    return result
  } catch (error) {
    rmSync(draft, { force: true })
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new Problem('database.disk-full', {}, { cause: error })
    throw error
  }
}

/** Reads a backup to its end and checks it, without a database. Errors as in `readArchive`. */
export async function verifyBackup(file: string): Promise<BackupHeader> {
  return readArchive(file, basename(file), {})
}

async function* archiveLines(
  tx: Db,
  engine: Database['engine'],
  createdAt: Date,
  counted: { schemaVersion: number; tables: number; rows: number },
): AsyncGenerator<string> {
  const whole = createHash('sha256')
  const line = (value: object) => {
    const text = `${JSON.stringify(value)}\n`
    whole.update(text)
    return text
  }
  const auditHead = counted.schemaVersion < AUDIT_CHAIN_SCHEMA ? undefined : await findAuditHead(tx)
  const header: BackupHeader = {
    format: FORMAT,
    formatVersion: FORMAT_VERSION,
    createdAt: createdAt.toISOString(),
    engine,
    schemaVersion: counted.schemaVersion,
    ...(auditHead === undefined ? {} : { auditHead }),
  }
  yield line(header)
  for (const table of await listProductTables(tx)) {
    yield line({ table: table.name, columns: table.columns, primaryKey: table.primaryKey })
    const sha256 = createHash('sha256')
    let rows = 0
    for await (const lines of readRowLines(tx, table)) {
      const text = `${lines.join('\n')}\n`
      sha256.update(text)
      whole.update(text)
      rows += lines.length
      yield text
    }
    yield line({ endOf: table.name, rows, sha256: sha256.digest('hex'), hash: (await hashTable(tx, table)).hash })
    counted.tables += 1
    counted.rows += rows
  }
  yield line({ sequences: await listSequences(tx) })
  yield `${JSON.stringify({ endOfBackup: true, tables: counted.tables, rows: counted.rows, sha256: whole.digest('hex') })}\n`
}
