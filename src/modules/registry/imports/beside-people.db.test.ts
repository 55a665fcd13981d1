/** Runs that are applied or undone in the moment in which a person saves. On a server the two overlap; embedded they take turns. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { MIGRATIONS_FOLDER } from '../../../database/migrate.ts'
import { newTestDatabase, type TestDatabase } from '../../../database/testing/test-database.ts'
import { createOperations, LOCAL_ADMINISTRATOR, type Operation } from '../../../operations/index.ts'
import { auditWriter, policy } from '../../access/index.ts'
import {
  applyImportRun,
  getInitiative,
  listListings,
  registerInitiative,
  reviseInitiative,
  stageImportRows,
  startImportRun,
  undoImportRun,
} from '../index.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await newTestDatabase(MIGRATIONS_FOLDER)
})
afterAll(() => database.close())

function run<Input extends z.ZodType, Output>(operation: Operation<Input, Output>, input: z.input<Input>): Promise<Output> {
  const clock = { now: () => new Date('2026-11-24T12:00:00Z') }
  return createOperations({ database, clock, policy, audit: auditWriter }).run(operation, input, LOCAL_ADMINISTRATOR)
}

async function staged(collection: string, scale: string): Promise<string> {
  const file = { fileName: 'a.csv', fileDigest: 'd', fileBytes: 1, format: 'csv' }
  const { id } = await run(startImportRun, { collection: { key: collection }, ...file })
  const listed = { year: 2014, sourceRow: 2, revision: null, groupKey: null }
  const rows = [{ seq: 0, identifier: 'A-1', facts: { scale }, listed }]
  await run(stageImportRows, { runId: id, rows, rowsRead: 1, rejected: 0 })
  return id
}

async function onlyInitiative(collection: string): Promise<string> {
  const { rows } = await run(listListings, { filter: { values: { collection: [collection] } } })
  return rows[0]?.initiativeId ?? ''
}

/** Starts `save`, which has written and is about to end, then `work`; then lets `save` end. Gives what became of both. */
async function duringSave(save: () => Promise<unknown>, work: () => Promise<unknown>): Promise<[string, string]> {
  const outcome = (promise: Promise<unknown>) =>
    promise.then(
      () => 'done',
      (problem: { code?: string }) => problem.code ?? String(problem),
    )
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const { promise: held, resolve: hold } = Promise.withResolvers<Db>()
  const holding = database.transaction(async (tx) => {
    // Every change of the registry takes its number last; whoever holds this lock stops a save just before its end.
    await tx.run(sql`select pg_advisory_xact_lock(hashtext('registry_changes'))`)
    hold(tx)
    await released
  })
  const holder = await held
  const saving = outcome(save())
  await waiting(holder, 1)
  const working = outcome(work())
  await waiting(holder, 2)
  release()
  await holding
  return [await saving, await working]
}

const LONGEST_WAIT_MS = 10_000

/** Until so many sessions wait for a lock. The embedded engine has one session: there the next one waits outside. */
async function waiting(tx: Db, count: number): Promise<void> {
  const until = Date.now() + LONGEST_WAIT_MS
  while (database.engine === 'server' && Date.now() < until) {
    const found = await tx.one<{ count: number }>(sql`
      select count(distinct w.pid)::int as count
      from pg_locks as w
      join pg_locks as here on here.pid = w.pid
      join pg_database as d on d.oid = here.database and d.datname = current_database()
      where not w.granted
    `)
    if (found.count >= count) return
  }
}

describe('an edit that is saved while a run ends', { timeout: 30_000 }, () => {
  test('is not lost when the run is undone: undoing is refused', async () => {
    await run(applyImportRun, { runId: await staged('undone', 'regional') })
    const runId = await staged('undone', 'global')
    await run(applyImportRun, { runId })
    const id = await onlyInitiative('undone')
    const outcomes = await duringSave(
      () => run(reviseInitiative, { id, version: 2, facts: { scale: 'global', hosts: ['JAM'] } }),
      () => run(undoImportRun, { runId }),
    )
    expect(outcomes).toEqual(['done', 'registry.run-changed-since'])
    expect((await run(getInitiative, { id })).record).toMatchObject({ version: 3, facts: { hosts: ['JAM'] } })
  })

  test('is not overwritten when the run is applied: the run is told to read again', async () => {
    await run(applyImportRun, { runId: await staged('applied', 'regional') })
    const runId = await staged('applied', 'global')
    const id = await onlyInitiative('applied')
    const outcomes = await duringSave(
      () => run(reviseInitiative, { id, version: 1, facts: { scale: 'regional', hosts: ['JAM'] } }),
      () => run(applyImportRun, { runId }),
    )
    expect(outcomes).toEqual(['done', 'registry.run-overtaken'])
    expect((await run(getInitiative, { id })).record).toMatchObject({ version: 2, facts: { hosts: ['JAM'] } })
  })

  test('takes the identifier that the run brings: the run is told, not the database', async () => {
    const runId = await staged('registered', 'global')
    const outcomes = await duringSave(
      () => run(registerInitiative, { collection: 'registered', identifier: 'A-1', facts: { hosts: ['JAM'] } }),
      () => run(applyImportRun, { runId }),
    )
    expect(outcomes).toEqual(['done', 'registry.run-overtaken'])
  })
})
