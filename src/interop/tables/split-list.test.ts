/** Lists of countries as people write them; commas and the word "and" inside names stay there. */
import { expect, test } from 'vitest'
import { isAreaName } from './code-look-ups.ts'
import { splitList } from './split-list.ts'

const names = (text: string) => splitList(text, isAreaName, { splitUnknown: true }).map((item) => item.text)

test.each([
  ['BRA|IND', ['BRA', 'IND']],
  ['Kenya; Uganda', ['Kenya', 'Uganda']],
  ['Kenya, Uganda and Rwanda', ['Kenya', 'Uganda', 'Rwanda']],
  ['Tanzania, United Republic of', ['Tanzania, United Republic of']],
  ['Kenya, Tanzania, United Republic of, Uganda', ['Kenya', 'Tanzania, United Republic of', 'Uganda']],
  ['Bolivia (Plurinational State of) / Peru', ['Bolivia (Plurinational State of)', 'Peru']],
  ['Bosnia and Herzegovina and Serbia', ['Bosnia and Herzegovina', 'Serbia']],
  ['Trinidad y Tobago y Cuba', ['Trinidad y Tobago', 'Cuba']],
  ['Bénin et Togo', ['Bénin', 'Togo']],
  ['São Tomé e Príncipe e Angola', ['São Tomé e Príncipe', 'Angola']],
  ['Армения и Грузия', ['Армения', 'Грузия']],
  ['坦桑尼亚、科摩罗和肯尼亚', ['坦桑尼亚', '科摩罗', '肯尼亚']],
  ['السودان وإثيوبيا', ['السودان', 'إثيوبيا']],
  ['Guinea-Bissau', ['Guinea-Bissau']],
  ['Kenya\nUganda', ['Kenya', 'Uganda']],
  ['Kenia, Ugandaa', ['Kenia', 'Ugandaa']],
])('%s', (text, expected) => {
  expect(names(text)).toEqual(expected)
})

test('organisations with "and" in their names are not torn apart', () => {
  const one = splitList('Ministry of Health and Sanitation', isAreaName, { splitUnknown: false })
  expect(one).toEqual([{ text: 'Ministry of Health and Sanitation' }])
})

test('shares behind names are read', () => {
  expect(splitList('Kenya (60 %); Uganda 40%', isAreaName, { splitUnknown: true })).toEqual([
    { text: 'Kenya', share: 0.6 },
    { text: 'Uganda', share: 0.4 },
  ])
})

test('a separator that a person has chosen is the only one', () => {
  expect(splitList('Kenya/Uganda; Rwanda', isAreaName, { splitUnknown: true, separator: '/' }).map((item) => item.text)).toEqual([
    'Kenya',
    'Uganda; Rwanda',
  ])
})
