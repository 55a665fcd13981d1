import { describe, expect, test } from 'vitest'
import { areaName, findArea, listAreas, listM49Regions, regionOf } from './areas.ts'

describe('Areas', () => {
  test('193 areas are Members of the United Nations and 2 are observers', () => {
    expect(listAreas().filter((area) => area.unStatus === 'member')).toHaveLength(193)
    expect(
      listAreas()
        .filter((area) => area.unStatus === 'observer')
        .map((area) => area.iso3),
    ).toEqual(['PSE', 'VAT'])
  })

  test('248 areas are in M49; Kosovo and Taiwan Province of China are kept for import', () => {
    expect(listAreas().filter((area) => area.inM49)).toHaveLength(248)
    expect(
      listAreas()
        .filter((area) => !area.inM49)
        .map((area) => area.iso3),
    ).toEqual(['TWN', 'XKX'])
  })

  test.each([
    ['BRA', 'BRA'],
    ['br', 'BRA'],
    ['076', 'BRA'],
    ['76', 'BRA'],
    ['KOS', 'XKX'],
    ['XK', 'XKX'],
    ['PAL', 'PSE'],
    ['UK', 'GBR'],
  ])('code %s finds %s', (code, iso3) => {
    expect(findArea(code)?.iso3).toBe(iso3)
  })

  test('an unknown code finds nothing', () => {
    expect(findArea('QQQ')).toBeUndefined()
    expect(findArea('')).toBeUndefined()
  })

  test('names come in six languages, in another language from the runtime, and as the code when unknown', () => {
    expect(areaName('EGY', 'ar')).toBe('مصر')
    expect(areaName('CHN', 'zh')).toBe('中国')
    expect(areaName('DEU', 'fr')).toBe('Allemagne')
    expect(areaName('DEU', 'pt')).toBe('Alemanha')
    expect(areaName('ZZZ', 'en')).toBe('ZZZ')
  })

  test('M49 has 30 regions, and Kenya lies in Africa, Sub-Saharan Africa and Eastern Africa', () => {
    expect(listM49Regions()).toHaveLength(30)
    expect(regionOf('KEN')).toEqual({ region: '002', subregion: '202', intermediate: '014' })
    expect(regionOf('QQQ')).toBeUndefined()
  })
})
