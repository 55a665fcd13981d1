/** Valuing cooperation in kind and loans: what the rest of the registry may use. */
export {
  type ConvertedMoney,
  type InternationalDollars,
  toDollars,
  toInternationalDollars,
  type YearlyRate,
  type YearlyRateOf,
} from './convert-value.ts'
export {
  DISCOUNT_RATE,
  grantElementOf,
  grantEquivalentOf,
  isConcessional,
  type LoanTerms,
  type Repayment,
} from './grant-element.ts'
export { chooseRate, countByBasis, type RateSources, VALUATION_BASES, type ValuationBasis } from './valuation-basis.ts'
export {
  type ExpertMission,
  type ExpertValue,
  type Scholarship,
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
