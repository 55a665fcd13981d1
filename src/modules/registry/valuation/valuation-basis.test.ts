import { expect, test } from 'vitest'
import { chooseRate, countByBasis } from './valuation-basis.ts'

test('8.3: actual pay comes before the provider’s table, the table before the default, and without any the work stays unvalued', () => {
  expect(chooseRate({ actualPay: '180', providerTable: '250', instanceTable: '300' })).toEqual({ basis: 'actual', rate: '180' })
  expect(chooseRate({ providerTable: '250', instanceTable: '300' })).toEqual({ basis: 'table', rate: '250' })
  expect(chooseRate({ instanceTable: '300' })).toEqual({ basis: 'estimate', rate: '300' })
  expect(chooseRate({})).toEqual({ basis: 'none' })
})

test('the unvalued contributions are counted as well', () => {
  expect(countByBasis(['table', 'none', 'table'])).toEqual({ actual: 0, table: 2, estimate: 0, none: 1 })
})
