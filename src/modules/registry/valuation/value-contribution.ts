/**
 * Values a contribution in kind, or a loan, by the formulae of domain section 8.3. The value is a layer beside the quantity: this
 * query proposes it, a person enters it with its basis. What is not known leaves the contribution unvalued.
 */
import { z } from 'zod'
import { unitsPerUsd } from '../../../codes/index.ts'
import { parseDecimal } from '../../../kernel/decimal.ts'
import { defineQuery } from '../../../operations/index.ts'
import { type ConvertedMoney, toDollars } from './convert-value.ts'
import { grantElementOf, grantEquivalentOf, isConcessional } from './grant-element.ts'
import {
  valueOfExperts,
  valueOfFacilityUse,
  valueOfGoods,
  valueOfInfrastructure,
  valueOfScholarships,
  valueOfStudyVisit,
  valueOfTrainingByCost,
  valueOfTrainingByEffort,
  valueOfVolunteer,
} from './value-in-kind.ts'

const Amount = z
  .string()
  .refine((text) => parseDecimal(text) !== undefined, 'decimal')
  .optional()
  .transform((text) => text)

const Formula = z.discriminatedUnion('formula', [
  z.object({
    formula: z.literal('experts'),
    missions: z.array(z.object({ days: Amount, dailyRate: Amount, travel: Amount, dailySubsistence: Amount })),
    materials: Amount,
  }),
  z.object({ formula: z.literal('training-by-cost'), fixedCost: Amount, participants: Amount, costPerParticipant: Amount }),
  z.object({
    formula: z.literal('training-by-effort'),
    hours: Amount,
    trainers: Amount,
    hourlyRate: Amount,
    venue: Amount,
    participants: Amount,
    dailySubsistence: Amount,
    days: Amount,
  }),
  z.object({
    formula: z.literal('scholarships'),
    scholarships: z.array(
      z.object({ months: Amount, monthlyTuition: Amount, monthlyStipend: Amount, monthlyInsurance: Amount, travel: Amount }),
    ),
  }),
  z.object({
    formula: z.literal('study-visit'),
    persons: Amount,
    days: Amount,
    dailySubsistence: Amount,
    travel: Amount,
    hostPersonDays: Amount,
    dailyRate: Amount,
  }),
  z.object({ formula: z.literal('volunteer'), months: Amount, monthlyStipend: Amount, monthlyInsurance: Amount, travel: Amount }),
  z.object({
    formula: z.literal('goods'),
    quantity: Amount,
    unitPrice: Amount,
    freight: Amount,
    insurance: Amount,
    recipientPaid: Amount,
  }),
  z.object({
    formula: z.literal('infrastructure'),
    contractValue: Amount,
    providerShare: Amount,
    certified: z.array(z.object({ year: z.number().int(), share: Amount })),
  }),
  z.object({ formula: z.literal('facility-use'), hours: Amount, hourlyRentalEquivalent: Amount }),
  z.object({
    formula: z.literal('loan'),
    face: Amount,
    interestRate: Amount,
    maturityYears: z.number().int().optional(),
    graceYears: z.number().int().optional(),
    paymentsPerYear: z.number().int().optional(),
    repayment: z.enum(['equal_principal', 'annuity', 'bullet']).optional(),
  }),
])
type Formula = z.output<typeof Formula>

export interface ContributionValue {
  /** Exact, in the currency of the input; null when something needed is not known. */
  readonly amount: string | null
  readonly currency: string
  /** Parts of the sum where standards report them apart, or the grant element of a loan. */
  readonly parts: Readonly<Record<string, unknown>>
  /** At the annual average of the year, with its source; null when no rate is known. */
  readonly inDollars: ConvertedMoney | null
}

export const valueContribution = defineQuery({
  name: 'registry.value-contribution',
  permission: 'registry.initiative.read',
  input: z.object({ currency: z.string().regex(/^[A-Z]{3}$/), year: z.number().int().optional(), by: Formula }),
  async run(_context, { currency, year, by }): Promise<ContributionValue> {
    const { amount, parts } = valueBy(by)
    const inDollars =
      amount === undefined || year === undefined
        ? undefined
        : toDollars({ amount, currency }, year, (code, of) => {
            const rate = unitsPerUsd(code, of)
            return rate && { perDollar: rate.rate, source: rate.source }
          })
    return { amount: amount ?? null, currency, parts, inDollars: inDollars ?? null }
  },
})

function valueBy(by: Formula): { amount: string | undefined; parts: Record<string, unknown> } {
  switch (by.formula) {
    case 'experts': {
      const value = valueOfExperts(by.missions, by.materials)
      return { amount: value?.total, parts: { ...value } }
    }
    case 'training-by-cost':
      return { amount: valueOfTrainingByCost(by), parts: {} }
    case 'training-by-effort':
      return { amount: valueOfTrainingByEffort(by), parts: {} }
    case 'scholarships':
      return { amount: valueOfScholarships(by.scholarships), parts: {} }
    case 'study-visit':
      return { amount: valueOfStudyVisit(by), parts: {} }
    case 'volunteer':
      return { amount: valueOfVolunteer(by), parts: {} }
    case 'goods':
      return { amount: valueOfGoods(by), parts: {} }
    case 'infrastructure': {
      const value = valueOfInfrastructure(by)
      return { amount: value?.total, parts: { byYear: value?.byYear } }
    }
    case 'facility-use':
      return { amount: valueOfFacilityUse(by), parts: {} }
    case 'loan': {
      const { interestRate, maturityYears, graceYears, paymentsPerYear, repayment } = by
      const terms = { interestRate, maturityYears, graceYears, paymentsPerYear, repayment }
      return {
        amount: grantEquivalentOf(by.face, terms),
        parts: { grantElement: grantElementOf(terms), concessional: isConcessional(terms) },
      }
    }
  }
}
