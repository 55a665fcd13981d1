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

type OfRun = Pick<ImportRun, 'id' | 'collectionId' | 'series' | 'state' | 'unchanged' | 'organisations'>

/** Rows of `import_problems`, to stand in brackets as a table `p`. Needs a connection that sees every row. */
export function standingProblems({ id, collectionId, series, state, unchanged, organisations }: OfRun): Sql {
  const own = sql`select ${COLUMNS} from import_problems as p where p.run_id = ${id}`
  const passedOver = unchanged + (organisations?.unchanged ?? 0)
  if (state !== 'applied' || passedOver === 0 || series === null) return own
  return sql`
    ${own}
    union all
    select ${COLUMNS}
    from (
      (
        select distinct on (initiative_id) run_id, identifier, withdrawn_by
        from initiative_sources
        where collection_id = ${collectionId} and series = ${series} and run_id <= ${id}
        order by initiative_id, run_id desc
      )
      union all
      (
        select distinct on (identifier) run_id, identifier, withdrawn_by
        from organisation_publications
        where collection_id = ${collectionId} and series = ${series} and run_id <= ${id}
        order by identifier, run_id desc
      )
    ) as s
    join import_problems as p on p.run_id = s.run_id and p.activity = s.identifier
    where s.run_id < ${id}
      and (s.withdrawn_by is null or s.withdrawn_by > ${id})
      and not exists (select 1 from import_problems as q where q.run_id = ${id} and q.activity = s.identifier)
  `
}

interface RuleOfRun {
  readonly runId: string
  readonly code: string
  readonly level: RuleCount['level']
  readonly count: number
  readonly firstSeq: number
}

/** What must be repaired first, then what occurs most. The example is of the newest run that found it. */
export async function countRules(whole: Db, run: OfRun): Promise<RuleCount[]> {
  const found = await whole.many<RuleOfRun>(sql`
    select p.run_id as "runId", p.level, p.code, count(*)::int as count, min(p.seq) as "firstSeq"
    from (${standingProblems(run)}) as p
    group by p.run_id, p.level, p.code
    order by p.run_id desc
  `)
  const byRule = new Map<string, RuleOfRun>()
  for (const one of found) {
    const key = `${one.level} ${one.code}`
    const known = byRule.get(key)
    byRule.set(key, known ? { ...known, count: known.count + one.count } : one)
  }
  const rules = [...byRule.values()]
  const examples = await whole.many<ProblemReport & { runId: string; seq: number }>(sql`
    select p.run_id as "runId", p.seq, p.code, p.level, p.params, ${PLACE} as place
    from unnest(${rules.map(({ runId }) => runId)}::text[], ${rules.map(({ firstSeq }) => firstSeq)}::int[]) as wanted(run_id, seq)
    join import_problems as p on p.run_id = wanted.run_id and p.seq = wanted.seq
  `)
  const exampleOf = new Map(examples.map(({ runId, seq, ...example }) => [`${runId} ${seq}`, example]))
  return rules
    .flatMap(({ runId, code, level, count, firstSeq }) => {
      const example = exampleOf.get(`${runId} ${firstSeq}`)
      return example ? [{ code, level, count, example }] : []
    })
    .sort((a, b) => Number(b.level === 'error') - Number(a.level === 'error') || b.count - a.count || (a.code < b.code ? -1 : 1))
}
