import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { REPORT_LOOKUPS, readSampleInitiatives } from './cases-by-profile.ts'
import type { CooperationFacts, ExchangeFacts, PartnerFacts } from './cooperation-facts.ts'
import { COOPERATION_PROFILES, type CooperationProfile, findCooperationProfile } from './cooperation-profiles.ts'
import { cooperationTypeOf } from './cooperation-type.ts'
import { DECISION_CASES, SAMPLE_LABELS } from './decision-cases.ts'
import { cooperationFactsOf } from './facts-of-initiative.ts'
import type { CooperationLookups } from './read-partners.ts'

const UN_DEFAULT = profileNamed('un_default')

function profileNamed(key: string): CooperationProfile {
  const profile = findCooperationProfile(key)
  if (!profile) throw new Error(`No profile ${key}`)
  return profile
}

// Where only the rule is tested: Southern are countries whose code begins with S.
const BY_LETTER: CooperationLookups = { isSouth: (iso3) => iso3.startsWith('S') }

const labelOf = (facts: CooperationFacts, profile = UN_DEFAULT, lookups = BY_LETTER) => cooperationTypeOf(facts, profile, lookups)

describe('the fifteen initiatives of the 2015 report', () => {
  const samples = readSampleInitiatives()

  test('all fifteen are shipped', () => {
    expect(samples.map(({ key }) => key)).toEqual(Object.keys(SAMPLE_LABELS))
  })

  test.each(
    samples.flatMap(({ key, name, facts }) =>
      Object.entries(SAMPLE_LABELS[key] ?? {}).map(([profile, expected]) => ({ key, name, facts, profile, expected })),
    ),
  )('$key $name is $expected under $profile', ({ facts, profile, expected }) => {
    expect(cooperationTypeOf(facts, profileNamed(profile), REPORT_LOOKUPS).type).toBe(expected)
  })
})

test.each(
  DECISION_CASES.flatMap(({ name, facts, expected }) =>
    Object.entries(expected).map(([profile, label]) => ({ name, facts, profile, label })),
  ),
)('7.4: $name -> $label under $profile', ({ facts, profile, label }) => {
  expect(cooperationTypeOf(facts, profileNamed(profile), REPORT_LOOKUPS).type).toBe(label)
})

test('7.4: Chile and Germany teaching Paraguay is decided by step 4, Argentina paying by step 5', () => {
  const stepOf = (word: string) => {
    const found = DECISION_CASES.find(({ name }) => name.includes(word))
    return found && cooperationTypeOf(found.facts, UN_DEFAULT, REPORT_LOOKUPS).step
  }
  expect(stepOf('Germany together')).toBe(4)
  expect(stepOf('only pays')).toBe(5)
})

const giver: PartnerFacts = { id: 'a', iso3: 'SAA', role: 'first_provider' }
const taker: PartnerFacts = { id: 'b', iso3: 'SBB', role: 'recipient' }
const shown: ExchangeFacts[] = [{ giver: 'a', taker: 'b' }]

describe('step 1: a person overrides', () => {
  test('the computed label stays visible', () => {
    const result = labelOf({
      partners: [giver, taker],
      contributions: shown,
      override: { type: 'TRC', reason: 'Letter of 3 May' },
    })
    expect(result).toMatchObject({ type: 'TRC', step: 1, computed: { type: 'SSC', step: 7 } })
    expect(result.explanation[0]).toEqual({ code: 'step-1', params: { reason: 'Letter of 3 May' } })
  })
})

