/**
 * How much was given in kind, in the unit in which it was counted (domain section 5). The original unit is always kept;
 * a value in money is a layer beside it.
 */
import { compareDecimals, type Decimal, parseDecimal, sumDecimals } from './decimal.ts'

export const UNITS = [
  'person_day', // 8 hours of one person
  'person_month',
  'participant',
  'scholarship_month',
  'item',
  'tonne',
  'kg',
  'km',
  'hour',
  'mission',
  'event',
  'publication',
  'person',
] as const

export type Unit = (typeof UNITS)[number]

export interface Quantity {
  readonly value: Decimal
  readonly unit: Unit
}

export function isUnit(code: string): code is Unit {
  return (UNITS as readonly string[]).includes(code)
}

/** Undefined when the value is no decimal of 0 or more, or the unit is not on the list. */
export function parseQuantity(written: { value: string; unit: string }): Quantity | undefined {
  const value = parseDecimal(written.value)
  if (value === undefined || compareDecimals(value, '0') < 0 || !isUnit(written.unit)) return undefined
  return { value, unit: written.unit }
}

/** One total for each unit, in the order of the list of units. Days and months are never added up. */
export function totalsByUnit(quantities: readonly Quantity[]): Quantity[] {
  return UNITS.flatMap((unit) => {
    const values = quantities.filter((quantity) => quantity.unit === unit).map(({ value }) => value)
    return values.length === 0 ? [] : [{ value: sumDecimals(values), unit }]
  })
}
