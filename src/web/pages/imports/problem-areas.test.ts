import { expect, test } from 'vitest'
import { translatorFor } from '../../../i18n/translator.ts'
import { inLanguage } from './problem-areas.ts'

test('areas named in a problem are named in the language of the reader, whatever language the file was read in', () => {
  const t = translatorFor('fr')
  const ambiguous = { code: 'tables.ambiguous-country', params: { found: 'Guinea', candidates: 'Germany (DEU), Brazil (BRA)' } }
  expect(inLanguage(t, ambiguous).params.candidates).toBe('Allemagne (DEU) et Brésil (BRA)')
  const caution = { code: 'tables.name-caution', params: { found: 'BRA', area: 'Brazil', candidates: '' } }
  expect(inLanguage(t, caution).params.area).toBe('Brésil')
})

test('what a source wrote is left alone, also when it looks like an area', () => {
  const code = { code: 'tables.unknown-code', params: { found: 'Brazil (BRA)', list: 'phase' } }
  expect(inLanguage(translatorFor('fr'), code)).toBe(code)
})
