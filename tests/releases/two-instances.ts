/** Two instances in one test, each with its own database, key and folder: what leaves one arrives at the other as a file. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { z } from 'zod'
import { type Signer, signerOf } from '../../src/credentials/index.ts'
import { sql } from '../../src/database/db.ts'
import { MIGRATIONS_FOLDER } from '../../src/database/migrate.ts'
import { newTestDatabase, type TestDatabase } from '../../src/database/testing/test-database.ts'
import { translatorFor } from '../../src/i18n/translator.ts'
import { importFile } from '../../src/jobs/imports/import-file.ts'
import type { ImportReport } from '../../src/jobs/imports/import-table-file.ts'
import { createReleaseDesk, type ReleaseDesk } from '../../src/jobs/releases/release-desk.ts'
import { auditWriter, policy } from '../../src/modules/access/index.ts'
import {
  confirmRelease,
  createCollection,
  draftRelease,
  ensureInstance,
  type InitiativeFacts,
  type InitiativeRecord,
  listCollectionsQuery,
  moveInitiative,
  type Release,
  readReleaseFile,
  registerInitiative,
} from '../../src/modules/registry/index.ts'
import { createOperations, LOCAL_ADMINISTRATOR, type Operation, type Operations, PROGRAM } from '../../src/operations/index.ts'

export interface Instance {
  readonly name: string
  readonly database: TestDatabase
  readonly operations: Operations
  readonly signer: Signer
  readonly desk: ReleaseDesk
  run: Run
  close(): Promise<void>
}

type Run = <Input extends z.ZodType, Output>(operation: Operation<Input, Output>, input: z.input<Input>) => Promise<Output>

export async function openInstance(name: string): Promise<Instance> {
  const database = await newTestDatabase(MIGRATIONS_FOLDER)
  const operations = createOperations({
    database,
    clock: { now: () => new Date('2026-11-25T08:00:00Z') },
    policy,
    audit: auditWriter,
  })
  const signer = signerOf(randomBytes(32))
  await operations.run(ensureInstance, {}, PROGRAM)
  return {
    name,
    database,
    operations,
    signer,
    desk: createReleaseDesk(operations, name, () => signer),
    run: (operation, input) => operations.run(operation, input, LOCAL_ADMINISTRATOR),
    close: () => database.close(),
  }
}

export const t = translatorFor('en')

/** Publishes records of these facts in a collection, which is made when it is not there. */
export async function publish(
  { run }: Instance,
  collection: string,
  records: readonly { identifier?: string; facts: InitiativeFacts; years?: readonly number[] }[],
): Promise<InitiativeRecord[]> {
  const known = await run(listCollectionsQuery, {})
  if (!known.some(({ key }) => key === collection)) await run(createCollection, { key: collection })
  const published: InitiativeRecord[] = []
  for (const { identifier, facts, years = [] } of records) {
    let record = await run(registerInitiative, {
      collection,
      facts,
      listed: years.map((year) => ({ year })),
      ...(identifier === undefined ? {} : { identifier }),
    })
    for (const to of ['submitted', 'verified', 'published'] as const)
      record = await run(moveInitiative, { id: record.id, version: record.version, to })
    published.push(record)
  }
  return published
}

export function draft({ run }: Instance, filter: string): Promise<Release> {
  return run(draftRelease, { filter, addressee: 'Regional forum', purpose: 'Yearly exchange', licence: 'CC BY 4.0' })
}

/** Confirms, writes and takes the package. */
export async function packageOf(instance: Instance, { id, version }: Pick<Release, 'id' | 'version'>): Promise<Buffer> {
  const confirmed = await instance.operations.run(confirmRelease, { id, version }, LOCAL_ADMINISTRATOR)
  await instance.desk.write(confirmed, t, LOCAL_ADMINISTRATOR)
  return fileOf(instance, id)
}

export async function fileOf({ operations }: Instance, id: string): Promise<Buffer> {
  return buffer(await operations.run(readReleaseFile, { id }, LOCAL_ADMINISTRATOR))
}

export interface ReceiveOptions {
  readonly trust?: string
  readonly portfolio?: string
  readonly dryRun?: boolean
}

export function receive({ operations }: Instance, bytes: Uint8Array, options: ReceiveOptions = {}): Promise<ImportReport> {
  const { portfolio = 'received', ...others } = options
  return withFile(
    bytes,
    (path) =>
      importFile(operations, LOCAL_ADMINISTRATOR, {
        path,
        fileName: 'package.zip',
        portfolio,
        ...others,
      }) as Promise<ImportReport>,
  )
}

export async function withFile<T>(bytes: Uint8Array, work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sursur-two-'))
  try {
    const path = join(folder, 'package.zip')
    await writeFile(path, bytes)
    return await work(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Rows of every table that an import writes. */
export async function countsOf({ database }: Instance): Promise<Record<string, number>> {
  const tables = [
    'collections',
    'initiatives',
    'listings',
    'import_runs',
    'import_rows',
    'received_releases',
    'received_records',
    'trusted_instances',
  ]
  const counts: Record<string, number> = {}
  for (const table of tables) {
    counts[table] = (await database.one<{ count: number }>(sql`select count(*)::int as count from ${sql.ref(table)}`)).count
  }
  return counts
}
