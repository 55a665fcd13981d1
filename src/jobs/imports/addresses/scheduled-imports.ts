/**
 * Fetches the files that are due, one after the other, and has each imported in the name of whoever scheduled it. Other processes take
 * other ones; one whose process died is taken up again.
 */
import { newId } from '../../../kernel/ids.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type DueSchedule, holdSchedule, noteScheduleOutcome, takeDueSchedule } from '../../../modules/registry/index.ts'
import { type Actor, type Operations, PROGRAM } from '../../../operations/index.ts'
import type { FileImportRequest } from '../import-file.ts'
import type { ImportReport } from '../import-table-file.ts'
import { type FetchSettings, fetchPublishedFile, removeLeftFiles } from './fetch-published-file.ts'

export interface ScheduledImportsOptions {
  readonly operations: Operations
  readonly fetching: FetchSettings
  /** Brings the file in, whatever it is, and gives what came of it. */
  importFile(request: FileImportRequest, actor: Actor): Promise<Pick<ImportReport, 'runId'>>
  /** Of the signs of life; for tests. */
  readonly signEveryMs?: number
}

export interface ScheduledImports {
  /** Fetches all that are due; gives how many there were. */
  look(): Promise<number>
  /** Leaves what is being fetched; it is taken up again a few minutes later, here or by another process. */
  stop(): void
}

type Outcome = Parameters<typeof noteScheduleOutcome.run>[1]['outcome']

const SIGN_EVERY_MS = 60_000

/** A look that has so many to fetch leaves the rest to the next: other regular work is not to wait for hours. */
const MOST_IN_ONE_LOOK = 50

export function createScheduledImports(options: ScheduledImportsOptions): ScheduledImports {
  const stopped = new AbortController()
  return {
    stop: () => stopped.abort(),
    async look() {
      await removeLeftFiles(options.fetching.folder)
      for (let count = 0; count < MOST_IN_ONE_LOOK; count += 1) {
        const holder = newId()
        const due = await options.operations.run(takeDueSchedule, { holder }, PROGRAM)
        if (due === null || stopped.signal.aborted) return count
        const outcome = await performHeld(options, due, holder, stopped.signal)
        if (outcome) await options.operations.run(noteScheduleOutcome, { id: due.id, holder, outcome }, PROGRAM)
      }
      return MOST_IN_ONE_LOOK
    },
  }
}

/** Nothing when it was taken over or removed meanwhile: then its outcome is not ours to note. */
async function performHeld(
  options: ScheduledImportsOptions,
  due: DueSchedule,
  holder: string,
  stopped: AbortSignal,
): Promise<Outcome | undefined> {
  const lost = new AbortController()
  const sign = () => options.operations.run(holdSchedule, { id: due.id, holder }, PROGRAM).catch((error) => lost.abort(error))
  const timer = setInterval(sign, options.signEveryMs ?? SIGN_EVERY_MS)
  timer.unref()
  const signal = AbortSignal.any([lost.signal, stopped])
  try {
    return await perform(options, due, signal)
  } catch (error) {
    return signal.aborted ? undefined : { kind: 'failed', failure: failureOf(error) }
  } finally {
    clearInterval(timer)
  }
}

async function perform(
  { fetching, importFile }: ScheduledImportsOptions,
  due: DueSchedule,
  signal: AbortSignal,
): Promise<Outcome> {
  const { address, etag, lastModified, actor, collection, format, fileDigest } = due
  if (actor === null) throw new Problem('schedules.owner-gone')
  const file = await fetchPublishedFile(address, fetching, { etag, lastModified, signal })
  if (file.kind === 'unchanged') return { kind: 'unchanged' }
  try {
    // For servers that do not say whether a file has changed.
    if (file.sha256 === fileDigest) return { kind: 'unchanged' }
    const request = { path: file.path, fileName: file.fileName, portfolio: collection, address, signal }
    const { runId } = await importFile({ ...request, ...(format === null ? {} : { as: format }) }, actor)
    if (runId === null) throw new Error('An import from an address makes a run.')
    return { kind: 'imported', runId, etag: file.etag, lastModified: file.lastModified, fileDigest: file.sha256 }
  } finally {
    await file.discard()
  }
}

function failureOf(error: unknown): { code: string; params: Record<string, string | number> } {
  if (error instanceof Problem) return { code: error.code, params: error.params }
  return { code: 'registry.run-interrupted', params: {} }
}
