/** Any file that people have: a published file of activities or a table, recognised by what is in it. */
import { stat } from 'node:fs/promises'
import { isPublishedFile } from '../../interop/iati/index.ts'
import type { Actor, Operations } from '../../operations/index.ts'
import { type ImportReport, type ImportRequest, importTableFile } from './import-table-file.ts'
import {
  importPublishedFile,
  type PublishedImportReport,
  type PublishedImportRequest,
} from './published/import-published-file.ts'

export const IMPORT_KINDS = ['iati', 'table'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

export interface FileImportRequest extends ImportRequest, PublishedImportRequest {
  /** What the file is, where somebody has said it. */
  readonly as?: ImportKind
}

/** Errors: Problems of the readers (`iati.*`, `tables.*`) and of the registry; then nothing of the file was stored. */
export async function importFile(
  operations: Operations,
  actor: Actor,
  request: FileImportRequest,
): Promise<ImportReport | PublishedImportReport> {
  const kind = request.as ?? (await kindOfFile(request.path))
  return kind === 'iati' ? importPublishedFile(operations, actor, request) : importTableFile(operations, actor, request)
}

/** A folder holds published files; of a file the content decides. */
export async function kindOfFile(path: string): Promise<ImportKind> {
  if ((await stat(path)).isDirectory()) return 'iati'
  return (await isPublishedFile(path)) ? 'iati' : 'table'
}
