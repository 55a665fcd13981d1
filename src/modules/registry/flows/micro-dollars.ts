/** Dollars as whole millionths: what is added and divided many times needs no decimal point, and nothing is ever rounded twice. */
import { type Decimal, divideDecimals } from '../../../kernel/decimal.ts'

export type MicroDollars = bigint

const DIGITS = 6
const ZEROS = '0'.repeat(DIGITS)

/** The amount by the rate (units of the currency for one dollar), rounded once. */
export function microDollars(amount: Decimal, unitsPerDollar: Decimal): MicroDollars {
  return unitsPerDollar === '1' && isShort(amount) ? microsOf(amount) : microsOf(divideDecimals(amount, unitsPerDollar, DIGITS))
}

export function dollarsOf(micros: MicroDollars): Decimal {
  if (micros === 0n) return '0'
  const digits = (micros < 0n ? -micros : micros).toString().padStart(DIGITS + 1, '0')
  let end = digits.length
  const point = digits.length - DIGITS
  while (end > point && digits.charCodeAt(end - 1) === 48) end--
  return (
    (micros < 0n ? '-' : '') + (end === point ? digits.slice(0, point) : `${digits.slice(0, point)}.${digits.slice(point, end)}`)
  )
}

function isShort(amount: Decimal): boolean {
  const point = amount.indexOf('.')
  return point === -1 || amount.length - point - 1 <= DIGITS
}

function microsOf(amount: Decimal): MicroDollars {
  const point = amount.indexOf('.')
  if (point === -1) return BigInt(amount + ZEROS)
  const fraction = amount.slice(point + 1)
  return BigInt(amount.slice(0, point) + fraction + ZEROS.slice(fraction.length))
}
