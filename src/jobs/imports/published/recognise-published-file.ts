/** The first look at a published file: what it is, in which version, and who publishes it. Reads as far as the first activity. */
import { firstElement, openPublishedFiles, parseElement, textOf } from '../../../interop/iati/index.ts'

export interface RecognisedPublication {
  /** Name of the first file, within an archive too. */
  readonly fileName: string
  readonly root: 'iati-activities' | 'iati-organisations'
  /** As the file states it. */
  readonly version: string | undefined
  readonly publisherRef: string | undefined
  readonly publisherName: string | undefined
}

/** Undefined for a file without a single activity. Errors: Problems of the reader (`iati.*`). */
export async function recognisePublishedFile(path: string, fileName: string): Promise<RecognisedPublication | undefined> {
  for await (const file of openPublishedFiles({ path, fileName }, {})) {
    for await (const piece of file.pieces()) {
      if (piece.kind === 'too-large') continue
      const reporting = firstElement(parseElement(Buffer.from(piece.bytes).toString('utf8'), piece.line), 'reporting-org')
      const narrative = reporting && firstElement(reporting, 'narrative')
      return {
        fileName: file.fileName,
        root: piece.context.root,
        version: piece.context.version,
        publisherRef: reporting?.attributes.ref?.trim() || undefined,
        publisherName: textOf(narrative ?? reporting),
      }
    }
  }
  return undefined
}
