/**
 * Annual average exchange rates against the United States dollar, 2010 to 2025. They are not UN operational rates.
 * Rates are decimal strings from end to end; rounding is for display (ruling 11).
 */
import { rowsOf } from './data-table.ts'

export interface AnnualRate {
  readonly currency: string
  readonly year: number
  /** Exact decimal string. */
  readonly rate: string
  /** Code of the list `rateSource`: WB, ECB, FC, PEG, identity. */
  readonly source: string
}

/** Significant digits of a reciprocal that does not end: far beyond any published rate. */
const RECIPROCAL_DIGITS = 20

let rates: ReadonlyMap<string, AnnualRate> | undefined

/** Units of the currency (ISO 4217) for one dollar, as published. Undefined when the table has no value; never another year's. */
export function unitsPerUsd(currency: string, year: number): AnnualRate | undefined {
  return ratesByCurrencyAndYear().get(`${currency.toUpperCase()} ${year}`)
}

/** Dollars for one unit: the reciprocal, exact where it ends, otherwise rounded to 20 significant digits. */
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

/** 1 / decimal, by whole numbers: the decimal is `digits` / 10^places. */
function reciprocalOf(decimal: string): string {
  const [whole = '0', fraction = ''] = decimal.split('.')
  const digits = BigInt(whole + fraction)
  if (digits === 0n) throw new Error(`Exchange rate ${decimal} is zero`)
  const places = fraction.length + RECIPROCAL_DIGITS + digits.toString().length - fraction.length
  const numerator = 10n ** BigInt(fraction.length + places)
  const quotient = (numerator + digits / 2n) / digits
  return withPoint(quotient, places)
}

function withPoint(digits: bigint, places: number): string {
  const surplus = Math.max(0, digits.toString().length - RECIPROCAL_DIGITS)
  const rounded = surplus === 0 ? digits : (digits + 5n * 10n ** BigInt(surplus - 1)) / 10n ** BigInt(surplus)
  const left = places - surplus
  if (left <= 0) return (rounded * 10n ** BigInt(-left)).toString()
  const text = rounded.toString().padStart(left + 1, '0')
  return `${text.slice(0, -left)}.${text.slice(-left)}`.replace(/\.?0+$/, '')
}
