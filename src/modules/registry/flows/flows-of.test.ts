import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Decimal, sumDecimals } from '../../../kernel/decimal.ts'
import type { InitiativeContribution, InitiativeFacts } from '../initiatives/initiative.ts'
import { flowsOf } from './flows-of.ts'

type Stated = Pick<InitiativeFacts, 'countries' | 'regions' | 'sectors'>

/** A disbursement of 2014, in dollars unless said otherwise. */
function paid(amount: Decimal, more: Partial<InitiativeContribution> = {}, currency = 'USD'): InitiativeContribution {
  return {
    no: 't1',
    period: { start: '2014-05-01' },
    money: { amount, currency },
    published: { element: 'transaction', type: '3' },
    ...more,
  }
}

const rowsOf = (contribution: InitiativeContribution, stated: Stated = {}) =>
  flowsOf({ ...stated, contributions: [contribution] }).flows

describe('an amount that cannot be converted is counted and added to nothing', () => {
  test.each([
    ['a currency of no country', paid('5', {}, 'XXX')],
    ['a year without a rate', paid('5', { period: { start: '1995' } }, 'EUR')],
    ['no date at all', paid('5', { period: undefined }, 'EUR')],
  ])('%s', (_, contribution) => {
    expect(flowsOf({ contributions: [contribution] })).toEqual({ usd: new Map(), flows: [], unconverted: 1 })
  })

  test('no money is no flow', () => {
    expect(flowsOf({})).toEqual({ usd: new Map(), flows: [], unconverted: 0 })
    expect(flowsOf({ contributions: [{ no: '1', quantity: { value: '5', unit: 'item' } }] }).unconverted).toBe(0)
  })
})

describe('conversion', () => {
  test('by the rate of the year of the value date; the flow stays in the year of its own date', () => {
    const contribution = paid('100', { money: { amount: '100', currency: 'AED', valueDate: '2013-12-31' } })
    const { usd, flows } = flowsOf({ contributions: [contribution] })
    // 3.6725 dirhams for a dollar: 100 / 3.6725 = 27.229407...
    expect(usd.get('t1')).toBe('27.229408')
    expect(flows).toEqual([['t3', 2014, '', '', '27.229408']])
  })

  test('dollars are dollars in a year without a rate, and without a date', () => {
    expect(rowsOf(paid('7.25', { period: { start: '1995-01-01' } }))).toEqual([['t3', 1995, '', '', '7.25']])
    expect(rowsOf(paid('7.25', { period: undefined }))).toEqual([['t3', 0, '', '', '7.25']])
  })

  test('no amount is too large to be exact, and what is less than a millionth is rounded', () => {
    expect(rowsOf(paid('123456789012345678.0000015'))[0]?.[4]).toBe('123456789012345678.000002')
  })
})

test.each([
  [{ published: { element: 'budget', type: '2' } }, 'b2'],
  [{ published: { element: 'budget' } }, 'b1'],
  [{ published: { element: 'planned-disbursement', type: '1' } }, 'p'],
  [{ published: { element: 'transaction', type: '11' } }, 't11'],
  [{ published: undefined, nature: 'commitment' }, 'commitment'],
  [{ published: undefined }, ''],
] satisfies [Partial<InitiativeContribution>, string][])('%j is of kind %s', (more, kind) => {
  expect(rowsOf(paid('1', more))[0]?.[0]).toBe(kind)
})

