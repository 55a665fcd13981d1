import { describe, expect, test } from 'vitest'
import { rowsOf } from './data-table.ts'
import { formsOfIdentifier, listKnownOrganisations, resolveOrganisation } from './organisations.ts'

describe('Organisations known by name', () => {
  test('72 United Nations entities, 63 regional bodies and 59 agencies have keys of their own', () => {
    expect(listKnownOrganisations()).toHaveLength(72 + 63 + 59)
  })

  test.each([
    ['UNDP', 'undp'],
    ['PNUD', 'undp'],
    ['Всемирная продовольственная программа', 'wfp'],
    ['联合国开发计划署', 'undp'],
    ['منظمة الصحة العالمية', 'who'],
    ['ECOWAS', 'regional-ecowas'],
    ['CEDEAO', 'regional-ecowas'],
    ['the African Union', 'regional-au'],
    ['Agência Brasileira de Cooperação', 'bra-abc'],
    ['JICA', 'jpn-jica'],
    ['Food and Agriculture Organization (FAO)', 'fao'],
    ['UNDP/United Nations Development Programme', 'undp'],
    ['World Health Organisation', 'who'],
    ['ПРООН', 'undp'],
    ['开发署', 'undp'],
    ['اليونسكو', 'unesco'],
    ['东盟', 'regional-asean'],
    ['ЭКОВАС', 'regional-ecowas'],
    ['XM-DAC-41114', 'undp'],
    ['xm-dac-41114', 'undp'],
    ['41114', 'undp'],
    ['XM-DAC-44000', 'worldbank'],
    ['41313', 'ohchr'],
  ])('%s is %s', (text, key) => {
    expect(resolveOrganisation(text)).toMatchObject({ status: 'found', organisation: { key } })
  })

  test.each([
    ['BID', ['regional-isdb', 'regional-idb']],
    ['CDB', ['cbd', 'regional-cdb']],
  ])('the acronym %s stays with all who use it', (acronym, keys) => {
    const answer = resolveOrganisation(acronym)
    expect(answer.status === 'ambiguous' && answer.candidates.map(({ key }) => key)).toEqual(keys)
  })

  test('two bodies in one cell are not one body', () => {
    expect(resolveOrganisation('UNDP/UNICEF').status).toBe('unknown')
    expect(resolveOrganisation('Ministry of Health (UNDP)').status).toBe('unknown')
  })

  test('every short name belongs to a body that is known, and means that one alone', () => {
    const named = listKnownOrganisations().flatMap(({ key, acronyms }) =>
      ['ar', 'ru', 'zh'].flatMap((lang) => (acronyms[lang] === undefined ? [] : [[acronyms[lang], key] as const])),
    )
    const rows = rowsOf('organisation-short-names', ['acronym_ar', 'acronym_ru', 'acronym_zh'])
    const stated = rows.flatMap((row) => [row.acronym_ar, row.acronym_ru, row.acronym_zh]).filter((name) => name !== '')
    expect(named).toHaveLength(stated.length)
    for (const [name, key] of named)
      expect(resolveOrganisation(name), name).toMatchObject({ status: 'found', organisation: { key } })
  })

  test.each([
    ['XM-DAC-41114', ['XM-DAC-41114', '41114']],
    ['41114', ['XM-DAC-41114', '41114']],
    ['XM-OCHA-FTS123', ['XM-OCHA-FTS123']],
    ['GB-1', ['GB-1']],
    ['123456', ['123456']],
  ])('%s is written as %j', (identifier, forms) => {
    expect(formsOfIdentifier(identifier)).toEqual(forms)
  })

  test('an unknown body gets suggestions, and an agency of a DAC member is never southern', () => {
    expect(resolveOrganisation('Rotary')).toMatchObject({ status: 'unknown' })
    expect(resolveOrganisation('KOICA')).toMatchObject({ organisation: { role: 'northern partner', iso3: 'KOR' } })
  })
})
