/**
 * Shares of a whole, 0 to 1, kept unrounded: rounding belongs to display, or the parts no longer sum to 100 % (domain section 5).
 */
import { compareDecimals, type Decimal, multiplyDecimals, parseDecimal, subtractDecimals, sumDecimals } from './decimal.ts'

export type Share = Decimal

// Domain 6.2: sources print shares rounded (33.3 three times), so their sum may miss 1 by this much.
const TOLERANCE: Decimal = '0.005'

/** A share written as a decimal from 0 to 1; undefined for anything else. */
export function parseShare(text: string): Share | undefined {
  const value = parseDecimal(text)
  return value !== undefined && isBetween(value, '0', '1') ? value : undefined
}

/** A share written in per cent, as IATI does: '33.3' gives '0.333'. Undefined below 0 or above 100. */
export function parsePercentage(text: string): Share | undefined {
  const value = parseDecimal(text)
  if (value === undefined || !isBetween(value, '0', '100')) return undefined
  return multiplyDecimals(value, '0.01')
}

/** Whether stated shares make a whole: 1 +/- 0.005. Ask only when shares are given; an empty list makes no whole. */
export function makeWhole(shares: readonly Share[]): boolean {
  return isBetween(subtractDecimals(sumDecimals(shares), '1'), `-${TOLERANCE}`, TOLERANCE)
}

function isBetween(value: Decimal, low: Decimal, high: Decimal): boolean {
  return compareDecimals(value, low) >= 0 && compareDecimals(value, high) <= 0
}
