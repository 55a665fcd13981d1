/**
 * What cooperation in kind is worth, by modality (domain 8.3). Every amount is in the currency of the price list and exact;
 * conversion comes later (`convert-value.ts`). The quantity itself stays where it is: a value is a layer beside it (8.1).
 *
 * Each function gives the value, or undefined when an input is not known: then the contribution stays unvalued.
 */
import { compareDecimals, type Decimal, negateDecimal, sumDecimals } from '../../../kernel/decimal.ts'
import type { Share } from '../../../kernel/shares.ts'
import { type Known, productOf, sumOf } from './known-amounts.ts'

export interface ExpertMission {
  /** Working days of eight hours. */
  readonly days: Known
  /** What a day of this grade costs in this country. */
  readonly dailyRate: Known
  readonly travel: Known
  readonly dailySubsistence: Known
}

/** The parts are kept, because TOSSD reports pay, travel and services apart. */
export interface ExpertValue {
  readonly total: Decimal
  readonly pay: Decimal
  readonly travel: Decimal
  readonly subsistence: Decimal
  readonly materials: Decimal
}

/** Experts: days x rate + travel + days x subsistence for each, and materials. No expert has no value. */
export function valueOfExperts(missions: readonly ExpertMission[], materials: Known): ExpertValue | undefined {
  const pay = sumOf(missions.map(({ days, dailyRate }) => productOf(days, dailyRate)))
  const travel = sumOf(missions.map((mission) => mission.travel))
  const subsistence = sumOf(missions.map(({ days, dailySubsistence }) => productOf(days, dailySubsistence)))
  if (missions.length === 0 || pay === undefined || travel === undefined) return undefined
  if (subsistence === undefined || materials === undefined) return undefined
  return { total: sumDecimals([pay, travel, subsistence, materials]), pay, travel, subsistence, materials }
}

/** A course with a price list: a fixed cost and a cost for each participant. */
export function valueOfTrainingByCost(course: {
  readonly fixedCost: Known
  readonly participants: Known
  readonly costPerParticipant: Known
}): Known {
  return sumOf([course.fixedCost, productOf(course.participants, course.costPerParticipant)])
}

/** A course by its effort: hours of all trainers, the venue, and subsistence of the participants. */
export function valueOfTrainingByEffort(course: {
  readonly hours: Known
  readonly trainers: Known
  readonly hourlyRate: Known
  readonly venue: Known
  readonly participants: Known
  readonly dailySubsistence: Known
  readonly days: Known
}): Known {
  return sumOf([
    productOf(course.hours, course.trainers, course.hourlyRate),
    course.venue,
    productOf(course.participants, course.dailySubsistence, course.days),
  ])
}

export interface Scholarship {
  readonly months: Known
  readonly monthlyTuition: Known
  readonly monthlyStipend: Known
  readonly monthlyInsurance: Known
  readonly travel: Known
}

export function valueOfScholarships(scholarships: readonly Scholarship[]): Known {
  if (scholarships.length === 0) return undefined
  return sumOf(
    scholarships.flatMap(({ months, monthlyTuition, monthlyStipend, monthlyInsurance, travel }) => [
      productOf(months, sumOf([monthlyTuition, monthlyStipend, monthlyInsurance])),
      travel,
    ]),
  )
}

/** A study visit: travel and subsistence of the guests, and working days of the hosts. */
export function valueOfStudyVisit(visit: {
  readonly persons: Known
  readonly days: Known
  readonly dailySubsistence: Known
  /** For one person. */
  readonly travel: Known
  readonly hostPersonDays: Known
  readonly dailyRate: Known
}): Known {
  return sumOf([
    productOf(visit.persons, sumOf([productOf(visit.days, visit.dailySubsistence), visit.travel])),
    productOf(visit.hostPersonDays, visit.dailyRate),
  ])
}

export function valueOfVolunteer(service: {
  readonly months: Known
  readonly monthlyStipend: Known
  readonly monthlyInsurance: Known
  readonly travel: Known
}): Known {
  return sumOf([productOf(service.months, sumOf([service.monthlyStipend, service.monthlyInsurance])), service.travel])
}

/** Goods at the price of their origin on the day of delivery, less what the recipient paid. */
export function valueOfGoods(shipment: {
  readonly quantity: Known
  readonly unitPrice: Known
  readonly freight: Known
  readonly insurance: Known
  readonly recipientPaid: Known
}): Known {
  const { quantity, unitPrice, freight, insurance, recipientPaid } = shipment
  const paid = recipientPaid === undefined ? undefined : negateDecimal(recipientPaid)
  return sumOf([productOf(quantity, unitPrice), freight, insurance, paid])
}

/**
 * Works: the provider's part of the contract, spread over the years by the share of the works that was certified in each.
 * Undefined as well when more than the whole is certified.
 */
export function valueOfInfrastructure(works: {
  readonly contractValue: Known
  readonly providerShare: Share | undefined
  readonly certified: readonly { readonly year: number; readonly share: Share | undefined }[]
}): { readonly total: Decimal; readonly byYear: readonly { readonly year: number; readonly value: Decimal }[] } | undefined {
  const certified = sumOf(works.certified.map(({ share }) => share))
  if (certified === undefined || compareDecimals(certified, '1') > 0) return undefined
  const byYear: { year: number; value: Decimal }[] = []
  for (const { year, share } of works.certified) {
    const value = productOf(works.contractValue, works.providerShare, share)
    if (value === undefined) return undefined
    byYear.push({ year, value })
  }
  return byYear.length === 0 ? undefined : { total: sumDecimals(byYear.map(({ value }) => value)), byYear }
}

/** Use of rooms, laboratories, computers: hours at what renting the like would cost. */
export function valueOfFacilityUse(use: { readonly hours: Known; readonly hourlyRentalEquivalent: Known }): Known {
  return productOf(use.hours, use.hourlyRentalEquivalent)
}
