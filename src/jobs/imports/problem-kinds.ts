/** Problems of an import by kind: how often each occurs, with the first examples, so that a thousand alike are one line. */
import type { ProblemReport } from '../../kernel/problems.ts'
import { getImportRun } from '../../modules/registry/index.ts'
import type { Actor, Operations } from '../../operations/index.ts'

export interface ProblemKindCount {
  readonly code: string
  readonly level: 'error' | 'warning'
  readonly count: number
  readonly examples: readonly ProblemReport[]
}

export type ProblemTally = Map<string, ProblemKindCount>

/** Examples shown beside a kind. */
const EXAMPLES = 3
/** Problems read from the database at once. */
const PAGE = 5_000

export function tallyProblems(tally: ProblemTally, problems: readonly ProblemReport[]): void {
  for (const problem of problems) {
    const level = problem.level ?? 'error'
    const name = `${level} ${problem.code}`
    const known = tally.get(name)
    tally.set(name, {
      code: problem.code,
      level,
      count: (known?.count ?? 0) + 1,
      examples: !known ? [problem] : known.examples.length < EXAMPLES ? [...known.examples, problem] : known.examples,
    })
  }
}

/** What must be repaired comes first, then what occurs most. */
export function sortedKinds(kinds: Iterable<ProblemKindCount>): ProblemKindCount[] {
  return [...kinds].sort(
    (a, b) => Number(b.level === 'error') - Number(a.level === 'error') || b.count - a.count || (a.code < b.code ? -1 : 1),
  )
}

/** All problems of a run, in the order of the file. */
export async function* problemsOfRun(operations: Operations, actor: Actor, id: string): AsyncGenerator<ProblemReport> {
  for (let offset = 0; ; offset += PAGE) {
    const { problems } = await operations.run(getImportRun, { id, limit: PAGE, offset }, actor)
    yield* problems
    if (problems.length < PAGE) return
  }
}

export async function problemKindsOfRun(operations: Operations, actor: Actor, id: string): Promise<ProblemKindCount[]> {
  const tally: ProblemTally = new Map()
  for await (const problem of problemsOfRun(operations, actor, id)) tallyProblems(tally, [problem])
  return sortedKinds(tally.values())
}
