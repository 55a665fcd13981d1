import { expect, test } from 'vitest'
import type { ReturnOrg, ReturnRecord } from '../../modules/registry/index.ts'
import { buildReturns } from './build-returns.ts'
import { compareReturns, countReasons } from './compare-returns.ts'
import { BRAZIL, EXPERTS, grant, KENYA, recordOf } from './testing/return-records.ts'
import { RETURN_FORMS } from './verdict.ts'

function totalsOf(records: readonly ReturnRecord[]) {
  const { returns } = buildReturns(records, { year: undefined, lang: 'en' })
  return Object.fromEntries(
    RETURN_FORMS.map((form) => [form, Object.fromEntries(returns[form].totals.map(({ key, usd }) => [key, usd]))]),
  ) as Record<(typeof RETURN_FORMS)[number], Record<string, string>>
}

function reasonsOf(records: readonly ReturnRecord[]) {
  const { returns, flows } = buildReturns(records, { year: undefined, lang: 'en' })
  return flows.map(({ key }) => RETURN_FORMS.map((form) => returns[form].verdicts.get(key)?.reasons[0] ?? ''))
}

test('8.3: what people linked as one initiative counts once, under the leading record', () => {
  const records = [recordOf([grant('5')], { id: 'a', leadingId: 'b' }), recordOf([grant('7')], { id: 'b', leadingId: 'b' })]
  expect(totalsOf(records)['sdg-17-3-1']['a-money']).toBe('7')
  expect(totalsOf(records)['ibero-american']['executed-money']).toBe('7')
  expect(reasonsOf(records)[0]).toEqual(['same_initiative', 'same_initiative', 'same_initiative', 'same_initiative'])
  // Where the leading one is not in the selection, the one that came first stands for the initiative.
  const others = [recordOf([grant('5')], { id: 'a', leadingId: 'z' }), recordOf([grant('7')], { id: 'b', leadingId: 'z' })]
  expect(totalsOf(others)['sdg-17-3-1']['a-money']).toBe('5')
})

test('8.3: money that one activity passes to another counts where it is spent, and stays where the other says nothing', () => {
  const passed = { ...grant('100'), published: { element: 'transaction' as const, takerActivity: 'XM-1' } }
  const spending = recordOf([grant('90')], { identifier: 'xm-1' })
  expect(totalsOf([recordOf([passed]), spending])['sdg-17-3-1']['a-money']).toBe('90')
  expect(totalsOf([recordOf([passed]), recordOf([], { identifier: 'XM-1' })])['sdg-17-3-1']['a-money']).toBe('100')
})

const FUND: ReturnOrg = {
  id: 'fund',
  names: { orig: 'en', texts: { en: 'A fund of the system' } },
  orgType: '40',
  country: null,
  partOfUnSystem: true,
}
const fundPartner = (no: string, role: string) => ({ no, orgId: 'fund', role, partnerType: 'multilateral' })

test('8.3: a contribution to a fund and what the fund spends of it are never one sum', () => {
  const given = recordOf([{ modality: 'core_contribution', money: { amount: '100', currency: 'USD' } }], {
    identifier: 'CORE-2014',
    facts: { partners: [BRAZIL, fundPartner('2', 'recipient')] },
    orgs: new Map([['fund', FUND]]),
    label: 'NONE',
  })
  const spent = recordOf([{ ...grant('60'), fundedBy: 'core-2014' }], {
    facts: { partners: [fundPartner('1', 'second_provider'), KENYA] },
    orgs: new Map([['fund', FUND]]),
  })
  const totals = totalsOf([given, spent])
  // The indicator counts what the country received; TOSSD what the provider gave; the entity's revenue and expense are two totals.
  expect(totals['sdg-17-3-1']['a-money']).toBe('60')
  expect(totals.tossd['disbursement-money']).toBe('100')
  expect(totals['un-data-cube']).toMatchObject({ 'revenue-money': '100', 'expense-money': '60' })
  expect(reasonsOf([given, spent])).toEqual([
    ['via_multilateral', '', 'not_cooperation', ''],
    ['', 'funded_by', '', ''],
  ])
})

test('a commitment, a payment and what comes back are three columns of TOSSD; money and things in kind are apart', () => {
  const back = { ...grant('3'), nature: 'repayment' as const, giver: '2', taker: '1' }
  const totals = totalsOf([recordOf([{ ...grant('50'), nature: 'commitment' }, grant('20'), EXPERTS, back])]).tossd
  expect(totals).toEqual({
    'commitment-money': '50',
    'commitment-in-kind': '0',
    'disbursement-money': '20',
    'disbursement-in-kind': '13800',
    reflow: '3',
  })
})

