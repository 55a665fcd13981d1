import { describe, expect, test } from 'vitest'
import { scopeOf, staleBefore, stateOf } from './focal-point.ts'

const NOW = new Date('2026-11-25T12:00:00.000Z')

describe('The state of a focal point follows from its dates', () => {
  test.each([
    { name: 'never confirmed', confirmedAt: null, endedAt: null, expected: 'invited' },
    { name: 'confirmed a moment ago', confirmedAt: '2026-11-25T11:59:59.000Z', endedAt: null, expected: 'active' },
    { name: 'a millisecond less than twelve months', confirmedAt: '2025-11-25T12:00:00.001Z', endedAt: null, expected: 'active' },
    { name: 'twelve months to the instant', confirmedAt: '2025-11-25T12:00:00.000Z', endedAt: null, expected: 'stale' },
    { name: 'years ago', confirmedAt: '2019-01-01T00:00:00.000Z', endedAt: null, expected: 'stale' },
    {
      name: 'ended, whatever was confirmed',
      confirmedAt: '2026-11-25T11:00:00.000Z',
      endedAt: '2026-11-25T11:30:00.000Z',
      expected: 'ended',
    },
    { name: 'ended without an answer', confirmedAt: null, endedAt: '2026-11-25T11:30:00.000Z', expected: 'ended' },
  ])('$name: $expected', ({ confirmedAt, endedAt, expected }) => {
    expect(stateOf({ confirmedAt, endedAt }, NOW)).toBe(expected)
  })

  test('a leap day goes back to the last of February', () => {
    expect(staleBefore(new Date('2028-02-29T08:00:00.000Z')).toISOString()).toBe('2027-02-28T08:00:00.000Z')
    expect(staleBefore(new Date('2026-12-31T08:00:00.000Z')).toISOString()).toBe('2025-12-31T08:00:00.000Z')
  })
})

describe('Whose it is', () => {
  test('an office of an entity is not the country’s in which it lies', () => {
    expect(scopeOf({ scope: 'un_country_office', countryCode: 'KEN', orgId: 'unicef' })).toEqual({
      orgs: ['unicef'],
      countries: [],
    })
    expect(scopeOf({ scope: 'unct', countryCode: 'KEN', orgId: null })).toEqual({ orgs: [], countries: [] })
  })

  test('a country’s is the country’s, an entity’s the entity’s', () => {
    expect(scopeOf({ scope: 'country', countryCode: 'KEN', orgId: null })).toEqual({ orgs: [], countries: ['KEN'] })
    expect(scopeOf({ scope: 'org', countryCode: null, orgId: 'unicef' })).toEqual({ orgs: ['unicef'], countries: [] })
  })
})
