/**
 * Imports that run while pages are served: received files kept under their content, one run each, with progress in the database and
 * a switch to cancel. A restart ends them; nothing of them is then visible, and they can be repeated.
 */
import { copyFile, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { UploadedFile } from '../../kernel/http.ts'
import { defineProblems, Problem } from '../../kernel/problems.ts'
import type { ImportRun } from '../../modules/registry/index.ts'
import type { Actor, Operations } from '../../operations/index.ts'
import { type ImportReport, type ImportRequest, importTableFile } from './import-table-file.ts'

export const problems = defineProblems('imports', {
  'file-missing': { kind: 'missing', params: ['file'] },
})

export interface ImportJobs {
  /** Keeps a received file and gives the key by which pages name it: the SHA-256 of its content. */
  keep(file: UploadedFile): Promise<string>
  /** Path of a kept file; a Problem when there is none. */
  pathOf(key: string): Promise<string>
  /** Starts a run and gives it back as soon as it exists; the rows come in afterwards. */
  start(request: ImportRequest, actor: Actor): Promise<ImportRun>
  cancel(runId: string): boolean
  /** What a finished run reported, as long as this process lives; the run itself stands in the database. */
  reportOf(runId: string): ImportReport | undefined
}

const KEY = /^[0-9a-f]{64}$/
/** Reports of runs kept in memory. */
const KEPT_REPORTS = 20

export function createImportJobs(operations: Operations, folder: string): ImportJobs {
  const running = new Map<string, AbortController>()
  const reports = new Map<string, ImportReport>()

  return {
    async keep(file) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await copyFile(file.path, join(folder, file.sha256))
      return file.sha256
    },

    async pathOf(key) {
      const path = join(folder, key)
      const found =
        KEY.test(key) &&
        (await stat(path).then(
          () => true,
          () => false,
        ))
      if (!found) throw new Problem('imports.file-missing', { file: key.slice(0, 12) })
      return path
    },

    start(request, actor) {
      const controller = new AbortController()
      return new Promise((started, failed) => {
        let runId: string | undefined
        importTableFile(operations, actor, {
          ...request,
          signal: controller.signal,
          onStart(run) {
            runId = run.id
            running.set(run.id, controller)
            started(run)
          },
        })
          .then((report) => {
            if (runId === undefined) return
            reports.set(runId, report)
            if (reports.size > KEPT_REPORTS) reports.delete(reports.keys().next().value ?? '')
          })
          // Before the run exists the caller hears of it; afterwards the run itself says why it stopped.
          .catch(failed)
          .finally(() => {
            if (runId !== undefined) running.delete(runId)
          })
      })
    },

    cancel(runId) {
      const controller = running.get(runId)
      controller?.abort()
      return controller !== undefined
    },

    reportOf: (runId) => reports.get(runId),
  }
}
