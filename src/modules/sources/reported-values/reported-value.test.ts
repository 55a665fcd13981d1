import { describe, expect, test } from 'vitest'
import type { Problem } from '../../../kernel/problems.ts'
import { isUnit, UNITS } from '../../../kernel/quantity.ts'
import { verdictOf } from '../../../kernel/verdict.ts'
import {
  comparableOf,
  isReportedPeriod,
  parseReference,
  REPORTED_UNITS,
  readNumber,
  referenceOf,
  type WrittenNumber,
} from './reported-value.ts'

function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (problem) {
    return (problem as Problem).code
  }
  return 'accepted'
}

describe('a number is kept as printed', () => {
  const accepted: { name: string; given: WrittenNumber; expected: object }[] = [
    { name: 'a whole number', given: { value: '3500' }, expected: { value: '3500', low: null, high: null, digits: 0 } },
    {
      name: 'the last zero is printed precision',
      given: { low: '16.1', high: '19.0' },
      expected: { value: null, low: '16.1', high: '19.0', digits: 1 },
    },
    {
      name: 'more digits may be stated',
      given: { value: '7', digits: 1 },
      expected: { value: '7', low: null, high: null, digits: 1 },
    },
    {
      name: 'a range of one point',
      given: { low: '5', high: '5.0' },
      expected: { value: null, low: '5', high: '5.0', digits: 1 },
    },
    { name: 'a fall', given: { value: ' -2.5 ' }, expected: { value: '-2.5', low: null, high: null, digits: 1 } },
  ]
  test.each(accepted)('$name', ({ given, expected }) => {
    expect(readNumber(given)).toEqual(expected)
  })

  const refused: { name: string; given: WrittenNumber; expected: string }[] = [
    { name: 'no number at all', given: {}, expected: 'sources.value-or-range' },
    { name: 'a range without its upper end', given: { low: '1' }, expected: 'sources.value-or-range' },
    { name: 'a number and a range', given: { value: '1', low: '1', high: '2' }, expected: 'sources.value-or-range' },
    { name: 'a separator of thousands', given: { value: '3,500' }, expected: 'sources.number-not-accepted' },
    { name: 'a word', given: { value: '3 million' }, expected: 'sources.number-not-accepted' },
    { name: 'an exponent', given: { value: '1e3' }, expected: 'sources.number-not-accepted' },
    { name: 'a range upside down', given: { low: '19.0', high: '16.1' }, expected: 'sources.range-reversed' },
    { name: 'fewer digits than written', given: { value: '2.3', digits: 0 }, expected: 'sources.fewer-digits-than-written' },
  ]
  test.each(refused)('refused: $name', ({ given, expected }) => {
    expect(codeOf(() => readNumber(given))).toBe(expected)
  })
})

test('periods are a partial date, two years, or since a year', () => {
  for (const period of ['2014', '2014-05', '2014-05-31', '2014-2017', '1990-']) expect(isReportedPeriod(period)).toBe(true)
  for (const period of ['', '-', '14', '2017-2014', '2014-13', '2014 to 2017', '-2014'])
    expect(isReportedPeriod(period)).toBe(false)
})

test('a reference names key and period, and reads back', () => {
  expect(referenceOf({ key: 'undp_ssc_projects', period: '2014' })).toBe('undp_ssc_projects@2014')
  expect(parseReference('undp_ssc_projects@2014')).toEqual({ key: 'undp_ssc_projects', period: '2014' })
  expect(referenceOf({ key: 'award_winners_per_year', period: null })).toBe('award_winners_per_year')
  expect(parseReference('award_winners_per_year')).toEqual({ key: 'award_winners_per_year', period: null })
})

test('every unit of quantities can be reported', () => {
  expect(REPORTED_UNITS.filter(isUnit)).toEqual(UNITS)
})

describe('ruling 4: a computed number is compared with the reported one', () => {
  const fig2 = { value: '31', low: null, high: null, unit: 'percent' as const, digits: 0, qualifier: 'exact' as const }

  test('a percentage becomes a share of 0 to 1, with two more digits', () => {
    expect(comparableOf(fig2)).toEqual({ reported: '0.31', reportedDigits: 2, qualifier: 'exact', unit: 'share' })
  })

  test('145 of 469 regional rows give 31 % when rounded', () => {
    const result = verdictOf({ computed: { numerator: '145', denominator: '469' }, ...comparableOf(fig2) })
    expect(result.verdict).toBe('reproduced_when_rounded')
  })

  test('a range and a bound keep their meaning', () => {
    const range = { value: null, low: '16.1', high: '19.0', unit: 'usd_bn' as const, digits: 1, qualifier: 'approx' as const }
    expect(verdictOf({ computed: '17.5', ...comparableOf(range) }).verdict).toBe('reproduced')
    const bound = { value: '3500', low: null, high: null, unit: 'count' as const, digits: 0, qualifier: 'more_than' as const }
    expect(verdictOf({ computed: '3500', ...comparableOf(bound) }).verdict).toBe('not_reproducible')
    expect(verdictOf({ computed: '3501', ...comparableOf(bound) }).verdict).toBe('reproduced')
  })
})
