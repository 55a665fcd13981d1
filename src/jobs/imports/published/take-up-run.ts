/** The request with which a run that was paused or left is read on: the same file into the same collection goes on where it was. */
import { join } from 'node:path'
import { Problem } from '../../../kernel/problems.ts'
import { getImportRun, type ImportRun } from '../../../modules/registry/index.ts'
import { type Actor, LOCAL_ADMINISTRATOR, type Operations, PROGRAM } from '../../../operations/index.ts'
import { createKeptFiles } from '../kept-files.ts'
import type { PublishedImportRequest } from './import-published-file.ts'

export interface LeftRun {
  readonly request: PublishedImportRequest
  /** Whoever started it; the program reads on in that name, since the right was asked for at the start. */
  readonly actor: Actor
}

type FolderOf = (actor: Pick<Actor, 'id' | 'kind'>) => string

/** Undefined when its file was never kept here: another start of the same import takes it up. */
export async function findLeftRun(operations: Operations, runId: string, folderOf: FolderOf): Promise<LeftRun | undefined> {
  const { run } = await operations.run(getImportRun, { id: runId, limit: 1 }, PROGRAM)
  const actor = starterOf(run)
  const path = await keptPathOf(run, folderOfStarter(run, folderOf))
  return path === undefined ? undefined : { request: requestFor(run, path), actor }
}

/**
 * Whoever may run the import may read it on, also from the file that somebody else brought for it.
 * Errors: Problems `registry.run-missing`, `imports.file-missing`.
 */
export async function requestOfRun(
  operations: Operations,
  runId: string,
  actor: Actor,
  folderOf: FolderOf,
): Promise<PublishedImportRequest> {
  const { run } = await operations.run(getImportRun, { id: runId, limit: 1 }, actor)
  const path = (await keptPathOf(run, folderOf(actor))) ?? (await keptPathOf(run, folderOfStarter(run, folderOf)))
  if (path === undefined) throw new Problem('imports.file-missing', { file: run.fileName })
  return requestFor(run, path)
}

function folderOfStarter({ startedBy }: ImportRun, folderOf: FolderOf): string {
  return folderOf(startedBy === LOCAL_ADMINISTRATOR.id ? LOCAL_ADMINISTRATOR : { id: startedBy, kind: 'user' })
}

function requestFor(run: ImportRun, path: string): PublishedImportRequest {
  return {
    path,
    fileName: run.fileName,
    portfolio: run.collection,
    series: run.series ?? run.fileName,
    ...(run.address === null ? {} : { address: run.address }),
  }
}

async function keptPathOf({ fileDigest }: ImportRun, folder: string): Promise<string | undefined> {
  return (await createKeptFiles(folder).has(fileDigest)) ? join(folder, fileDigest) : undefined
}

function starterOf({ startedBy }: ImportRun): Actor {
  return startedBy === LOCAL_ADMINISTRATOR.id ? LOCAL_ADMINISTRATOR : { id: startedBy, kind: 'job', name: startedBy }
}
