import { describe, expect, test } from 'vitest'
import * as closed from './closed-codes.ts'
import { codeName, findCode, isCode, isOpenList, listCodes, listListKeys } from './code-lists.ts'
import { codesMappedFrom, crosswalk, mappedCodes } from './crosswalk.ts'
import { rowsOf } from './data-table.ts'
import { listModalities } from './modalities.ts'

const DOMAIN_LISTS = [...new Set(rowsOf('closed-lists', ['list']).map(({ list }) => list))]

describe('Code lists', () => {
  test('every code of a domain list, every modality, sector group and goal has a name in six languages', () => {
    for (const list of [...DOMAIN_LISTS, 'modality', 'sdgGoal', 'mdgGoal', 'm49Region', 'country']) {
      for (const { code, names } of listCodes(list))
        expect(Object.keys(names).sort(), `${list} ${code}`).toEqual(['ar', 'en', 'es', 'fr', 'ru', 'zh'])
    }
  })

  test('no code occurs twice in a list', () => {
    for (const list of DOMAIN_LISTS) {
      const rows = rowsOf('closed-lists', ['list', 'code']).filter((row) => row.list === list)
      expect(listCodes(list), list).toHaveLength(rows.length)
    }
    for (const table of ['dac-sectors', 'crs-channels', 'sdg-indicators', 'modalities']) {
      const rows = rowsOf(table, ['code'])
      expect(new Set(rows.map(({ code }) => code)).size, table).toBe(rows.length)
    }
  })

  test.each([
    ['scale', closed.SCALES],
    ['partnerType', closed.PARTNER_TYPES],
    ['agencyRole', closed.AGENCY_ROLES],
    ['role', closed.PARTNER_ROLES],
    ['phase', closed.PHASES],
    ['initiativeKind', closed.INITIATIVE_KINDS],
    ['framework', closed.COOPERATION_TYPES],
    ['purpose', closed.INITIATIVE_PURPOSES],
    ['undpRegion', closed.UNDP_REGIONS],
  ])('the types of list %s are the codes of its table', (list, codes) => {
    expect(listCodes(list).map(({ code }) => code)).toEqual([...codes])
  })

  test('names fall back to English and then to the code', () => {
    expect(codeName('scale', 'regional', 'ru')).toBe('Региональный')
    expect(codeName('iati.OrganisationRole', '1', 'fr')).toBe('Financement')
    expect(codeName('iati.OrganisationRole', '1', 'zh')).toBe('Funding')
    expect(codeName('scale', 'galactic', 'en')).toBe('galactic')
    expect(() => codeName('colour', 'red', 'en')).toThrow('codes.unknown-list')
  })

  test('sectors, goals, targets and IATI lists are lists like others', () => {
    expect(codeName('sector', '12220', 'en')).toBe('Basic health care')
    expect(codeName('sector', '122', 'ar')).not.toBe('122')
    expect(findCode('sdg', '17.9')).toMatchObject({ parent: '17' })
    expect(codeName('sdgGoal', '17', 'es')).toBe('Alianzas para lograr los Objetivos')
    expect(isCode('iati.CollaborationType', '8')).toBe(true)
    expect(listListKeys().filter((key) => key.startsWith('iati.'))).toHaveLength(58)
  })

  test('lists are open or closed as the domain model says', () => {
    expect(isOpenList('demandArea')).toBe(true)
    expect(isOpenList('country')).toBe(true)
    expect(isOpenList('scale')).toBe(false)
  })

  test('modalities have a flow group and known units', () => {
    for (const { code, flowGroup, units } of listModalities()) {
      expect(['A', 'B', 'C'], code).toContain(flowGroup)
      expect(
        units.every((unit) => isCode('unit', unit)),
        code,
      ).toBe(true)
      expect(units.length === 0, code).toBe(flowGroup === 'A')
    }
  })
})

describe('Wordings of other systems (ruling 10)', () => {
  test.each([
    ['scale', 'country-country', 'country_country'],
    ['scale', 'Régional', 'regional'],
    ['scale', '国家间', 'country_country'],
    ['partnerType', 'subnational_government', 'sub_national_government'],
    ['partnerType', 'intergovernmental_organization', 'regional_organization'],
    ['partnerType', 'Société civile', undefined],
    ['partnerType', 'Organisation de la société civile', 'cso'],
    ['role', 'pivotal', 'first_provider'],
    ['role', 'Primer oferente', 'first_provider'],
    ['role', 'segundo oferente', 'second_provider'],
    ['role', 'receptor', 'recipient'],
    ['role', 'ambos', 'peer'],
    ['role', 'beneficiary', 'recipient'],
    ['framework', 'FC02', 'TRC'],
    ['framework', 'Cooperación Sur-Sur', 'SSC'],
    ['framework', '三角合作', 'TRC'],
    ['phase', '2', 'implementation'],
    ['undpRegion', 'Asia & Pacific', 'asia_pacific'],
    ['countryGroup', 'oecd-dac', 'dac_member'],
    ['country', 'Ivory Coast', 'CIV'],
    ['country', 'Korea', undefined],
    ['scale', 'galactic', undefined],
  ])('%s: %s is %s', (list, text, code) => {
    expect(crosswalk(list, text)).toBe(code)
  })

  test('every variant leads to a code of its list and never hides another code', () => {
    for (const { list, variant, code } of rowsOf('crosswalk', ['list', 'variant', 'code'])) {
      expect(isCode(list, code), `${list} ${variant}`).toBe(true)
      expect(crosswalk(list, variant), `${list} ${variant}`).toBe(code)
    }
  })

  test('every name of a domain list leads back to its code', () => {
    const shared = DOMAIN_LISTS.flatMap((list) =>
      listCodes(list).flatMap(({ code, names }) =>
        Object.values(names)
          .filter((name) => crosswalk(list, name) !== code)
          .map((name) => `${list} ${code} ${name}`),
      ),
    )
    expect(shared).toEqual([])
  })

  test('our codes have counterparts in IATI and TOSSD', () => {
    expect(mappedCodes('role', 'second_provider', 'iati-organisation-role')).toEqual(['1', '3'])
    expect(mappedCodes('framework', 'SSC', 'iati-collaboration-type')).toEqual([])
    expect(codesMappedFrom('scale', 'iati-activity-scope', '3')).toEqual(['country_country'])
    expect(codesMappedFrom('role', 'iati-organisation-role', '3')).toEqual(['facilitator', 'first_provider', 'second_provider'])
    for (const { list, code } of rowsOf('mappings', ['list', 'code'])) expect(isCode(list, code), `${list} ${code}`).toBe(true)
  })
})
