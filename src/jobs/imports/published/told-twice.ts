/** What the reading assumed about a value that a rule has found wrong need not be said twice. */
import type { ProblemReport } from '../../../kernel/problems.ts'

const TOLD_BY: Readonly<Record<string, string>> = {
  'iati.amount-not-read': 'iati.value-of-wrong-kind',
  'iati.currency-not-stated': 'iati.currency-missing',
  'iati.end-before-start': 'iati.period-order',
}

/** What the rules found, then what the reading found besides. */
export function withoutToldTwice(broken: readonly ProblemReport[], read: readonly ProblemReport[]): ProblemReport[] {
  return [...broken, ...read.filter((problem) => !isToldBy(broken, problem))]
}

function isToldBy(broken: readonly ProblemReport[], { code, place }: ProblemReport): boolean {
  const rule = TOLD_BY[code]
  return rule !== undefined && broken.some((other) => other.code === rule && other.place?.line === place?.line)
}
