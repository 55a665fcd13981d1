import { describe, expect, test } from 'vitest'
import { listCodes } from '../../../codes/index.ts'
import { foldName, governmentBodyId, isGovernment, ORG_SUBTYPES, ORG_TYPES, type OrgFacts, wordingsOf } from './org.ts'
import { NOTHING_STATED } from './org-input.ts'
import { listShippedOrgs } from './shipped-orgs.ts'

function given(facts: Partial<OrgFacts>): OrgFacts {
  return { ...NOTHING_STATED, names: { orig: 'en', texts: { en: 'Ministry of Health' } }, orgType: '10', ...facts }
}

test('the types and subtypes are those of the code lists', () => {
  expect(ORG_TYPES).toEqual(listCodes('orgType').map(({ code }) => code))
  expect(ORG_SUBTYPES).toEqual(listCodes('orgSubtype').map(({ code }) => code))
})

describe('6.1: an organisation with a country and type 10 or 11 is that country’s government', () => {
  const cases: { name: string; given: Partial<OrgFacts>; expected: boolean }[] = [
    { name: 'a ministry of Kenya', given: { orgType: '10', countryCode: 'KEN' }, expected: true },
    { name: 'a city of Brazil', given: { orgType: '11', countryCode: 'BRA' }, expected: true },
    { name: 'a ministry without a country', given: { orgType: '10' }, expected: false },
    { name: 'a development bank of a country', given: { orgType: '15', countryCode: 'BRA' }, expected: false },
    { name: 'a university', given: { orgType: '80', countryCode: 'BRA' }, expected: false },
  ]
  test.each(cases)('$name', ({ given: facts, expected }) => {
    expect(isGovernment(given(facts))).toBe(expected)
  })
})

describe('6.1: a government body without an identifier gets <ISO2>-SUR-<slug>', () => {
  const longName = {
    orig: 'en',
    texts: { en: 'Directorate General of International Technical Cooperation and Humanitarian Affairs' },
  }
  const cases: { name: string; given: Partial<OrgFacts>; expected: string | undefined }[] = [
    { name: 'from the name', given: { countryCode: 'KEN' }, expected: 'KE-SUR-ministry-of-health' },
    { name: 'the acronym is shorter', given: { countryCode: 'KEN', acronyms: { en: 'MoH' } }, expected: 'KE-SUR-moh' },
    {
      name: 'accents go',
      given: { countryCode: 'CIV', names: { orig: 'fr', texts: { fr: 'Ministère de la Santé' } } },
      expected: 'CI-SUR-ministere-de-la-sante',
    },
    {
      name: 'a long name is cut at a word',
      given: { countryCode: 'KEN', names: longName },
      expected: 'KE-SUR-directorate-general-of-international',
    },
    {
      name: 'a name without Latin letters takes the fallback',
      given: { countryCode: 'EGY', names: { orig: 'ar', texts: { ar: 'وزارة الصحة' } } },
      expected: 'EG-SUR-01abc',
    },
    { name: 'no country, no identifier', given: {}, expected: undefined },
    { name: 'a firm gets none', given: { countryCode: 'KEN', orgType: '70' }, expected: undefined },
  ]
  test.each(cases)('$name', ({ given: facts, expected }) => {
    expect(governmentBodyId(given(facts), '01ABC')).toBe(expected)
  })
})

test.each([
  ['a channel code alone, as an identifier of another register', { otherIds: [{ scheme: 'register', id: '41114' }] }, ['41114']],
  ['the identifier of files', { iatiId: 'XM-DAC-41114', iatiIdBasis: 'seen' as const }, ['xm dac 41114', '41114']],
  ['a channel code', { otherIds: [{ scheme: 'crs-channel', id: '41313' }] }, ['xm dac 41313', '41313']],
  ['any other', { iatiId: 'GB-COH-123', iatiIdBasis: 'seen' as const }, ['gb coh 123']],
])('an organisation is found by %s', (_name, facts, expected) => {
  const identifiers = wordingsOf(null, given(facts)).filter(({ kind }) => kind === 'identifier')
  expect(identifiers.map(({ folded }) => folded)).toEqual(expected)
})

test('case, accents, punctuation and a leading article do not make another name', () => {
  expect(foldName('  The World Bank')).toBe('world bank')
  expect(foldName('Côte d’Ivoire: Ministère')).toBe('cote divoire ministere')
  expect(foldName('THE')).toBe('the')
  expect(foldName('—')).toBe('')
})

test('every wording is listed once, with where it comes from', () => {
  const facts = given({ acronyms: { en: 'MoH', fr: 'MOH' }, aliases: ['Health Ministry', '—'], iatiId: 'KE-SUR-moh' })
  expect(wordingsOf(null, facts)).toEqual([
    { kind: 'name', lang: 'en', folded: 'ministry of health' },
    { kind: 'acronym', lang: 'en', folded: 'moh' },
    { kind: 'acronym', lang: 'fr', folded: 'moh' },
    { kind: 'alias', lang: 'und', folded: 'health ministry' },
    { kind: 'identifier', lang: 'und', folded: 'ke sur moh' },
  ])
})

describe('what is shipped', () => {
  const shipped = new Map(listShippedOrgs().map(({ key, facts }) => [key, facts]))

  test('72 United Nations entities, 63 regional bodies and 59 cooperation agencies, no identifier twice', () => {
    const iatiIds = [...shipped.values()].flatMap(({ iatiId }) => iatiId?.toLowerCase() ?? [])
    expect(shipped.size).toBe(72 + 63 + 59)
    expect(new Set(iatiIds).size).toBe(iatiIds.length)
  })

  test('UNDP is a fund or programme of the system, its identifier was seen in published files', () => {
    expect(shipped.get('undp')).toMatchObject({
      orgType: '40',
      orgSubtype: 'un_fund_programme',
      partOfUnSystem: true,
      collective: false,
      iatiId: 'XM-DAC-41114',
      iatiIdBasis: 'seen',
    })
  })

  test('RETOSA is a body of countries, a development bank is not', () => {
    expect(shipped.get('regional-retosa')).toMatchObject({ collective: true, partOfUnSystem: false })
    expect(shipped.get('regional-afdb')).toMatchObject({ collective: false })
  })

  test('the Brazilian agency gets an identifier of ours; that of a DAC member is not invented', () => {
    expect(shipped.get('bra-abc')).toMatchObject({ orgType: '10', iatiId: 'BR-SUR-abc', iatiIdBasis: 'own' })
    expect(shipped.get('deu-giz')).toMatchObject({ countryCode: 'DEU', iatiId: null, iatiIdBasis: null })
  })

  test('the World Bank is known by the name in use; every alias belongs to an organisation and to no other', () => {
    const holders = new Map<string, string[]>()
    for (const [key, facts] of shipped) {
      for (const { folded } of wordingsOf(key, facts)) holders.set(folded, [...new Set([...(holders.get(folded) ?? []), key])])
    }
    const aliases = [...shipped].flatMap(([key, facts]) => facts.aliases.map((alias) => ({ key, alias })))
    expect(aliases).toHaveLength(14)
    for (const { key, alias } of aliases) expect(holders.get(foldName(alias))).toEqual([key])
    expect(holders.get(foldName('The World Bank'))).toEqual(['worldbank'])
    // What stays ambiguous, because two bodies use the same letters.
    expect(Object.fromEntries([...holders].filter(([, keys]) => keys.length > 1))).toEqual({
      bid: ['regional-isdb', 'regional-idb'],
      can: ['hlc', 'regional-can'],
      cci: ['itc', 'jiu'],
      cdb: ['cbd', 'regional-cdb'],
    })
  })
})
