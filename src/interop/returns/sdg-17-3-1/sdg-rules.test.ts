import { expect, test } from 'vitest'
import type { InitiativeContribution, ReturnRecord } from '../../../modules/registry/index.ts'
import { buildReturns } from '../build-returns.ts'
import { receiptsByRecipient } from '../receipts-by-recipient.ts'
import { BRAZIL, EXPERTS, grant, KENYA, loan, recordOf } from '../testing/return-records.ts'

function sdgOf(records: readonly ReturnRecord[], year?: number) {
  const built = buildReturns(records, { year, lang: 'en' }).returns['sdg-17-3-1']
  const verdicts = [...built.verdicts.values()]
  return { built, totals: Object.fromEntries(built.totals.map(({ key, usd }) => [key, usd])), verdicts }
}

const NOTHING = { 'a-money': '0', 'a-in-kind': '0', b: '0', c: '0' }

test('what a return has no place for is left out, with the reason', () => {
  const cases: readonly [Partial<InitiativeContribution>, Parameters<typeof recordOf>[1], string][] = [
    [{ ...grant('5'), modality: 'debt_relief' }, {}, 'debt_relief'],
    [{ ...grant('5'), modality: 'core_contribution' }, {}, 'via_multilateral'],
    [{ ...grant('5'), nature: 'commitment' }, {}, 'not_delivered'],
    [{ ...grant('5'), nature: 'receipt' }, {}, 'incoming'],
    [{ modality: 'knowledge_exchange' }, {}, 'described_only'],
    [{ ...grant('5'), published: { element: 'transaction', aidTypes: [{ code: 'H02' }] } }, {}, 'in_donor_refugees'],
    [{ ...grant('5'), published: { element: 'transaction', aidTypes: [{ code: 'G01' }] } }, {}, 'administration'],
    [{ ...grant('5'), published: { element: 'transaction', flowType: '22' } }, {}, 'export_credit'],
    [{ ...grant('5'), sdgLink: false }, {}, 'no_sdg_link'],
    [{ ...grant('5'), recipientObjection: true }, {}, 'objection'],
    [grant('5'), { objecting: ['KEN'] }, 'objection'],
    [grant('5'), { facts: { partners: [{ ...BRAZIL, partnerType: 'cso' }, KENYA] } }, 'not_official'],
    [grant('5'), { facts: { partners: [BRAZIL, { ...KENYA, iso3: 'DEU' }] } }, 'recipient_not_developing'],
  ]
  for (const [contribution, given, reason] of cases) {
    const { totals, verdicts } = sdgOf([recordOf([contribution], given)])
    expect([reason, totals]).toEqual([reason, NOTHING])
    expect(verdicts).toMatchObject([{ state: 'out', reasons: [reason] }])
  }
})

test('8.2: a fact that is not stated keeps the amount waiting, and its dollars are said beside the totals', () => {
  const cases: readonly [Partial<InitiativeContribution>, Parameters<typeof recordOf>[1], string][] = [
    [{ ...grant('5'), nature: undefined }, {}, 'nature'],
    [{ ...grant('5'), period: undefined }, {}, 'year'],
    [grant('5'), { facts: { goals: [] } }, 'sdg_link'],
    [{ ...grant('5'), modality: undefined }, {}, 'finance_type'],
    [{ ...grant('5'), modality: 'concessional_loan' }, {}, 'loan_terms'],
    [{ ...grant('5'), giver: undefined }, {}, 'giver'],
    [{ ...grant('5'), giver: undefined, giverName: 'Somebody' }, {}, 'giver_type'],
    [grant('5'), { facts: { partners: [BRAZIL, { no: '2', name: 'Ministry', role: 'recipient' }] } }, 'recipient'],
  ]
  for (const [contribution, given, field] of cases) {
    const { built, totals } = sdgOf([recordOf([contribution], given)])
    expect([field, totals]).toEqual([field, NOTHING])
    expect(built.missing).toMatchObject([{ field, blocks: true, contributionNo: '1' }])
    expect(built.waiting).toEqual({ usd: '5', contributions: 1 })
  }
})

test('8.3: three experts worth 13,800 dollars are a grant in kind, apart from money', () => {
  const { totals, built } = sdgOf([recordOf([EXPERTS, grant('0.05')])])
  expect(totals).toEqual({ ...NOTHING, 'a-in-kind': '13800', 'a-money': '0.05' })
  expect(built.rows[0]?.values).toMatchObject({ part: 'a', recipient: 'KEN', basis: 'table', group: 'B', usd: '13800' })
})

