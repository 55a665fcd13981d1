/**
 * Imports that run while pages are served: one run each, with progress in the database and a switch to cancel. A restart ends them;
 * nothing of them is then visible, and they can be repeated.
 */
import { join } from 'node:path'
import type { ImportRun } from '../../modules/registry/index.ts'
import type { Actor, Operations } from '../../operations/index.ts'
import { type ImportReport, type ImportRequest, importTableFile } from './import-table-file.ts'
import { createKeptFiles, type KeptFiles } from './kept-files.ts'

export interface ImportJobs {
  /** Files that somebody has brought and not imported yet: nobody else sees them or what was decided about them. */
  of(actor: Actor): KeptFiles
  /**
   * Starts a run and gives it back as soon as it exists; the rows come in afterwards. `expectedRows` is shown beside the progress.
   * Throws what stops the run before it exists, for example a collection that may not be filled.
   */
  start(request: ImportRequest, actor: Actor, expectedRows?: number): Promise<ImportRun>
  /** Asks a run that is read here to stop, and waits until it has. Whether somebody may, `registry.stop-import-run` has said before. */
  cancel(runId: string): Promise<void>
  /** Whether the run is being read by this process. */
  isRunning(runId: string): boolean
  /** Rows that the check before the run counted, as long as it runs. */
  expectedRows(runId: string): number | undefined
  /** What a finished run reported, as long as this process lives; the run itself stands in the database. */
  reportOf(runId: string): ImportReport | undefined
}

interface Running {
  readonly controller: AbortController
  readonly ended: Promise<void>
  readonly expectedRows: number | undefined
}

/** Reports of runs kept in memory. */
const KEPT_REPORTS = 20

export function createImportJobs(operations: Operations, folder: string): ImportJobs {
  const running = new Map<string, Running>()
  const reports = new Map<string, ImportReport>()

  function rememberReport(runId: string, report: ImportReport): void {
    reports.set(runId, report)
    if (reports.size > KEPT_REPORTS) reports.delete(reports.keys().next().value ?? '')
  }

  return {
    // The person at this machine has the folder itself: so it was before there were accounts.
    of: (actor) => createKeptFiles(actor.kind === 'local' ? folder : join(folder, 'people', actor.id)),

    start(request, actor, expectedRows) {
      const controller = new AbortController()
      return new Promise((started, failed) => {
        let runId: string | undefined
        const ended = importTableFile(operations, actor, {
          ...request,
          signal: controller.signal,
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
            if (runId !== undefined) running.delete(runId)
          })
      })
    },

    async cancel(runId) {
      const job = running.get(runId)
      job?.controller.abort()
      await job?.ended
    },

    isRunning: (runId) => running.has(runId),
    expectedRows: (runId) => running.get(runId)?.expectedRows,
    reportOf: (runId) => reports.get(runId),
  }
}