describe('division', () => {
  test('by country and sector at once, parts adding up to the last digit', () => {
    const stated: Stated = {
      countries: [
        { iso3: 'MOZ', share: 0.5 },
        { iso3: 'AGO', share: 0.5 },
      ],
      sectors: [
        { vocabulary: '1', code: '14030', share: 0.25 },
        { vocabulary: '1', code: '14031', share: 0.75 },
      ],
    }
    expect(rowsOf(paid('100'), stated)).toEqual([
      ['t3', 2014, 'AGO', '14030', '12.5'],
      ['t3', 2014, 'AGO', '14031', '37.5'],
      ['t3', 2014, 'MOZ', '14030', '12.5'],
      ['t3', 2014, 'MOZ', '14031', '37.5'],
    ])
  })

  test('what the shares leave is not stated', () => {
    expect(rowsOf(paid('100'), { countries: [{ iso3: 'MOZ', share: 0.6 }, { iso3: 'AGO' }] })).toEqual([
      ['t3', 2014, '', '', '40'],
      ['t3', 2014, 'MOZ', '', '60'],
    ])
    expect(rowsOf(paid('100'), { countries: [{ iso3: 'MOZ', share: 0 }] })).toEqual([['t3', 2014, '', '', '100']])
  })

  test('countries and regions together are the whole; shares above it are taken in proportion', () => {
    const stated: Stated = { countries: [{ iso3: 'MOZ', share: 1 }], regions: [{ vocabulary: '1', code: '298', share: 1 }] }
    expect(rowsOf(paid('100'), stated)).toEqual([
      ['t3', 2014, '1:298', '', '50'],
      ['t3', 2014, 'MOZ', '', '50'],
    ])
  })

  test('without any share the parts are equal: the third of a millionth goes to the first', () => {
    expect(rowsOf(paid('1'), { countries: [{ iso3: 'MOZ' }, { iso3: 'AGO' }, { iso3: 'BRA' }] })).toEqual([
      ['t3', 2014, 'AGO', '', '0.333334'],
      ['t3', 2014, 'BRA', '', '0.333333'],
      ['t3', 2014, 'MOZ', '', '0.333333'],
    ])
  })

  test('one vocabulary counts: 1 before 2, 2 before others, else the first that is listed', () => {
    const sector = (vocabulary: string, code: string) => ({ vocabulary, code, share: 1 })
    const codes = (...sectors: ReturnType<typeof sector>[]) => rowsOf(paid('1'), { sectors }).map((row) => row[3])
    expect(codes(sector('99', 'x'), sector('2', '140'), sector('1', '14030'))).toEqual(['14030'])
    expect(codes(sector('99', 'x'), sector('2', '140'))).toEqual(['140'])
    expect(codes(sector('99', 'x'), sector('98', 'y'))).toEqual(['99:x'])
  })

  test('a flow that says its own country, region or sector is divided by that', () => {
    const stated: Stated = { countries: [{ iso3: 'MOZ' }], sectors: [{ vocabulary: '1', code: '14030' }] }
    expect(rowsOf(paid('1', { country: 'BRA', sectors: [{ vocabulary: '1', code: '31110' }] }), stated)).toEqual([
      ['t3', 2014, 'BRA', '31110', '1'],
    ])
    expect(rowsOf(paid('1', { region: { vocabulary: '2', code: '002' } }), stated)).toEqual([['t3', 2014, '2:002', '14030', '1']])
  })

  test('a list without end is not divided: the amount stays whole', () => {
    const many = Array.from({ length: 3000 }, (_, at) => ({ vocabulary: '99', code: String(at) }))
    expect(rowsOf(paid('1'), { sectors: many, countries: [{ iso3: 'MOZ' }] })).toEqual([['t3', 2014, 'MOZ', '', '1']])
    const sectors = many.slice(0, 1500)
    expect(
      rowsOf(paid('1'), {
        sectors,
        countries: [
          { iso3: 'MOZ', share: 0.5 },
          { iso3: 'AGO', share: 0.5 },
        ],
      }),
    ).toEqual([
      ['t3', 2014, 'AGO', '', '0.5'],
      ['t3', 2014, 'MOZ', '', '0.5'],
    ])
  })

  test('flows of one kind, year, place and sector are one sum; a sum of nothing is left out', () => {
    const contributions = [
      paid('5'),
      paid('2.5', { no: 't2' }),
      paid('3', { no: 't3', country: 'BRA' }),
      paid('-3', { no: 't4', country: 'BRA' }),
    ]
    expect(flowsOf({ contributions }).flows).toEqual([['t3', 2014, '', '', '7.5']])
  })
})

const share = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined })
const countries = fc.array(fc.record({ iso3: fc.constantFrom('MOZ', 'AGO', 'BRA', 'IND'), share }), { maxLength: 4 })
const sectors = fc.array(
  fc.record({ vocabulary: fc.constantFrom('1', '2', '99'), code: fc.constantFrom('14030', '140', 'x'), share }),
  { maxLength: 4 },
)
const contributions = fc.array(
  fc.record({
    amount: fc
      .tuple(fc.integer(), fc.nat(99_999_999))
      .map(([whole, fraction]) => `${whole}.${String(fraction).padStart(8, '0')}`),
    currency: fc.constantFrom('USD', 'EUR', 'AED', 'XXX'),
    year: fc.integer({ min: 2011, max: 2016 }),
    type: fc.constantFrom('1', '2', '3'),
  }),
  { maxLength: 8 },
)

function generated(list: { amount: string; currency: string; year: number; type: string }[]): InitiativeContribution[] {
  return list.map(({ amount, currency, year, type }, at) => ({
    no: `t${at}`,
    period: { start: String(year) },
    money: { amount, currency },
    published: { element: 'transaction', type },
  }))
}

test('for any shares the rows add up to the amounts, to the last digit', () => {
  fc.assert(
    fc.property(contributions, countries, sectors, (list, somewhere, something) => {
      const { usd, flows, unconverted } = flowsOf({ contributions: generated(list), countries: somewhere, sectors: something })
      expect(sumDecimals(flows.map((row) => row[4]))).toBe(sumDecimals(usd.values()))
      expect(usd.size + unconverted).toBe(list.length)
    }),
  )
})

test('the order of contributions and of countries does not matter', () => {
  fc.assert(
    fc.property(contributions, countries, (list, somewhere) => {
      const stated = generated(list)
      const there = flowsOf({ contributions: stated, countries: somewhere }).flows
      expect(flowsOf({ contributions: [...stated].reverse(), countries: [...somewhere].reverse() }).flows).toEqual(there)
    }),
  )
})
