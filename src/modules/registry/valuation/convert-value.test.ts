import { expect, test } from 'vitest'
import { toDollars, toInternationalDollars, type YearlyRateOf } from './convert-value.ts'

const rateOf: YearlyRateOf = (currency, year) =>
  currency === 'BRL' && year === 2014 ? { perDollar: '2.353', source: 'yearly average' } : undefined

test('8.3: dollars are local currency divided by the average rate of the year of delivery, with its source', () => {
  expect(toDollars({ amount: '1000000', currency: 'BRL' }, 2014, rateOf)).toEqual({
    amount: '424989.3752656184',
    currency: 'USD',
    year: 2014,
    rate: { perDollar: '2.353', source: 'yearly average' },
  })
})

test('dollars stay dollars', () => {
  expect(toDollars({ amount: '5', currency: 'USD' }, 1990, rateOf)?.amount).toBe('5')
})

test('without a rate of that year nothing is converted', () => {
  expect(toDollars({ amount: '5', currency: 'BRL' }, 2013, rateOf)).toBeUndefined()
  expect(toDollars({ amount: '5', currency: 'XXX' }, 2014, () => ({ perDollar: '0', source: 'broken' }))).toBeUndefined()
})

test('international dollars are a measure of their own', () => {
  const parity: YearlyRateOf = () => ({ perDollar: '1.6', source: 'purchasing power parity' })
  expect(toInternationalDollars({ amount: '8', currency: 'BRL' }, 2014, parity)).toMatchObject({
    internationalDollars: '5',
    year: 2014,
  })
  expect(toInternationalDollars({ amount: '8', currency: 'BRL' }, 2014, () => undefined)).toBeUndefined()
})
