/** Published files that are imported beside the pages: started, left by a dead server, cleared away, checked without storing. */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '../../../database/db.ts'
import { MIGRATIONS_FOLDER } from '../../../database/migrate.ts'
import { newTestDatabase, type TestDatabase } from '../../../database/testing/test-database.ts'
import { auditWriter, policy } from '../../../modules/access/index.ts'
import {
  beginPublishedRun,
  getImportRun,
  type ImportRun,
  pauseImportRun,
  stopImportRun,
} from '../../../modules/registry/index.ts'
import { createOperations, LOCAL_ADMINISTRATOR, type Operations } from '../../../operations/index.ts'
import { createImportJobs, type ImportJobs } from '../import-jobs.ts'

const folder = mkdtempSync(join(tmpdir(), 'sursur-published-jobs-'))
let database: TestDatabase
let operations: Operations
let jobs: ImportJobs

beforeAll(async () => {
  database = await newTestDatabase(MIGRATIONS_FOLDER)
  operations = operationsAt(() => new Date())
  jobs = createImportJobs(operations, join(folder, 'files'))
})
afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

function operationsAt(now: () => Date): Operations {
  return createOperations({ database, clock: { now }, policy, audit: auditWriter })
}

function activity(identifier: string, title: string): string {
  return `<iati-activity xml:lang="en" default-currency="USD">
  <iati-identifier>${identifier}</iati-identifier>
  <reporting-org ref="XM-DAC-1-1" type="10"><narrative>Pump Fund</narrative></reporting-org>
  <title><narrative>${title}</narrative></title>
  <description type="1"><narrative>Solar pumps</narrative></description>
  <participating-org ref="XM-DAC-1-1" role="1" type="10"><narrative>Pump Fund</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2020-01-01"/>
  <recipient-country code="AF" percentage="100"/>
  <sector vocabulary="1" code="14030" percentage="100"/>
</iati-activity>`
}

interface KeptFile {
  readonly key: string
  readonly path: string
  readonly fileName: string
}

async function keep(fileName: string, ...activities: string[]): Promise<KeptFile> {
  const text = `<?xml version="1.0"?>\n<iati-activities version="2.03">\n${activities.join('\n')}\n</iati-activities>\n`
  const path = join(folder, fileName)
  writeFileSync(path, text)
  const sha256 = createHash('sha256').update(text).digest('hex')
  const kept = jobs.of(LOCAL_ADMINISTRATOR)
  const key = await kept.keep({ field: 'file', name: fileName, path, bytes: Buffer.byteLength(text), sha256 })
  return { key, path: await kept.pathOf(key), fileName }
}

async function ended(id: string, state: ImportRun['state']): Promise<ImportRun> {
  for (;;) {
    const { run } = await operations.run(getImportRun, { id }, LOCAL_ADMINISTRATOR)
    if (run.state === state && !jobs.isRunning(id)) return run
    await wait(50)
  }
}

/** A run as a process leaves it that dies at once. */
async function leave({ key, fileName }: KeptFile, portfolio: string): Promise<string> {
  const minuteAgo = operationsAt(() => new Date(Date.now() - 60_000))
  const answer = await minuteAgo.run(
    beginPublishedRun,
    {
      collection: { key: portfolio },
      fileName,
      fileDigest: key,
      fileBytes: 1,
      format: 'iati',
      series: fileName,
      edition: 1,
      holder: 'a-process-that-died',
    },
    LOCAL_ADMINISTRATOR,
  )
  if (answer.kind !== 'begun') throw new Error(`Not begun: ${answer.kind}`)
  return answer.begun.run.id
}

test('a run whose file is not here is not resumed, and the looking after leaves it to whoever has the file', async () => {
  const id = await leave({ key: 'f'.repeat(64), path: '', fileName: 'elsewhere.xml' }, 'elsewhere')
  await expect(jobs.resume(id, LOCAL_ADMINISTRATOR)).rejects.toMatchObject({ code: 'imports.file-missing' })
  await jobs.lookAfterLeftRuns()
  expect((await operations.run(getImportRun, { id }, LOCAL_ADMINISTRATOR)).run.state).toBe('staging')
})

test('a received file is known as a published one, and comes in beside the page', async () => {
  const file = await keep(
    'started.xml',
    activity('XM-DAC-1-1-A', 'Pumps A'),
    activity('XM-DAC-1-1-B', 'Pumps B'),
    '<iati-activity/>',
  )
  expect(await jobs.of(LOCAL_ADMINISTRATOR).draftOf(file.key)).toMatchObject({ kind: 'iati' })
  const { id } = await jobs.start({ ...file, portfolio: 'started' }, LOCAL_ADMINISTRATOR)
  expect(await ended(id, 'applied')).toMatchObject({ rowsRead: 3, created: 2, rejected: 1, reading: { upgrades: {} } })
  const { publisher } = await database.one<{ publisher: string }>(
    sql`select distinct publisher from initiative_sources where run_id = ${id}`,
  )
  expect(publisher).toBe('XM-DAC-1-1')
})

test('left by a server that died, it is read on in the name of whoever started it, as the same run', async () => {
  const file = await keep('left.xml', activity('XM-DAC-1-1-C', 'Pumps C'))
  const id = await leave(file, 'left')
  await jobs.lookAfterLeftRuns()
  expect(await ended(id, 'applied')).toMatchObject({ created: 1, startedBy: LOCAL_ADMINISTRATOR.id })
})

test('paused, it waits until somebody goes on with it', async () => {
  const file = await keep('paused.xml', activity('XM-DAC-1-1-D', 'Pumps D'))
  const id = await leave(file, 'paused')
  await operations.run(pauseImportRun, { runId: id }, LOCAL_ADMINISTRATOR)
  await jobs.lookAfterLeftRuns()
  expect((await operations.run(getImportRun, { id }, LOCAL_ADMINISTRATOR)).run.state).toBe('paused')
  expect((await jobs.resume(id, LOCAL_ADMINISTRATOR)).id).toBe(id)
  expect(await ended(id, 'applied')).toMatchObject({ created: 1 })
})

test('cancelled and left so, what it wrote is taken away', async () => {
  const file = await keep('cancelled.xml', activity('XM-DAC-1-1-E', 'Pumps E'))
  const id = await leave(file, 'cancelled')
  await operations.run(stopImportRun, { runId: id, outcome: 'cancelled' }, LOCAL_ADMINISTRATOR)
  await jobs.lookAfterLeftRuns()
  expect((await operations.run(getImportRun, { id }, LOCAL_ADMINISTRATOR)).run.state).toBe('cancelled')
})

test('a check stores nothing and keeps every problem', async () => {
  const file = await keep('checked.xml', activity('XM-DAC-1-1-F', 'Pumps F'), activity('', 'No identifier'))
  const check = jobs.checks.start({ ...file, portfolio: 'checked' }, LOCAL_ADMINISTRATOR)
  while (check.state === 'reading') await wait(50)
  expect(check).toMatchObject({ state: 'done', read: 2, report: { read: 2, created: 1, rejected: 1 } })
  let kept = 0
  for await (const _problem of jobs.checks.problems(file.path)) kept += 1
  expect(kept).toBe([...check.rules.values()].reduce((sum, { count }) => sum + count, 0))
  expect([...check.rules.values()].map(({ code }) => code)).toContain('iati.identifier-missing')
  const { count } = await database.one<{ count: number }>(
    sql`select count(*)::int as count from initiatives where identifier = 'XM-DAC-1-1-F'`,
  )
  expect(count).toBe(0)
  await jobs.of(LOCAL_ADMINISTRATOR).discard(file.key)
})
