/** What a published file could not hold: records that are not in it, and records that stand in it without some of their parts. */
import type { ProblemReport } from '../../kernel/problems.ts'

export interface ExportTally {
  /** Records that 2.03 cannot hold. */
  readonly leftOut: number
  /** Records that are written without parts that plain 2.03 does not allow. */
  readonly shortened: number
  /** Each of them by its identifier, those that were left out first; at most `REPORTED` of either. */
  readonly problems: readonly ProblemReport[]
}

const REPORTED = 10_000

export function createExportTally(): { say(problem: ProblemReport): void; tally(): ExportTally } {
  const errors: ProblemReport[] = []
  const warnings: ProblemReport[] = []
  let leftOut = 0
  let shortened = 0
  return {
    say(problem) {
      const isWarning = problem.level === 'warning'
      if (isWarning) shortened += 1
      else leftOut += 1
      const list = isWarning ? warnings : errors
      if (list.length < REPORTED) list.push(problem)
    },
    tally: () => ({ leftOut, shortened, problems: [...errors, ...warnings] }),
  }
}
