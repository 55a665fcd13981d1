/** Dates as people write them; the expected value of each was worked out by hand. */
import { expect, test } from 'vitest'
import { addOrderEvidence, noOrderEvidence, provenOrder, readDate } from './read-date.ts'

test.each([
  ['2014-03-05', '2014-03-05'],
  ['2014-03', '2014-03'],
  ['2014', '2014'],
  ['31/12/2014', '2014-12-31'],
  ['12/31/2014', '2014-12-31'],
  ['05.05.2014', '2014-05-05'],
  ['1er mars 2014', '2014-03-01'],
  ['12 de marzo de 2014', '2014-03-12'],
  ['March 12, 2014', '2014-03-12'],
  ['12 марта 2014 г.', '2014-03-12'],
  ['мая 2014', '2014-05'],
  ['2014年5月6日', '2014-05-06'],
  ['2014年5月', '2014-05'],
  ['١٥ مارس ٢٠١٤', '2014-03-15'],
  ['mai-14', '2014-05'],
  ['20140305', '2014-03-05'],
  ['2014-03-05T10:00:00Z', '2014-03-05'],
])('%s is %s', (text, date) => {
  expect(readDate(text, undefined)).toMatchObject({ status: 'date', date })
})

test('a spreadsheet day number is a date: 41703 is 5 March 2014', () => {
  expect(readDate(41_703, undefined)).toEqual({ status: 'date', date: '2014-03-05' })
})

test('05/03/2014 is not guessed: the year is certain, day and month are not', () => {
  expect(readDate('05/03/2014', undefined)).toEqual({
    status: 'ambiguous',
    first: '2014-03-05',
    second: '2014-05-03',
    date: '2014',
  })
  expect(readDate('05/03/2014', 'dmy')).toEqual({ status: 'date', date: '2014-03-05' })
  expect(readDate('05/03/2014', 'mdy')).toEqual({ status: 'date', date: '2014-05-03' })
})

test.each(['30/02/2014', '2014-13-01', '31/04/2015', 'soon', '0', '1850'])('%s is no date', (text) => {
  expect(readDate(text, 'dmy').status).toBe('impossible')
})

test('years of other calendars are told apart and not converted', () => {
  expect(readDate('2557', undefined)).toEqual({ status: 'calendar', calendar: 'buddhist' })
  expect(readDate('1435', undefined)).toEqual({ status: 'calendar', calendar: 'hijri' })
})

test('a period in one cell gives start and end', () => {
  expect(readDate('2013-2015', undefined)).toEqual({ status: 'date', date: '2013', end: '2015' })
  expect(readDate('01/08/2018 a 31/07/2021', 'dmy')).toEqual({ status: 'date', date: '2018-08-01', end: '2021-07-31' })
})

test('one cell with a day above 12 decides the column, a contradiction leaves it open', () => {
  const evidence = noOrderEvidence()
  for (const text of ['05/03/2014', '13/04/2014']) addOrderEvidence(evidence, text)
  expect(provenOrder(evidence)).toBe('dmy')
  addOrderEvidence(evidence, '04/13/2014')
  expect(provenOrder(evidence)).toBeUndefined()
})
