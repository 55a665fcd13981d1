/**
 * What holds of a file after a run: what the run found itself, and what earlier runs found about activities that it passed over
 * because nothing in them had changed.
 */
import { type Db, type Sql, sql } from '../../../../database/db.ts'
import type { ProblemReport } from '../../../../kernel/problems.ts'
import type { ImportRun } from '../import-run.ts'

/** A rule that something broke, how often, with the first case. */
export interface RuleCount {
  readonly code: string
  readonly level: 'error' | 'warning'
  readonly count: number
  readonly example: ProblemReport
}

const COLUMNS = sql`p.run_id, p.seq, p.level, p.code, p.params, p.sheet, p.source_row, p.column_name, p.file, p.line, p.activity, p.element`

/** Place within the file as a person reads it. */
export const PLACE = sql`jsonb_strip_nulls(jsonb_build_object('sheet', p.sheet, 'row', p.source_row, 'column', p.column_name,
  'file', p.file, 'line', p.line, 'activity', p.activity, 'element', p.element))`

type OfRun = Pick<ImportRun, 'id' | 'collectionId' | 'series' | 'state' | 'unchanged'>

/** Rows of `import_problems`, to stand in brackets as a table `p`. Needs a connection that sees every row. */
export function standingProblems({ id, collectionId, series, state, unchanged }: OfRun): Sql {
  const own = sql`select ${COLUMNS} from import_problems as p where p.run_id = ${id}`
  if (state !== 'applied' || unchanged === 0 || series === null) return own
  return sql`
    ${own}
    union all
    select ${COLUMNS}
    from (
      select distinct on (initiative_id) run_id, identifier, withdrawn_by
      from initiative_sources
      where collection_id = ${collectionId} and series = ${series} and run_id <= ${id}
      order by initiative_id, run_id desc
    ) as s
    join import_problems as p on p.run_id = s.run_id and p.activity = s.identifier
    where s.run_id < ${id}
      and (s.withdrawn_by is null or s.withdrawn_by > ${id})
      and not exists (select 1 from import_problems as q where q.run_id = ${id} and q.activity = s.identifier)
  `
}

/** What must be repaired first, then what occurs most. */
export async function countRules(whole: Db, run: OfRun): Promise<RuleCount[]> {
  return whole.many<RuleCount>(sql`
    select p.code, p.level, p.count,
           jsonb_build_object('code', p.code, 'level', p.level, 'params', p.params, 'place', ${PLACE}) as example
    from (
      select p.*, count(*) over rule::int as count, row_number() over (rule order by p.run_id desc, p.seq) as place_in_rule
      from (${standingProblems(run)}) as p
      window rule as (partition by p.level, p.code)
    ) as p
    where p.place_in_rule = 1
    order by p.level, p.count desc, p.code
  `)
}
