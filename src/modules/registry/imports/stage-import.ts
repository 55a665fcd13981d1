/** Starting an import run and preparing its rows. Nothing is visible until the run is applied. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { Problem, type ProblemReport } from '../../../kernel/problems.ts'
import { keepableJson } from '../../../kernel/whole-characters.ts'
import { type CommandContext, defineCommand } from '../../../operations/index.ts'
import { collectionScope, scopeOfRun } from '../collections/collection-scope.ts'
import { CreateCollectionInput, ensureCollection } from '../collections/create-collection.ts'
import { requireOpen } from '../initiatives/register-initiative.ts'
import { withSearchVector } from '../initiatives/write-initiatives.ts'
import { insertProblems } from './import-problems.ts'
import { getImportRunRow, type ImportRun } from './import-run.ts'
import { type CollectionOfRows, type ImportedRow, type PlannedRow, planRows, type RowCounts } from './plan-rows.ts'
import { giveUp } from './published/published-run.ts'

export const startImportRun = defineCommand({
  name: 'registry.start-import-run',
  permission: 'registry.import.run',
  rows: 'whole',
  scope: (context, { collection }) => collectionScope(context, collection.key, collection.ownerOrg),
  input: z.object({
    collection: CreateCollectionInput,
    fileName: z.string().max(500),
    fileDigest: z.string(),
    fileBytes: z.number().int().nonnegative(),
    format: z.string(),
    mapping: z.unknown().optional(),
    /** Only the loader of shipped sample data may fill a read-only collection. */
    sample: z.boolean().default(false),
  }),
  async run(context, input): Promise<ImportRun> {
    const collection = await ensureCollection(context, input.collection)
    if (!input.sample) requireOpen(collection)
    // Where one process died and another kept running, nothing was started anew that would have cleared it away.
    await closeInterrupted(context, false)
    const id = newId()
    const at = context.clock.now().toISOString()
    await context.db.run(sql`
      insert into import_runs (id, collection_id, file_name, file_digest, file_bytes, format, mapping, state, started_at, started_by, heartbeat_at)
      values (${id}, ${collection.id}, ${input.fileName}, ${input.fileDigest}, ${input.fileBytes}, ${input.format},
              ${input.mapping === undefined ? null : JSON.stringify(input.mapping)}::jsonb, 'staging', ${at}, ${context.actor.id}, ${at})
    `)
    return getImportRunRow(context.db, id)
  },
})

const StageInput = z.object({
  runId: z.string(),
  /** Typed rows from our own readers; checked there, field by field. */
  rows: z.array(z.custom<ImportedRow>()),
  problems: z.array(z.custom<ProblemReport>()).default([]),
  rowsRead: z.number().int().nonnegative(),
  rejected: z.number().int().nonnegative(),
})

/** Prepares one batch; gives its counts and what was found wrong besides the problems of reading. The batch is committed, so that a page can show the progress; readers see nothing of it. */
export const stageImportRows = defineCommand({
  name: 'registry.stage-import-rows',
  permission: 'registry.import.run',
  rows: 'whole',
  scope: (context, { runId }) => scopeOfRun(context, runId),
  input: StageInput,
  limitSeconds: 'none',
  async run(context, { runId, rows, problems, rowsRead, rejected }): Promise<RowCounts & { problems: readonly ProblemReport[] }> {
    const run = await getImportRunRow(context.db, runId, { forChange: true })
    if (run.state !== 'staging') throw new Problem('registry.run-cancelled', { run: runId })
    const collection = await context.db.one<CollectionOfRows>(sql`
      select id, entry_state as "entryState", owner_org as "ownerOrg", visibility from collections where id = ${run.collectionId}
    `)
    const at = context.clock.now().toISOString()
    const plan = await planRows({ db: context.db, actor: context.actor, at, runId, collection }, rows)
    await insertStaged(context.db, runId, plan.rows)
    const all = [...problems, ...plan.problems]
    await insertProblems(context.db, runId, all)
    const { counts } = plan
    await context.db.run(sql`
      update import_runs
      set rows_read = rows_read + ${rowsRead},
          rows_staged = rows_staged + ${rows.length},
          created_count = created_count + ${counts.created},
          changed_count = changed_count + ${counts.changed},
          unchanged_count = unchanged_count + ${counts.unchanged},
          rejected_count = rejected_count + ${rejected},
          warning_count = warning_count + ${all.filter((problem) => problem.level === 'warning').length},
          heartbeat_at = ${at}
      where id = ${runId}
    `)
    return { ...counts, problems: plan.problems }
  },
})

