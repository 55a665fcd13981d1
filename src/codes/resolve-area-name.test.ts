import { describe, expect, test } from 'vitest'
import { listAmbiguousAreaNames, listAreaAliases } from './area-aliases.ts'
import { listAreas } from './areas.ts'
import { normaliseName } from './normalise-name.ts'
import { resolveAreaName } from './resolve-area-name.ts'

function iso3Of(text: string): string | undefined {
  const answer = resolveAreaName(text)
  return answer.status === 'found' ? answer.iso3 : undefined
}

describe('Names of areas in a cell', () => {
  test('every area is found by its own name in each of the six languages', () => {
    const wrong = listAreas().flatMap((area) =>
      Object.entries(area.names)
        .filter(([, name]) => iso3Of(name) !== area.iso3)
        .map(([lang, name]) => `${area.iso3} ${lang} ${name}`),
    )
    expect(wrong).toEqual([])
  })

  test('every area is found by its formal name and its codes', () => {
    for (const area of listAreas()) {
      if (area.formalName) expect(iso3Of(area.formalName)).toBe(area.iso3)
      expect(iso3Of(area.iso3)).toBe(area.iso3)
      expect(iso3Of(area.iso2)).toBe(area.iso3)
    }
  })

  test('no two areas share an alias', () => {
    const seen = new Map<string, string>()
    for (const { norm, iso3 } of listAreaAliases()) {
      expect(seen.get(norm) ?? iso3, norm).toBe(iso3)
      seen.set(norm, iso3)
    }
  })

  test.each([
    ['Guinea', 'GIN'],
    ['Guinea-Bissau', 'GNB'],
    ['Equatorial Guinea', 'GNQ'],
    ['Papua New Guinea', 'PNG'],
    ['Niger', 'NER'],
    ['Nigeria', 'NGA'],
    ['The Gambia', 'GMB'],
    ['the Philippines', 'PHL'],
    ['Turkey', 'TUR'],
    ['Cape Verde', 'CPV'],
    ['Swaziland', 'SWZ'],
    ["Côte d'Ivoire", 'CIV'],
    ['Côte d’Ivoire', 'CIV'],
    ['COTE DIVOIRE', 'CIV'],
    ['Ivory Coast', 'CIV'],
    ['Кот-д’Ивуар', 'CIV'],
    ['科特迪瓦', 'CIV'],
    ['البرازيل', 'BRA'],
    ['Южный Судан', 'SSD'],
    ['南非', 'ZAF'],
    ['Kosovo', 'XKX'],
    ['KOS', 'XKX'],
    ['DRC', 'COD'],
    ['República Dominicana', 'DOM'],
    ['Dominica', 'DMA'],
    ['npl', 'NPL'],
    ['pal', 'PSE'],
    ['Rep. of Korea', 'KOR'],
    ['Dem. Rep. Congo', 'COD'],
    ['St. Kitts', 'KNA'],
    ['U.K.', 'GBR'],
  ])('%s is %s', (text, iso3) => {
    expect(iso3Of(text)).toBe(iso3)
  })

  test.each(['Korea', 'Corée', 'Корея', 'Virgin Islands', 'Saint-Martin', 'Micronesia', 'Guyane', 'Western Balkans'])(
    '%s fits several areas, so a person is asked',
    (text) => {
      expect(resolveAreaName(text).status).toBe('ambiguous')
    },
  )

  test.each([
    ['Yugoslavia', '1992'],
    ['Советский Союз', '1991'],
    ['捷克斯洛伐克', '1992'],
    ['Serbie-et-Monténégro', '2006'],
    ['Netherlands Antilles', '2010'],
    ['German Democratic Republic', '1990'],
  ])('%s ended in %s and is never turned into a successor', (text, until) => {
    expect(resolveAreaName(text)).toMatchObject({
      status: 'ambiguous',
      kind: 'former',
      adviceKey: 'codes.advice.former',
      adviceParams: { until },
    })
  })

  test('Korea offers both States and says which is usual', () => {
    expect(resolveAreaName('Korea')).toMatchObject({ status: 'ambiguous', candidates: ['KOR', 'PRK'], likely: 'KOR' })
  })

  test.each(['Congo', 'Конго', '刚果', 'الكونغو'])('%s is the UN short name of COG, given with a caution', (text) => {
    expect(resolveAreaName(text)).toMatchObject({ status: 'found', iso3: 'COG', caution: { candidates: ['COG', 'COD'] } })
  })

  test('two countries in one cell are not one country, and both are suggested', () => {
    const answer = resolveAreaName('Niger/Nigeria')
    expect(answer.status).toBe('unknown')
    expect(answer.status === 'unknown' && answer.suggestions.slice(0, 2).sort()).toEqual(['NER', 'NGA'])
  })

  test('a text that contains a doubtful name suggests all its candidates', () => {
    const answer = resolveAreaName('government of Congo')
    expect(answer.status === 'unknown' && [...answer.suggestions].sort()).toEqual(['COD', 'COG'])
  })

  test('a slip of the pen is suggested and not decided; words that look like codes are not codes', () => {
    expect(resolveAreaName('Etiopia x')).toMatchObject({ status: 'unknown', suggestions: expect.arrayContaining(['ETH']) })
    expect(resolveAreaName('no').status).toBe('unknown')
    expect(resolveAreaName('and').status).toBe('unknown')
    expect(resolveAreaName('').status).toBe('unknown')
    expect(resolveAreaName('Atlantis')).toEqual({ status: 'unknown', suggestions: [] })
  })

  test('every ambiguous name has candidates that exist', () => {
    const known = new Set(listAreas().map((area) => area.iso3))
    for (const { name, norm, candidates } of listAmbiguousAreaNames()) {
      expect(norm).toBe(normaliseName(name))
      expect(
        candidates.every((iso3) => known.has(iso3)),
        name,
      ).toBe(true)
    }
  })
})
