import { describe, expect, test } from 'vitest'
import type { InitiativeFacts } from '../initiatives/initiative.ts'
import { findLinks } from './find-links.ts'
import { DEFAULT_THRESHOLD } from './link-points.ts'
import { linkRecordOf } from './link-record.ts'

interface Report {
  readonly party: string
  readonly identifier?: string
  readonly facts: InitiativeFacts
  readonly year?: number
}

const ORGS: Readonly<Record<string, string>> = { UNDP: 'org-undp', PNUD: 'org-undp', 'XM-DAC-41114': 'org-undp' }

/** Pairs as "party+party" with their score, signs and points. */
async function linksOf(reports: readonly Report[], from = 0) {
  const records = reports.map(({ party, identifier, facts, year }, at) =>
    linkRecordOf(
      {
        id: String(at),
        collectionId: party,
        identifier: identifier ?? null,
        facts,
        listed: year === undefined ? [] : [{ id: '', year, sourceRow: null, runId: null, revision: null, groupKey: null }],
      },
      (text) => ORGS[text],
    ),
  )
  return (await findLinks(records, from)).map(({ one, other, score, reasons, doubts }) => ({
    pair: `${reports[Number(one)]?.party}+${reports[Number(other)]?.party}`,
    score,
    signs: [...reasons, ...doubts].map(({ code, points }) => `${code} ${points}`),
  }))
}

async function likely(reports: readonly Report[]): Promise<string[]> {
  return (await linksOf(reports, DEFAULT_THRESHOLD)).map(({ pair }) => pair)
}

const en = (text: string): InitiativeFacts['title'] => ({ orig: 'en', texts: { en: text } })
const NAME = 'Rehabilitation of the Nacala fishing harbour and its cold stores'
const HARBOUR: InitiativeFacts = {
  title: en(NAME),
  countries: [{ iso3: 'MOZ' }],
  plannedPeriod: { start: '2014-03-10', end: '2016-09-20' },
  budget: { amount: '735000', currency: 'USD' },
}

