/**
 * A number that a source prints, kept as printed with its paragraph (domain section 4). It is never overwritten by a computed
 * one; both may be shown side by side.
 */
import { compareDecimals, type Decimal, digitsAfterPoint, multiplyDecimals, parseDecimal } from '../../../kernel/decimal.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { isPartialDate } from '../../../kernel/partial-date.ts'
import { Problem } from '../../../kernel/problems.ts'
import { UNITS } from '../../../kernel/quantity.ts'
import type { Qualifier } from '../../../kernel/verdict.ts'
import type { Base, Visibility } from '../../directory/index.ts'

export const QUALIFIERS = ['exact', 'approx', 'at_least', 'more_than', 'less_than'] as const satisfies readonly Qualifier[]

/** `percent` runs from 0 to 100 as printed; `points` are percentage points; `usd_bn` is billions of US dollars. */
export const REPORTED_UNITS = ['count', 'percent', 'points', 'factor', 'usd', 'usd_bn', ...UNITS] as const
export type ReportedUnit = (typeof REPORTED_UNITS)[number]

export interface ReportedValueFacts {
  /** What the number is about, for example `undp_ssc_projects`. */
  readonly key: string
  /** `2014`, `2014-2017`, or `1990-` for "since 1990"; null = the source states none. */
  readonly period: string | null
  /** Symbol of the document. */
  readonly document: string
  readonly para: string | null
  readonly footnote: string | null
  readonly page: string | null
  readonly label: LocalizedText
  /** Exactly one of `value` and the range `low` to `high` is there. As printed: '19.0' keeps its zero. */
  readonly value: Decimal | null
  readonly low: Decimal | null
  readonly high: Decimal | null
  readonly unit: ReportedUnit
  /** Digits after the point, as printed. */
  readonly digits: number
  readonly qualifier: Qualifier
  /** Doubt about how the source is to be read. */
  readonly note: LocalizedText | null
  readonly visibility: Visibility
}

export interface ReportedValue extends ReportedValueFacts, Base {
  readonly id: string
  /** `undp_ssc_projects@2014`, as texts and figures point to it. */
  readonly reference: string
  /** There is no other status: a computed number is never kept here. */
  readonly status: 'reported'
  readonly documentTitle: LocalizedText
  /** Symbol that the document bears; null when it bears none. */
  readonly printedSymbol: string | null
}

/** What an audit event and a version hold. */
export function factsOf(value: ReportedValue): ReportedValueFacts {
  const { key, period, document, para, footnote, page, label, low, high, unit, digits, qualifier, note, visibility } = value
  return {
    key,
    period,
    document,
    para,
    footnote,
    page,
    label,
    value: value.value,
    low,
    high,
    unit,
    digits,
    qualifier,
    note,
    visibility,
  }
}

export function referenceOf({ key, period }: { readonly key: string; readonly period: string | null }): string {
  return period === null ? key : `${key}@${period}`
}

/** The parts of `undp_ssc_projects@2014`; a reference without a period means the value whose source states none. */
export function parseReference(reference: string): { key: string; period: string | null } {
  const [key = '', period] = reference.split('@')
  return { key, period: period ?? null }
}

/** A partial date, two years, or a year with an open end: '2014', '2014-05', '2014-2017', '1990-'. */
export function isReportedPeriod(text: string): boolean {
  const span = /^(\d{4})-(\d{4})?$/.exec(text)
  if (!span) return isPartialDate(text)
  const [, start = '', end] = span
  return end === undefined || start <= end
}

/** Numbers as a person wrote them; the number of printed digits follows from them when nothing else is said. */
export interface WrittenNumber {
  readonly value?: string | null | undefined
  readonly low?: string | null | undefined
  readonly high?: string | null | undefined
  readonly digits?: number | undefined
}

/** Checks the number and keeps it as printed. Throws the Problem that says what would be accepted. */
export function readNumber(written: WrittenNumber): Pick<ReportedValueFacts, 'value' | 'low' | 'high' | 'digits'> {
  const value = readDecimal('value', written.value)
  const low = readDecimal('low', written.low)
  const high = readDecimal('high', written.high)
  const isRange = value === null && low !== null && high !== null
  const isValue = value !== null && low === null && high === null
  if (!isRange && !isValue) throw new Problem('sources.value-or-range', {}, { place: { field: 'value' } })
  if (low !== null && high !== null && compareDecimals(low, high) > 0) {
    throw new Problem('sources.range-reversed', { low, high }, { place: { field: 'low' } })
  }
  const printed = Math.max(...[value, low, high].map((number) => digitsAfterPoint(number ?? '')))
  const digits = written.digits ?? printed
  if (digits < printed) {
    const found = value ?? `${low} – ${high}`
    throw new Problem('sources.fewer-digits-than-written', { digits, found }, { place: { field: 'digits' } })
  }
  return { value, low, high, digits }
}

// Figures of a printed number; longer ones are a slip of the keyboard.
const PLAIN_DECIMAL = /^-?\d{1,30}(\.\d{1,12})?$/

function readDecimal(field: string, text: string | null | undefined): Decimal | null {
  if (text === undefined || text === null) return null
  const trimmed = text.trim()
  // '1e3' is a number too, but no source prints one so.
  if (!PLAIN_DECIMAL.test(trimmed) || parseDecimal(trimmed) === undefined) {
    throw new Problem('sources.number-not-accepted', { field, found: text }, { place: { field } })
  }
  return trimmed
}

/** The reported side of a comparison with a computed number (`verdictOf`), in its words: a share there is 0 to 1. */
export interface Comparable {
  readonly reported: Decimal | { readonly low: Decimal; readonly high: Decimal }
  readonly reportedDigits: number
  readonly qualifier: Qualifier
  readonly unit: 'count' | 'share'
}

export function comparableOf(
  reported: Pick<ReportedValueFacts, 'value' | 'low' | 'high' | 'unit' | 'digits' | 'qualifier'>,
): Comparable {
  const isShare = reported.unit === 'percent'
  const scaled = (number: Decimal) => (isShare ? multiplyDecimals(number, '0.01') : number)
  return {
    reported:
      reported.value === null ? { low: scaled(reported.low ?? '0'), high: scaled(reported.high ?? '0') } : scaled(reported.value),
    reportedDigits: reported.digits + (isShare ? 2 : 0),
    qualifier: reported.qualifier,
    unit: isShare ? 'share' : 'count',
  }
}
