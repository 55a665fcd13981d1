/**
 * The tables of a package while they are being filled: each is written as CSV and as Parquet into a folder, row by row, so that one
 * reading of the data fills all of them and memory stays the same whatever their size.
 */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { writeParquet } from '../../../interop/parquet/index.ts'
import { type OutColumn, type OutRow, writeCsv } from '../../../interop/tables/index.ts'

export interface TableFile {
  /** Within the folder, and within the package. */
  readonly path: string
  readonly format: 'csv' | 'parquet'
}

export interface FilledTable {
  readonly name: string
  readonly rows: number
  readonly files: readonly TableFile[]
  /** Numbers that the columns of Parquet could not hold whole. */
  readonly shortened: number
}

export interface TableWriter {
  add(rows: readonly OutRow[]): Promise<void>
  end(): Promise<FilledTable>
  /** Gives up, so that nothing waits for further rows. */
  stop(): void
}

/** Batches of rows that wait between the reader and a writer. */
const WAITING_BATCHES = 2

export function openTable(folder: string, name: string, columns: readonly OutColumn[]): TableWriter {
  // Programs read these files: column names are the keys, and no text is changed for a spreadsheet.
  const named = columns.map((column) => ({ ...column, header: column.key }))
  const files: TableFile[] = [
    { path: `${name}.csv`, format: 'csv' },
    { path: `${name}.parquet`, format: 'parquet' },
  ]
  const csvRows = new PassThrough({ objectMode: true, highWaterMark: WAITING_BATCHES })
  const parquetRows = new PassThrough({ objectMode: true, highWaterMark: WAITING_BATCHES })
  const csv = writeCsv(rowByRow(csvRows), named, createWriteStream(join(folder, `${name}.csv`)), { machine: true })
  const parquet = writeParquet(rowByRow(parquetRows), named, createWriteStream(join(folder, `${name}.parquet`)))
  const failed = new Promise<never>((_resolve, reject) => {
    csv.catch(reject)
    parquet.catch(reject)
  })
  // Whoever adds or ends hears of it; a failure before that must not end the program.
  failed.catch(() => undefined)
  let rows = 0
  return {
    async add(added) {
      if (added.length === 0) return
      rows += added.length
      for (const stream of [csvRows, parquetRows]) if (!stream.write(added)) await Promise.race([once(stream, 'drain'), failed])
    },
    async end() {
      csvRows.end()
      parquetRows.end()
      const [{ shortened }] = await Promise.race([Promise.all([parquet, csv]), failed])
      return { name, rows, files, shortened }
    },
    stop() {
      csvRows.destroy()
      parquetRows.destroy()
    },
  }
}

async function* rowByRow(batches: AsyncIterable<readonly OutRow[]>): AsyncGenerator<OutRow> {
  for await (const batch of batches) for (const row of batch) yield row
}
