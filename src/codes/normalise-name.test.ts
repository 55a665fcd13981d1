import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normaliseName } from './normalise-name.ts'

describe('One form for names', () => {
  test.each([
    ["Côte d'Ivoire", 'cote divoire'],
    ['CÔTE D’IVOIRE', 'cote divoire'],
    ['Bosnia & Herzegovina', 'bosnia and herzegovina'],
    ['Guinea-Bissau', 'guinea bissau'],
    ['  Korea (Republic of) ', 'korea republic of'],
    ['Йемен', 'иемен'],
    ['أفغانستان', 'افغانستان'],
    ['刚果（布）', '刚果 布'],
    ['un_eca', 'un_eca'],
  ])('%s becomes %s', (text, expected) => {
    expect(normaliseName(text)).toBe(expected)
  })

  test('normalising twice changes nothing more, whatever the script', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(normaliseName(normaliseName(text))).toBe(normaliseName(text))
      }),
      { numRuns: 2000 },
    )
  })
})
