/**
 * Annual average exchange rates against the United States dollar, 2010 to 2025. They are not UN operational rates.
 * Rates are decimal strings from end to end; rounding is for display (ruling 11).
 */
import { type Decimal, divideDecimals } from '../kernel/decimal.ts'
import { rowsOf } from './data-table.ts'

export interface AnnualRate {
  readonly currency: string
  readonly year: number
  readonly rate: Decimal
  /** Code of the list `rateSource`: WB, ECB, FC, PEG, identity. */
  readonly source: string
}

/** Of a reciprocal that does not end: far beyond any published rate. */
const SIGNIFICANT_DIGITS = 20

let rates: ReadonlyMap<string, AnnualRate> | undefined

/** Units of the currency (ISO 4217) for one dollar, as published. Undefined when the table has no value; never another year's. */
export function unitsPerUsd(currency: string, year: number): AnnualRate | undefined {
  return ratesByCurrencyAndYear().get(`${currency.toUpperCase()} ${year}`)
}

/** Dollars for one unit: the reciprocal, exact where it ends, otherwise rounded to 20 significant digits or a few more. */
export function usdPerUnit(currency: string, year: number): AnnualRate | undefined {
  const published = unitsPerUsd(currency, year)
  return published && { ...published, rate: reciprocalOf(published.rate) }
}

/** Currencies of the table with the years for which they have a rate. */
export function listRateCurrencies(): readonly { readonly currency: string; readonly years: readonly number[] }[] {
  const years = new Map<string, number[]>()
  for (const { currency, year } of ratesByCurrencyAndYear().values()) years.set(currency, [...(years.get(currency) ?? []), year])
  return [...years].map(([currency, list]) => ({ currency, years: list }))
}

function ratesByCurrencyAndYear(): ReadonlyMap<string, AnnualRate> {
  rates ??= new Map(
    rowsOf('exchange-rates-annual', ['currency', 'year', 'units_per_usd', 'source']).map((row) => [
      `${row.currency} ${row.year}`,
      { currency: row.currency, year: Number(row.year), rate: row.units_per_usd, source: row.source },
    ]),
  )
  return rates
}

/** Digits before the point of the rate are zeros after the point of the reciprocal: 1 / 1000 = 0.001. */
function reciprocalOf(rate: Decimal): Decimal {
  const whole = rate.split('.')[0] ?? ''
  return divideDecimals('1', rate, SIGNIFICANT_DIGITS - 1 + whole.length)
}
