/**
 * Exact decimal numbers. A Decimal is text such as '-1200.05': money, quantities and shares never pass through a
 * binary float, because 0.1 + 0.2 is not 0.3 there (domain ruling 11).
 *
 * Every result is canonical: no exponent, no leading or trailing zeros, no '-0'. So equal numbers are equal texts.
 * Only `divideDecimals`, `rootOfDecimal` and `roundDecimal` round, and the caller states to how many digits.
 */
export type Decimal = string

/** `half_up`: 0.5 goes away from zero, as printed reports do. `half_even`: 0.5 goes to the even neighbour, as banks do. */
export type Rounding = 'half_up' | 'half_even'

/** `units` x 10^-scale. */
interface Parts {
  readonly units: bigint
  readonly scale: number
}

const WRITTEN = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/

// For what people write; a longer text is an attack, since arithmetic on a million digits would stop the server.
// Our own exact powers may be longer.
const LONGEST_TEXT = 200
const LARGEST_EXPONENT = 100

/**
 * Reads a decimal written with a point and without separators of thousands: '1200', '-0.50', '.5', '1e3'.
 * Undefined for everything else; '1,200' is one thing in Nairobi and another in Brasilia, so it is not guessed.
 */
export function parseDecimal(text: string): Decimal | undefined {
  if (text.length > LONGEST_TEXT) return undefined
  const parts = partsOf(text.trim())
  return parts && textOf(parts)
}

/** The decimal that a program number shows ('0.1' for 0.1), for cells of spreadsheets. Undefined for infinity and NaN. */
export function decimalOfNumber(value: number): Decimal | undefined {
  return Number.isFinite(value) ? parseDecimal(String(value)) : undefined
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  return sumDecimals([a, b])
}

export function subtractDecimals(a: Decimal, b: Decimal): Decimal {
  return sumDecimals([a, negateDecimal(b)])
}

/** The exact sum; '0' for an empty list. */
export function sumDecimals(values: Iterable<Decimal>): Decimal {
  let units = 0n
  let scale = 0
  for (const value of values) {
    const part = requireParts(value)
    if (part.scale > scale) {
      units *= powerOfTen(part.scale - scale)
      scale = part.scale
    }
    units += part.units * powerOfTen(scale - part.scale)
  }
  return textOf({ units, scale })
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  const left = requireParts(a)
  const right = requireParts(b)
  return textOf({ units: left.units * right.units, scale: left.scale + right.scale })
}

/** `a / b`, rounded once, to `digits` after the point. A zero divisor is a fault of the caller. */
export function divideDecimals(a: Decimal, b: Decimal, digits: number, rounding: Rounding = 'half_even'): Decimal {
  const above = requireParts(a)
  const below = requireParts(b)
  if (below.units === 0n) throw new RangeError(`${a} cannot be divided by zero`)
  // (A / 10^s) / (B / 10^t) x 10^digits = A x 10^(digits + t - s) / B
  const shift = digits + below.scale - above.scale
  const numerator = shift >= 0 ? above.units * powerOfTen(shift) : above.units
  const denominator = shift >= 0 ? below.units : below.units * powerOfTen(-shift)
  return textOf({ units: divideUnits(numerator, denominator, rounding), scale: digits })
}

/** `base` to a whole power of 0 or more, exact. */
export function powerOfDecimal(base: Decimal, exponent: number): Decimal {
  if (!Number.isInteger(exponent) || exponent < 0) throw new RangeError(`${exponent} is not a whole power of 0 or more`)
  const { units, scale } = requireParts(base)
  return textOf({ units: units ** BigInt(exponent), scale: scale * exponent })
}

/** The `degree`-th root of a number of 0 or more, cut (not rounded) after `digits` digits. */
export function rootOfDecimal(value: Decimal, degree: number, digits: number): Decimal {
  const { units, scale } = requireParts(value)
  if (units < 0n || !Number.isInteger(degree) || degree < 1) throw new RangeError(`No root of degree ${degree} of ${value}`)
  const power = digits * degree - scale
  const radicand = power >= 0 ? units * powerOfTen(power) : units / powerOfTen(-power)
  return textOf({ units: wholeRoot(radicand, BigInt(degree)), scale: digits })
}

/**
 * Rounded to `digits` after the point; negative digits round to tens (-1), hundreds (-2) ...
 * The result is canonical like every other ('2.5', not '2.50'): showing two digits is the work of `i18n`.
 */
export function roundDecimal(value: Decimal, digits: number, rounding: Rounding = 'half_even'): Decimal {
  return divideDecimals(value, '1', digits, rounding)
}

/** Negative, 0 or positive, for sorting. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const left = requireParts(a)
  const right = requireParts(b)
  const scale = Math.max(left.scale, right.scale)
  const difference = left.units * powerOfTen(scale - left.scale) - right.units * powerOfTen(scale - right.scale)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export function negateDecimal(value: Decimal): Decimal {
  const { units, scale } = requireParts(value)
  return textOf({ units: -units, scale })
}

/** Digits after the point as written: 2 for '0.30'. For the precision that a source printed. */
export function digitsAfterPoint(text: string): number {
  return text.split('.')[1]?.length ?? 0
}

function requireParts(text: Decimal): Parts {
  const parts = partsOf(text)
  if (!parts) throw new RangeError(`'${text.slice(0, LONGEST_TEXT)}' is not a decimal number`)
  return parts
}

function partsOf(text: string): Parts | undefined {
  const match = WRITTEN.exec(text)
  if (!match) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  if (whole === '' && fraction === '') return undefined
  const shift = Number(exponent)
  if (Math.abs(shift) > LARGEST_EXPONENT) return undefined
  const magnitude = BigInt(whole + fraction)
  const units = sign === '-' ? -magnitude : magnitude
  const scale = fraction.length - shift
  return scale >= 0 ? { units, scale } : { units: units * powerOfTen(-scale), scale: 0 }
}

function textOf({ units, scale }: Parts): Decimal {
  if (units === 0n) return '0'
  const negative = units < 0n
  const magnitude = negative ? -units : units
  const sign = negative ? '-' : ''
  if (scale <= 0) return sign + (magnitude * powerOfTen(-scale)).toString()
  const digits = magnitude.toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, -scale)
  const fraction = digits.slice(-scale).replace(/0+$/, '')
  return sign + whole + (fraction === '' ? '' : `.${fraction}`)
}

function divideUnits(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const negative = numerator < 0n !== denominator < 0n
  const above = numerator < 0n ? -numerator : numerator
  const below = denominator < 0n ? -denominator : denominator
  const quotient = above / below
  const twiceRest = (above % below) * 2n
  const up = twiceRest > below || (twiceRest === below && (rounding === 'half_up' || quotient % 2n === 1n))
  const rounded = up ? quotient + 1n : quotient
  return negative ? -rounded : rounded
}

/** Largest whole number whose `degree`-th power is not above `value` (Newton's method on whole numbers). */
function wholeRoot(value: bigint, degree: bigint): bigint {
  if (value === 0n || degree === 1n) return value
  let guess = 1n << (BigInt(value.toString(2).length) / degree + 1n)
  for (;;) {
    const next = ((degree - 1n) * guess + value / guess ** (degree - 1n)) / degree
    if (next >= guess) return guess
    guess = next
  }
}

function powerOfTen(exponent: number): bigint {
  return 10n ** BigInt(exponent)
}