describe('ruling 15: what is unknown', () => {
  test.each<{ name: string; facts: CooperationFacts; expected: string; missing: string[] }>([
    {
      name: 'a giver whose taker is not named',
      facts: { partners: [giver, { id: 'un', kind: 'multilateral', role: 'second_provider' }] },
      expected: 'UNDETERMINED',
      missing: ['taker'],
    },
    { name: 'a taker whose giver is not named', facts: { partners: [taker] }, expected: 'UNDETERMINED', missing: ['giver'] },
    {
      name: 'a Southern giver whose taker is named and lies outside the South',
      facts: { partners: [giver, { id: 'n', iso3: 'NNN', role: 'recipient' }], contributions: [{ giver: 'a', taker: 'n' }] },
      expected: 'NONE',
      missing: [],
    },
    {
      name: 'a contribution that names one side only',
      facts: { partners: [giver, taker], contributions: [{ giver: 'a' }] },
      expected: 'UNDETERMINED',
      missing: ['other-side'],
    },
    {
      name: 'both sides by role, but nothing exchanged',
      facts: { partners: [giver, taker] },
      expected: 'NONE',
      missing: ['exchange'],
    },
    {
      name: 'a partner without role beside a full exchange may be a developed country that pays',
      facts: { partners: [giver, taker, { id: 'u', iso3: 'SCC' }], contributions: shown },
      expected: 'UNDETERMINED',
      missing: ['partner-role'],
    },
    {
      name: 'a partner without role changes nothing in triangular cooperation',
      facts: { partners: [giver, taker, { id: 'd', iso3: 'NDD', role: 'funder' }, { id: 'u' }], contributions: shown },
      expected: 'TRC',
      missing: ['partner-role', 'partner-country'],
    },
    {
      name: 'partners without any country',
      facts: {
        partners: [
          { id: 'u', unnamed: true, role: 'recipient' },
          { id: 'un', kind: 'multilateral', role: 'funder' },
        ],
      },
      expected: 'UNDETERMINED',
      missing: ['partner-country'],
    },
    {
      name: 'an international organisation of civil society has no country and is not unknown',
      facts: { partners: [giver, taker, { id: 'n', kind: 'other', role: 'second_provider' }], contributions: shown },
      expected: 'SSC',
      missing: [],
    },
  ])('$name -> $expected', ({ facts, expected, missing }) => {
    const result = labelOf(facts)
    expect(result.type).toBe(expected)
    expect(result.missing.map(({ code }) => code)).toEqual(missing)
  })
})

describe('7.2: Southern collectives', () => {
  const alone = (partner: Partial<PartnerFacts>): CooperationFacts => ({
    partners: [{ id: 'c', role: 'peer', ...partner }],
    contributions: [{ giver: 'c', joint: true }],
  })
  test.each([
    {
      name: 'a regional body with two thirds of its members in the South',
      facts: alone({ kind: 'regional_body', memberIso3: ['SAA', 'SBB', 'NCC'] }),
      expected: 'SSC',
    },
    {
      name: 'a regional body with half of them',
      facts: alone({ kind: 'regional_body', memberIso3: ['SAA', 'NCC'] }),
      expected: 'NONE',
    },
    {
      name: 'a regional body declared so by a source',
      facts: alone({ kind: 'regional_body', collectiveDeclared: true }),
      expected: 'SSC',
    },
    {
      name: 'recorded members count more than the declaration',
      facts: alone({ kind: 'regional_body', memberIso3: ['NCC'], collectiveDeclared: true }),
      expected: 'NONE',
    },
    {
      name: 'an unnamed group whose countries are all in the South',
      facts: alone({ unnamed: true, memberIso3: ['SAA', 'SBB'] }),
      expected: 'SSC',
    },
    {
      name: 'an unnamed group with one country outside',
      facts: alone({ unnamed: true, memberIso3: ['SAA', 'SBB', 'NCC'] }),
      expected: 'UNDETERMINED',
    },
    {
      name: 'a multilateral is no collective',
      facts: alone({ kind: 'multilateral', memberIso3: ['SAA', 'SBB'] }),
      expected: 'NONE',
    },
  ])('$name -> $expected', ({ facts, expected }) => {
    expect(labelOf(facts).type).toBe(expected)
  })
})

