/** A value of a chart: a count or a share, who it belongs to, and whether it is the part that nobody stated. */
import type { Translator } from '../../i18n/translator.ts'

export type ChartUnit = 'count' | 'share'

export interface ChartValue {
  readonly key: string
  readonly label: string
  /** A count, or a share from 0 to 1; unrounded. */
  readonly value: number
  /** The rows behind the value, shown beside it. */
  readonly count?: number | undefined
  /** The card of this number. */
  readonly href?: string | undefined
  /** The part that is not stated: hatched and last, whatever its size. */
  readonly notStated?: boolean | undefined
}

export function shownValue(t: Translator, unit: ChartUnit, value: number, digits?: number): string {
  return unit === 'share' ? t.percent(value, { digits: digits ?? 0 }) : t.number(value, digits === undefined ? {} : { digits })
}

/** Largest first; equal ones by name; "not stated" at the end. */
export function sortedValues<Value extends ChartValue>(t: Translator, values: readonly Value[]): readonly Value[] {
  return [...values].sort(
    (a, b) => Number(a.notStated ?? false) - Number(b.notStated ?? false) || b.value - a.value || t.compare(a.label, b.label),
  )
}

/** Keeps the order given, but "not stated" at the end all the same. */
export function notStatedLast<Value extends ChartValue>(values: readonly Value[]): readonly Value[] {
  return [...values.filter((value) => !value.notStated), ...values.filter((value) => value.notStated)]
}
