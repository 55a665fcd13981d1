import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normaliseName } from '../../../codes/index.ts'
import { searchQueryOf, searchVectorOf, searchWordsOf } from './search-words.ts'

test('nothing but signs and spaces has no words', () => {
  expect(searchWordsOf([undefined, '', ' .,; \t\n - ', '’'])).toBe('')
  expect(searchVectorOf('')).toBe('')
  expect(searchQueryOf(' . ')).toBeUndefined()
})

test.each([
  ['Solar pumps, solar PUMPS!', 'solar pumps'],
  ["Côte d’Ivoire & co-operation (don't)", 'cote divoire and co operation dont'],
  ['水利 cooperación «sur»', '水利 cooperacion sur'],
  ['南南合作', '南南 南合 合作'],
  ['A_1 b2b', 'a_1 b2b'],
])('%s', (text, words) => {
  expect(searchWordsOf([text])).toBe(words)
})

test('every text gives the words of its normalised form', () => {
  const characters = fc.constantFrom(..."aZ9_ .,-&'’éß\u00a0\n\tжİ")
  const texts = fc.array(fc.string({ unit: characters, maxLength: 40 }), { maxLength: 3 })
  fc.assert(
    fc.property(texts, (given) => {
      const slowly = new Set(given.flatMap((text) => text.split(/\s+/).flatMap((token) => normaliseName(token).split(' '))))
      slowly.delete('')
      expect(searchWordsOf(given)).toBe([...slowly].join(' '))
    }),
    { numRuns: 2_000 },
  )
})

test('a word that the database would refuse is left out of the vector', () => {
  expect(searchVectorOf(`short ${'x'.repeat(251)} ${'y'.repeat(250)}`)).toBe(`'short' '${'y'.repeat(250)}'`)
})