describe('sets of the rule', () => {
  test('two rows of one country are one country: nobody exchanges with itself', () => {
    const facts = { partners: [giver, { ...taker, iso3: 'SAA' }], contributions: shown }
    expect(labelOf(facts).type).toBe('UNDETERMINED')
  })

  test('a supporter who also teaches makes step 5 when giver and taker are two others', () => {
    const facts = {
      partners: [
        giver,
        taker,
        { id: 'c', iso3: 'SCC', role: 'first_provider' },
        { id: 'c2', iso3: 'SCC', role: 'second_provider' },
      ],
      contributions: shown,
    }
    expect(labelOf(facts).step).toBe(5)
    expect(labelOf(facts, { ...UN_DEFAULT, southernSecondProvider: false }).type).toBe('SSC')
    expect(labelOf({ ...facts, partners: [giver, taker, { id: 'a2', iso3: 'SAA', role: 'funder' }] }).step).toBe(7)
  })

  test('a result that names giver and taker shows the exchange as well', () => {
    expect(labelOf({ partners: [giver, taker], results: shown }).type).toBe('SSC')
  })

  test('countries listed without role become partners without role', () => {
    const facts = cooperationFactsOf({
      engagedCountries: ['SAA', 'SBB'],
      partners: [{ no: '1', iso3: 'SAA', role: 'first_provider' }],
    })
    expect(facts.partners.map(({ id, role }) => [id, role])).toEqual([
      ['1', 'first_provider'],
      ['SBB', undefined],
    ])
  })
})

/** Tries all 5^n assignments of the unknown partners, as the rule is written. */
function labelByTryingAll(facts: CooperationFacts, profile: CooperationProfile): string {
  const isUnknown = ({ role, iso3, kind }: PartnerFacts) =>
    role === undefined || (iso3 === undefined && kind !== 'multilateral' && kind !== 'regional_body' && kind !== 'other')
  const unknown = facts.partners.filter(isUnknown)
  if (unknown.length === 0) return labelOf(facts, profile).type
  if (!facts.partners.some(({ iso3, collectiveDeclared }) => iso3 !== undefined || collectiveDeclared)) return 'UNDETERMINED'
  const assigned = unknown.reduce<PartnerFacts[][]>(
    (lists, partner) => {
      const southern = `S~${partner.iso3 ?? partner.id}`.replace('S~S', 'S')
      const choices: (PartnerFacts | undefined)[] = [
        undefined,
        { id: partner.id, kind: 'country', iso3: southern, role: 'recipient' },
        { id: partner.id, kind: 'country', iso3: southern, role: 'first_provider' },
        { id: partner.id, kind: 'country', iso3: `N~${partner.id}`, role: 'second_provider' },
        { id: partner.id, kind: 'multilateral', role: 'second_provider' },
      ]
      return lists.flatMap((list) => choices.map((choice) => (choice ? [...list, choice] : list)))
    },
    [facts.partners.filter((partner) => !isUnknown(partner))],
  )
  const labels = new Set(assigned.map((partners) => labelOf({ ...facts, partners }, profile).type))
  const [only] = labels
  return labels.size === 1 && only ? only : 'UNDETERMINED'
}

