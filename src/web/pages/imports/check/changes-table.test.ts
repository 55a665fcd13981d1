import { expect, test } from 'vitest'
import { translatorFor } from '../../../../i18n/translator.ts'
import { linesOf } from './changes-table.tsx'

const named = (title: string) => ({ orig: 'en' as const, texts: { en: title } })
const plain = (lines: string[]) => lines.map((line) => line.replace(/[\u2068\u2069]/g, ''))

test('a change is said field by field with the old and the new value, in the reader’s language; other fields are counted', () => {
  const change = {
    before: { facts: { title: named('Wells'), hosts: ['KEN'], scale: 'regional' }, listed: [] },
    after: {
      facts: { title: named('Cotton'), hosts: ['BRA'], scale: 'regional', plannedPeriod: { start: '2014' }, note: 'x' },
      listed: [],
    },
  }
  expect(plain(linesOf(translatorFor('en'), change))).toEqual([
    'Title: “Wells” becomes “Cotton”',
    'Host countries: “Kenya” becomes “Brazil”',
    'Start date: “2014” is added',
    '1 more field',
  ])
  expect(plain(linesOf(translatorFor('fr'), change))[1]).toContain('Brésil')
})
