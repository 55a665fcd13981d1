/** Problems of an import by kind: how often each occurs, with the first examples, so that a thousand alike are one line. */
import type { ProblemReport } from '../../kernel/problems.ts'
import { getImportRun } from '../../modules/registry/index.ts'
import type { Actor, Operations } from '../../operations/index.ts'

/** A text found in cells of a column, and how often. */
export interface FoundText {
  readonly column: string | undefined
  readonly text: string
  readonly count: number
}

export interface ProblemKindCount {
  readonly code: string
  readonly level: 'error' | 'warning'
  readonly count: number
  readonly examples: readonly ProblemReport[]
  /** Different texts that gave rise to it, the most frequent first. */
  readonly found: readonly FoundText[]
  /** How many different texts there are, beyond those listed. */
  readonly distinct: number
}

interface Tallied extends Omit<ProblemKindCount, 'found' | 'distinct'> {
  readonly texts: Map<string, FoundText>
}

export type ProblemTally = Map<string, Tallied>

/** Examples shown beside a kind. */
const EXAMPLES = 3
/** Different texts listed with a kind. */
const LISTED_TEXTS = 20
/** Different texts counted for a kind: a column of names can be unreadable from top to bottom. */
const COUNTED_TEXTS = 5_000
/** Problems read from the database at once. */
const PAGE = 5_000

export function tallyProblems(tally: ProblemTally, problems: readonly ProblemReport[]): void {
  for (const problem of problems) {
    const level = problem.level ?? 'error'
    const name = `${level} ${problem.code}`
    const known = tally.get(name)
    const texts = known?.texts ?? new Map<string, FoundText>()
    countText(texts, problem)
    tally.set(name, {
      code: problem.code,
      level,
      count: (known?.count ?? 0) + 1,
      examples: !known ? [problem] : known.examples.length < EXAMPLES ? [...known.examples, problem] : known.examples,
      texts,
    })
  }
}

function countText(texts: Map<string, FoundText>, { params, place }: ProblemReport): void {
  if (params.found === undefined) return
  const text = String(params.found)
  const column = place?.column
  const key = `${column ?? ''}\u0000${text}`
  const known = texts.get(key)
  if (known || texts.size < COUNTED_TEXTS) texts.set(key, { column, text, count: (known?.count ?? 0) + 1 })
}

/** The kinds of a tally with their most frequent texts. */
export function talliedKinds(tally: ProblemTally): ProblemKindCount[] {
  return sortedKinds(
    [...tally.values()].map(({ texts, ...kind }) => ({
      ...kind,
      found: [...texts.values()].sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1)).slice(0, LISTED_TEXTS),
      distinct: texts.size,
    })),
  )
}

/** What must be repaired comes first, then what occurs most. */
function sortedKinds(kinds: readonly ProblemKindCount[]): ProblemKindCount[] {
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
  return talliedKinds(tally)
}
