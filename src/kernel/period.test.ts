import { expect, test } from 'vitest'
import { includesDay, parsePeriod, periodsOverlap } from './period.ts'

test('a period starts before it ends, as far as the dates are known', () => {
  expect(parsePeriod({ start: '2014', end: '2017' })).toEqual({ start: '2014', end: '2017' })
  expect(parsePeriod({ start: '2014-06', end: '2014' })).toEqual({ start: '2014-06', end: '2014' })
  expect(parsePeriod({ start: '2015', end: '2014' })).toBeUndefined()
  expect(parsePeriod({ start: '2014-02-30' })).toBeUndefined()
  expect(parsePeriod({})).toEqual({})
})

test('an open end includes all days on its side', () => {
  expect(includesDay({ start: '2014' }, '2030-01-01')).toBe(true)
  expect(includesDay({ start: '2014', end: '2014-06' }, '2014-07-01')).toBe(false)
  expect(includesDay({}, '2014-07-01')).toBe(true)
})

test('two periods overlap when they may share a day', () => {
  expect(periodsOverlap({ start: '2013', end: '2014' }, { start: '2014-12-31' })).toBe(true)
  expect(periodsOverlap({ end: '2013' }, { start: '2014' })).toBe(false)
  expect(periodsOverlap({}, {})).toBe(true)
})
