/**
 * Compares a number that we compute with the number that a source printed (domain ruling 4). The printed number is never
 * overwritten and never called wrong: when rows do not give it, another cut of the rows may exist.
 *
 * How the qualifier of the printed number is read:
 * - exact: equal, or equal once the computed value is rounded as precisely as the source printed.
 * - approx ("nearly 80"): zeros at the end are taken as rounding too, so 78.6 rounds to "nearly 80" and 74 does not. A number of
 *   three or more digits keeps two of them ("nearly 100" is rounded to tens, "1,000,000" to hundred thousands), and what the zeros
 *   allow ends at 5 % of the printed number: 55 is not "nearly 100", nor 500,000 "1,000,000", nor 15 "nearly 20".
 * - at_least, more_than, less_than: the source gives a bound; it is reproduced when the computed value keeps to it.
 * - a range low..high: reproduced when the computed value lies within, ends included.
 */
import {
  compareDecimals,
  type Decimal,
  digitsAfterPoint,
  divideDecimals,
  multiplyDecimals,
  roundDecimal,
  subtractDecimals,
} from './decimal.ts'

export type Verdict = 'reproduced' | 'reproduced_when_rounded' | 'not_reproducible' | 'nothing_to_compare'

export type Qualifier = 'exact' | 'approx' | 'at_least' | 'more_than' | 'less_than'

/** A share that is not a finite decimal stays a fraction until the end: 145 of 469. */
export interface Ratio {
  readonly numerator: Decimal
  readonly denominator: Decimal
}

export interface VerdictInput {
  /** What we computed; missing or of nothing (denominator 0) leaves nothing to compare. A share is 0 to 1. */
  readonly computed?: Decimal | Ratio | undefined
  /** What the source printed: "31 %" is '31' with the unit `percent`, or '0.31' with the unit `share`. */
  readonly reported?: Decimal | { readonly low: Decimal; readonly high: Decimal } | undefined
  /** Digits after the point that the source printed, in the unit of `reported`; by default as many as it is written with. */
  readonly reportedDigits?: number | undefined
  readonly qualifier?: Qualifier | undefined
  /** Unit of `reported`: count, share, percent, points (percentage points), or any other in which both are given. */
  readonly unit: string
}

export interface VerdictResult {
  readonly verdict: Verdict
  /**
   * Computed minus reported; to the nearer end of a range, 0 within it. Shares and percentages differ in
   * percentage points (31 % and 28 % differ by 3), all else in its own unit. To six digits, because a fraction may have no end.
   */
  readonly difference?: { readonly value: Decimal; readonly unit: string }
}

const DIFFERENCE_DIGITS = 6
/** How far "nearly" reaches at most, as a share of the printed number; a choice of our own. */
const LARGEST_APPROXIMATION = '0.05'

export function verdictOf(input: VerdictInput): VerdictResult {
  const computed = ratioOf(input.computed, input.unit)
  const { reported } = input
  if (computed === undefined || reported === undefined) return { verdict: 'nothing_to_compare' }
  const low = typeof reported === 'string' ? reported : reported.low
  const high = typeof reported === 'string' ? reported : reported.high
  const agrees = agreement(input.qualifier ?? 'exact', low, high)
  const agreesRounded = (digits: number) => {
    // Printed numbers round a half upwards.
    const rounded = divideDecimals(computed.numerator, computed.denominator, digits, 'half_up')
    return agrees((bound) => compareDecimals(rounded, bound))
  }
  const printed = input.reportedDigits ?? Math.max(digitsAfterPoint(low), digitsAfterPoint(high))
  const verdict = agrees((bound) => compareToBound(computed, bound))
    ? 'reproduced'
    : agreesRounded(printed) || (input.qualifier === 'approx' && agreesNearly(input, low, high, computed, agreesRounded))
      ? 'reproduced_when_rounded'
      : 'not_reproducible'
  return { verdict, difference: differenceOf(computed, low, high, input.unit) }
}

