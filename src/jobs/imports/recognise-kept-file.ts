/** What a received file holds and how its columns are proposed to be read: the first look, before a person decides. */
import {
  openTableFile,
  type RecogniseOptions,
  recogniseFile,
  recogniseSheet,
  type SheetRecognition,
  sampleSheet,
  type TableFile,
  type TableMapping,
} from '../../interop/tables/index.ts'
import type { ProblemReport } from '../../kernel/problems.ts'

export interface RecognisedFile {
  readonly fileName: string
  readonly format: TableFile['format']
  readonly sizeBytes: number
  /** Of text files. */
  readonly encoding: string | undefined
  readonly delimiter: string | undefined
  readonly problems: readonly ProblemReport[]
  readonly sheets: readonly SheetRecognition[]
  /** Names of the sheets proposed for reading. */
  readonly proposed: readonly string[]
}

export interface RecogniseRequest {
  readonly path: string
  readonly fileName: string
  /** Encoding and separator chosen by a person. */
  readonly encoding?: string | undefined
  readonly delimiter?: string | undefined
  /** Rows marked as the heading, by the name of the sheet. */
  readonly headerRows?: ReadonlyMap<string, readonly number[]>
  /** A saved mapping for the whole file: one entry a sheet. */
  readonly saved?: readonly TableMapping[]
}

/** Throws a Problem (`tables.*`) when the file cannot be read as a table. */
export async function recogniseKeptFile(request: RecogniseRequest): Promise<RecognisedFile> {
  const { encoding, delimiter, saved = [], headerRows = new Map() } = request
  const file = await openTableFile(request.path, {
    fileName: request.fileName,
    ...(encoding ? { encoding } : {}),
    ...(delimiter ? { delimiter } : {}),
  })
  try {
    const first = await recogniseFile(file, saved[0])
    const sheets: SheetRecognition[] = []
    for (const sheet of first.sheets) {
      const rows = headerRows.get(sheet.sheet)
      const own = saved.find((mapping) => mapping.sheet === sheet.sheet)
      const source = file.sheets.find((one) => one.name === sheet.sheet)
      if (source === undefined || (rows === undefined && (own === undefined || own === saved[0]))) sheets.push(sheet)
      else {
        const chosen = own ?? saved[0]
        const options: RecogniseOptions = { ...(chosen ? { saved: chosen } : {}), ...(rows ? { headerRows: rows } : {}) }
        sheets.push(recogniseSheet(await sampleSheet(source), options))
      }
    }
    return {
      fileName: file.fileName,
      format: file.format,
      sizeBytes: file.sizeBytes,
      encoding: file.encoding,
      delimiter: file.delimiter,
      problems: file.problems,
      sheets,
      proposed: first.proposed,
    }
  } finally {
    await file.close()
  }
}
