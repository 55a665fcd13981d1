import { expect, test } from 'vitest'
import { comparePartialDates, firstDayOf, lastDayOf, parsePartialDate, yearOf } from './partial-date.ts'

test.each([
  ['2014', '2014'],
  ['2014-12', '2014-12'],
  ['2016-02-29', '2016-02-29'],
  ['2000-02-29', '2000-02-29'],
  ['2015-02-29', undefined],
  ['1900-02-29', undefined],
  ['2014-13', undefined],
  ['2014-00', undefined],
  ['2014-04-31', undefined],
  ['2014-04-00', undefined],
  ['0000', undefined],
  ['14', undefined],
  ['2014/05', undefined],
  ['2014-5', undefined],
  ['', undefined],
])('a date known to year, month or day: %s is read as %s', (given, expected) => {
  expect(parsePartialDate(given)).toBe(expected)
})

test('a partial date stands for its first to its last day', () => {
  expect([firstDayOf('2014'), lastDayOf('2014')]).toEqual(['2014-01-01', '2014-12-31'])
  expect([firstDayOf('2016-02'), lastDayOf('2016-02')]).toEqual(['2016-02-01', '2016-02-29'])
  expect([firstDayOf('2015-09-08'), lastDayOf('2015-09-08')]).toEqual(['2015-09-08', '2015-09-08'])
  expect(yearOf('2015-09')).toBe(2015)
})

test('dates sort by first day, the less precise one first', () => {
  expect(['2015-01-02', '2014', '2015-01-01', '2015', '2015-01'].sort(comparePartialDates)).toEqual([
    '2014',
    '2015',
    '2015-01',
    '2015-01-01',
    '2015-01-02',
  ])
  expect(comparePartialDates('2014', '2014')).toBe(0)
})