test('TOSSD prints the framework of the computed type, pillar I across a border, and every code that a modality stands for', () => {
  const { rows, missing } = buildReturns([recordOf([EXPERTS], { label: 'TRC' })], { year: 2014, lang: 'en' }).returns.tossd
  expect(rows[0]?.values).toMatchObject({
    framework: 'FC02',
    pillar: 'I',
    tossdModality: ['D011', 'D012', 'D013'],
    goals: ['2.4'],
    disbursement: '13800',
    recipient: 'KEN',
    providerCountry: 'BRA',
  })
  expect(missing.map(({ field }) => field)).toEqual(['sector', 'modality_code'])
})

test('the table of initiatives has a row for each, with its sides, also where nobody said what it cost', () => {
  const records = [
    recordOf([EXPERTS, grant('20')]),
    recordOf([], {
      facts: {
        partners: [
          { ...BRAZIL, role: 'peer' },
          { ...KENYA, role: 'peer' },
        ],
        goals: [],
      },
    }),
    recordOf([grant('5')], { label: 'NSC' }),
    recordOf([grant('5')], { label: 'UNDETERMINED' }),
  ]
  const { rows, missing, verdicts } = buildReturns(records, { year: undefined, lang: 'en' }).returns['ibero-american']
  expect(
    rows.map(({ values }) => [
      values.firstProviders,
      values.recipients,
      values.both,
      values.executedMoney,
      values.executedInKind,
    ]),
  ).toEqual([
    [['BRA'], ['KEN'], null, '20', '13800'],
    [null, null, ['BRA', 'KEN'], null, null],
  ])
  expect(rows[0]?.values.costByPartner).toEqual(['BRA: 13800 USD (B)', 'BRA: 20 USD (A)'])
  expect(missing.filter(({ initiativeId }) => initiativeId === records[1]?.id).map(({ field }) => field)).toContain(
    'contributions',
  )
  expect([...verdicts.values()].map(({ state }) => state)).toEqual(['counted', 'counted', 'out', 'waiting'])
})

test('a budget counts once: commitments before budgets, revised budgets before original ones', () => {
  const plan = (amount: string, type: string) => ({
    ...grant(amount),
    nature: 'plan' as const,
    published: { element: 'budget' as const, type },
  })
  const budgeted = (...contributions: Parameters<typeof recordOf>[0]) =>
    totalsOf([recordOf(contributions)])['ibero-american']['budgeted-money']
  expect(budgeted(plan('10', '1'), plan('12', '2'))).toBe('12')
  expect(budgeted(plan('10', '1'))).toBe('10')
  expect(budgeted(plan('10', '1'), { ...grant('15'), nature: 'commitment' })).toBe('15')
})

test('the comparison says of every contribution which return holds it, and why the others do not', () => {
  const built = buildReturns([recordOf([EXPERTS, { ...grant('50'), nature: 'commitment' }, { modality: 'network' }])], {
    year: undefined,
    lang: 'en',
  })
  const compared = compareReturns(built, 'en')
  const told = compared.map(({ differs, in: verdicts }) => [
    differs,
    ...RETURN_FORMS.map((form) => verdicts[form].usd ?? verdicts[form].reasons[0]),
  ])
  expect(told).toEqual([
    [true, '13800', '13800', '13800', 'not_un_entity'],
    [true, 'not_delivered', '50', '50', 'not_un_entity'],
    [false, 'described_only', 'described_only', 'described_only', 'not_un_entity'],
  ])
  expect(countReasons(built).find(({ code }) => code === 'not_delivered')?.in).toMatchObject({
    'sdg-17-3-1': { contributions: 1, usd: '50' },
    tossd: { contributions: 0, usd: '0' },
  })
})

test('no record at all gives totals of nothing and no row', () => {
  const { returns, years } = buildReturns([], { year: undefined, lang: 'en' })
  expect(years).toEqual([])
  for (const form of RETURN_FORMS) {
    expect(returns[form]).toMatchObject({ rows: [], missing: [], waiting: { usd: '0', contributions: 0 } })
    expect(new Set(returns[form].totals.map(({ usd }) => usd))).toEqual(new Set(['0']))
  }
})
