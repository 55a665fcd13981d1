/** The end of a run that read a published file: what applying does besides, what undoing takes back, and clearing away one that failed. */
import { z } from 'zod'
import { type Db, sql } from '../../../../database/db.ts'
import { Problem } from '../../../../kernel/problems.ts'
import { defineCommand } from '../../../../operations/index.ts'
import { scopeOfRun } from '../../collections/collection-scope.ts'
import { noteChangedCollection } from '../../initiatives/write-initiatives.ts'
import { markOrganisations, OrganisationMarks, removeOrganisationsOf } from '../../publications/end-organisations.ts'
import { getImportRunRow, type ImportRun } from '../import-run.ts'
import { sourcesOf } from './add-published-rows.ts'
import { seeHiddenOf } from './published-run.ts'

/** What only the reader of the whole file knows. */
export const PublishedEnd = z.object({
  holder: z.string(),
  /** SHA-256 over the digests of all pieces, in the order of the file. */
  digest: z.string(),
  /** Initiatives that an earlier file of the series had and this one has not, and those that came back. */
  withdrawn: z.array(z.string()),
  returned: z.array(z.string()),
  organisations: OrganisationMarks.default({ withdrawn: [], returned: [] }),
})
export type PublishedEnd = z.output<typeof PublishedEnd>

/** Within the transaction that applies the run. */
export async function endPublished(db: Db, run: ImportRun, { withdrawn, returned, organisations }: PublishedEnd): Promise<void> {
  const staged = sql`select record, source from import_rows where run_id = ${run.id} and source is not null`
  await db.run(sql`with s as (${staged}) ${sourcesOf(run.id)}`)
  const conflicts = await db.run(sql`
    insert into import_conflicts (id, initiative_id, run_id, section, ours, theirs, ours_at, theirs_at)
    select c.id, w.initiative_id, ${run.id}, c.section, c.ours, c.theirs, c."oursAt", c."theirsAt"
    from import_rows as w
    cross join lateral jsonb_to_recordset(w.source -> 'conflicts')
      as c(id text, section text, ours jsonb, theirs jsonb, "oursAt" timestamptz, "theirsAt" timestamptz)
    where w.run_id = ${run.id} and jsonb_typeof(w.source -> 'conflicts') = 'array'
  `)
  const marked = await db.run(sql`
    update initiative_sources
    set withdrawn_by = ${run.id}
    where initiative_id = any(${withdrawn}::text[]) and series = ${run.series} and withdrawn_by is null
  `)
  await db.run(sql`
    update initiative_sources set withdrawn_by = null where initiative_id = any(${returned}::text[]) and series = ${run.series}
  `)
  await markOrganisations(db, run.id, organisations)
  await db.run(sql`
    update import_runs set conflict_count = ${conflicts}, withdrawn_count = ${marked === 0 ? 0 : withdrawn.length} where id = ${run.id}
  `)
  const { created } = await db.one<{ created: number }>(
    sql`select created_count as created from import_runs where id = ${run.id}`,
  )
  if (created > 0) await noteChangedCollection(db, run.collectionId)
}

/** What an undone run leaves beside the initiatives: its pieces, its marks, its open questions, what organisations say of themselves. */
export async function removeTracesOf(db: Db, runId: string): Promise<void> {
  await removeOrganisationsOf(db, runId)
  await db.run(sql`delete from import_conflicts where run_id = ${runId}`)
  await db.run(sql`update initiative_sources set withdrawn_by = null where withdrawn_by = ${runId}`)
  await db.run(sql`delete from initiative_sources where run_id = ${runId}`)
  await db.run(sql`delete from source_blocks where run_id = ${runId}`)
}

/** Initiatives taken away at once: short enough for the embedded engine, which serves readers between two steps. */
const CLEARED_AT_ONCE = 500

/** One step of taking away what a run wrote that was cancelled or failed. To be repeated until it says that nothing is left. */
export const clearImportRun = defineCommand({
  name: 'registry.clear-import-run',
  permission: 'registry.import.run',
  rows: 'whole',
  scope: (context, { runId }) => scopeOfRun(context, runId),
  input: z.object({ runId: z.string() }),
  limitSeconds: 'none',
  async run({ db, clock }, { runId }): Promise<{ isCleared: boolean }> {
    const run = await getImportRunRow(db, runId, { forChange: true })
    if (run.state !== 'clearing') return { isCleared: true }
    await seeHiddenOf(db, runId)
    const ids = await db.many<{ id: string }>(sql`
      select record_id as id
      from record_versions
      where run_id = ${runId} and module = 'registry' and aggregate = 'initiatives'
      limit ${CLEARED_AT_ONCE}
    `)
    if (ids.length > 0) {
      const list = ids.map(({ id }) => id)
      const removed = await db.run(sql`delete from initiatives where id = any(${list}::text[]) and created_by_run = ${runId}`)
      if (removed !== list.length)
        throw new Problem('registry.run-changed-since', { count: list.length - removed, example: runId })
      await db.run(sql`delete from record_versions where run_id = ${runId} and record_id = any(${list}::text[])`)
      return { isCleared: false }
    }
    await removeTracesOf(db, runId)
    await db.run(sql`delete from import_rows where run_id = ${runId}`)
    await db.run(sql`
      update import_runs
      set state = coalesce(outcome, 'failed'), finished_at = ${clock.now().toISOString()}, created_count = 0, changed_count = 0, rows_staged = 0,
          organisation_counts = null
      where id = ${runId}
    `)
    return { isCleared: true }
  },
})
