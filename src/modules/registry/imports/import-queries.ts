/** What was imported, when, with what result; and the mappings saved for the next file. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { Problem, type ProblemReport } from '../../../kernel/problems.ts'
import { defineCommand, defineQuery } from '../../../operations/index.ts'
import { scopeOfRun } from '../collections/collection-scope.ts'
import { listImportProblems } from './import-problems.ts'
import { getImportRunRow, type ImportRun, RUN_COLUMNS } from './import-run.ts'

export const listImportRuns = defineQuery({
  name: 'registry.list-import-runs',
  permission: 'registry.import.view',
  input: z.object({ collection: z.string().optional(), limit: z.number().int().min(1).max(200).default(50) }),
  async run({ db, sight }, { collection, limit }): Promise<ImportRun[]> {
    const { sees, orgs } = sight.rows
    return db.many<ImportRun>(sql`
      select ${RUN_COLUMNS}
      from import_runs as r
      join collections as c on c.id = r.collection_id
      where ${sees === 'all' ? sql`true` : sql`c.owner_org = any(${orgs}::text[])`}
        ${collection === undefined ? sql`` : sql`and c.key = ${collection}`}
      order by r.id desc
      limit ${limit}
    `)
  },
})

export const getImportRun = defineQuery({
  name: 'registry.get-import-run',
  permission: 'registry.import.view',
  scope: (context, { id }) => scopeOfRun(context, id),
  input: z.object({
    id: z.string(),
    limit: z.number().int().min(1).max(10_000).default(200),
    offset: z.number().int().min(0).default(0),
  }),
  async run({ db }, { id, limit, offset }): Promise<{ run: ImportRun; problems: ProblemReport[]; problemCount: number }> {
    const run = await getImportRunRow(db, id)
    const { count } = await db.one<{ count: number }>(
      sql`select count(*)::int as count from import_problems where run_id = ${id}`,
    )
    return { run, problems: await listImportProblems(db, id, limit, offset), problemCount: count }
  },
})

/**
 * A mapping that somebody else saved is replaced only by whoever sees everything: two focal points may call their files alike.
 * Errors: Problem `registry.mapping-of-another`.
 */
export const saveImportMapping = defineCommand({
  name: 'registry.save-import-mapping',
  permission: 'registry.import.run',
  rows: 'whole',
  input: z.object({ name: z.string().trim().min(1).max(100), mapping: z.unknown() }),
  async run(context, { name, mapping }): Promise<{ name: string; version: number }> {
    const { sees } = context.sight.rows
    const saved = await context.db.maybe<{ version: number }>(sql`
      insert into import_mappings (name, mapping, version, updated_at, updated_by)
      values (${name}, ${JSON.stringify(mapping)}::jsonb, 1, ${context.clock.now().toISOString()}, ${context.actor.id})
      on conflict (name) do update
      set mapping = excluded.mapping, version = import_mappings.version + 1, updated_at = excluded.updated_at, updated_by = excluded.updated_by
      where ${sees === 'all'} or import_mappings.updated_by = excluded.updated_by
      returning version
    `)
    if (!saved) throw await ofAnother(context.db, name)
    context.changed({
      ref: { module: 'registry', aggregate: 'import_mappings', id: name },
      action: 'saved',
      version: saved.version,
      after: { name, mapping },
    })
    return { name, version: saved.version }
  },
})

async function ofAnother(db: Db, name: string): Promise<Problem> {
  const { by } = await db.one<{ by: string }>(sql`select updated_by as by from import_mappings where name = ${name}`)
  return new Problem('registry.mapping-of-another', { name, by }, { place: { field: 'name' } })
}

export const listImportMappings = defineQuery({
  name: 'registry.list-import-mappings',
  permission: 'registry.import.view',
  input: z.object({}),
  run: ({ db }) =>
    db.many<{ name: string; mapping: unknown; updatedAt: string; updatedBy: string }>(
      sql`select name, mapping, updated_at as "updatedAt", updated_by as "updatedBy" from import_mappings order by name`,
    ),
})

export const getImportMapping = defineQuery({
  name: 'registry.get-import-mapping',
  permission: 'registry.import.view',
  input: z.object({ name: z.string() }),
  async run({ db }, { name }): Promise<unknown> {
    const row = await db.maybe<{ mapping: unknown }>(sql`select mapping from import_mappings where name = ${name}`)
    if (!row) throw new Problem('registry.mapping-missing', { name })
    return row.mapping
  },
})
