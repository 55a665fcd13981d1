/**
 * What a contribution is worth in United States dollars, and how that is known (domain 8.3): money at the annual average rate of its
 * year; a thing in kind by what it cost, else by a published table, else by an estimate, else not at all.
 */
import { unitsPerUsd } from '../../../codes/index.ts'
import type { Decimal } from '../../../kernel/decimal.ts'
import { flowGroupOf, type InitiativeContribution, type MicroDollars, microDollars } from '../../../modules/registry/index.ts'

/** `money`: paid as such; the others say how a thing in kind was valued. */
export type AmountBasis = 'money' | 'actual' | 'table' | 'estimate' | 'none'

export interface FlowValue {
  readonly group: 'A' | 'B' | 'C'
  readonly basis: AmountBasis
  readonly original: { readonly amount: Decimal; readonly currency: string } | undefined
  /** In millionths; undefined without an amount or without a rate. */
  readonly micros: MicroDollars | undefined
  /** Units of the currency for one dollar. */
  readonly rate: { readonly perDollar: Decimal; readonly year: number | undefined; readonly source: string } | undefined
  readonly quantity: { readonly value: Decimal; readonly unit: string } | undefined
}

/** What was really paid comes first, then the provider's table, then the estimate (domain 8.3). */
const BEST_FIRST = ['actual', 'table', 'estimate'] as const

export function valueOfFlow(contribution: InitiativeContribution): FlowValue {
  const group = flowGroupOf(contribution)
  const { money, quantity, valuations = [], period } = contribution
  const known = { group, quantity }
  if (group === 'C') return { ...known, basis: 'none', original: undefined, micros: undefined, rate: undefined }
  if (money) {
    const date = money.valueDate ?? period?.start ?? period?.end
    return { ...known, basis: group === 'A' ? 'money' : 'actual', ...converted(money, date) }
  }
  const best = BEST_FIRST.flatMap((basis) => valuations.filter((one) => one.basis === basis))[0]
  if (!best) return { ...known, basis: 'none', original: undefined, micros: undefined, rate: undefined }
  const date = period?.start ?? period?.end ?? (best.priceYear === undefined ? undefined : String(best.priceYear))
  return { ...known, basis: best.basis, ...converted(best, date) }
}

/** Dollars are dollars in any year; no other currency takes the rate of another year. */
function converted(
  { amount, currency }: { readonly amount: Decimal; readonly currency: string },
  date: string | undefined,
): Pick<FlowValue, 'original' | 'micros' | 'rate'> {
  const original = { amount, currency }
  const year = date === undefined ? undefined : Number(date.slice(0, 4))
  if (currency === 'USD') return { original, micros: microDollars(amount, '1'), rate: { perDollar: '1', year, source: 'USD' } }
  const found = year === undefined ? undefined : unitsPerUsd(currency, year)
  if (!found) return { original, micros: undefined, rate: undefined }
  return {
    original,
    micros: microDollars(amount, found.rate),
    rate: { perDollar: found.rate, year, source: found.source },
  }
}
