import { describe, expect, test } from 'vitest'
import { bureauOf, commissionsOf, editionOf, groupsOf, isMember, listCountryGroups, membersOf } from './country-groups.ts'
import { explainSouth, isSouth, listSouthProfiles } from './south.ts'

describe('Groups of countries on a day', () => {
  test('there were 48 least developed countries on 2014-06-01 and are 44 since 2024-12-13', () => {
    expect(membersOf('ldc', '2014-06-01')).toHaveLength(48)
    expect(membersOf('ldc', '2024-12-13')).toHaveLength(44)
    expect(membersOf('ldc', '2024-12-12')).toHaveLength(45)
  })

  test('a partial date means its first day', () => {
    expect(isMember('ldc', 'GNQ', '2017')).toBe(true) // left on 2017-06-04
    expect(isMember('ldc', 'GNQ', '2017-06')).toBe(true)
    expect(isMember('ldc', 'GNQ', '2017-06-03')).toBe(true)
    expect(isMember('ldc', 'GNQ', '2017-06-04')).toBe(false)
    expect(isMember('ldc', 'GNQ', '2017-07')).toBe(false)
  })

  test.each([
    ['lldc', 32],
    ['sids', 53],
    ['g77_china', 134],
    ['dac_member', 31],
    ['undp_rba', 46],
    ['undp_rbas', 20],
    ['undp_rbap', 38],
    ['undp_rblac', 42],
    ['un_eca', 54],
    ['m49_developing', 182],
    ['fragile', 0],
  ])('%s has %i members today', (group, count) => {
    expect(membersOf(group, '2026-11-24')).toHaveLength(count)
  })

  test('ruling 14: China counts in the Group of 77, a former member does not, and the last M49 list stays in force', () => {
    expect(isMember('g77_china', 'CHN', '2014')).toBe(true)
    expect(isMember('g77_china', 'MEX', '2014')).toBe(false)
    expect(isMember('m49_developing', 'KEN', '2025')).toBe(true)
  })

  test('ruling 14: programme countries are the members of the five bureau groups', () => {
    const bureaux = ['undp_rba', 'undp_rbas', 'undp_rbap', 'undp_rbec', 'undp_rblac']
    const together = bureaux.flatMap((group) => membersOf(group, '2014')).sort()
    expect(membersOf('programme_country', '2014')).toEqual(together)
    expect(together).toHaveLength(46 + 20 + 38 + 20 + 42)
  })

  test('a group answers to the code of the source tables, too, and an unknown one is a problem', () => {
    expect(isMember('oecd-dac', 'KOR', '2010')).toBe(true)
    expect(() => isMember('g8', 'KEN', '2014')).toThrow('codes.unknown-group')
    expect(() => isMember('ldc', 'KEN', '2014-13')).toThrow('codes.bad-date')
  })

  test('recipients on the DAC list follow the reporting year; the nearest list stands in and says so', () => {
    expect(isMember('dac_recipient', 'CHL', '2017')).toBe(true)
    expect(isMember('dac_recipient', 'CHL', '2018')).toBe(false)
    expect(editionOf('dac_recipient', '2016')).toEqual({ fromYear: 2014, toYear: 2017, fits: true })
    expect(editionOf('dac_recipient', '2013')).toEqual({ fromYear: 2014, toYear: 2017, fits: false })
    expect(editionOf('ldc', '2013')).toBeUndefined()
  })

  test('Kenya belongs to these groups in 2014', () => {
    expect(groupsOf('KEN', '2014')).toEqual([
      'm49_developing',
      'g77_china',
      'undp_rba',
      'un_eca',
      'dac_recipient',
      'programme_country',
      'lmic',
    ])
  })

  test.each([
    ['KEN', 'africa'],
    ['EGY', 'arab_states'],
    ['FJI', 'asia_pacific'],
    ['KGZ', 'europe_cis'],
    ['CUB', 'lac'],
    ['DEU', undefined],
  ])('%s is served by the bureau of %s', (iso3, region) => {
    expect(bureauOf(iso3)).toBe(region)
  })

  test('an area can belong to two regional commissions', () => {
    expect(commissionsOf('EGY')).toEqual(['eca', 'escwa'])
    expect(commissionsOf('KGZ')).toEqual(['ece', 'escap'])
  })

  test('every group has a name in six languages', () => {
    for (const { group, names } of listCountryGroups()) expect(Object.keys(names), group).toHaveLength(6)
  })
})

describe('Which countries are South (domain 7.2)', () => {
  test('four profiles are shipped', () => {
    expect(listSouthProfiles().map(({ profile }) => profile)).toEqual(['un_default', 'g77_only', 'dac', 'custom'])
  })

  test('the Republic of Korea was South until it joined the DAC in 2010', () => {
    expect(isSouth('KOR', '2009-12-31', 'un_default')).toBe(true)
    expect(isSouth('KOR', '2010', 'un_default')).toBe(false)
    expect(isSouth('KOR', '2014', 'un_default')).toBe(false)
    expect(explainSouth('KOR', '2014')).toMatchObject({
      isSouth: false,
      memberOf: ['m49_developing'],
      excludedBy: ['dac_member'],
    })
  })

  test('China is South as a listed member of the Group of 77; Mexico is South only under other groups', () => {
    expect(isSouth('CHN', '2014', 'g77_only')).toBe(true)
    expect(isSouth('MEX', '2014', 'g77_only')).toBe(false)
    expect(isSouth('MEX', '2014', 'un_default')).toBe(true)
  })

  test.each(['ARM', 'KGZ'])('%s is South under un_default and not under g77_only (S14)', (iso3) => {
    expect(isSouth(iso3, '2014', 'un_default')).toBe(true)
    expect(isSouth(iso3, '2014', 'g77_only')).toBe(false)
  })

  test.each(['DEU', 'JPN', 'DNK', 'USA', 'RUS', 'ISR'])(
    '%s is South neither by the Group of 77 nor by the DAC list in 2014',
    (iso3) => {
      expect(isSouth(iso3, '2014', 'g77_only')).toBe(false)
      expect(isSouth(iso3, '2014', 'dac')).toBe(false)
    },
  )

  test('an own profile names its groups, and one without groups is refused', () => {
    expect(isSouth('KEN', '2014', { profile: 'custom', anyOf: ['ldc'], noneOf: [] })).toBe(false)
    expect(isSouth('UGA', '2014', { profile: 'custom', anyOf: ['ldc'], noneOf: [] })).toBe(true)
    expect(() => isSouth('KEN', '2014', 'custom')).toThrow('codes.profile-needs-groups')
    expect(() => isSouth('KEN', '2014', 'mine')).toThrow('codes.unknown-profile')
  })

  test('the explanation names a list that stood in for a missing year', () => {
    expect(explainSouth('BRA', '2013', 'dac')).toEqual({
      isSouth: true,
      profile: 'dac',
      memberOf: ['dac_recipient'],
      excludedBy: [],
      standIns: [{ group: 'dac_recipient', fromYear: 2014, toYear: 2017, fits: false }],
    })
  })
})
