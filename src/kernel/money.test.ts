import { expect, test } from 'vitest'
import { parseMoney, totalsByCurrency } from './money.ts'

test('an amount is kept exactly, with the date of its exchange rate', () => {
  expect(parseMoney({ amount: '14000000.00001', currency: 'USD', valueDate: '2014-06-30' })).toEqual({
    amount: '14000000.00001',
    currency: 'USD',
    valueDate: '2014-06-30',
  })
})

test.each([
  { name: 'no decimal', given: { amount: 'many', currency: 'USD' } },
  { name: 'no currency code', given: { amount: '1', currency: 'usd' } },
  { name: 'an impossible date', given: { amount: '1', currency: 'USD', valueDate: '2014-02-30' } },
  { name: 'negative without being a reversal', given: { amount: '-1', currency: 'USD' } },
])('what is no money is not read: $name', ({ given }) => {
  expect(parseMoney(given)).toBeUndefined()
})

test('a reversal may be negative', () => {
  expect(parseMoney({ amount: '-1', currency: 'USD' }, { reversal: true })).toEqual({ amount: '-1', currency: 'USD' })
})

test('totals keep currencies apart', () => {
  const totals = totalsByCurrency([
    { amount: '0.1', currency: 'USD' },
    { amount: '5', currency: 'BRL' },
    { amount: '0.2', currency: 'USD' },
  ])
  expect(totals).toEqual([
    { amount: '5', currency: 'BRL' },
    { amount: '0.3', currency: 'USD' },
  ])
  expect(totalsByCurrency([])).toEqual([])
})
