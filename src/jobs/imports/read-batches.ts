/** Reads the sheets of a file through their mappings and hands the rows on in batches: one reading for a check and for an import. */
import { readListedRows, type TableFile, type TableMapping } from '../../interop/tables/index.ts'
import type { ProblemReport } from '../../kernel/problems.ts'
import { createRowNamer, type ImportedRow } from '../../modules/registry/index.ts'
import { factsOfRow } from './facts-of-row.ts'
import { createNameJudge } from './row-names.ts'

/** Rows prepared in one transaction: large enough for speed, small enough that a page sees the progress. */
const BATCH_ROWS = 1_000

export interface RowBatch {
  readonly rows: ImportedRow[]
  readonly problems: ProblemReport[]
  readonly rowsRead: number
  readonly rejected: number
}

export interface ReadBatchesOptions {
  /** Language of the texts. */
  readonly language?: string
  /** Language of the person who reads the messages: names of areas in them follow it; by default that of the file. */
  readonly readerLanguage?: string
  readonly signal?: AbortSignal
  /** Stops after so many rows of data. */
  readonly rowLimit?: number
}

/** What became of every row of a sheet; the counts add up. */
export interface SheetReading {
  readonly sheet: string
  readonly rowsRead: number
  readonly accepted: number
  readonly rejected: number
  readonly blankRows: number
  readonly headerRows: readonly number[]
  readonly titleRows: readonly { readonly row: number; readonly text: string }[]
  readonly totalsRows: readonly { readonly row: number; readonly text: string }[]
  readonly noteRows: readonly { readonly row: number; readonly text: string }[]
}

export interface Reading {
  readonly sheets: SheetReading[]
  /** False when the row limit ended the reading. */
  readonly complete: boolean
  /** Records and lines of the text up to the last row read: cells with line breaks make lines outnumber records. */
  readonly lastRow: number
  readonly lastLine: number
}

export async function readInBatches(
  file: TableFile,
  mappings: readonly TableMapping[],
  options: ReadBatchesOptions,
  take: (batch: RowBatch) => Promise<void>,
): Promise<Reading> {
  const name = createRowNamer()
  const judge = createNameJudge(file, mappings, options.signal)
  const sheets: SheetReading[] = []
  const limit = options.rowLimit ?? Number.POSITIVE_INFINITY
  let complete = true
  let seq = 0
  let total = 0
  let last = { row: 1, line: 1 }
  let batch = { rows: [] as ImportedRow[], problems: [...file.problems], rowsRead: 0, rejected: 0 }
  for (const mapping of mappings) {
    const rows = readListedRows(file, mapping, options.readerLanguage === undefined ? {} : { language: options.readerLanguage })
    let repeated = 0
    for await (const result of rows) {
      options.signal?.throwIfAborted()
      if (total >= limit) {
        complete = false
        break
      }
      total += 1
      last = { row: result.row, line: result.line ?? result.row }
      batch.rowsRead += 1
      batch.problems.push(...result.problems)
      const judgement = result.status === 'rejected' ? undefined : await judge(result, mapping)
      batch.problems.push(...(judgement?.problems ?? []))
      if (!judgement || judgement.isRepeated) batch.rejected += 1
      else {
        const facts = factsOfRow(result.values, result.row, options.language)
        const sheet = mapping.sheet === '' ? {} : { sheet: mapping.sheet }
        batch.rows.push(name({ seq, ...facts, ...sheet, identifier: judgement.identifier }))
        seq += 1
      }
      if (judgement?.isRepeated) repeated += 1
      if (batch.rowsRead >= BATCH_ROWS) {
        await take(batch)
        batch = { rows: [], problems: [], rowsRead: 0, rejected: 0 }
      }
    }
    const { problems, accepted, rejected, ...counts } = rows.summary
    batch.problems.push(...problems)
    sheets.push({ sheet: mapping.sheet, ...counts, accepted: accepted - repeated, rejected: rejected + repeated })
  }
  await take(batch)
  return { sheets, complete, lastRow: last.row, lastLine: last.line }
}
