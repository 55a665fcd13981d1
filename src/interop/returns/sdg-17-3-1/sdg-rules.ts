/**
 * SDG indicator 17.3.1, sub-indicators a to c: what developing countries received in a year from official providers as grants (a),
 * concessional loans (b) and other loans (c). A loan is concessional when its grant element at 5 % is at least 35 %.
 */
import { grantElementOf, grantEquivalentOf, isConcessional } from '../../../modules/registry/index.ts'
import { isDeveloping, providerKind } from '../flows/party-of-flow.ts'
import type { ReturnFlow } from '../flows/state-flow.ts'
import type { ReturnRow, ReturnRules } from '../return-rows.ts'
import { AMOUNT_COLUMNS, amountValues, goalsOf, listed, orNull, titleOf, usdText } from '../stated-values.ts'
import { type ReturnReason, verdictFrom } from '../verdict.ts'

export type SubIndicator = 'a' | 'b' | 'c'

export const sdgRules: ReturnRules = {
  form: 'sdg-17-3-1',
  columns: [
    { key: 'year', form: 'integer' },
    { key: 'recipient', list: 'country' },
    { key: 'part', words: 'part' },
    { key: 'provider' },
    { key: 'providerCountry', list: 'country' },
    { key: 'providerKind', words: 'provider-kind' },
    { key: 'title' },
    { key: 'identifier' },
    { key: 'modality', list: 'modality' },
    { key: 'goals' },
    { key: 'usd', form: 'decimal' },
    ...AMOUNT_COLUMNS,
    { key: 'grantElement', form: 'decimal' },
    { key: 'grantEquivalent', form: 'decimal' },
  ],
  totals: [
    { key: 'a-money', group: 'A' },
    { key: 'a-in-kind', group: 'B' },
    { key: 'b', group: 'A' },
    { key: 'c', group: 'A' },
  ],
  meetsFunding: true,
  judge(flow) {
    const { record, contribution, direction, giver, places, value, instrument, year } = flow
    const linked = contribution.sdgLink ?? (goalsOf(record).length > 0 ? true : undefined)
    const countries = places.flatMap(({ iso3 }) => iso3 ?? [])
    return verdictFrom(
      [
        ...excludedKind(flow),
        viaMultilateral(flow) && 'via_multilateral',
        giver?.standing === 'private' && 'not_official',
        countries.length > 0 && !countries.some((iso3) => isDeveloping(iso3, year)) && 'recipient_not_developing',
        linked === false && 'no_sdg_link',
        (contribution.recipientObjection === true || record.objecting.length > 0) && 'objection',
      ],
      [
        direction === undefined && 'nature',
        year === undefined && 'year',
        giver === undefined && 'giver',
        giver?.standing === 'unclear' && 'giver_type',
        countries.length === 0 && 'recipient',
        value.group === 'B' && value.basis === 'none' && 'valuation',
        value.original !== undefined && value.micros === undefined && 'rate',
        value.group === 'A' && (instrument === undefined || instrument === 'other') && 'finance_type',
        instrument === 'loan' && termsOf(flow) === undefined && 'loan_terms',
        linked === undefined && 'sdg_link',
      ],
    )
  },
  rows: (_record, counted, lang) => counted.flatMap((flow) => rowsOfFlow(flow, lang)),
  gaps: () => [],
}

/** What no part of the indicator holds (domain 8.2). */
export function excludedKind({ direction, instrument, aidTypes, flowType, value, record, contribution }: ReturnFlow) {
  const military = (contribution.sectors ?? record.facts.sectors ?? []).some(({ code }) => code.startsWith('152'))
  const reasons: (ReturnReason | false)[] = [
    direction === 'incoming' && 'incoming',
    (direction === 'committed' || direction === 'planned' || direction === 'pledged' || direction === 'incoming_promise') &&
      'not_delivered',
    direction === 'repaid' && 'repayment',
    (direction === 'equity' || instrument === 'equity') && 'equity',
    direction === 'guarantee' && 'guarantee',
    value.group === 'C' && 'described_only',
    instrument === 'debt_relief' && 'debt_relief',
    aidTypes.some((code) => /^H0[2-6]$/.test(code)) && 'in_donor_refugees',
    aidTypes.includes('G01') && 'administration',
    military && flowType !== undefined && flowType !== '10' && 'peace_security',
    (instrument === 'export_credit' || flowType === '22') && 'export_credit',
    ['30', '35', '36', '37'].includes(flowType ?? '') && 'private_flow',
  ]
  return reasons
}

/**
 * Core and pooled contributions are counted where the multilateral body spends them; its own spending is not one, whatever aid type
 * the file states for the activity as a whole.
 */
export function viaMultilateral({ contribution, giver, taker }: ReturnFlow): boolean {
  const { modality } = contribution
  if (modality !== 'core_contribution' && modality !== 'pooled_contribution') return false
  return !(giver?.isMultilateral && !taker?.isMultilateral)
}

/** Share of the face value; undefined while the terms are not known. */
function termsOf({ contribution }: ReturnFlow) {
  const { loan } = contribution
  if (!loan) return undefined
  const terms = {
    interestRate: loan.interestRate,
    maturityYears: loan.maturityYears,
    graceYears: loan.graceYears,
    paymentsPerYear: loan.paymentsPerYear,
    repayment: loan.repayment,
  }
  return grantElementOf(terms) === undefined ? undefined : terms
}

/** The terms decide about a loan, whatever it is called; grants in cash and in kind are a. */
export function subIndicatorOf(flow: ReturnFlow): SubIndicator {
  if (flow.instrument !== 'loan') return 'a'
  const terms = termsOf(flow)
  return terms && isConcessional(terms) ? 'b' : 'c'
}

function rowsOfFlow(flow: ReturnFlow, lang: string): ReturnRow[] {
  const { record, contribution, giver, year, value } = flow
  const part = subIndicatorOf(flow)
  const terms = flow.instrument === 'loan' ? termsOf(flow) : undefined
  const total = part === 'a' ? (value.group === 'B' ? 'a-in-kind' : 'a-money') : part
  return flow.places
    .filter(({ iso3 }) => iso3 !== undefined && isDeveloping(iso3, year))
    .map(({ iso3, micros }) => {
      const usd = usdText(micros)
      return {
        initiativeId: record.id,
        collection: record.collection,
        contributionNo: contribution.no,
        values: {
          year: year === undefined ? null : String(year),
          recipient: iso3 ?? null,
          part,
          provider: orNull(giver?.name),
          providerCountry: orNull(giver?.iso3),
          providerKind: orNull(providerKind(giver, year)),
          title: titleOf(record, lang),
          identifier: record.identifier,
          modality: orNull(contribution.modality),
          goals: listed(goalsOf(record)),
          usd,
          ...amountValues(flow),
          grantElement: terms ? (grantElementOf(terms) ?? null) : null,
          grantEquivalent: terms && usd !== null ? (grantEquivalentOf(usd, terms) ?? null) : null,
        },
        adds: { [total]: micros ?? 0n },
      }
    })
}
