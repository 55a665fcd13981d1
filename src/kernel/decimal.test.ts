import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDecimals,
  compareDecimals,
  decimalOfNumber,
  digitsAfterPoint,
  divideDecimals,
  multiplyDecimals,
  parseDecimal,
  powerOfDecimal,
  rootOfDecimal,
  roundDecimal,
  subtractDecimals,
  sumDecimals,
} from './decimal.ts'

test.each([
  { name: 'plain', given: '1200', expected: '1200' },
  { name: 'zeros that say nothing are dropped', given: '+0012.50', expected: '12.5' },
  { name: 'no whole part', given: '.5', expected: '0.5' },
  { name: 'no fraction after the point', given: '7.', expected: '7' },
  { name: 'minus zero is zero', given: '-0.00', expected: '0' },
  { name: 'exponent of a spreadsheet', given: '1.5E+3', expected: '1500' },
  { name: 'negative exponent', given: '25e-3', expected: '0.025' },
  { name: 'more digits than a float holds', given: '14000000.123456789012345678', expected: '14000000.123456789012345678' },
  { name: 'separators of thousands are not guessed', given: '1,200', expected: undefined },
  { name: 'a word', given: '1.2 million', expected: undefined },
  { name: 'nothing', given: '', expected: undefined },
  { name: 'a point alone', given: '.', expected: undefined },
  { name: 'an exponent that would fill the memory', given: '1e999', expected: undefined },
  { name: 'a text that would stop the server', given: '9'.repeat(5000), expected: undefined },
])('a decimal is read: $name', ({ given, expected }) => {
  expect(parseDecimal(given)).toBe(expected)
})

test('a number of a spreadsheet cell is read as it is shown', () => {
  expect(decimalOfNumber(0.1)).toBe('0.1')
  expect(decimalOfNumber(1e21)).toBe('1000000000000000000000')
  expect(decimalOfNumber(Number.NaN)).toBeUndefined()
})

test('sums are exact where floats are not', () => {
  expect(addDecimals('0.1', '0.2')).toBe('0.3')
  expect(subtractDecimals('1', '0.9999999999999999999')).toBe('0.0000000000000000001')
  expect(sumDecimals([])).toBe('0')
  expect(sumDecimals(Array.from({ length: 1000 }, () => '0.001'))).toBe('1')
})

test('products, powers and roots', () => {
  expect(multiplyDecimals('-1.05', '1.05')).toBe('-1.1025')
  expect(powerOfDecimal('1.05', 3)).toBe('1.157625')
  expect(powerOfDecimal('1.05', 0)).toBe('1')
  expect(rootOfDecimal('2', 2, 10)).toBe('1.4142135623')
  expect(rootOfDecimal('1.157625', 3, 6)).toBe('1.05')
})

describe('rounding happens once, at the end', () => {
  test.each([
    { value: '2.5', digits: 0, even: '2', up: '3' },
    { value: '3.5', digits: 0, even: '4', up: '4' },
    { value: '-2.5', digits: 0, even: '-2', up: '-3' },
    { value: '0.125', digits: 2, even: '0.12', up: '0.13' },
    { value: '155', digits: -1, even: '160', up: '160' },
    { value: '145', digits: -1, even: '140', up: '150' },
    { value: '0.4', digits: 0, even: '0', up: '0' },
  ])('$value to $digits digits', ({ value, digits, even, up }) => {
    expect(roundDecimal(value, digits)).toBe(even)
    expect(roundDecimal(value, digits, 'half_up')).toBe(up)
  })

  test('a quotient is rounded to the stated digits', () => {
    expect(divideDecimals('145', '469', 4)).toBe('0.3092')
    expect(divideDecimals('1', '3', 2)).toBe('0.33')
    expect(divideDecimals('-1', '3', 2)).toBe('-0.33')
    expect(divideDecimals('10', '0.004', 0)).toBe('2500')
    expect(() => divideDecimals('1', '0', 2)).toThrow('divided by zero')
  })
})

test('numbers compare by value, not by spelling', () => {
  expect(compareDecimals('10', '9')).toBeGreaterThan(0)
  expect(compareDecimals('1.50', '1.5')).toBe(0)
  expect(compareDecimals('-1', '0')).toBeLessThan(0)
  expect(digitsAfterPoint('0.30')).toBe(2)
})

test('for any two decimals: a + b - b = a, and a x b / b = a', () => {
  const decimal = fc
    .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 20 }))
    .map(([units, scale]) => divideDecimals(units.toString(), powerOfDecimal('10', scale), scale))
  fc.assert(
    fc.property(decimal, decimal, (a, b) => {
      expect(subtractDecimals(addDecimals(a, b), b)).toBe(a)
      if (b !== '0') expect(divideDecimals(multiplyDecimals(a, b), b, 20)).toBe(a)
    }),
    { numRuns: 200 },
  )
})
