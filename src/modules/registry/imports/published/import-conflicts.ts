/** What a person and a file say differently of one field: listed with both values and both dates, and settled by a person. */
import { z } from 'zod'
import { type Db, type Sql, sql } from '../../../../database/db.ts'
import { Problem } from '../../../../kernel/problems.ts'
import { defineCommand, defineQuery, type Sight } from '../../../../operations/index.ts'
import { getInitiativeRecord } from '../../initiatives/get-initiative.ts'
import { type InitiativeFacts, InitiativeFactsSchema, type InitiativeRecord } from '../../initiatives/initiative.ts'
import { initiativeScope } from '../../initiatives/initiative-scope.ts'
import { getForChange, saveRevision } from '../../initiatives/revise-initiative.ts'

export interface ImportConflict {
  readonly id: string
  readonly initiativeId: string
  readonly identifier: string | null
  readonly title: string | null
  readonly runId: string
  readonly fileName: string
  /** Field of the facts. */
  readonly section: string
  /** What the record says and what the file says; null = nothing. */
  readonly ours: unknown
  readonly theirs: unknown
  readonly oursAt: string
  /** Instant of the last change as the publisher states it. */
  readonly theirsAt: string | null
  readonly decision: 'ours' | 'theirs' | null
}

export interface ConflictPage {
  readonly rows: readonly ImportConflict[]
  readonly total: number
}

/** Personal values are not compared on a page that shows the file's value. */
const SHOWN = sql`c.section <> 'contact'`

function withinReach(sight: Sight): Sql {
  return sight.rows.sees === 'all' ? sql`true` : sight.own('initiatives', 'i')
}

/** Those of records that the actor may edit, the oldest first. */
export const listImportConflicts = defineQuery({
  name: 'registry.list-import-conflicts',
  permission: 'registry.import.view',
  input: z.object({
    runId: z.string().optional(),
    initiativeId: z.string().optional(),
    state: z.enum(['open', 'decided']).default('open'),
    limit: z.number().int().min(1).max(500).default(50),
    offset: z.number().int().min(0).default(0),
  }),
  async run({ whole, sight }, { runId, initiativeId, state, limit, offset }): Promise<ConflictPage> {
    const from = sql`
      from import_conflicts as c
      join initiatives as i on i.id = c.initiative_id
      join import_runs as r on r.id = c.run_id
      where ${SHOWN} and ${withinReach(sight)}
        and c.decision is ${state === 'open' ? sql`null` : sql`not null`}
        and (${runId ?? null}::text is null or c.run_id = ${runId ?? null})
        and (${initiativeId ?? null}::text is null or c.initiative_id = ${initiativeId ?? null})
    `
    const { total } = await whole.one<{ total: number }>(sql`select count(*)::int as total ${from}`)
    const rows = await whole.many<ImportConflict>(sql`
      select c.id, c.initiative_id as "initiativeId", i.identifier, i.title_text as title, c.run_id as "runId",
             r.file_name as "fileName", c.section, c.ours, c.theirs, c.ours_at as "oursAt", c.theirs_at as "theirsAt", c.decision
      ${from}
      order by c.id
      limit ${limit} offset ${offset}
    `)
    return { rows, total }
  },
})

interface ConflictRow {
  readonly initiativeId: string
  readonly section: string
  readonly theirs: unknown
  readonly decision: string | null
}

async function getConflict(db: Db, id: string, options: { forChange?: boolean } = {}): Promise<ConflictRow> {
  const row = await db.maybe<ConflictRow>(sql`
    select initiative_id as "initiativeId", section, theirs, decision
    from import_conflicts
    where id = ${id}
    ${options.forChange ? sql`for update` : sql``}
  `)
  if (!row) throw new Problem('registry.conflict-missing', { conflict: id })
  return row
}

/** "Theirs" makes a new version of the record with the file's value; "ours" only notes that somebody has looked. */
export const settleImportConflict = defineCommand({
  name: 'registry.settle-import-conflict',
  permission: 'registry.initiative.edit',
  rows: 'whole',
  scope: async (context, { id }) => initiativeScope(context, (await getConflict(context.whole, id)).initiativeId),
  input: z.object({ id: z.string(), decision: z.enum(['ours', 'theirs']), reason: z.string().max(2000).optional() }),
  async run(context, { id, decision, reason }): Promise<{ version: number }> {
    const conflict = await getConflict(context.db, id, { forChange: true })
    if (conflict.decision !== null) throw new Problem('registry.conflict-decided', { decision: conflict.decision })
    const record = await getInitiativeRecord(context.db, conflict.initiativeId)
    const after = decision === 'theirs' ? await takeTheirs() : record
    await context.db.run(sql`
      update import_conflicts
      set decision = ${decision}, decided_at = ${context.clock.now().toISOString()}, decided_by = ${context.actor.id}
      where id = ${id}
    `)
    if (decision === 'ours') {
      context.changed({
        ref: { module: 'registry', aggregate: 'import_conflicts', id },
        action: 'settled',
        version: 1,
        after: { initiativeId: conflict.initiativeId, section: conflict.section, decision },
        ...(reason === undefined ? {} : { reason }),
      })
    }
    return { version: after.version }

    async function takeTheirs(): Promise<InitiativeRecord> {
      const before = await getForChange(context, conflict.initiativeId, record.version)
      const facts = InitiativeFactsSchema.parse(withSection(before.facts, conflict.section, conflict.theirs))
      const state = before.state === 'published' ? 'under_revision' : before.state
      return saveRevision(context, before, { ...before, facts, state }, 'changed', reason)
    }
  },
})

function withSection(facts: InitiativeFacts, section: string, value: unknown): InitiativeFacts {
  const { [section as keyof InitiativeFacts]: _replaced, ...others } = facts
  return value === null || value === undefined ? others : ({ ...others, [section]: value } as InitiativeFacts)
}
