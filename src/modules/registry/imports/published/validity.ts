/** How valid a file is: its problems counted by rule and by file, and one after another under a filter. */
import { z } from 'zod'
import { type Db, type Sql, sql } from '../../../../database/db.ts'
import type { ProblemReport } from '../../../../kernel/problems.ts'
import { defineQuery } from '../../../../operations/index.ts'
import { scopeOfRun } from '../../collections/collection-scope.ts'
import { getImportRunRow, type ImportRun } from '../import-run.ts'
import { countRules, PLACE, type RuleCount, standingProblems } from './standing-problems.ts'

export interface FileCount {
  readonly file: string
  readonly errors: number
  readonly warnings: number
}

export interface RunValidity {
  readonly run: ImportRun
  readonly rules: readonly RuleCount[]
  /** Files of the run in which something was found, those with most errors first. */
  readonly files: readonly FileCount[]
  readonly errors: number
  readonly warnings: number
  /** Activities with at least one error, and with at least one warning. */
  readonly activitiesWithErrors: number
  readonly activitiesWithWarnings: number
}

/** Of an archive of very many files those are listed that need most attention. */
const LISTED_FILES = 100

export const getRunValidity = defineQuery({
  name: 'registry.get-run-validity',
  permission: 'registry.import.view',
  scope: (context, { runId }) => scopeOfRun(context, runId),
  input: z.object({ runId: z.string() }),
  async run({ whole }, { runId }): Promise<RunValidity> {
    const run = await getImportRunRow(whole, runId)
    const standing = standingProblems(run)
    const activities = await whole.many<{ level: string; count: number }>(sql`
      select level, count(*)::int as count
      from (select distinct p.level, p.activity from (${standing}) as p where p.activity is not null) as known
      group by level
    `)
    const rules = await countRules(whole, run)
    const problemsOf = (level: string) => rules.filter((rule) => rule.level === level).reduce((sum, { count }) => sum + count, 0)
    const activitiesWith = (level: string) => activities.find((one) => one.level === level)?.count ?? 0
    return {
      run,
      rules,
      files: await countFiles(whole, standing),
      errors: problemsOf('error'),
      warnings: problemsOf('warning'),
      activitiesWithErrors: activitiesWith('error'),
      activitiesWithWarnings: activitiesWith('warning'),
    }
  },
})

function countFiles(whole: Db, standing: Sql): Promise<FileCount[]> {
  return whole.many<FileCount>(sql`
    select p.file, count(*) filter (where p.level = 'error')::int as errors, count(*) filter (where p.level = 'warning')::int as warnings
    from (${standing}) as p
    where p.file is not null
    group by p.file
    order by 2 desc, 3 desc, 1
    limit ${LISTED_FILES}
  `)
}

/** A problem with the run that found it: an earlier one where the activity has not changed since. */
export interface StandingProblem extends ProblemReport {
  readonly runId: string
  readonly seq: number
}

export interface ProblemPage {
  readonly rows: readonly StandingProblem[]
  readonly total: number
}

export const listRunProblems = defineQuery({
  name: 'registry.list-run-problems',
  permission: 'registry.import.view',
  scope: (context, { runId }) => scopeOfRun(context, runId),
  input: z.object({
    runId: z.string(),
    /** Code of the rule. */
    rule: z.string().optional(),
    level: z.enum(['error', 'warning']).optional(),
    /** Part of the identifier, in whatever case. */
    activity: z.string().max(300).optional(),
    file: z.string().max(1000).optional(),
    limit: z.number().int().min(1).max(10_000).default(100),
    offset: z.number().int().min(0).default(0),
  }),
  async run({ whole }, { runId, rule, level, activity, file, limit, offset }): Promise<ProblemPage> {
    const run = await getImportRunRow(whole, runId)
    const chosen = sql`
      from (${standingProblems(run)}) as p
      where (${rule ?? null}::text is null or p.code = ${rule ?? null})
        and (${level ?? null}::text is null or p.level = ${level ?? null})
        and (${activity ?? null}::text is null or strpos(lower(p.activity), lower(${activity ?? null})) > 0)
        and (${file ?? null}::text is null or p.file = ${file ?? null})
    `
    const { total } = await whole.one<{ total: number }>(sql`select count(*)::int as total ${chosen}`)
    const rows = await whole.many<StandingProblem>(sql`
      select p.run_id as "runId", p.seq, p.level, p.code, p.params, ${PLACE} as place
      ${chosen}
      order by p.run_id desc, p.seq
      limit ${limit} offset ${offset}
    `)
    return { rows, total }
  },
})
