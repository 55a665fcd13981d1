/**
 * Money: an exact amount in the currency in which it was stated (domain section 5). Converted amounts are made beside it, never over it.
 */
import { compareDecimals, type Decimal, parseDecimal, sumDecimals } from './decimal.ts'
import { type PartialDate, parsePartialDate } from './partial-date.ts'

export interface Money {
  readonly amount: Decimal
  /** ISO 4217, three capital letters. */
  readonly currency: string
  /** Day whose exchange rate applies. */
  readonly valueDate?: PartialDate
}

/** Shape only: whether the code exists is a question for the code lists. */
export function isCurrencyCode(text: string): boolean {
  return /^[A-Z]{3}$/.test(text)
}

/**
 * Money as written by a source; undefined when the amount is no decimal, the currency is no code or the date is no date.
 * A negative amount is money only as a reversal, which the caller has to say.
 */
export function parseMoney(
  written: { amount: string; currency: string; valueDate?: string | undefined },
  options: { reversal?: boolean } = {},
): Money | undefined {
  const amount = parseDecimal(written.amount)
  if (amount === undefined || !isCurrencyCode(written.currency)) return undefined
  if (compareDecimals(amount, '0') < 0 && !options.reversal) return undefined
  if (written.valueDate === undefined) return { amount, currency: written.currency }
  const valueDate = parsePartialDate(written.valueDate)
  return valueDate === undefined ? undefined : { amount, currency: written.currency, valueDate }
}

/** One total for each currency, in the order of their codes. Amounts of different currencies are never added. */
export function totalsByCurrency(amounts: Iterable<Money>): Money[] {
  const byCurrency = new Map<string, Decimal[]>()
  for (const { amount, currency } of amounts) {
    const known = byCurrency.get(currency)
    if (known) known.push(amount)
    else byCurrency.set(currency, [amount])
  }
  return [...byCurrency.keys()].sort().map((currency) => ({ amount: sumDecimals(byCurrency.get(currency) ?? []), currency }))
}
