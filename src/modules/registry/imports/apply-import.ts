/** Makes a whole run visible in one transaction, and takes a whole run back (ruling 12). */
import { z } from 'zod'
import { type Db, type Sql, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type CommandContext, defineCommand } from '../../../operations/index.ts'
import { scopeOfRun } from '../collections/collection-scope.ts'
import { deriveColumns } from '../initiatives/derive-columns.ts'
import type { InitiativeRecord } from '../initiatives/initiative.ts'
import {
  insertInitiatives,
  noteChangedByRun,
  noteChangedCollection,
  recordSource,
  updateInitiatives,
} from '../initiatives/write-initiatives.ts'
import { askForSearchAfterImport, forgetSearchOf } from '../linking/link-search.ts'
import { requireOrganisationsUnchangedSince } from '../publications/end-organisations.ts'
import { getImportRunRow, type ImportRun } from './import-run.ts'
import { endPublished, PublishedEnd, removeTracesOf } from './published/end-published-run.ts'
import { requireHeld, seeHiddenOf } from './published/published-run.ts'

export const applyImportRun = defineCommand({
  name: 'registry.apply-import-run',
  permission: 'registry.import.run',
  rows: 'whole',
  scope: (context, { runId }) => scopeOfRun(context, runId),
  input: z.object({ runId: z.string(), reading: z.unknown().optional(), published: PublishedEnd.optional() }),
  limitSeconds: 'none',
  async run(context, { runId, reading, published }): Promise<ImportRun> {
    const { db } = context
    const run = await getImportRunRow(db, runId, { forChange: true })
    if (run.state !== 'staging') throw new Problem('registry.run-cancelled', { run: runId })
    if (published) {
      await requireHeld(db, runId, published.holder)
      await seeHiddenOf(db, runId)
    }
    await takeTurn(db, run)
    await requireNotOvertaken(db, run)
    const inserted = published ? 0 : await insertCreated(db, runId)
    const updated = await updateInitiatives(db, stagedSource(runId, 'changed'))
    const at = context.clock.now().toISOString()
    await writeVersions(context, runId, at)
    if (published) await endPublished(db, run, published)
    if (inserted + updated > 0) await noteChangedByRun(db, runId, run.collectionId)
    const digest = published?.digest ?? (await digestOfStaged(db, runId))
    await db.run(sql`delete from import_rows where run_id = ${runId}`)
    await db.run(sql`
      update import_runs
      set state = 'applied', digest = ${digest}, finished_at = ${at},
          reading = ${reading === undefined ? null : JSON.stringify(reading)}::jsonb
      where id = ${runId}
    `)
    const applied = await getImportRunRow(db, runId)
    if (applied.created + applied.changed > 0)
      await askForSearchAfterImport(db, { collectionId: run.collectionId, runId, at, by: context.actor.id })
    context.changedBatch({
      ref: { module: 'registry', aggregate: 'import_runs', id: runId },
      action: 'applied',
      counts: { created: applied.created, changed: applied.changed, unchanged: applied.unchanged, rejected: applied.rejected },
      digest,
    })
    return applied
  },
})

async function digestOfStaged(db: Db, runId: string): Promise<string> {
  const { digest } = await db.one<{ digest: string }>(sql`
    select encode(sha256(convert_to(coalesce(string_agg(digest, '' order by seq), ''), 'UTF8')), 'hex') as digest
    from import_rows where run_id = ${runId}
  `)
  return digest
}

function stagedSource(runId: string, outcome: 'created' | 'changed'): Sql {
  return sql`select record, derived from import_rows where run_id = ${runId} and outcome = ${outcome}`
}

/** Runs of one collection take turns. An edit that is being saved is waited for, so that the checks that follow see it. */
async function takeTurn(db: Db, run: ImportRun): Promise<void> {
  await db.run(sql`select 1 from collections where id = ${run.collectionId} for no key update`)
  await db.one(sql`
    with touched as (
      select i.id
      from initiatives as i
      where i.id in (
        select initiative_id from import_rows where run_id = ${run.id} and outcome = 'changed'
        union all
        select record_id from record_versions where run_id = ${run.id} and aggregate = 'initiatives'
      )
      order by i.id
      for update
    )
    select count(*)::int as count from touched
  `)
}

/** Somebody may have changed or registered the same initiatives while the file was being read. */
async function requireNotOvertaken(db: Db, run: ImportRun): Promise<void> {
  const { count } = await db.one<{ count: number }>(sql`
    select count(*)::int as count
    from import_rows as s
    left join initiatives as i on i.collection_id = ${run.collectionId} and i.identifier = s.identifier
    where s.run_id = ${run.id} and i.version is distinct from s.base_version
  `)
  if (count > 0) throw new Problem('registry.run-overtaken', { count })
}

const UNIQUE_VIOLATION = '23505'