test('experts whom nobody valued are missing a value, and not worth nothing', () => {
  const { valuations: _valued, ...unvalued } = EXPERTS
  const { totals, built } = sdgOf([recordOf([unvalued])])
  expect(totals).toEqual(NOTHING)
  expect(built.missing).toMatchObject([{ field: 'valuation', blocks: true }])
  expect(built.amounts).toMatchObject([{ state: 'waiting', basis: 'none', quantity: '30', unit: 'person_day', usd: null }])
})

test('8.3: of a thing in kind what was really paid comes before the table, and the table before the estimate', () => {
  const valuations = (['estimate', 'table', 'actual'] as const).map((basis, index) => ({
    amount: String(index + 1),
    currency: 'USD',
    basis,
  }))
  expect(sdgOf([recordOf([{ ...EXPERTS, valuations }])]).built.amounts).toMatchObject([{ usd: '3', basis: 'actual' }])
  expect(sdgOf([recordOf([{ ...EXPERTS, valuations: valuations.slice(0, 2) }])]).built.amounts).toMatchObject([{ usd: '2' }])
})

interface LoanCase {
  readonly name: string
  /** Interest, maturity, grace. */
  readonly terms: readonly [string, number, number]
  readonly part: 'b' | 'c'
  readonly percent: string
}

test.each([
  // Grant element as printed, part, and the gift in a million: worked out from the payments of the schedule.
  { name: '2 %, 20 years, 5 of grace', terms: ['0.02', 20, 5], part: 'c', percent: '0.2747' },
  { name: '1 %, 30 years, 10 of grace', terms: ['0.01', 30, 10], part: 'b', percent: '0.4940' },
  { name: '3.5 %, 15 years, 3 of grace', terms: ['0.035', 15, 3], part: 'c', percent: '0.1086' },
  { name: '5 %, 20 years, 5 of grace', terms: ['0.05', 20, 5], part: 'c', percent: '0.0000' },
] as readonly LoanCase[])(
  '8.3: a loan of $name is $part, whatever it is called; its face counts and its gift stands beside',
  ({ terms, part, percent }) => {
    const { totals, built } = sdgOf([recordOf([loan('1000000', ...terms)])])
    expect(totals).toEqual({ ...NOTHING, [part]: '1000000' })
    const { grantElement, grantEquivalent } = built.rows[0]?.values ?? {}
    expect(Number(grantElement).toFixed(4)).toBe(percent)
    expect(Number(grantEquivalent).toFixed(0)).toBe((Number(grantElement) * 1_000_000).toFixed(0))
  },
)

test('another currency is converted at the average of its year, and without a rate it waits', () => {
  const reais = { ...grant('1000000'), money: { amount: '1000000', currency: 'BRL' } }
  const { built } = sdgOf([recordOf([reais])])
  // The table has 2.35295 reais a dollar for 2014: 1,000,000 / 2.35295 = 424,998.41.
  expect(Number(built.totals[0]?.usd).toFixed(2)).toBe('424998.41')
  expect(built.amounts).toMatchObject([{ originalAmount: '1000000', originalCurrency: 'BRL', rateYear: 2014, basis: 'money' }])
  const unknown = { ...grant('5'), money: { amount: '5', currency: 'XTS' } }
  expect(sdgOf([recordOf([unknown])]).built.missing).toMatchObject([{ field: 'rate' }])
})

test('an amount for two countries is divided as stated, and its parts make the whole', () => {
  const shared = { ...grant('100'), taker: undefined }
  const facts = {
    countries: [
      { iso3: 'KEN', share: 0.333 },
      { iso3: 'UGA', share: 0.667 },
    ],
  }
  const { built } = sdgOf([recordOf([shared], { facts })])
  expect(built.rows.map(({ values }) => [values.recipient, values.usd])).toEqual([
    ['KEN', '33.3'],
    ['UGA', '66.7'],
  ])
  expect(receiptsByRecipient(built)).toMatchObject([
    { year: '2014', recipient: 'KEN', usd: { ...NOTHING, 'a-money': '33.3' } },
    { year: '2014', recipient: 'UGA', usd: { ...NOTHING, 'a-money': '66.7' } },
  ])
})

test('a year asks for its own flows; what nobody dated waits in each', () => {
  const records = [recordOf([grant('5'), { ...grant('7'), period: { start: '2015-03' } }, { ...grant('9'), period: undefined }])]
  const { totals, built } = sdgOf(records, 2015)
  expect(totals['a-money']).toBe('7')
  expect(built.waiting).toEqual({ usd: '9', contributions: 1 })
  expect(buildReturns(records, { year: 2015, lang: 'en' }).years).toEqual([2015, 2014])
})
