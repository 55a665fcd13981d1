/**
 * What a check says about rows that would change records: the first of them as they are and as they would be, and how many look like
 * other initiatives under the same identifiers, as when the identifier is a running number.
 */
import type { LocalizedText } from '../../kernel/localized-text.ts'
import type { ImportedRow, PlannedChange } from '../../modules/registry/index.ts'

export interface ShownChange extends PlannedChange {
  /** Row of the file. */
  readonly sourceRow: number | null
}

export interface ChangesTally {
  /** The first changes, in the order of the file. */
  readonly first: ShownChange[]
  /** Records that would change. */
  total: number
  /** Changes in which neither the title nor the countries stay. */
  replaced: number
}

/** Changes shown in full. */
const SHOWN_CHANGES = 20

export function tallyChanges(tally: ChangesTally, changes: readonly PlannedChange[], rows: readonly ImportedRow[]): void {
  const rowOf = new Map(rows.map(({ seq, listed }) => [seq, listed.sourceRow]))
  tally.total += changes.length
  for (const change of changes) {
    if (isAnother(change)) tally.replaced += 1
    if (tally.first.length < SHOWN_CHANGES) tally.first.push({ ...change, sourceRow: rowOf.get(change.seq) ?? null })
  }
}

/** Whether so many rows look like other initiatives that the identifiers are in doubt: two at least, and every fourth. */
export function identifiersInDoubt(replaced: number, changed: number): boolean {
  return replaced >= 2 && replaced * 4 >= changed
}

type Facts = PlannedChange['before']['facts']

/** Both say a title and countries, and neither agrees. What one side does not say is no difference. */
function isAnother({ before, after }: PlannedChange): boolean {
  return differ(titlesOf(before.facts), titlesOf(after.facts)) && differ(countriesOf(before.facts), countriesOf(after.facts))
}

function titlesOf({ title }: Facts): string[] {
  return Object.values((title as LocalizedText | undefined)?.texts ?? {}).map((text) => (text ?? '').trim().toLowerCase())
}

function countriesOf({ hosts = [], engagedCountries = [], partners = [] }: Facts): string[] {
  return [...hosts, ...engagedCountries, ...partners.flatMap(({ iso3 }) => iso3 ?? [])]
}

function differ(before: readonly string[], after: readonly string[]): boolean {
  return before.length > 0 && after.length > 0 && !before.some((one) => after.includes(one))
}
