import { expect, test } from 'vitest'
import { atRegistryDesk } from '../testing/registry-desk.ts'
import { valueContribution } from './value-contribution.ts'

test('section 8.3: three experts of ten days are worth 13,800 dollars, with pay, travel and subsistence apart', () =>
  atRegistryDesk(async (desk) => {
    const mission = { days: '10', dailyRate: '250', travel: '1200', dailySubsistence: '90' }
    const value = await desk.run(valueContribution, {
      currency: 'USD',
      year: 2014,
      by: { formula: 'experts', missions: [mission, mission, mission], materials: '0' },
    })
    expect(value).toMatchObject({
      amount: '13800',
      parts: { pay: '7500', travel: '3600', subsistence: '2700' },
      inDollars: { amount: '13800' },
    })
  }))

test('section 8.3: a loan at 1 % over 30 years with 10 of grace is concessional; its grant element is 49.40 %', () =>
  atRegistryDesk(async (desk) => {
    const value = await desk.run(valueContribution, {
      currency: 'USD',
      by: { formula: 'loan', face: '1000000', interestRate: '0.01', maturityYears: 30, graceYears: 10 },
    })
    expect(Number(value.parts.grantElement)).toBeCloseTo(0.494, 4)
    expect(value.parts.concessional).toBe(true)
  }))

test('what is not known leaves the contribution unvalued', () =>
  atRegistryDesk(async (desk) => {
    const value = await desk.run(valueContribution, { currency: 'XOF', year: 2014, by: { formula: 'facility-use', hours: '12' } })
    expect(value).toEqual({ amount: null, currency: 'XOF', parts: {}, inDollars: null })
  }))