/** Somebody who registers at this very moment is not seen by the check before; the database sees it at the first such row. */
async function insertCreated(db: Db, runId: string): Promise<number> {
  try {
    return await insertInitiatives(db, stagedSource(runId, 'created'))
  } catch (error) {
    const { code, table } = error as { code?: string; table?: string }
    if (code !== UNIQUE_VIOLATION || table !== 'initiatives') throw error
    throw new Problem('registry.run-overtaken', { count: 1 }, { cause: error })
  }
}

async function writeVersions(context: CommandContext, runId: string, at: string): Promise<void> {
  await context.db.run(sql`
    insert into record_versions (module, aggregate, record_id, version, at, actor_id, action, run_id, snapshot)
    select 'registry', 'initiatives', initiative_id, (record ->> 'version')::int, ${at}, ${context.actor.id}, 'imported', ${runId}, record
    from import_rows
    where run_id = ${runId}
  `)
}

/** Records restored at once; each goes through the same path as any other write. */
const RESTORE_BATCH = 1_000

/**
 * Takes a run back as a whole: what it created goes, what it changed is as before, to the byte. Refused when something that it
 * wrote was changed since, or when people decided about what it created. The audit trail keeps that it happened.
 */
export const undoImportRun = defineCommand({
  name: 'registry.undo-import-run',
  permission: 'registry.import.undo',
  rows: 'whole',
  scope: (context, { runId }) => scopeOfRun(context, runId),
  input: z.object({ runId: z.string(), reason: z.string().max(2000).optional() }),
  limitSeconds: 'none',
  async run(context, { runId, reason }): Promise<ImportRun> {
    const { db } = context
    const run = await getImportRunRow(db, runId, { forChange: true })
    if (run.state !== 'applied') throw new Problem('registry.run-not-undoable', { state: run.state })
    await takeTurn(db, run)
    await requireUnchangedSince(db, runId)
    await requireUndecidedSince(db, runId)
    if (run.isPublished) await requireOrganisationsUnchangedSince(db, runId)
    const restored = await restoreChanged(db, runId)
    if (run.isPublished) await removeTracesOf(db, runId)
    await forgetSearchOf(db, runId)
    const removed = await db.run(sql`
      delete from initiatives
      where id in (select record_id from record_versions where run_id = ${runId} and aggregate = 'initiatives' and version = 1)
    `)
    await db.run(sql`delete from record_versions where run_id = ${runId} and aggregate = 'initiatives'`)
    await noteChangedCollection(db, run.collectionId)
    await db.run(
      sql`update import_runs set state = 'undone', undone_at = ${context.clock.now().toISOString()} where id = ${runId}`,
    )
    const { digest } = await db.one<{ digest: string }>(
      sql`select coalesce(digest, '') as digest from import_runs where id = ${runId}`,
    )
    context.changedBatch({
      ref: { module: 'registry', aggregate: 'import_runs', id: runId },
      action: 'undone',
      counts: { removed, restored },
      digest,
      ...(reason === undefined ? {} : { reason }),
    })
    return getImportRunRow(db, runId)
  },
})

async function requireUnchangedSince(db: Db, runId: string): Promise<void> {
  const since = await db.many<{ id: string }>(sql`
    select mine.record_id as id
    from record_versions as mine
    join record_versions as later
      on later.module = mine.module and later.aggregate = mine.aggregate and later.record_id = mine.record_id and later.version > mine.version
    where mine.run_id = ${runId}
    order by mine.record_id
  `)
  const [example] = since
  if (example)
    throw new Problem('registry.run-changed-since', { count: new Set(since.map(({ id }) => id)).size, example: example.id })
}

/** What people said about a record that the run created would go with it, and a later import of the file could not bring it back. */
async function requireUndecidedSince(db: Db, runId: string): Promise<void> {
  const since = await db.many<{ example: string }>(sql`
    select created.record_id as example
    from record_versions as created
    join (
      select one_id as id from initiative_links
      union select other_id from initiative_links
      union select one_id from initiative_link_proposals where decision is not null
      union select other_id from initiative_link_proposals where decision is not null
      union select initiative_id from objections where state in ('open', 'answered')
    ) as said on said.id = created.record_id
    where created.run_id = ${runId} and created.aggregate = 'initiatives' and created.version = 1
    order by created.record_id
  `)
  const [first] = since
  if (first) throw new Problem('registry.run-decided-since', { count: since.length, example: first.example })
}

async function restoreChanged(db: Db, runId: string): Promise<number> {
  let restored = 0
  let after = ''
  for (;;) {
    const rows = await db.many<{ id: string; snapshot: InitiativeRecord }>(sql`
      select mine.record_id as id, before.snapshot
      from record_versions as mine
      join record_versions as before
        on before.module = mine.module and before.aggregate = mine.aggregate and before.record_id = mine.record_id
           and before.version = mine.version - 1
      where mine.run_id = ${runId} and mine.record_id > ${after}
      order by mine.record_id
      limit ${RESTORE_BATCH}
    `)
    const last = rows.at(-1)
    if (!last) return restored
    await updateInitiatives(
      db,
      recordSource(rows.map(({ snapshot }) => ({ record: snapshot, derived: deriveColumns(snapshot) }))),
    )
    restored += rows.length
    after = last.id
  }
}
