/**
 * A run that reads a published file of any size. What it creates goes straight into the tables, batch by batch, and stays hidden until
 * the run is applied: applying is short, whatever the size, and readers notice nothing meanwhile. Whoever reads holds the run; when its
 * process dies, the next one takes it over and goes on after the last batch.
 */
import { z } from 'zod'
import { type Db, sql } from '../../../../database/db.ts'
import { newId } from '../../../../kernel/ids.ts'
import { Problem } from '../../../../kernel/problems.ts'
import { keepableJson } from '../../../../kernel/whole-characters.ts'
import { type CommandContext, defineCommand, defineQuery } from '../../../../operations/index.ts'
import { collectionScope, scopeOfRun } from '../../collections/collection-scope.ts'
import { CreateCollectionInput, ensureCollection } from '../../collections/create-collection.ts'
import { requireOpen } from '../../initiatives/register-initiative.ts'
import type { OrganisationCounts } from '../../publications/organisation-counts.ts'
import { getImportRunRow, type ImportRun } from '../import-run.ts'

/** Without a sign of life for so long, the process that held the run is gone. It gives one every two seconds. */
export const HOLDER_GONE_AFTER_SECONDS = 15

export interface BegunRun {
  readonly run: ImportRun
  readonly collectionId: string
  /** What new records take from their collection. */
  readonly entryState: 'published' | 'submitted'
  readonly ownerOrg: string | null
  readonly visibility: 'public' | 'network' | 'group' | 'private'
  /** The collection holds nothing yet: no activity can be known. */
  readonly isEmpty: boolean
  /** The very same file came last, all of it was stored, and nothing was imported since: it need not be read. */
  readonly same: { readonly read: number; readonly digest: string; readonly organisations: OrganisationCounts | null } | null
  /** The run had been left unfinished by another process, and goes on. */
  readonly resumed: boolean
}

/** Who waits and what for: another run holds the collection, or one that was given up is not cleared away yet. */
export type BeginAnswer =
  | { readonly kind: 'begun'; readonly begun: BegunRun }
  | { readonly kind: 'busy'; readonly runId: string; readonly fileName: string }
  | { readonly kind: 'to-clear'; readonly runId: string }

export const beginPublishedRun = defineCommand({
  name: 'registry.begin-published-run',
  permission: 'registry.import.run',
  rows: 'whole',
  scope: (context, { collection }) => collectionScope(context, collection.key, collection.ownerOrg),
  input: z.object({
    collection: CreateCollectionInput,
    fileName: z.string().max(500),
    fileDigest: z.string(),
    fileBytes: z.number().int().nonnegative(),
    format: z.string(),
    /** What later files are the next edition of. */
    series: z.string().min(1).max(2000),
    address: z.string().max(2000).optional(),
    /** How much the reader reads out of a piece; a greater number reads more than before. */
    edition: z.number().int().positive(),
    /** Made by the caller for this attempt. */
    holder: z.string().min(10),
  }),
  async run(context, input): Promise<BeginAnswer> {
    const collection = await ensureCollection(context, input.collection)
    requireOpen(collection)
    // Two who begin at the same moment take turns here.
    await context.db.run(sql`select 1 from collections where id = ${collection.id} for no key update`)
    const other = await findUnfinished(context, collection.id)
    if (other && !isSameWork(other, input)) {
      if (!other.isGone && other.state !== 'clearing') return { kind: 'busy', runId: other.id, fileName: other.fileName }
      await giveUp(context.db, other.id, 'failed', { code: 'registry.run-interrupted', params: {} })
      return { kind: 'to-clear', runId: other.id }
    }
    if (other && !other.isGone && other.state === 'staging') return { kind: 'busy', runId: other.id, fileName: other.fileName }
    const id = other?.id ?? newId()
    if (other) await takeOver(context, id, input.holder)
    else await insertRun(context, id, collection.id, input)
    return {
      kind: 'begun',
      begun: {
        run: await getImportRunRow(context.db, id),
        collectionId: collection.id,
        entryState: collection.entryState,
        ownerOrg: collection.ownerOrg,
        visibility: collection.visibility,
        same: other ? null : await findSame(context.db, id, collection.id, input),
        isEmpty: await holdsNothing(context.db, collection.id),
        resumed: other !== undefined,
      },
    }
  },
})

