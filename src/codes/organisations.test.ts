import { describe, expect, test } from 'vitest'
import { listKnownOrganisations, resolveOrganisation } from './organisations.ts'

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

  test('an unknown body gets suggestions, and an agency of a DAC member is never southern', () => {
    expect(resolveOrganisation('Rotary')).toMatchObject({ status: 'unknown' })
    expect(resolveOrganisation('KOICA')).toMatchObject({ organisation: { role: 'northern partner', iso3: 'KOR' } })
  })
})
