/**
 * The backup file: lines of JSON, compressed with gzip, so that anybody can look into it with `zcat` twenty years from now.
 *
 *     {"format":"sursur-backup","formatVersion":1,"createdAt":...,"engine":...,"schemaVersion":4,"auditHead":{"seq":7,"hash":"..."}}
 *     {"table":"orgs","columns":[{"name":"id","type":"text"}],"primaryKey":["id"]}
 *     ["01J...", ...]                                    one line a row; text or null
 *     {"endOf":"orgs","rows":1,"sha256":"...","hash":"..."}  SHA-256 of its row lines; hash as in table-hashes.ts
 *     ...
 *     {"sequences":[{"name":"audit_seq","lastValue":"7"}]}
 *     {"endOfBackup":true,"tables":18,"rows":1234,"sha256":"..."}   SHA-256 of all lines before
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { Problem } from '../../kernel/problems.ts'
import type { AuditHead } from './audit-head.ts'
import type { ProductTable, Sequence } from './product-tables.ts'

export const FORMAT = 'sursur-backup'
export const FORMAT_VERSION = 1

export interface BackupHeader {
  readonly format: string
  readonly formatVersion: number
  readonly createdAt: string
  readonly engine: 'embedded' | 'server'
  readonly schemaVersion: number
  /** Where the audit trail stood; absent when it was empty, and in a backup from before the trail was chained. */
  readonly auditHead?: AuditHead
}

export interface TableEnd {
  readonly endOf: string
  readonly rows: number
  readonly sha256: string
  readonly hash: string
}

/** What a reader of the file does with its parts. Each is called in the order of the file, and awaited. */
export interface BackupReader {
  rows?(table: ProductTable, lines: readonly string[]): Promise<void>
  endOfTable?(end: TableEnd): Promise<void>
  sequences?(sequences: readonly Sequence[]): Promise<void>
}

type Line = Partial<BackupHeader> &
  Partial<ProductTable> &
  Partial<TableEnd> & { readonly table?: string; readonly sequences?: Sequence[]; readonly endOfBackup?: boolean }

const ROWS_PER_BATCH = 1_000
/** A batch also ends here, so that large texts do not add up to a statement that the memory cannot hold. */
const CHARACTERS_PER_BATCH = 4_000_000

/**
 * Reads a file to its end and checks every hash on the way; `name` is used in messages.
 * Errors: Problems `database.backup-unreadable` (not our file, or cut off), `database.backup-damaged`.
 */
export async function readArchive(path: string, name: string, reader: BackupReader): Promise<BackupHeader> {
  const unreadable = unreadableFile(name)
  const whole = createHash('sha256')
  let header: BackupHeader | undefined
  let table: ProductTable | undefined
  let tableSha = createHash('sha256')
  let rows = 0
  let batch: string[] = []
  let characters = 0
  let ended = false

  const flush = async () => {
    if (table !== undefined && batch.length > 0) await reader.rows?.(table, batch)
    batch = []
    characters = 0
  }

  for await (const line of readLines(path, unreadable)) {
    if (ended) throw unreadable()
    if (line.startsWith('[')) {
      if (table === undefined) throw unreadable()
      whole.update(`${line}\n`)
      tableSha.update(`${line}\n`)
      rows += 1
      characters += line.length
      batch.push(line)
      if (batch.length >= ROWS_PER_BATCH || characters >= CHARACTERS_PER_BATCH) await flush()
      continue
    }
    const entry = parseLine(line, unreadable)
    if (entry.endOfBackup) {
      if (whole.digest('hex') !== entry.sha256) throw unreadable()
      ended = true
      continue
    }
    whole.update(`${line}\n`)
    if (header === undefined) {
      header = asHeader(entry, unreadable)
    } else if (entry.table !== undefined) {
      table = { name: entry.table, columns: entry.columns ?? [], primaryKey: entry.primaryKey ?? [] }
      tableSha = createHash('sha256')
      rows = 0
    } else if (entry.endOf !== undefined) {
      if (entry.rows !== rows || entry.sha256 !== tableSha.digest('hex')) {
        throw new Problem('database.backup-damaged', { file: name, table: entry.endOf })
      }
      await flush()
      await reader.endOfTable?.(entry as TableEnd)
      table = undefined
    } else if (entry.sequences !== undefined) {
      await reader.sequences?.(entry.sequences)
    }
  }
  if (header === undefined || !ended) throw unreadable()
  return header
}

/** Only the first line: what the file is, before anything is done with it. */
export async function readHeader(path: string, name: string): Promise<BackupHeader> {
  const unreadable = unreadableFile(name)
  for await (const line of readLines(path, unreadable)) return asHeader(parseLine(line, unreadable), unreadable)
  throw unreadable()
}

type Unreadable = (cause?: unknown) => Problem

function unreadableFile(name: string): Unreadable {
  return (cause) => new Problem('database.backup-unreadable', { file: name }, { cause })
}

function asHeader(entry: Line, unreadable: Unreadable): BackupHeader {
  if (entry.format !== FORMAT || entry.formatVersion !== FORMAT_VERSION) throw unreadable()
  return entry as BackupHeader
}

function parseLine(line: string, unreadable: Unreadable): Line {
  try {
    return JSON.parse(line) as Line
  } catch (error) {
    throw unreadable(error)
  }
}

async function* readLines(path: string, unreadable: Unreadable): AsyncGenerator<string> {
  const file = createReadStream(path)
  const text = createGunzip()
  file.on('error', (error) => text.destroy(error))
  file.pipe(text)
  text.setEncoding('utf8')
  let rest = ''
  try {
    for await (const chunk of text as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
  } catch (error) {
    // An error of the reader's own work reaches it by itself; here only reading can fail.
    throw unreadable(error)
  } finally {
    file.destroy()
    text.destroy()
  }
  if (rest !== '') throw unreadable()
}