async function insertStaged(db: Db, runId: string, rows: readonly PlannedRow[]): Promise<void> {
  if (rows.length === 0) return
  await db.run(sql`
    insert into import_rows (run_id, seq, outcome, initiative_id, identifier, base_version, record, derived, digest)
    select ${runId}, s.seq, s.outcome, s.initiative_id, s.identifier, s.base_version, s.record, ${withSearchVector(sql`s.derived`)}, s.digest
    from unnest(${rows.map((row) => row.seq)}::int[], ${rows.map((row) => row.outcome)}::text[], ${rows.map((row) => row.record.id)}::text[],
                ${rows.map((row) => row.identifier)}::text[], ${rows.map((row) => row.baseVersion)}::int[],
                ${rows.map((row) => JSON.stringify(row.record))}::jsonb[], ${rows.map((row) => JSON.stringify(row.derived))}::jsonb[],
                ${rows.map((row) => row.digest)}::text[])
      as s(seq, outcome, initiative_id, identifier, base_version, record, derived, digest)
    on conflict (run_id, identifier) do update
    set record = excluded.record, derived = excluded.derived, digest = excluded.digest
  `)
}

/** Ends a run that is still being read: by a person (cancelled) or because reading failed. Nothing of it remains but the note. */
export const stopImportRun = defineCommand({
  name: 'registry.stop-import-run',
  permission: 'registry.import.run',
  rows: 'whole',
  scope: (context, { runId }) => scopeOfRun(context, runId),
  // It waits while the last rows of the run become visible.
  limitSeconds: 'none',
  input: z.object({
    runId: z.string(),
    outcome: z.enum(['cancelled', 'failed']),
    failure: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }).optional(),
  }),
  async run(context, { runId, outcome, failure }): Promise<ImportRun> {
    const run = await getImportRunRow(context.db, runId, { forChange: true })
    if (run.state !== 'staging' && run.state !== 'paused') return run
    // What a published file has written already is taken away in steps: see `registry.clear-import-run`.
    if (run.isPublished) await giveUp(context.db, runId, outcome, failure)
    else await discardStaged(context, runId, outcome, failure)
    return getImportRunRow(context.db, runId)
  },
})

async function discardStaged(context: CommandContext, runId: string, outcome: string, failure: unknown): Promise<void> {
  await context.db.run(sql`delete from import_rows where run_id = ${runId}`)
  await context.db.run(sql`
    update import_runs
    set state = ${outcome}, finished_at = ${context.clock.now().toISOString()},
        failure = ${failure === undefined ? null : keepableJson(failure)}::jsonb
    where id = ${runId}
  `)
}

/** Seconds without a sign of life after which a run that is being read counts as interrupted. */
const INTERRUPTED_AFTER_SECONDS = 600

/** After a crash: runs that were being read are closed and their prepared rows removed, so that they can be repeated. */
export const closeInterruptedRuns = defineCommand({
  name: 'registry.close-interrupted-runs',
  permission: 'access.installation.run',
  input: z.object({ all: z.boolean() }),
  run: (context, { all }) => closeInterrupted(context, all),
})

async function closeInterrupted(context: CommandContext, all: boolean): Promise<number> {
  const before = new Date(context.clock.now().getTime() - INTERRUPTED_AFTER_SECONDS * 1000).toISOString()
  // A run that is locked is being made visible at this moment; it lives, however long ago its last batch was.
  const runs = await context.db.many<{ id: string }>(sql`
    select id from import_runs
    where state = 'staging' and holder is null ${all ? sql`` : sql`and heartbeat_at < ${before}`}
    for update skip locked
  `)
  for (const run of runs) await discardStaged(context, run.id, 'failed', { code: 'registry.run-interrupted', params: {} })
  return runs.length
}
