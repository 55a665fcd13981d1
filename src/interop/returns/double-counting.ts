/**
 * What must not be counted twice (domain 8.3): an initiative that people linked under several identifiers, and money that one record
 * passes on to another which says itself how it was spent.
 */
import type { ReturnRecord } from '../../modules/registry/index.ts'
import type { ReturnFlow } from './flows/state-flow.ts'
import type { ReturnReason } from './verdict.ts'

export interface DoubleCounting {
  /** Why no return counts this flow; undefined when nothing stands against it. */
  reasonOf(flow: ReturnFlow): ReturnReason | undefined
  /** Whether another record stands for the same initiative. */
  repeats(record: ReturnRecord): boolean
  /** Records that an identifier stands for. */
  recordsOf(identifier: string): readonly ReturnRecord[]
}

export function doubleCountingOf(records: readonly ReturnRecord[], flows: readonly ReturnFlow[]): DoubleCounting {
  const standing = standingRecords(records)
  const byIdentifier = new Map<string, ReturnRecord[]>()
  for (const record of records) {
    for (const identifier of identifiersOf(record)) {
      const key = fold(identifier)
      byIdentifier.set(key, [...(byIdentifier.get(key) ?? []), record])
    }
  }
  const spending = new Set(flows.filter(({ direction }) => direction === 'given').map(({ record }) => record.id))
  const repeats = ({ id, leadingId }: ReturnRecord) => standing.get(leadingId) !== id
  const recordsOf = (identifier: string) => byIdentifier.get(fold(identifier)) ?? []
  return {
    recordsOf,
    repeats,
    reasonOf({ record, contribution, direction }) {
      if (repeats(record)) return 'same_initiative'
      const activity = contribution.published?.takerActivity
      if (activity === undefined || direction !== 'given') return undefined
      return recordsOf(activity).some(({ id }) => id !== record.id && spending.has(id)) ? 'passed_on' : undefined
    },
  }
}

/** By group the record that counts: the leading one where it is among them, else the one that came first. */
function standingRecords(records: readonly ReturnRecord[]): ReadonlyMap<string, string> {
  const standing = new Map<string, string>()
  for (const { id, leadingId } of records) {
    const before = standing.get(leadingId)
    if (id === leadingId || before === undefined || (before !== leadingId && id < before)) standing.set(leadingId, id)
  }
  return standing
}

function identifiersOf({ identifier, facts }: ReturnRecord): string[] {
  return [...new Set([identifier, ...(facts.identifiers ?? []).map(({ value }) => value)])].filter((one) => one !== null)
}

function fold(identifier: string): string {
  return identifier.trim().toUpperCase()
}
