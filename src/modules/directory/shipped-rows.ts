/**
 * Loading what the product ships, again and again without harm: new rows are created, rows whose shipped facts became newer
 * are brought up to date, and a row that a person has revised is left as the person wants it.
 */
import { createHash } from 'node:crypto'
import { canonicalJson } from '../../kernel/canonical-json.ts'

export interface KnownRow {
  readonly id: string
  readonly version: number
  readonly shippedDigest: string | null
  readonly origin: string
}

export interface LoadPlan<T> {
  readonly created: readonly { readonly key: string; readonly facts: T; readonly digest: string }[]
  readonly changed: readonly { readonly key: string; readonly facts: T; readonly digest: string; readonly known: KnownRow }[]
  readonly unchanged: number
  /** Revised by a person; the newer shipped facts are not applied. */
  readonly kept: number
}

/** What a load did, for the person and the audit trail. */
export interface LoadCounts {
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  readonly kept: number
}

export function planLoad<T>(
  shipped: readonly { readonly key: string; readonly facts: T }[],
  known: ReadonlyMap<string, KnownRow>,
): LoadPlan<T> {
  const created: { key: string; facts: T; digest: string }[] = []
  const changed: { key: string; facts: T; digest: string; known: KnownRow }[] = []
  let unchanged = 0
  let kept = 0
  for (const { key, facts } of shipped) {
    const digest = digestOf(facts)
    const row = known.get(key)
    if (!row) created.push({ key, facts, digest })
    else if (row.shippedDigest === digest) unchanged += 1
    else if (row.origin === 'entered') kept += 1
    else changed.push({ key, facts, digest, known: row })
  }
  return { created, changed, unchanged, kept }
}

export function countsOf(plan: LoadPlan<unknown>): LoadCounts {
  return { created: plan.created.length, changed: plan.changed.length, unchanged: plan.unchanged, kept: plan.kept }
}

/** SHA-256 of a value, in hexadecimal. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex')
}

/** SHA-256 over the digests of the rows, in their order. */
export function digestOfRows(plan: LoadPlan<unknown>): string {
  return digestOf([...plan.created, ...plan.changed].map(({ digest }) => digest))
}
