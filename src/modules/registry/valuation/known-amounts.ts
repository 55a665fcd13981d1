/**
 * Arithmetic that stops where a fact is missing: a sum with an unknown part is unknown. An unknown travel cost is not zero;
 * whoever knows that nothing was paid writes '0'.
 */
import { type Decimal, multiplyDecimals, sumDecimals } from '../../../kernel/decimal.ts'

/** A decimal, or undefined for "not known". */
export type Known = Decimal | undefined

export function sumOf(parts: readonly Known[]): Known {
  return areKnown(parts) ? sumDecimals(parts) : undefined
}

export function productOf(...factors: readonly Known[]): Known {
  return areKnown(factors) ? factors.reduce(multiplyDecimals, '1') : undefined
}

function areKnown(values: readonly Known[]): values is readonly Decimal[] {
  return values.every((value) => value !== undefined)
}
