/** Any file that people have: a published file of activities, a table, or a package of another instance, recognised by what is in it. */
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { isMistakenForPublished, isPublishedFile } from '../../interop/iati/index.ts'
import { isReleasePackage } from '../../interop/releases/index.ts'
import type { Actor, Operations } from '../../operations/index.ts'
import { importRelease } from '../releases/import-release.ts'
import { type ImportReport, type ImportRequest, importTableFile } from './import-table-file.ts'
import {
  importPublishedFile,
  type PublishedImportReport,
  type PublishedImportRequest,
} from './published/import-published-file.ts'

export const IMPORT_KINDS = ['iati', 'table', 'release'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

export interface FileImportRequest extends ImportRequest, PublishedImportRequest {
  /** What the file is, where somebody has said it. */
  readonly as?: ImportKind
  /** Of a package: fingerprint of its key, as a person has compared it. */
  readonly trust?: string
}

/** Errors: Problems of the readers (`iati.*`, `tables.*`, `releases.*`) and of the registry; then nothing of the file was stored. */
export async function importFile(
  operations: Operations,
  actor: Actor,
  request: FileImportRequest,
): Promise<ImportReport | PublishedImportReport> {
  const kind = request.as ?? (await kindOfFile(request.path, request.fileName))
  if (kind === 'release') return importRelease(operations, actor, request)
  return kind === 'iati' ? importPublishedFile(operations, actor, request) : importTableFile(operations, actor, request)
}

/** A folder holds published files; of a file the content decides. The answer of a server under the name of a file is no table. */
export async function kindOfFile(path: string, fileName = basename(path)): Promise<ImportKind> {
  if ((await stat(path)).isDirectory()) return 'iati'
  if (await isReleasePackage(path)) return 'release'
  return (await isPublishedFile(path)) || (await isMistakenForPublished(path, fileName)) ? 'iati' : 'table'
}
