import { expect, test } from 'vitest'
import { createOrgFinder } from './create-org-finder.ts'
import { foldName } from './org.ts'

const keys = [
  ['United Nations Development Programme', 'undp'],
  ['UNDP', 'undp'],
  ['ПРООН', 'undp'],
  ['XM-DAC-41114', 'undp'],
  ['UNICEF', 'unicef'],
].map(([text = '', orgId = '']) => ({ folded: foldName(text), orgId, iso3: null }))

test.each([
  ['Ministry of Health (UNDP)', undefined],
  ['UNDP/UNICEF', undefined],
  ['', undefined],
  ['()', undefined],
  ['the UNDP', 'undp'],
  ['xm-dac-41114', 'undp'],
  ['United Nations Development Programme (UNDP)', 'undp'],
  ['UNDP - United Nations Development Programme', 'undp'],
  ['ПРООН / UNDP', 'undp'],
])('"%s" means %s', (text, expected) => {
  expect(createOrgFinder(keys)(text)).toBe(expected)
})