async function findSame(
  db: Db,
  runId: string,
  collectionId: string,
  { fileDigest, series, edition }: { fileDigest: string; series: string; edition: number },
): Promise<BegunRun['same']> {
  const last = await db.maybe<NonNullable<BegunRun['same']> & { isSame: boolean }>(sql`
    select rows_read as read, digest, organisation_counts as organisations,
           state = 'applied' and file_digest = ${fileDigest} and series = ${series} and rejected_count = 0
             and coalesce((organisation_counts ->> 'rejected')::int, 0) = 0
             and (mapping ->> 'edition')::int = ${edition} as "isSame"
    from import_runs
    where collection_id = ${collectionId} and id <> ${runId} and state in ('applied', 'undone')
    order by id desc
    limit 1
  `)
  return last?.isSame ? { read: last.read, digest: last.digest, organisations: last.organisations } : null
}

async function holdsNothing(db: Db, collectionId: string): Promise<boolean> {
  const { some } = await db.one<{ some: boolean }>(
    sql`select exists (select 1 from initiatives where collection_id = ${collectionId}) as some`,
  )
  return !some
}

interface UnfinishedRun {
  readonly id: string
  readonly state: ImportRun['state']
  readonly fileName: string
  readonly fileDigest: string
  readonly series: string
  /** Nobody holds it: its process gives no sign of life, or somebody has paused it. */
  readonly isGone: boolean
}

async function findUnfinished({ db, clock }: CommandContext, collectionId: string): Promise<UnfinishedRun | undefined> {
  const goneBefore = new Date(clock.now().getTime() - HOLDER_GONE_AFTER_SECONDS * 1000).toISOString()
  return db.maybe<UnfinishedRun>(sql`
    select id, state, file_name as "fileName", file_digest as "fileDigest", series,
           state = 'paused' or heartbeat_at < ${goneBefore} as "isGone"
    from import_runs
    where collection_id = ${collectionId} and holder is not null and state in ('staging', 'paused', 'clearing')
    order by id
    limit 1
    for update
  `)
}

function isSameWork(other: UnfinishedRun, { fileDigest, series }: { fileDigest: string; series: string }): boolean {
  return other.state !== 'clearing' && other.fileDigest === fileDigest && other.series === series
}

async function takeOver({ db, clock }: CommandContext, runId: string, holder: string): Promise<void> {
  // What was written stays; everything else is read, counted and told again.
  await seeHiddenOf(db, runId)
  await db.run(sql`
    delete from import_problems as p
    where p.run_id = ${runId}
      and not exists (select 1 from initiative_sources as s where s.run_id = p.run_id and s.identifier = p.activity)
      and not exists (select 1 from import_rows as w where w.run_id = p.run_id and w.identifier = p.activity)
      and not exists (select 1 from organisation_publications as o where o.run_id = p.run_id and o.identifier = p.activity)
  `)
  await db.run(sql`
    update import_runs
    set holder = ${holder}, state = 'staging', heartbeat_at = ${clock.now().toISOString()}, bytes_read = 0,
        rows_read = 0, rows_staged = 0, created_count = 0, changed_count = 0, unchanged_count = 0, rejected_count = 0,
        organisation_counts = null,
        warning_count = (select count(*) from import_problems where run_id = ${runId} and level = 'warning')
    where id = ${runId}
  `)
}

async function insertRun(
  { db, clock, actor }: CommandContext,
  id: string,
  collectionId: string,
  input: {
    fileName: string
    fileDigest: string
    fileBytes: number
    format: string
    series: string
    address?: string | undefined
    edition: number
    holder: string
  },
): Promise<void> {
  const at = clock.now().toISOString()
  await db.run(sql`
    insert into import_runs (id, collection_id, file_name, file_digest, file_bytes, format, series, address, holder, mapping, state,
                             started_at, started_by, heartbeat_at)
    values (${id}, ${collectionId}, ${input.fileName}, ${input.fileDigest}, ${input.fileBytes}, ${input.format}, ${input.series},
            ${input.address ?? null}, ${input.holder}, ${JSON.stringify({ edition: input.edition })}::jsonb, 'staging', ${at}, ${actor.id}, ${at})
  `)
}

