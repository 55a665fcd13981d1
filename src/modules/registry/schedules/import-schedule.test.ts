import { describe, expect, test } from 'vitest'
import { nextTime, readScheduleAddress, timeAfterFailure } from './import-schedule.ts'
import './problems.ts'

test('an address with a name and a password, of another kind, or that is none, is refused', () => {
  for (const text of [
    'https://user@house.example/',
    'https://:secret@house.example/',
    'gopher://house.example/',
    'house.example',
    '',
  ]) {
    expect(() => readScheduleAddress(text)).toThrow('schedules.address-not-accepted')
  }
  expect(readScheduleAddress('  HTTPS://House.Example/a b.xml?x=1#top ')).toBe('https://house.example/a%20b.xml?x=1')
})

describe('the next time', () => {
  test.each([
    ['daily', '2026-12-31T10:00:00Z', '2027-01-01T10:00:00.000Z'],
    ['weekly', '2026-02-25T10:00:00Z', '2026-03-04T10:00:00.000Z'],
    ['monthly', '2026-01-15T10:00:00Z', '2026-02-15T10:00:00.000Z'],
    ['monthly', '2026-01-31T10:00:00Z', '2026-02-28T10:00:00.000Z'],
    ['monthly', '2028-01-31T10:00:00Z', '2028-02-29T10:00:00.000Z'],
    ['monthly', '2026-12-31T10:00:00Z', '2027-01-31T10:00:00.000Z'],
  ] as const)('%s after %s is %s', (every, from, next) => {
    expect(nextTime(every, new Date(from)).toISOString()).toBe(next)
  })

  test('after failures it is one hour, two, four, and never later than usual', () => {
    const from = new Date('2026-03-01T00:00:00Z')
    const hours = [1, 2, 3, 5, 6, 50].map(
      (count) => (timeAfterFailure('daily', count, from).getTime() - from.getTime()) / 3_600_000,
    )
    expect(hours).toEqual([1, 2, 4, 16, 24, 24])
  })
})