test('step 2: the short argument gives the same label as trying every joint assignment', () => {
  const role = fc.constantFrom(
    undefined,
    'first_provider',
    'second_provider',
    'recipient',
    'peer',
    'facilitator',
    'funder',
    'observer',
  )
  const partner = fc.record({
    role,
    iso3: fc.constantFrom(undefined, 'SAA', 'SBB', 'SCC', 'NDD', 'NEE'),
    kind: fc.constantFrom(undefined, 'country' as const, 'multilateral' as const, 'regional_body' as const, 'other' as const),
  })
  const member = fc.constantFrom(undefined, 'a', 'b', '0', '1', '2', '3')
  const exchange = fc.record({ giver: member, taker: member, joint: fc.boolean() })
  const initiative = fc.record({
    startsWithBothSides: fc.boolean(),
    startsWithExchange: fc.boolean(),
    partners: fc.array(partner, { maxLength: 4 }),
    contributions: fc.array(exchange, { maxLength: 2 }),
    purpose: fc.constantFrom(undefined, undefined, undefined, 'ssc_capacity' as const),
  })
  const seen = new Map<string, number>()
  fc.assert(
    fc.property(initiative, fc.constantFrom(...COOPERATION_PROFILES), (drawn, profile) => {
      const rows = drawn.partners.map((row, index): PartnerFacts => {
        const hasCountry = row.kind === undefined || row.kind === 'country'
        const collectiveDeclared = row.kind === 'regional_body' && row.iso3 === 'SAA'
        return { ...row, id: String(index), iso3: hasCountry ? row.iso3 : undefined, collectiveDeclared }
      })
      const facts: CooperationFacts = {
        partners: drawn.startsWithBothSides ? [giver, taker, ...rows] : rows,
        contributions: drawn.startsWithExchange ? [...shown, ...drawn.contributions] : drawn.contributions,
        purpose: drawn.purpose,
      }
      const label = labelOf(facts, profile)
      expect(label.type).toBe(labelByTryingAll(facts, profile))
      const known = label.missing.some(({ code }) => code.startsWith('partner-')) ? 'with unknown partners' : 'all known'
      seen.set(`${label.type} ${known}`, (seen.get(`${label.type} ${known}`) ?? 0) + 1)
    }),
    { numRuns: 20_000, seed: 2015 },
  )
  // The search has met the stable labels and not only UNDETERMINED.
  const stable = ['TRC', 'ENABLING', 'NONE', 'UNDETERMINED'].map((label) => seen.get(`${label} with unknown partners`) ?? 0)
  const firm = ['SSC', 'MSS', 'TRC', 'NSC'].map((label) => seen.get(`${label} all known`) ?? 0)
  expect(Math.min(...stable, ...firm)).toBeGreaterThan(50)
})

test('step 2: an exchange that is shown with an observer may still find its taker among the unknown', () => {
  const facts = (unknownCountry: string): CooperationFacts => ({
    partners: [
      { id: 'a', iso3: 'SAA', role: 'peer' },
      { id: 'n', iso3: 'NNN', role: 'peer' },
      { id: 'o', iso3: 'SBB', role: 'observer' },
      { id: 'u', iso3: unknownCountry },
    ],
    contributions: [{ giver: 'a', taker: 'o' }],
  })
  expect(labelOf(facts('SCC')).type).toBe('UNDETERMINED')
  expect(labelByTryingAll(facts('SCC'), UN_DEFAULT)).toBe('UNDETERMINED')
  // The giver's own country cannot be the other side.
  expect(labelOf(facts('SAA')).type).toBe('NONE')
  expect(labelByTryingAll(facts('SAA'), UN_DEFAULT)).toBe('NONE')
})

test('30 partners without role are no slower than few, and 100,000 rows of 10 partners take seconds', () => {
  const roles = ['first_provider', 'recipient', undefined, 'peer', 'second_provider', 'facilitator']
  const rows = Array.from({ length: 100_000 }, (_, row) => ({
    partners: Array.from({ length: row % 1000 === 0 ? 30 : 10 }, (_, index) => ({
      id: String(index),
      iso3: `${(row + index) % 3 === 0 ? 'N' : 'S'}${String((row * 7 + index) % 100).padStart(2, '0')}`,
      role: row % 2 === 0 ? roles[index % roles.length] : index < 2 ? roles[index] : 'observer',
    })),
    contributions: [{ giver: '0', taker: '1' }],
  }))
  const started = performance.now()
  for (const facts of rows) labelOf(facts)
  // Measured 2026-11-24 on 2 cores: below 1 s. The limit is wide because test machines are shared.
  expect(performance.now() - started).toBeLessThan(8_000)
})
