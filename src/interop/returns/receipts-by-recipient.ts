/** What each developing country received in each year, by sub-indicator: the form in which indicator 17.3.1 is published. */
import type { Decimal } from '../../kernel/decimal.ts'
import { dollarsOf, type MicroDollars } from '../../modules/registry/index.ts'
import type { BuiltReturn } from './return-rows.ts'

export interface RecipientReceipts {
  readonly year: string
  /** ISO 3166-1 alpha-3. */
  readonly recipient: string
  /** Dollars by total: `a-money`, `a-in-kind`, `b`, `c`. */
  readonly usd: Readonly<Record<string, Decimal>>
  readonly rows: number
}

/** In the order of year, newest first, and code of the country. */
export function receiptsByRecipient({ rows, totals }: BuiltReturn): RecipientReceipts[] {
  const sums = new Map<string, { year: string; recipient: string; micros: Record<string, MicroDollars>; rows: number }>()
  for (const { values, adds } of rows) {
    const year = String(values.year ?? '')
    const recipient = String(values.recipient ?? '')
    const key = `${year} ${recipient}`
    const sum = sums.get(key) ?? { year, recipient, micros: {}, rows: 0 }
    for (const [total, micros] of Object.entries(adds)) sum.micros[total] = (sum.micros[total] ?? 0n) + micros
    sum.rows += 1
    sums.set(key, sum)
  }
  return [...sums.values()]
    .sort((a, b) => (a.year === b.year ? compare(a.recipient, b.recipient) : compare(b.year, a.year)))
    .map(({ year, recipient, micros, rows: count }) => ({
      year,
      recipient,
      usd: Object.fromEntries(totals.map(({ key }) => [key, dollarsOf(micros[key] ?? 0n)])),
      rows: count,
    }))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
