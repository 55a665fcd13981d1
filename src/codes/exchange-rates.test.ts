import { describe, expect, test } from 'vitest'
import { listRateCurrencies, unitsPerUsd, usdPerUnit } from './exchange-rates.ts'

describe('Annual exchange rates', () => {
  test('a rate is the published decimal with its source', () => {
    expect(unitsPerUsd('AED', 2010)).toEqual({ currency: 'AED', year: 2010, rate: '3.6725', source: 'WB' })
    expect(unitsPerUsd('usd', 2014)?.rate).toBe('1')
  })

  test('a dollar is a dollar, and dollars per unit are the reciprocal to 20 digits', () => {
    expect(usdPerUnit('USD', 2014)?.rate).toBe('1')
    // 1 / 3.6725 by long division
    expect(usdPerUnit('AED', 2010)?.rate).toBe('0.27229407760381211709')
  })

  test('a missing year stays missing', () => {
    expect(unitsPerUsd('AED', 1999)).toBeUndefined()
    expect(usdPerUnit('XXX', 2014)).toBeUndefined()
  })

  test('104 currencies have rates', () => {
    expect(listRateCurrencies()).toHaveLength(104)
  })
})
