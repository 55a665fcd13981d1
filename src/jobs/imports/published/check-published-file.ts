/**
 * Checks a published file without storing anything of it: read in the background like an import, with its problems counted by rule
 * and written beside the file one a line, so that a page can show and filter them however many they are.
 */
import { closeSync, createReadStream, openSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Problem, type ProblemReport } from '../../../kernel/problems.ts'
import type { RuleCount } from '../../../modules/registry/index.ts'
import type { Actor, Operations } from '../../../operations/index.ts'
import { problemsFileOf } from '../kept-files.ts'
import { importPublishedFile, type PublishedImportReport, type PublishedImportRequest } from './import-published-file.ts'

export interface FileCheck {
  readonly portfolio: string
  readonly startedAt: string
  state: 'reading' | 'done' | 'failed'
  /** Bytes and activities read so far. */
  bytesRead: number
  read: number
  /** What was found so far, by rule. */
  readonly rules: Map<string, RuleCount>
  report: PublishedImportReport | undefined
  failure: Problem | undefined
}

export interface FileChecks {
  /** Starts a check of a kept file; one that runs is stopped, since its collection may be another. */
  start(request: Omit<PublishedImportRequest, 'dryRun' | 'signal' | 'onFound' | 'onStart'>, actor: Actor): FileCheck
  /** The newest check of the file since the start of the program. */
  of(path: string): FileCheck | undefined
  stop(path: string): Promise<void>
  /** All that was found, in the order of the file. */
  problems(path: string): AsyncGenerator<ProblemReport>
}

interface Running {
  readonly check: FileCheck
  readonly controller: AbortController
  ended: Promise<void>
}

/** Checks remembered: the newest of so many files. */
const KEPT_CHECKS = 20

export function createFileChecks(operations: Operations): FileChecks {
  const checks = new Map<string, Running>()

  async function read(
    request: Parameters<FileChecks['start']>[0],
    actor: Actor,
    { check, controller }: Running,
    before: Promise<void> | undefined,
  ): Promise<void> {
    await before
    const out = openSync(problemsFileOf(request.path), 'w', 0o600)
    try {
      check.report = await importPublishedFile(operations, actor, {
        ...request,
        dryRun: true,
        signal: controller.signal,
        onFound(problems, { bytesRead, read }) {
          check.bytesRead = bytesRead
          check.read = read
          if (problems.length > 0) writeSync(out, problems.map((problem) => `${JSON.stringify(problem)}\n`).join(''))
          for (const problem of problems) countRule(check.rules, problem)
        },
      })
      check.state = 'done'
    } catch (error) {
      check.state = 'failed'
      // A fault is told like one of an import: the reading did not come to its end.
      check.failure = error instanceof Problem ? error : new Problem('registry.run-interrupted')
    } finally {
      closeSync(out)
    }
  }

  return {
    start(request, actor) {
      const before = checks.get(request.path)
      before?.controller.abort()
      const check: FileCheck = {
        portfolio: request.portfolio,
        startedAt: new Date().toISOString(),
        state: 'reading',
        bytesRead: 0,
        read: 0,
        rules: new Map(),
        report: undefined,
        failure: undefined,
      }
      const running: Running = { check, controller: new AbortController(), ended: Promise.resolve() }
      checks.delete(request.path)
      checks.set(request.path, running)
      if (checks.size > KEPT_CHECKS) checks.delete(checks.keys().next().value ?? '')
      running.ended = read(request, actor, running, before?.ended)
      return check
    },

    of: (path) => checks.get(path)?.check,

    async stop(path) {
      const running = checks.get(path)
      running?.controller.abort()
      await running?.ended
      checks.delete(path)
    },

    problems: (path) => problemsIn(problemsFileOf(path)),
  }
}

function countRule(rules: Map<string, RuleCount>, problem: ProblemReport): void {
  const level = problem.level ?? 'error'
  const name = `${level} ${problem.code}`
  const known = rules.get(name)
  rules.set(name, { code: problem.code, level, count: (known?.count ?? 0) + 1, example: known?.example ?? problem })
}

async function* problemsIn(path: string): AsyncGenerator<ProblemReport> {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })
  for await (const line of lines) if (line !== '') yield JSON.parse(line) as ProblemReport
}
