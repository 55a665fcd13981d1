/** An import run: one reading of one file into one collection. */
import { type Db, sql } from '../../../database/db.ts'
import { Problem, type ProblemReport } from '../../../kernel/problems.ts'

export interface ImportRun {
  readonly id: string
  readonly collection: string
  readonly collectionId: string
  readonly fileName: string
  readonly fileDigest: string
  readonly fileBytes: number
  readonly format: string
  readonly mapping: unknown
  readonly state: 'staging' | 'applied' | 'undone' | 'cancelled' | 'failed'
  readonly rowsRead: number
  readonly rowsStaged: number
  /** Rows that made an initiative: as many as initiatives. Counted while rows are prepared, said once they are visible. */
  readonly created: number
  /** Rows that added to an initiative that was there, be it from an earlier row. */
  readonly changed: number
  readonly unchanged: number
  readonly rejected: number
  readonly warnings: number
  /** What became of every row of the file; set when the run is applied. */
  readonly reading: unknown
  readonly failure: { code: string; params: Record<string, string | number> } | null
  readonly startedAt: string
  readonly startedBy: string
  readonly finishedAt: string | null
  readonly undoneAt: string | null
}

export const RUN_COLUMNS = sql`
  r.id, c.key as collection, r.collection_id as "collectionId", r.file_name as "fileName", r.file_digest as "fileDigest",
  r.file_bytes as "fileBytes", r.format, r.mapping, r.state, r.rows_read as "rowsRead", r.rows_staged as "rowsStaged",
  case when r.state in ('applied', 'undone') then r.created_count else 0 end as created,
  case when r.state in ('applied', 'undone') then r.changed_count else 0 end as changed, r.unchanged_count as unchanged, r.rejected_count as rejected,
  r.warning_count as warnings, r.reading, r.failure, r.started_at as "startedAt", r.started_by as "startedBy", r.finished_at as "finishedAt",
  r.undone_at as "undoneAt"
`

export async function getImportRunRow(db: Db, id: string, options: { forChange?: boolean } = {}): Promise<ImportRun> {
  const run = await db.maybe<ImportRun>(sql`
    select ${RUN_COLUMNS}
    from import_runs as r
    join collections as c on c.id = r.collection_id
    where r.id = ${id}
    ${options.forChange ? sql`for update of r` : sql``}
  `)
  if (!run) throw new Problem('registry.run-missing', { run: id })
  return run
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
    sheet: string | null
    row: number | null
    column: string | null
  }>(sql`
    select seq, level, code, params, sheet, source_row as row, column_name as "column"
    from import_problems
    where run_id = ${runId}
    order by seq
    limit ${limit} offset ${offset}
  `)
  return rows.map(({ seq, level, code, params, sheet, row, column }) => ({
    seq,
    level,
    code,
    params,
    place: { ...(sheet === null ? {} : { sheet }), ...(row === null ? {} : { row }), ...(column === null ? {} : { column }) },
  }))
}