/** "Nearly": rounded as coarsely as the zeros at the end allow, and not further off than the largest share. */
function agreesNearly(
  { unit }: VerdictInput,
  low: Decimal,
  high: Decimal,
  computed: Ratio,
  agreesRounded: (digits: number) => boolean,
): boolean {
  // A share of 0.80 is written as "80 %", so its zeros are those of the percentage.
  const percentDigits = unit === 'share' ? 2 : 0
  const digits = Math.max(...[low, high].map((bound) => digitsWithoutZeros(bound, percentDigits)))
  const nearest = compareToBound(computed, low) < 0 ? low : high
  const off = subtractDecimals(computed.numerator, multiplyDecimals(nearest, computed.denominator))
  const allowed = multiplyDecimals(LARGEST_APPROXIMATION, multiplyDecimals(absolute(nearest), computed.denominator))
  return agreesRounded(digits) && compareDecimals(absolute(off), allowed) <= 0
}

type CompareTo = (bound: Decimal) => number

function agreement(qualifier: Qualifier, low: Decimal, high: Decimal): (compareTo: CompareTo) => boolean {
  if (qualifier === 'at_least') return (compareTo) => compareTo(low) >= 0
  if (qualifier === 'more_than') return (compareTo) => compareTo(low) > 0
  if (qualifier === 'less_than') return (compareTo) => compareTo(high) < 0
  return (compareTo) => compareTo(low) >= 0 && compareTo(high) <= 0
}

/**
 * Digits after the point once the zeros at the end are given up: -1 for '170' and '80', 0 for '16.0'. A number of three or more
 * digits before the point keeps two: -1 for '100', -5 for '1000000'. `percentDigits` moves the point of a share first.
 */
function digitsWithoutZeros(value: Decimal, percentDigits: number): number {
  const shifted = absolute(multiplyDecimals(value, `1${'0'.repeat(percentDigits)}`))
  const canonical = roundDecimal(shifted, digitsAfterPoint(shifted))
  if (canonical.includes('.')) return digitsAfterPoint(canonical) + percentDigits
  const zeros = /[1-9](0+)$/.exec(canonical)?.[1]?.length ?? 0
  const kept = canonical.length > 2 ? 2 : 1
  return percentDigits - Math.min(zeros, canonical.length - kept)
}

function absolute(value: Decimal): Decimal {
  return value.startsWith('-') ? value.slice(1) : value
}

function differenceOf(computed: Ratio, low: Decimal, high: Decimal, unit: string): NonNullable<VerdictResult['difference']> {
  const nearest = compareToBound(computed, low) < 0 ? low : compareToBound(computed, high) > 0 ? high : undefined
  const factor = unit === 'share' ? '100' : '1'
  const value =
    nearest === undefined
      ? '0'
      : divideDecimals(
          multiplyDecimals(factor, subtractDecimals(computed.numerator, multiplyDecimals(nearest, computed.denominator))),
          computed.denominator,
          DIFFERENCE_DIGITS,
        )
  return { value, unit: ['share', 'percent', 'points'].includes(unit) ? 'percentage_points' : unit }
}

/** Denominators are positive, so a fraction compares with a bound by multiplication, without rounding. */
function compareToBound(computed: Ratio, bound: Decimal): number {
  return compareDecimals(computed.numerator, multiplyDecimals(bound, computed.denominator))
}

/** A computed share is brought to the unit of a printed percentage without rounding. */
function ratioOf(computed: Decimal | Ratio | undefined, unit: string): Ratio | undefined {
  if (computed === undefined) return undefined
  const ratio = typeof computed === 'string' ? { numerator: computed, denominator: '1' } : computed
  if (compareDecimals(ratio.denominator, '0') <= 0) return undefined
  return unit === 'percent' ? { ...ratio, numerator: multiplyDecimals(ratio.numerator, '100') } : ratio
}
