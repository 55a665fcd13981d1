/** The numbers of a report, each kept with the query that gave it, its parameters, how many rows it counted, and a checksum. */
import { createHash } from 'node:crypto'
import type { ReportedUnit, ReportedValue } from '../../sources/index.ts'
import type { Figure } from '../figures/compute-figures.ts'
import type { NumberEntry } from './report-template.ts'

export type NumberOrigin =
  | {
      readonly kind: 'figure'
      readonly definitionId: string
      readonly portfolio: string
      readonly year: number | null
      readonly part: 'value' | 'numerator' | 'denominator' | 'confirmed'
    }
  | { readonly kind: 'reported'; readonly reference: string }
  | { readonly kind: 'derived'; readonly operation: DerivedOperation; readonly of: readonly [string, string] }

export type DerivedOperation = 'difference' | 'growth' | 'ratio' | 'points'

export interface ResolvedNumber {
  readonly key: string
  readonly origin: NumberOrigin
  /** Unrounded; null when the lists behind are not here or there is nothing to divide by. */
  readonly value: number | null
  /** `share` runs from 0 to 1, `points` are percentage points; the others are units of reported values. */
  readonly unit: 'share' | ReportedUnit
  /** Listings behind it; null when it comes from no listing. */
  readonly rows: number | null
  /** SHA-256 over the origin, the value and the rows counted. */
  readonly checksum: string
}

export interface NumberSources {
  /** Of the template's portfolios, each in its year. */
  readonly figures: readonly Figure[]
  readonly reported: ReadonlyMap<string, ReportedValue>
  /** Fingerprint of the listings counted, by portfolio. */
  readonly dataVersions: Readonly<Record<string, string>>
}

export function resolveNumbers(
  entries: Readonly<Record<string, NumberEntry>>,
  sources: NumberSources,
): Record<string, ResolvedNumber> {
  const resolved: Record<string, ResolvedNumber> = {}
  const resolve = (key: string): ResolvedNumber => {
    const known = resolved[key]
    if (known) return known
    const entry = entries[key]
    if (entry === undefined) throw new Error(`The template was read with a number ${key} that it does not define`)
    const number =
      'figure' in entry
        ? fromFigure(key, entry, sources)
        : 'reported' in entry
          ? fromReported(key, entry, sources)
          : derive(key, entry, resolve)
    resolved[key] = number
    return number
  }
  for (const key of Object.keys(entries)) resolve(key)
  return resolved
}

function fromFigure(key: string, entry: Extract<NumberEntry, { figure: string }>, sources: NumberSources): ResolvedNumber {
  const figure = sources.figures.find(
    ({ portfolio, definitionId, year }) =>
      portfolio === entry.portfolio && definitionId === entry.figure && (entry.year === undefined || year === entry.year),
  )
  const value = figure?.[entry.part] ?? null
  const origin: NumberOrigin = {
    kind: 'figure',
    definitionId: entry.figure,
    portfolio: entry.portfolio,
    year: figure?.year ?? entry.year ?? null,
    part: entry.part,
  }
  return {
    key,
    origin,
    value,
    unit: entry.part === 'value' && figure?.kind === 'share' ? 'share' : 'count',
    rows: figure ? (entry.part === 'confirmed' ? figure.confirmed : figure.rows) : null,
    checksum: checksumOf(origin, value, sources.dataVersions[entry.portfolio]),
  }
}

function fromReported(key: string, { reported }: { readonly reported: string }, sources: NumberSources): ResolvedNumber {
  const found = sources.reported.get(reported)
  const origin: NumberOrigin = { kind: 'reported', reference: reported }
  // A range has two numbers; what is derived from it would need both, and nothing is.
  const value = found?.value === undefined || found.value === null ? null : Number(found.value)
  return { key, origin, value, unit: found?.unit ?? 'count', rows: null, checksum: checksumOf(origin, value) }
}

function derive(
  key: string,
  { derived, of }: Extract<NumberEntry, { derived: string }>,
  resolve: (key: string) => ResolvedNumber,
): ResolvedNumber {
  const [a, b] = [resolve(of[0]), resolve(of[1])]
  const origin: NumberOrigin = { kind: 'derived', operation: derived, of }
  const value = a.value === null || b.value === null ? null : OPERATIONS[derived](inBase(a, derived), inBase(b, derived))
  const unit = derived === 'points' ? 'points' : derived === 'difference' ? a.unit : 'share'
  const shown = value === null || !Number.isFinite(value) ? null : value
  return { key, origin, value: shown, unit, rows: null, checksum: checksumOf(origin, shown, a.checksum, b.checksum) }
}

const OPERATIONS: Readonly<Record<DerivedOperation, (a: number, b: number) => number>> = {
  difference: (a, b) => a - b,
  growth: (a, b) => (a - b) / b,
  ratio: (a, b) => a / b,
  points: (a, b) => a - b,
}

/** Shares and printed percentages differ in percentage points. */
function inBase({ value, unit }: ResolvedNumber, operation: DerivedOperation): number {
  return operation === 'points' && unit === 'share' ? (value ?? 0) * 100 : (value ?? 0)
}

function checksumOf(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
