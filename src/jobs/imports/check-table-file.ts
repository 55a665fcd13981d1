/**
 * Reads a file as an import would and writes nothing: what each row would do, what would change, the problems by kind, the first rows as they would be
 * stored. The first rows are read in full; what comes after them is only counted, so that the answer comes within moments.
 */
import { createReadStream } from 'node:fs'
import type { TableFile, TableMapping } from '../../interop/tables/index.ts'
import { type ImportedRow, type PlanMemory, planImportRows } from '../../modules/registry/index.ts'
import type { Actor, Operations } from '../../operations/index.ts'
import { type ImportRequest, openForReading, proposedMappings } from './import-table-file.ts'
import { type ChangesTally, type ShownChange, tallyChanges } from './planned-changes.ts'
import { type ProblemKindCount, type ProblemTally, talliedKinds, tallyProblems } from './problem-kinds.ts'
import { type Reading, readInBatches, type SheetReading } from './read-batches.ts'

/** Rows read in full by a check. */
export const CHECKED_ROWS = 2_000
/** Rows shown as they would be stored. */
const SHOWN_ROWS = 5
/** Time for counting the rows after the checked ones. */
const COUNTING_MS = 1_000

export interface TableCheck {
  /** Rows of data that were read in full. */
  readonly checkedRows: number
  /** Whether these are all rows of the file. */
  readonly complete: boolean
  /** Rows of data in the file: exact when complete, else about as many; undefined when counting would take too long. */
  readonly totalRows: number | undefined
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  readonly rejected: number
  /** The first rows that would change records, as these are and as they would be. */
  readonly changes: readonly ShownChange[]
  /** Records that would change; several rows may be about one. */
  readonly changedRecords: number
  /** Changes that look like another initiative under the same identifier. */
  readonly replaced: number
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
    const changes: ChangesTally = { first: [], total: 0, replaced: 0 }
    const firstRows: ImportedRow[] = []
    const memory: PlanMemory = new Map()
    const reading = await readInBatches(file, mappings, { ...request, rowLimit: CHECKED_ROWS }, async (batch) => {
      const input = { collection: request.portfolio, rows: [...batch.rows], memory }
      const planned = await operations.run(planImportRows, input, actor)
      sum.created += planned.created
      sum.changed += planned.changed
      sum.unchanged += planned.unchanged
      sum.rejected += batch.rejected
      sum.checkedRows += batch.rowsRead
      tallyChanges(changes, planned.changes, batch.rows)
      tallyProblems(tally, [...batch.problems, ...planned.problems])
      firstRows.push(...batch.rows.slice(0, SHOWN_ROWS - firstRows.length))
    })
    const { sheets, complete } = reading
    const totalRows = complete ? sum.checkedRows : await estimateRows(file, mappings, reading)
    return {
      ...sum,
      complete,
      totalRows,
      changes: changes.first,
      changedRecords: changes.total,
      replaced: changes.replaced,
      kinds: talliedKinds(tally),
      firstRows,
      sheets,
    }
  } finally {
    await file.close()
  }
}

async function estimateRows(
  file: TableFile,
  mappings: readonly TableMapping[],
  { lastRow, lastLine }: Reading,
): Promise<number | undefined> {
  const isPlainText = (file.format === 'csv' || file.format === 'jsonl') && !/\.gz$/i.test(file.fileName)
  if (!isPlainText) return countRows(file, mappings)
  const lines = await countLines(file.path)
  return Math.max(0, Math.round((lines * lastRow) / lastLine) - (mappings[0]?.firstDataRow ?? 1) + 1)
}

const LINE_FEED = 10

/** Many times faster than taking the lines apart. */
async function countLines(path: string): Promise<number> {
  let count = 0
  let end = LINE_FEED
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const bytes = chunk as Buffer
    for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) count += 1
    end = bytes.at(-1) ?? end
  }
  return end === LINE_FEED ? count : count + 1
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