/** From here on nobody adds to the run; what it wrote is taken away by `registry.clear-import-run`. */
export async function giveUp(
  db: Db,
  runId: string,
  outcome: 'cancelled' | 'failed',
  failure: { code: string; params: Record<string, string | number> } | undefined,
): Promise<void> {
  await db.run(sql`
    update import_runs
    set state = 'clearing', outcome = coalesce(outcome, ${outcome}),
        failure = coalesce(failure, ${failure === undefined ? null : keepableJson(failure)}::jsonb)
    where id = ${runId} and state in ('staging', 'paused', 'clearing')
  `)
}

/** The run itself sees what it has hidden. */
export async function seeHiddenOf(db: Db, runId: string): Promise<void> {
  await db.run(sql`select set_config('app.run', ${runId}, true)`)
}

/** Locks the run for one write. Errors: `registry.run-cancelled`, `registry.run-paused`, `registry.run-taken-over`. */
export async function requireHeld(db: Db, runId: string, holder: string): Promise<void> {
  const run = await db.maybe<{ state: ImportRun['state']; holder: string | null }>(
    sql`select state, holder from import_runs where id = ${runId} for update`,
  )
  if (!run) throw new Problem('registry.run-missing', { run: runId })
  if (run.state === 'paused') throw new Problem('registry.run-paused', { run: runId })
  if (run.state !== 'staging') throw new Problem('registry.run-cancelled', { run: runId })
  if (run.holder !== holder) throw new Problem('registry.run-taken-over', { run: runId })
}

/** A sign of life between batches; says in passing whether somebody has paused or cancelled the run. */
export const touchPublishedRun = defineCommand({
  name: 'registry.touch-published-run',
  permission: 'registry.import.run',
  rows: 'whole',
  scope: (context, { runId }) => scopeOfRun(context, runId),
  input: z.object({ runId: z.string(), holder: z.string(), bytesRead: z.number().int().nonnegative() }),
  async run({ db, clock }, { runId, holder, bytesRead }): Promise<void> {
    await requireHeld(db, runId, holder)
    await db.run(sql`
      update import_runs
      set heartbeat_at = ${clock.now().toISOString()}, bytes_read = greatest(bytes_read, ${bytesRead})
      where id = ${runId}
    `)
  },
})

/** Halts a run that is being read; whoever imports the same file into the same collection again goes on with it. */
export const pauseImportRun = defineCommand({
  name: 'registry.pause-import-run',
  permission: 'registry.import.run',
  rows: 'whole',
  scope: (context, { runId }) => scopeOfRun(context, runId),
  input: z.object({ runId: z.string() }),
  async run(context, { runId }): Promise<ImportRun> {
    const paused = await context.db.run(
      sql`update import_runs set state = 'paused' where id = ${runId} and state = 'staging' and holder is not null`,
    )
    const run = await getImportRunRow(context.db, runId)
    if (paused === 0 && run.state !== 'paused') throw new Problem('registry.run-not-pausable', { state: run.state })
    return run
  },
})

/** Runs that nobody is reading although they have not ended: for the page and for a start that goes on with them. */
export const listUnfinishedRuns = defineQuery({
  name: 'registry.list-unfinished-runs',
  permission: 'access.installation.run',
  input: z.object({}),
  async run({ db, clock }): Promise<{ clearing: string[]; left: string[] }> {
    const goneBefore = new Date(clock.now().getTime() - HOLDER_GONE_AFTER_SECONDS * 1000).toISOString()
    const rows = await db.many<{ id: string; state: string }>(sql`
      select id, state
      from import_runs
      where holder is not null and (state = 'clearing' or (state = 'staging' and heartbeat_at < ${goneBefore}))
      order by id
    `)
    const idsIn = (state: string) => rows.filter((row) => row.state === state).map(({ id }) => id)
    return { clearing: idsIn('clearing'), left: idsIn('staging') }
  },
})
