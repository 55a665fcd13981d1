/**
 * Imports that run while pages are served: one run each, with progress in the database and a switch to cancel. A restart ends the
 * reading of a table; nothing of it is then visible, and it can be repeated. A published file is read on where it was left.
 */
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Problem } from '../../kernel/problems.ts'
import { type ImportRun, listUnfinishedRuns, stopImportRun } from '../../modules/registry/index.ts'
import { type Actor, type Operations, PROGRAM } from '../../operations/index.ts'
import { type FileImportRequest, importFile } from './import-file.ts'
import type { ImportReport } from './import-table-file.ts'
import { createKeptFiles, type KeptFiles } from './kept-files.ts'
import { createFileChecks, type FileChecks } from './published/check-published-file.ts'
import { clear, type PublishedImportReport, type PublishedImportRequest } from './published/import-published-file.ts'
import { findLeftRun, requestOfRun } from './published/take-up-run.ts'

export interface ImportJobs {
  /** Files that somebody has brought and not imported yet: nobody else sees them or what was decided about them. */
  of(actor: Actor): KeptFiles
  /**
   * Starts a run and gives it back as soon as it exists; the rows come in afterwards. `expectedRows` is shown beside the progress.
   * Throws what stops the run before it exists, for example a collection that may not be filled.
   */
  start(request: FileImportRequest, actor: Actor, expectedRows?: number): Promise<ImportRun>
  /**
   * Asks a run that is read here to stop, and waits a little until it has: what a published file has written is taken away in steps.
   * Whether somebody may, `registry.stop-import-run` has said before.
   */
  cancel(runId: string): Promise<void>
  /**
   * Reads a paused run on, or one that was left, when its file is still here. Errors: Problems `imports.file-missing`,
   * `registry.run-missing`; the rights are those of the actor.
   */
  resume(runId: string, actor: Actor): Promise<ImportRun>
  /**
   * What a stopped server has left: takes away what runs wrote that were cancelled or failed, and reads on those whose file is here,
   * in the name of whoever started them. For the regular work; what it starts goes on by itself.
   */
  lookAfterLeftRuns(): Promise<void>
  /** Files that are checked without being stored. */
  readonly checks: FileChecks
  /** Whether the run is being read by this process. */
  isRunning(runId: string): boolean
  /** Rows that the check before the run counted, as long as it runs. */
  expectedRows(runId: string): number | undefined
  /** What a finished run reported, as long as this process lives; the run itself stands in the database. */
  reportOf(runId: string): ImportReport | PublishedImportReport | undefined
}

interface Running {
  readonly controller: AbortController
  readonly ended: Promise<void>
  readonly expectedRows: number | undefined
}

/** Reports of runs kept in memory. */
const KEPT_REPORTS = 20

/** Whoever cancels waits at most so long for the page; clearing away a large file takes longer and goes on. */
const WAITED_FOR_END_MS = 3_000

export function createImportJobs(operations: Operations, folder: string): ImportJobs {
  const running = new Map<string, Running>()
  const reports = new Map<string, ImportReport | PublishedImportReport>()
  /** Left runs that are being taken up at this moment. */
  const takenUp = new Set<string>()

  // The person at this machine has the folder itself: so it was before there were accounts.
  const folderOf = (actor: Pick<Actor, 'id' | 'kind'>) => (actor.kind === 'local' ? folder : join(folder, 'people', actor.id))

  function rememberReport(runId: string, report: ImportReport | PublishedImportReport): void {
    reports.set(runId, report)
    if (reports.size > KEPT_REPORTS) reports.delete(reports.keys().next().value ?? '')
  }

  function start(request: FileImportRequest, actor: Actor, expectedRows?: number): Promise<ImportRun> {
    const controller = new AbortController()
    const signal = request.signal ? AbortSignal.any([controller.signal, request.signal]) : controller.signal
    return new Promise((started, failed) => {
      let runId: string | undefined
      const ended = importFile(operations, actor, {
        ...request,
        signal,
        onStart(run) {
          runId = run.id
          running.set(run.id, { controller, ended, expectedRows })
          started(run)
        },
      })
        .then((report) => {
          if (runId !== undefined) rememberReport(runId, report)
        })
        // Before the run exists the caller hears of it; afterwards the run itself says why it stopped.
        .catch(failed)
        .finally(() => {
          if (runId !== undefined && running.get(runId)?.controller === controller) running.delete(runId)
        })
    })
  }

  /** Where another run reads into the collection by now, there is nothing to take up. Errors: Problem `registry.run-taken-over`. */
  async function resumeWith(runId: string, request: PublishedImportRequest, actor: Actor): Promise<ImportRun> {
    const controller = new AbortController()
    try {
      return await start({ ...request, as: 'iati', signal: controller.signal, onWait: () => controller.abort() }, actor)
    } catch (error) {
      if (!controller.signal.aborted) throw error
      throw new Problem('registry.run-taken-over', { run: runId }, { cause: error })
    }
  }

  async function takeUp(runId: string): Promise<void> {
    if (running.has(runId) || takenUp.has(runId)) return
    takenUp.add(runId)
    try {
      const left = await findLeftRun(operations, runId, folderOf)
      if (left) await resumeWith(runId, left.request, left.actor)
    } catch (error) {
      // What cannot go on is ended with its reason, and does not keep the next one waiting.
      if (!(error instanceof Problem)) throw error
      if (error.code === 'registry.run-taken-over') return
      const failure = { code: error.code, params: error.params }
      await operations.run(stopImportRun, { runId, outcome: 'failed', failure }, PROGRAM)
    } finally {
      takenUp.delete(runId)
    }
  }

  return {
    of: (actor) => createKeptFiles(folderOf(actor)),
    checks: createFileChecks(operations),
    start,

    async cancel(runId) {
      const job = running.get(runId)
      job?.controller.abort()
      await Promise.race([job?.ended, wait(WAITED_FOR_END_MS, undefined, { ref: false })])
    },

    async resume(runId, actor) {
      return resumeWith(runId, await requestOfRun(operations, runId, actor, folderOf), actor)
    },

    async lookAfterLeftRuns() {
      const { clearing, left } = await operations.run(listUnfinishedRuns, {}, PROGRAM)
      for (const runId of clearing) if (!running.has(runId)) await clear(operations, PROGRAM, runId)
      for (const runId of left) await takeUp(runId)
    },

    isRunning: (runId) => running.has(runId),
    expectedRows: (runId) => running.get(runId)?.expectedRows,
    reportOf: (runId) => reports.get(runId),
  }
}
