/** What a run has counted and found: for the report, and in portions for the database. */
import type { ProblemReport } from '../../../kernel/problems.ts'
import { REPORTED_PROBLEMS } from '../import-table-file.ts'

export interface RunCounts {
  readonly read: number
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  readonly rejected: number
  readonly warnings: number
  readonly conflicts: number
  readonly upgrades: Readonly<Record<string, number>>
}

export type PieceOutcome = 'created' | 'changed' | 'unchanged' | 'rejected'
export type OutcomeCounts = Record<PieceOutcome | 'read', number>

/** A file in which everything is wrong says so often enough in these; the others are counted. */
const MOST_PROBLEMS = 200_000

const nothing = (): OutcomeCounts => ({ read: 0, created: 0, changed: 0, unchanged: 0, rejected: 0 })

export class RunTally {
  private readonly total = { ...nothing(), warnings: 0, conflicts: 0 }
  private readonly upgrades: Record<string, number> = {}
  private readonly reported: ProblemReport[] = []
  private untold = nothing()
  private untoldProblems: ProblemReport[] = []
  private kept = 0
  private notKept = 0

  count(outcome: PieceOutcome): void {
    this.total.read += 1
    this.total[outcome] += 1
    this.untold.read += 1
    this.untold[outcome] += 1
  }

  countConflicts(count: number): void {
    this.total.conflicts += count
  }

  countUpgrades(names: readonly string[]): void {
    for (const name of names) this.upgrades[name] = (this.upgrades[name] ?? 0) + 1
  }

  find(problems: readonly ProblemReport[], file: string): void {
    for (const problem of problems) {
      if (problem.level === 'warning') this.total.warnings += 1
      if (this.kept >= MOST_PROBLEMS) {
        this.notKept += 1
        continue
      }
      const placed = { ...problem, place: { file, ...problem.place } }
      if (this.reported.length < REPORTED_PROBLEMS) this.reported.push(placed)
      this.kept += 1
      this.untoldProblems.push(placed)
    }
  }

  /** Pieces that were counted since the last portion. */
  get waiting(): number {
    return this.untold.read
  }

  /** What the database does not know yet. */
  takePortion(): { readonly counts: OutcomeCounts; readonly problems: ProblemReport[] } {
    const portion = { counts: this.untold, problems: this.untoldProblems }
    this.untold = nothing()
    this.untoldProblems = []
    return portion
  }

  /** Before the last portion: how much was found that is not kept one by one. */
  close(): void {
    if (this.notKept === 0) return
    this.untoldProblems.push({ code: 'iati.problems-not-kept', params: { count: this.notKept }, level: 'warning' })
  }

  get read(): number {
    return this.total.read
  }

  get counts(): RunCounts {
    return { ...this.total, upgrades: this.upgrades }
  }

  get problems(): readonly ProblemReport[] {
    return this.reported
  }
}
