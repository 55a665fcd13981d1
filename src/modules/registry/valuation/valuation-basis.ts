/**
 * On what a value rests (domain 8.3). A report prints how many contributions in kind were valued by each basis.
 */
import type { Decimal } from '../../../kernel/decimal.ts'

/** `none`: no rate is known; the contribution keeps its quantity and stays unvalued. */
export const VALUATION_BASES = ['actual', 'table', 'estimate', 'none'] as const

export type ValuationBasis = (typeof VALUATION_BASES)[number]

export interface RateSources {
  /** What the provider really paid. */
  readonly actualPay?: Decimal | undefined
  /** The provider's published table of costs. */
  readonly providerTable?: Decimal | undefined
  /** The default table of the installation, by grade and country. */
  readonly instanceTable?: Decimal | undefined
}

/**
 * The first source that is known, in the settled order. A consultant's international market rate is not among them: it
 * inflates the work of a public official, and may only be stored as another valuation beside this one.
 */
export function chooseRate(sources: RateSources): { readonly basis: ValuationBasis; readonly rate?: Decimal } {
  if (sources.actualPay !== undefined) return { basis: 'actual', rate: sources.actualPay }
  if (sources.providerTable !== undefined) return { basis: 'table', rate: sources.providerTable }
  if (sources.instanceTable !== undefined) return { basis: 'estimate', rate: sources.instanceTable }
  return { basis: 'none' }
}

/** How many contributions rest on each basis; all four are named, so that the unvalued ones are seen. */
export function countByBasis(bases: readonly ValuationBasis[]): Readonly<Record<ValuationBasis, number>> {
  const counts: Record<ValuationBasis, number> = { actual: 0, table: 0, estimate: 0, none: 0 }
  for (const basis of bases) counts[basis] += 1
  return counts
}
