/** What a run found wrong, kept with the run: written batch by batch, read page by page. */
import { type Db, sql } from '../../../database/db.ts'
import type { ProblemReport } from '../../../kernel/problems.ts'
import { keepableJson } from '../../../kernel/whole-characters.ts'

export async function insertProblems(db: Db, runId: string, problems: readonly ProblemReport[]): Promise<void> {
  if (problems.length === 0) return
  const { next } = await db.one<{ next: number }>(
    sql`select coalesce(max(seq), -1) + 1 as next from import_problems where run_id = ${runId}`,
  )
  const placed = <T>(of: (place: NonNullable<ProblemReport['place']>) => T | undefined) =>
    problems.map(({ place }) => (place && of(place)) ?? null)
  await db.run(sql`
    insert into import_problems (run_id, seq, level, code, params, sheet, source_row, column_name, file, line, activity, element)
    select ${runId}, p.seq, p.level, p.code, p.params, p.sheet, p.source_row, p.column_name, p.file, p.line, p.activity, p.element
    from unnest(${problems.map((_problem, index) => next + index)}::int[], ${problems.map((problem) => problem.level ?? 'error')}::text[],
                ${problems.map((problem) => problem.code)}::text[], ${problems.map((problem) => keepableJson(problem.params))}::jsonb[],
                ${placed((place) => place.sheet)}::text[], ${placed((place) => place.row)}::int[],
                ${placed((place) => place.column)}::text[], ${placed((place) => place.file)}::text[],
                ${placed((place) => place.line)}::int[], ${placed((place) => place.activity)}::text[],
                ${placed((place) => place.element)}::text[])
      as p(seq, level, code, params, sheet, source_row, column_name, file, line, activity, element)
  `)
}

export async function listImportProblems(
  db: Db,
  runId: string,
  limit: number,
  offset = 0,
): Promise<(ProblemReport & { seq: number })[]> {
  const rows = await db.many<{
    seq: number
    level: 'error' | 'warning'
    code: string
    params: Record<string, string | number>
    place: NonNullable<ProblemReport['place']>
  }>(sql`
    select seq, level, code, params,
           jsonb_strip_nulls(jsonb_build_object('sheet', sheet, 'row', source_row, 'column', column_name, 'file', file, 'line', line,
                                                'activity', activity, 'element', element)) as place
    from import_problems
    where run_id = ${runId}
    order by seq
    limit ${limit} offset ${offset}
  `)
  return rows
}
