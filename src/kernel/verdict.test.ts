import { expect, test } from 'vitest'
import { type VerdictInput, verdictOf } from './verdict.ts'

const share = (numerator: string, denominator: string) => ({ numerator, denominator })

const cases: { name: string; given: VerdictInput; verdict: string; difference?: string }[] = [
  {
    name: '¶30: 469 projects from 469 rows',
    given: { computed: '469', reported: '469', unit: 'count' },
    verdict: 'reproduced',
    difference: '0',
  },
  {
    name: '¶32: 145 of 469 is 31 % when rounded',
    given: { computed: share('145', '469'), reported: '0.31', unit: 'share' },
    verdict: 'reproduced_when_rounded',
    difference: '-0.083156',
  },
  {
    name: '¶31: 59 of 469 is not 26 %',
    given: { computed: share('59', '469'), reported: '0.26', unit: 'share' },
    verdict: 'not_reproducible',
    difference: '-13.420043',
  },
  {
    name: '¶30: 287 rows are not 269',
    given: { computed: '287', reported: '269', unit: 'count' },
    verdict: 'not_reproducible',
    difference: '18',
  },
  {
    name: 'a half rounds upwards, as in print',
    given: { computed: '0.305', reported: '0.31', unit: 'share' },
    verdict: 'reproduced_when_rounded',
  },
  {
    name: '31.0 % is more precise than 31 %',
    given: { computed: '0.314', reported: '0.310', unit: 'share' },
    verdict: 'not_reproducible',
  },
  {
    name: 'digits stated apart win over the spelling',
    given: { computed: '0.314', reported: '0.310', reportedDigits: 2, unit: 'share' },
    verdict: 'reproduced_when_rounded',
  },
  {
    name: '¶7: nearly 80 % is rounded to tens',
    given: { computed: '0.786', reported: '0.80', qualifier: 'approx', unit: 'share' },
    verdict: 'reproduced_when_rounded',
  },
  {
    name: '¶7: 74 % is not nearly 80 %',
    given: { computed: '0.74', reported: '0.80', qualifier: 'approx', unit: 'share' },
    verdict: 'not_reproducible',
  },
  {
    name: 'about 170 is rounded to tens',
    given: { computed: '168', reported: '170', qualifier: 'approx', unit: 'count' },
    verdict: 'reproduced_when_rounded',
  },
  ...[
    ['nearly 100 is rounded to tens', '96', '100', 'reproduced_when_rounded'],
    ['55 is not nearly 100', '55', '100', 'not_reproducible'],
    ['94 is not nearly 100', '94', '100', 'not_reproducible'],
    ['about 1,000,000 is rounded to hundred thousands', '960000', '1000000', 'reproduced_when_rounded'],
    ['500,000 is not about 1,000,000', '500000', '1000000', 'not_reproducible'],
    ['940,000 is not about 1,000,000', '940000', '1000000', 'not_reproducible'],
    ['nearly 20 ends at 5 %', '15', '20', 'not_reproducible'],
    ['nearly 20 holds for 19.5', '19.5', '20', 'reproduced_when_rounded'],
    ['nearly 3 is rounded as printed', '2.6', '3', 'reproduced_when_rounded'],
    ['less than nothing is not nearly 80', '-80', '80', 'not_reproducible'],
  ].map(([name = '', computed = '', reported = '', verdict = '']) => ({
    name,
    given: { computed, reported, qualifier: 'approx' as const, unit: 'count' },
    verdict,
  })),
  {
    name: '55 % is not nearly 100 %',
    given: { computed: '0.55', reported: '1.00', qualifier: 'approx', unit: 'share' },
    verdict: 'not_reproducible',
  },
  {
    name: 'nearly 80 %, its digits stated',
    given: { computed: '0.786', reported: '0.80', reportedDigits: 2, qualifier: 'approx', unit: 'share' },
    verdict: 'reproduced_when_rounded',
  },
  {
    name: 'exactly 170 is not',
    given: { computed: '168', reported: '170', unit: 'count' },
    verdict: 'not_reproducible',
    difference: '-2',
  },
  {
    name: 'fn 6: more than 3,500 holds for 3,512',
    given: { computed: '3512', reported: '3500', qualifier: 'more_than', unit: 'count' },
    verdict: 'reproduced',
    difference: '12',
  },
  {
    name: 'more than 3,500 excludes 3,500',
    given: { computed: '3500', reported: '3500', qualifier: 'more_than', unit: 'count' },
    verdict: 'not_reproducible',
  },
  {
    name: 'at least 3,500 includes it',
    given: { computed: '3500', reported: '3500', qualifier: 'at_least', unit: 'count' },
    verdict: 'reproduced',
  },
  {
    name: 'at least 31 % holds for 30.9 % once rounded',
    given: { computed: '0.309', reported: '0.31', qualifier: 'at_least', unit: 'share' },
    verdict: 'reproduced_when_rounded',
  },
  { name: 'less than 5', given: { computed: '4', reported: '5', qualifier: 'less_than', unit: 'count' }, verdict: 'reproduced' },
  {
    name: 'not less than 5',
    given: { computed: '5', reported: '5', qualifier: 'less_than', unit: 'count' },
    verdict: 'not_reproducible',
  },
  {
    name: '¶3: within 16.1 to 19.0',
    given: { computed: '17', reported: { low: '16.1', high: '19.0' }, unit: 'count' },
    verdict: 'reproduced',
    difference: '0',
  },
  {
    name: '¶3: 19.04 is 19.0 when rounded',
    given: { computed: '19.04', reported: { low: '16.1', high: '19.0' }, unit: 'count' },
    verdict: 'reproduced_when_rounded',
    difference: '0.04',
  },
  {
    name: '¶3: 20 lies outside',
    given: { computed: '20', reported: { low: '16.1', high: '19.0' }, unit: 'count' },
    verdict: 'not_reproducible',
    difference: '1',
  },
  { name: 'nothing printed', given: { computed: '5', unit: 'count' }, verdict: 'nothing_to_compare' },
  { name: 'nothing computed', given: { reported: '5', unit: 'count' }, verdict: 'nothing_to_compare' },
  {
    name: 'a share of nothing',
    given: { computed: share('0', '0'), reported: '0.26', unit: 'share' },
    verdict: 'nothing_to_compare',
  },
]

test.each(cases)('ruling 4: $name -> $verdict', ({ given, verdict, difference }) => {
  const result = verdictOf(given)
  expect(result.verdict).toBe(verdict)
  if (difference !== undefined) expect(result.difference?.value).toBe(difference)
})

test('¶32: shares differ in percentage points, counts in count', () => {
  expect(verdictOf({ computed: '0.31', reported: '0.28', unit: 'share' }).difference).toEqual({
    value: '3',
    unit: 'percentage_points',
  })
  expect(verdictOf({ computed: share('145', '469'), reported: '31', unit: 'percent' })).toEqual({
    verdict: 'reproduced_when_rounded',
    difference: { value: '-0.083156', unit: 'percentage_points' },
  })
  expect(verdictOf({ computed: '0.31', reported: '31', unit: 'percent' }).verdict).toBe('reproduced')
  expect(verdictOf({ computed: '15', reported: '14', unit: 'usd' }).difference).toEqual({ value: '1', unit: 'usd' })
  expect(verdictOf({ computed: '470', reported: '469', unit: 'count' }).difference).toEqual({ value: '1', unit: 'count' })
  expect(verdictOf({ unit: 'count' }).difference).toBeUndefined()
})