describe('what is not proposed', () => {
  test('nothing among no records, one record, and two that say nothing', async () => {
    expect(await linksOf([])).toEqual([])
    expect(await linksOf([{ party: 'a', facts: HARBOUR }])).toEqual([])
    expect(
      await linksOf([
        { party: 'a', facts: {} },
        { party: 'b', facts: {} },
      ]),
    ).toEqual([])
  })

  test('two records of one reporter in one collection are two initiatives, however alike', async () => {
    const facts = { ...HARBOUR, reportingOrg: { name: 'UNDP' } }
    expect(
      await linksOf([
        { party: 'a', facts },
        { party: 'a', facts },
      ]),
    ).toEqual([])
  })

  test('within one collection where nobody says who reports, only another currency or script tells two reporters', async () => {
    const chinese = { ...HARBOUR, title: { orig: 'zh', texts: { zh: '渔港' } } }
    expect(
      await linksOf([
        { party: 'a', facts: HARBOUR },
        { party: 'a', facts: HARBOUR },
      ]),
    ).toEqual([])
    expect(
      await likely([
        { party: 'a', facts: HARBOUR },
        { party: 'a', facts: chinese },
      ]),
    ).toEqual(['a+a'])
    // 735,000 dollars at 0.753941 euros for a dollar (2014).
    const inEuros = { ...HARBOUR, budget: { amount: '554146.64', currency: 'EUR' } }
    expect(
      await likely([
        { party: 'a', facts: HARBOUR },
        { party: 'a', facts: inEuros },
      ]),
    ).toEqual(['a+a'])
  })

  const other = (changes: Partial<InitiativeFacts>): Report[] => [
    { party: 'a', facts: HARBOUR },
    { party: 'b', facts: { ...HARBOUR, ...changes } },
  ]

  test.each([
    ['the next phase', other({ title: en(`${NAME}, Phase II`), plannedPeriod: { start: '2016-10-01', end: '2019-09-30' } })],
    [
      'another phase within the same days',
      other({ title: en(`${NAME}, Phase II`), budget: { amount: '410000', currency: 'USD' } }),
    ],
    [
      'two components of one programme',
      [
        { party: 'a', facts: { ...HARBOUR, title: en(`${NAME} - Component A`) } },
        { party: 'b', facts: { ...HARBOUR, title: en(`${NAME} - Component B`) } },
      ],
    ],
    ['a component beside the whole', other({ title: en(`${NAME} - Component B`), budget: { amount: '90000', currency: 'USD' } })],
    [
      'two components that are told apart by a word, with other money',
      [
        { party: 'a', facts: { ...HARBOUR, title: en('Agricultural programme of Nampula: irrigation canals') } },
        {
          party: 'b',
          facts: {
            ...HARBOUR,
            title: en('Agricultural programme of Nampula: seed laboratories'),
            budget: { amount: '210000', currency: 'USD' },
          },
        },
      ],
    ],
    ['the same programme in another country', other({ countries: [{ iso3: 'AGO' }] })],
    [
      'other works in the same days for other money',
      other({ title: en('Training of midwives'), budget: { amount: '99000', currency: 'USD' } }),
    ],
    [
      'the same money years later, in another language',
      other({ title: { orig: 'zh', texts: { zh: '渔港' } }, plannedPeriod: { start: '2017-03-10', end: '2019-09-20' } }),
    ],
    [
      'a part that its reporter names as one',
      [
        { party: 'a', identifier: 'MZ-1-77001', facts: HARBOUR },
        { party: 'b', identifier: 'MZ-2-88002', facts: { ...HARBOUR, related: [{ type: '1', identifier: 'MZ-1-77001' }] } },
      ],
    ],
  ])('%s', async (_name, reports) => {
    expect(await likely(reports)).toEqual([])
  })

  test('of two phases that fit equally well neither is sure', async () => {
    const later = { ...HARBOUR, title: { orig: 'pt', texts: { pt: 'Porto' } } }
    const reports = [
      { party: 'a', facts: { title: HARBOUR.title, countries: HARBOUR.countries } as InitiativeFacts },
      { party: 'b', facts: { ...HARBOUR, plannedPeriod: { start: '2010-01-10', end: '2012-02-20' } } },
      { party: 'b', facts: { ...HARBOUR, plannedPeriod: { start: '2013-03-10', end: '2016-02-20' } } },
      { party: 'c', facts: later },
    ]
    const pairs = await linksOf(reports, 1)
    expect(pairs.filter(({ pair }) => pair === 'a+b')).toMatchObject([
      { signs: ['title-equal 50', 'countries-same 10', 'rival-equal -15'] },
      { signs: ['title-equal 50', 'countries-same 10', 'rival-equal -15'] },
    ])
    expect(await likely(reports)).not.toContain('a+b')
  })
})

