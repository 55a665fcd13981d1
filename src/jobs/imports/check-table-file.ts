/**
 * Reads a file as an import would and writes nothing: what each row would do, the problems by kind, the first rows as they would be
 * stored. The first rows are read in full; what comes after them is only counted, so that the answer comes within moments.
 */
import type { TableFile, TableMapping } from '../../interop/tables/index.ts'
import { type ImportedRow, planImportRows } from '../../modules/registry/index.ts'
import type { Actor, Operations } from '../../operations/index.ts'
import { type ImportRequest, openForReading, proposedMappings } from './import-table-file.ts'
import { type ProblemKindCount, type ProblemTally, tallyProblems } from './problem-kinds.ts'
import { readInBatches, type SheetReading } from './read-batches.ts'

/** Rows read in full by a check. */
export const CHECKED_ROWS = 2_000
/** Rows shown as they would be stored. */
const SHOWN_ROWS = 5
/** Time for counting the rows after the checked ones. */
const COUNTING_MS = 1_500

export interface TableCheck {
  /** Rows of data that were read in full. */
  readonly checkedRows: number
  /** Whether these are all rows of the file. */
  readonly complete: boolean
  /** Rows of data in the file: exact when complete, else a count that takes notes and totals for rows; undefined when it took too long. */
  readonly totalRows: number | undefined
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  readonly rejected: number
  readonly kinds: readonly ProblemKindCount[]
  readonly firstRows: readonly ImportedRow[]
  readonly sheets: readonly SheetReading[]
}

export async function checkTableFile(operations: Operations, actor: Actor, request: ImportRequest): Promise<TableCheck> {
  const file = await openForReading(request)
  try {
    const mappings = request.mappings ?? (await proposedMappings(file))
    const sum = { created: 0, changed: 0, unchanged: 0, rejected: 0, checkedRows: 0 }
    const tally: ProblemTally = new Map()
    const firstRows: ImportedRow[] = []
    const { sheets, complete } = await readInBatches(file, mappings, { ...request, rowLimit: CHECKED_ROWS }, async (batch) => {
      const planned = await operations.run(planImportRows, { collection: request.portfolio, rows: [...batch.rows] }, actor)
      sum.created += planned.created
      sum.changed += planned.changed
      sum.unchanged += planned.unchanged
      sum.rejected += batch.rejected
      sum.checkedRows += batch.rowsRead
      tallyProblems(tally, batch.problems)
      firstRows.push(...batch.rows.slice(0, SHOWN_ROWS - firstRows.length))
    })
    const totalRows = complete ? sum.checkedRows : await countRows(file, mappings)
    return { ...sum, complete, totalRows, kinds: [...tally.values()], firstRows, sheets }
  } finally {
    await file.close()
  }
}

async function countRows(file: TableFile, mappings: readonly TableMapping[]): Promise<number | undefined> {
  const until = performance.now() + COUNTING_MS
  let count = 0
  for (const mapping of mappings) {
    const sheet = file.sheets.find((one) => one.name === mapping.sheet) ?? file.sheets[0]
    if (!sheet) continue
    for await (const row of sheet.rows()) {
      if (row.row < mapping.firstDataRow) continue
      if (row.cells.some((cell) => cell !== null && cell !== '')) count += 1
      if (count % 1_000 === 0 && performance.now() > until) return undefined
    }
  }
  return count
}
