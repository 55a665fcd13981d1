/**
 * From local currency to United States dollars, by the yearly average rate of the year of delivery (domain 8.3).
 * International dollars (purchasing power) are another measure with a type of their own, so that nobody adds the two.
 */
import { compareDecimals, type Decimal, divideDecimals } from '../../../kernel/decimal.ts'
import type { Money } from '../../../kernel/money.ts'

/** Units of local currency for one dollar, with where the rate comes from. */
export interface YearlyRate {
  readonly perDollar: Decimal
  readonly source: string
}

export type YearlyRateOf = (currency: string, year: number) => YearlyRate | undefined

export interface ConvertedMoney {
  readonly amount: Decimal
  readonly currency: 'USD'
  readonly year: number
  readonly rate: YearlyRate
}

export interface InternationalDollars {
  readonly internationalDollars: Decimal
  readonly year: number
  readonly rate: YearlyRate
}

// A quotient may have no end. Ten digits keep a million conversions right to the cent when they are added up.
const DIGITS = 10

/** Undefined when the rate of the year is not known: the amount then stays in its own currency. */
export function toDollars(money: Money, year: number, rateOf: YearlyRateOf): ConvertedMoney | undefined {
  if (money.currency === 'USD') {
    return { amount: money.amount, currency: 'USD', year, rate: { perDollar: '1', source: 'USD' } }
  }
  const rate = rateOf(money.currency, year)
  const amount = dividedBy(money, rate)
  return rate === undefined || amount === undefined ? undefined : { amount, currency: 'USD', year, rate }
}

/** By the purchasing power parity of the year; never added to dollars. */
export function toInternationalDollars(money: Money, year: number, parityOf: YearlyRateOf): InternationalDollars | undefined {
  const rate = parityOf(money.currency, year)
  const amount = dividedBy(money, rate)
  return rate === undefined || amount === undefined ? undefined : { internationalDollars: amount, year, rate }
}

/** A rate of 0 or less is no rate. */
function dividedBy({ amount }: Money, rate: YearlyRate | undefined): Decimal | undefined {
  if (rate === undefined || compareDecimals(rate.perDollar, '0') <= 0) return undefined
  return divideDecimals(amount, rate.perDollar, DIGITS)
}