describe('what is proposed, with its reasons', () => {
  test('languages that cannot be compared say nothing; money by the rate of the year, days and country carry', async () => {
    // 735,000 dollars at 2.353 reais (2014) are 1,729,455; the rate that the program ships is 2.3529520...
    const reports = [
      { party: 'a', facts: HARBOUR },
      {
        party: 'b',
        facts: {
          ...HARBOUR,
          title: { orig: 'ru', texts: { ru: 'Рыбный порт' } },
          budget: { amount: '1729455', currency: 'BRL' },
          plannedPeriod: { start: '2014-04-02', end: '2016-08-30' },
        },
      },
    ]
    expect(await linksOf(reports)).toMatchObject([
      { pair: 'a+b', score: 60, signs: ['money-equal 30', 'dates-near 20', 'countries-same 10'] },
    ])
  })

  test('two starts on both sides of the turn of the year: the rate of either year is tried', async () => {
    // 735,000 dollars at 0.753941 euros (2014) are 554,146.64 euros; by the rate of 2015 they would be another sum.
    const reports = [
      { party: 'a', facts: { ...HARBOUR, plannedPeriod: { start: '2014-12-20', end: '2016-09-20' } } },
      {
        party: 'b',
        facts: {
          countries: HARBOUR.countries,
          budget: { amount: '554146.64', currency: 'EUR' },
          plannedPeriod: { start: '2015-01-12', end: '2016-09-30' },
        },
      },
    ] as Report[]
    expect(await likely(reports)).toEqual(['a+b'])
  })

  test('a transaction total says as much as a budget', async () => {
    const contributions = ['400000', '335000'].map((amount, at) => ({
      no: String(at),
      nature: 'commitment' as const,
      money: { amount, currency: 'USD', valueDate: '2014-05-01' },
    }))
    const reports = [
      { party: 'a', facts: HARBOUR },
      { party: 'b', facts: { countries: HARBOUR.countries, plannedPeriod: HARBOUR.plannedPeriod, contributions } },
    ] as Report[]
    expect(await likely(reports)).toEqual(['a+b'])
  })

  test('a party that reports from where it is, and names the other country as a partner', async () => {
    const fromBrazil: InitiativeFacts = { ...HARBOUR, countries: [], hosts: ['BRA'], engagedCountries: ['MOZ'] }
    expect(
      await linksOf([
        { party: 'a', facts: HARBOUR },
        { party: 'b', facts: { ...fromBrazil, title: undefined } },
      ]),
    ).toMatchObject([{ score: 55, signs: ['money-equal 30', 'dates-near 20', 'countries-shared 5'] }])
  })

  test('a budget and its revision are two totals, not one of twice the money', async () => {
    const contributions = [
      { no: 'b1', money: { amount: '600000', currency: 'USD' }, published: { element: 'budget' as const, type: '1' } },
      { no: 'b2', money: { amount: '735000', currency: 'USD' }, published: { element: 'budget' as const, type: '2' } },
    ]
    const reports = [
      { party: 'a', facts: HARBOUR },
      { party: 'b', facts: { countries: HARBOUR.countries, plannedPeriod: HARBOUR.plannedPeriod, contributions } },
    ] as Report[]
    expect(await likely(reports)).toEqual(['a+b'])
  })

  test.each<[string, Report[], string]>([
    [
      'an identifier that the other gives as its other identifier, whatever the case and the spaces',
      [
        { party: 'a', identifier: 'XM-DAC-41114-57359', facts: {} },
        { party: 'b', facts: { identifiers: [{ scheme: 'other', value: 'xm-dac-41114 57359' }] } },
      ],
      'identifier-equal 70',
    ],
    [
      'one names the other as a report of the same activity',
      [
        { party: 'a', identifier: 'AAA-1', facts: {} },
        { party: 'b', identifier: 'BBB-2', facts: { related: [{ type: '5', identifier: 'AAA-1' }] } },
      ],
      'stated-same 70',
    ],
    [
      'a file number within another identifier',
      [
        { party: 'a', identifier: '00057359', facts: HARBOUR },
        { party: 'b', identifier: 'XM-DAC-41114-PROJECT-00057359', facts: { countries: HARBOUR.countries } },
      ],
      'number-shared 45',
    ],
    [
      'the same title within the year in which it was listed',
      [
        { party: 'a', year: 2015, facts: { title: en(NAME), hosts: ['MOZ'] } },
        {
          party: 'b',
          facts: { title: en(NAME.toUpperCase()), countries: HARBOUR.countries, plannedPeriod: HARBOUR.plannedPeriod },
        },
      ],
      'title-equal 50',
    ],
    [
      'a title that was cut',
      [
        { party: 'a', facts: HARBOUR },
        { party: 'b', facts: { ...HARBOUR, budget: undefined, title: en(NAME.slice(0, 34)) } },
      ],
      'title-inside 46',
    ],
    [
      'organisations by any of their names',
      [
        { party: 'a', facts: { ...HARBOUR, partners: [{ no: '1', name: 'UNDP' }] } },
        { party: 'b', facts: { ...HARBOUR, partners: [{ no: '1', ref: 'XM-DAC-41114' }] } },
      ],
      'orgs-shared 8',
    ],
  ])('%s', async (_name, reports, sign) => {
    const [pair] = await linksOf(reports, DEFAULT_THRESHOLD)
    expect(pair?.signs).toContain(sign)
  })

  test('the same records in another order give the same pairs', async () => {
    const reports = [
      { party: 'a', facts: HARBOUR },
      { party: 'b', facts: { ...HARBOUR, budget: { amount: '735000.00', currency: 'USD' } } },
      { party: 'c', facts: HARBOUR },
    ]
    const scores = async (list: readonly Report[]) => (await linksOf(list)).map(({ score }) => score)
    expect(await scores(reports.toReversed())).toEqual(await scores(reports))
  })
})
