/**
 * The tables of a package while they are being filled: each is written as CSV and as Parquet into a folder, row by row, so that one
 * reading of the data fills all of them and memory stays the same whatever their size.
 */
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { openParquet } from '../../../interop/parquet/index.ts'
import { type OutColumn, type OutRow, openCsv } from '../../../interop/tables/index.ts'

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
  /** Waits until both files have room for more. */
  add(rows: readonly OutRow[]): Promise<void>
  end(): Promise<FilledTable>
  /** Gives up: closes what is open. */
  stop(): void
}

export function openTable(folder: string, name: string, columns: readonly OutColumn[]): TableWriter {
  // Programs read these files: column names are the keys, and no text is changed for a spreadsheet.
  const named = columns.map((column) => ({ ...column, header: column.key }))
  const files: TableFile[] = [
    { path: `${name}.csv`, format: 'csv' },
    { path: `${name}.parquet`, format: 'parquet' },
  ]
  const csvOut = createWriteStream(join(folder, `${name}.csv`))
  const parquetOut = createWriteStream(join(folder, `${name}.parquet`))
  const csv = openCsv(named, csvOut, { machine: true })
  const parquet = openParquet(named, parquetOut)
  let rows = 0
  return {
    async add(added) {
      if (added.length === 0) return
      rows += added.length
      await csv.add(added)
      await parquet.add(added)
    },
    async end() {
      await csv.end()
      const { shortened } = await parquet.end()
      return { name, rows, files, shortened }
    },
    stop() {
      csvOut.destroy()
      parquetOut.destroy()
    },
  }
}
