/** Records for the tests of the returns, with only what a case is about. */
import type { InitiativeContribution, ReturnRecord } from '../../../modules/registry/index.ts'

export const BRAZIL = { no: '1', iso3: 'BRA', role: 'first_provider', partnerType: 'national_government' }
export const KENYA = { no: '2', iso3: 'KEN', role: 'recipient', partnerType: 'national_government' }

let made = 0

export function recordOf(
  contributions: readonly Partial<InitiativeContribution>[],
  given: Partial<Omit<ReturnRecord, 'facts'>> & { facts?: ReturnRecord['facts'] } = {},
): ReturnRecord {
  made += 1
  const id = given.id ?? `record-${String(made).padStart(4, '0')}`
  return {
    id,
    collection: 'ours',
    identifier: id,
    label: 'SSC',
    listedYears: [],
    orgs: new Map(),
    objecting: [],
    leadingId: id,
    ...given,
    facts: {
      title: { orig: 'en', texts: { en: 'Seeds' } },
      partners: [BRAZIL, KENYA],
      goals: [{ goal: '2', target: '2.4' }],
      ...given.facts,
      contributions: contributions.map((contribution, index) => ({
        no: String(index + 1),
        giver: '1',
        taker: '2',
        nature: 'disbursement' as const,
        period: { start: '2014' },
        ...contribution,
      })),
    },
  }
}

/** Paid in dollars in 2014. */
export function grant(amount: string): Partial<InitiativeContribution> {
  return { modality: 'grant_cash', money: { amount, currency: 'USD' } }
}

/** The three experts of domain 8.3: pay 7,500, travel 3,600, subsistence 2,700. */
export const EXPERTS: Partial<InitiativeContribution> = {
  modality: 'expert',
  nature: 'delivery',
  quantity: { value: '30', unit: 'person_day' },
  valuations: [{ amount: '13800', currency: 'USD', basis: 'table' }],
}

export function loan(
  face: string,
  interestRate: string,
  maturityYears: number,
  graceYears: number,
): Partial<InitiativeContribution> {
  return {
    modality: 'concessional_loan',
    money: { amount: face, currency: 'USD' },
    loan: { interestRate, maturityYears, graceYears },
  }
}
