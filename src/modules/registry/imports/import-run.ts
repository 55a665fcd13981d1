/** An import run: one reading of one file into one collection. */
import { type Db, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { OrganisationCounts } from '../publications/organisation-counts.ts'

export interface ImportRun {
  readonly id: string
  readonly collection: string
  readonly collectionId: string
  readonly fileName: string
  readonly fileDigest: string
  readonly fileBytes: number
  readonly format: string
  readonly mapping: unknown
  /** Paused: halted by a person. Clearing: ended without success, and what it wrote is being taken away. */
  readonly state: 'staging' | 'paused' | 'clearing' | 'applied' | 'undone' | 'cancelled' | 'failed'
  readonly rowsRead: number
  readonly rowsStaged: number
  /** Rows that made an initiative: as many as initiatives. Counted while rows are prepared, said once they are visible. */
  readonly created: number
  /** Rows that added to an initiative that was there, be it from an earlier row. */
  readonly changed: number
  readonly unchanged: number
  readonly rejected: number
  readonly warnings: number
  /** Read from a published file: what it creates is written at once and hidden until the run is applied. */
  readonly isPublished: boolean
  /** What later files are the next edition of: name of the file or its address. */
  readonly series: string | null
  readonly address: string | null
  /** Bytes read so far, unpacked. */
  readonly bytesRead: number
  /** Initiatives that an earlier file of the series had and this one has no longer. */
  readonly withdrawn: number
  /** Fields that wait for a decision between the record and the file. */
  readonly conflicts: number
  /** Organisations that the file describes; null when it describes none. */
  readonly organisations: OrganisationCounts | null
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
  r.warning_count as warnings, r.holder is not null as "isPublished", r.series, r.address, r.bytes_read as "bytesRead",
  r.withdrawn_count as withdrawn, r.conflict_count as conflicts, r.organisation_counts as organisations,
  r.reading, r.failure, r.started_at as "startedAt", r.started_by as "startedBy", r.finished_at as "finishedAt",
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
