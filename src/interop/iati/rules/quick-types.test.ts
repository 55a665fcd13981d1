import { expect, test } from 'vitest'
import { type Datatype, isOfType } from '../write/datatypes.ts'
import { dayOf, isPlainDate, isValueOf } from './quick-types.ts'

test.each([
  '2023-02-29',
  '2024-13-01',
  '2024-00-10',
  '2024-04-31',
  '24-01-01',
  '2024-1-01',
  '0000-01-01',
  '2024-01-0a',
  '1900-02-29',
])('%s is no day of the calendar', (day) => {
  expect([isPlainDate(day), dayOf(day)]).toEqual([false, undefined])
})

test.each(['2024-02-29', '2000-02-29', '2024-12-31', '1999-04-30'])('%s is a day of the calendar', (day) => {
  expect(isPlainDate(day)).toBe(true)
})

test('the day of a date with a time zone, and of a time', () => {
  expect(dayOf(' 2024-01-02Z')).toBe('2024-01-02')
  expect(dayOf('2024-01-02T23:00:00+01:00')).toBe('2024-01-02')
})

const VALUES = [
  '',
  ' ',
  '0',
  '1',
  '-1',
  '+1',
  '1.5',
  '.5',
  '5.',
  '.',
  '1,000',
  '1e3',
  'true',
  'TRUE',
  '2024-01-01',
  '2024-01-01Z',
  '2024-02-30',
  'en',
  'e1',
  'pt-BR',
  'x y',
  ' 1 ',
]
const TYPES: readonly Datatype[] = [
  'string',
  'decimal',
  'date',
  'dateTime',
  'boolean',
  'int',
  'natural',
  'positive',
  'uri',
  'language',
]

test('the quick look never differs from the full rule', () => {
  for (const type of TYPES) {
    for (const value of VALUES) expect([type, value, isValueOf(value, type)]).toEqual([type, value, isOfType(value, type)])
  }
})
