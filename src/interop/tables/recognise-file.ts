/** Recognises every sheet of a file and proposes which ones hold the table: cover, guidance and code sheets do not. */
import type { TableMapping } from './mapping.ts'
import { recogniseSheet, type SheetRecognition, sampleSheet } from './recognise-sheet.ts'
import type { TableFile } from './table-file.ts'

export interface FileRecognition {
  readonly sheets: readonly SheetRecognition[]
  /** Names of the sheets proposed for reading, in the order of the file. */
  readonly proposed: readonly string[]
}

/** A sheet with fewer recognised columns than this share of the best one is not a second part of the same table. */
const SHARE_OF_BEST = 0.6

export async function recogniseFile(file: TableFile, saved?: TableMapping): Promise<FileRecognition> {
  const sheets: SheetRecognition[] = []
  for (const sheet of file.sheets) sheets.push(recogniseSheet(await sampleSheet(sheet), saved ? { saved } : {}))
  const points = (sheet: SheetRecognition) =>
    sheet.columns.filter((column) => column.field !== undefined && column.field !== 'kept').length
  const visible = sheets.filter((sheet) => !sheet.hidden && sheet.columns.length > 0)
  const best = Math.max(0, ...visible.map(points))
  const proposed = visible.filter((sheet) => points(sheet) >= Math.max(1, best * SHARE_OF_BEST)).map((sheet) => sheet.sheet)
  return { sheets, proposed: proposed.length > 0 ? proposed : visible.slice(0, 1).map((sheet) => sheet.sheet) }
}
