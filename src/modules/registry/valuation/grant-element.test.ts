import { expect, test } from 'vitest'
import { roundDecimal } from '../../../kernel/decimal.ts'
import { grantElementOf, grantEquivalentOf, isConcessional, type LoanTerms } from './grant-element.ts'

const terms = (interestRate: string, maturityYears: number, graceYears: number): LoanTerms => ({
  interestRate,
  maturityYears,
  graceYears,
})

test.each([
  { name: '2 %, 20 years, 5 of grace', loan: terms('0.02', 20, 5), percent: '0.2747', concessional: false },
  { name: '1 %, 30 years, 10 of grace', loan: terms('0.01', 30, 10), percent: '0.494', concessional: true },
  { name: '3.5 %, 15 years, 3 of grace', loan: terms('0.035', 15, 3), percent: '0.1086', concessional: false },
  { name: '5 %, 20 years, 5 of grace', loan: terms('0.05', 20, 5), percent: '0', concessional: false },
])('8.3: the grant element of $name is $percent', ({ loan, percent, concessional }) => {
  expect(roundDecimal(grantElementOf(loan) ?? '', 4)).toBe(percent)
  expect(isConcessional(loan)).toBe(concessional)
})

test('a loan at the discount rate has no grant element, whatever its schedule', () => {
  expect(grantElementOf(terms('0.05', 20, 5))).toBe('0')
  expect(grantElementOf({ ...terms('0.05', 20, 5), repayment: 'annuity' })).toBe('0')
  expect(grantElementOf({ ...terms('0.05', 20, 0), repayment: 'bullet' })).toBe('0')
})

test('schedules worked out by hand: two years without grace at 5 %', () => {
  // Interest-free, half the principal each year: 1 - (0.5/1.05 + 0.5/1.1025) = 0.0702947...
  expect(roundDecimal(grantElementOf(terms('0', 2, 0)) ?? '', 6)).toBe('0.070295')
  expect(grantElementOf({ ...terms('0', 2, 0), repayment: 'annuity' })).toBe(grantElementOf(terms('0', 2, 0)))
  // All at the end: 1 - 1/1.1025 = 0.0929705...
  expect(roundDecimal(grantElementOf({ ...terms('0', 2, 0), repayment: 'bullet' }) ?? '', 6)).toBe('0.092971')
  // Twice a year, one year: 1 - (0.5/1.05^0.5 + 0.5/1.05) = 0.0358590...
  expect(roundDecimal(grantElementOf({ ...terms('0', 1, 0), paymentsPerYear: 2 }) ?? '', 6)).toBe('0.035859')
  // 2 % as an annuity over two years pays 0.515050 each year: 1 - 0.515050 x 1.859410 = 0.042311
  expect(roundDecimal(grantElementOf({ ...terms('0.02', 2, 0), repayment: 'annuity' }) ?? '', 5)).toBe('0.04231')
})

test('a loan dearer than the discount rate has a negative grant element', () => {
  expect(grantElementOf(terms('0.08', 10, 0))).toMatch(/^-0\./)
})

test('the grant equivalent is the grant element of the face value', () => {
  expect(roundDecimal(grantEquivalentOf('1000000', terms('0.01', 30, 10)) ?? '', 2)).toBe('493971.36')
  expect(grantEquivalentOf(undefined, terms('0.01', 30, 10))).toBeUndefined()
})

test.each([
  { name: 'no interest rate stated', loan: { ...terms('0.02', 20, 5), interestRate: undefined } },
  { name: 'no maturity stated', loan: { ...terms('0.02', 20, 5), maturityYears: undefined } },
  { name: 'no grace stated', loan: { ...terms('0.02', 20, 5), graceYears: undefined } },
  { name: 'grace as long as the loan', loan: terms('0.02', 5, 5) },
  { name: 'grace that ends between two payments', loan: terms('0.02', 5, 0.5) },
  { name: 'no payment a year', loan: { ...terms('0.02', 5, 1), paymentsPerYear: 0 } },
])('terms that are not known or cannot be leave the loan unvalued: $name', ({ loan }) => {
  expect(grantElementOf(loan)).toBeUndefined()
  expect(isConcessional(loan)).toBeUndefined()
})

test('a monthly loan over 40 years is computed at once', () => {
  const started = performance.now()
  const grantElement = grantElementOf({ ...terms('0.0075', 40, 10), paymentsPerYear: 12, repayment: 'annuity' })
  expect(grantElement).toMatch(/^0\.5\d/)
  expect(performance.now() - started).toBeLessThan(2_000)
})
