import { expect, test } from 'vitest'
import { translatorFor } from '../../../i18n/translator.ts'
import { OFFICIAL_LANGUAGES } from '../../../kernel/languages.ts'
import type { Figure } from '../../../modules/reporting/index.ts'
import { figuresTable } from './download.ts'

const REGIONAL: Figure = {
  key: 'scale.regional',
  definitionId: 'scale.regional.all-rows',
  group: 'figure-ii',
  kind: 'share',
  portfolio: 'undp-2014',
  year: 2014,
  value: 145 / 469,
  numerator: 145,
  denominator: 469,
  rows: 145,
  confirmed: 0,
  rowsFilter: null,
  reported: null,
  difference: null,
  verdict: 'nothing_to_compare',
}

const headersIn = (lang: string) => figuresTable(translatorFor(lang), []).columns.map(({ header }) => header)

test('¶32: every heading of the table of figures is in the language of the page', () => {
  const english = headersIn('en')
  expect(new Set(english).size).toBe(english.length)
  for (const lang of OFFICIAL_LANGUAGES) {
    const translate = translatorFor(lang)
    const headers = figuresTable(translate, [REGIONAL]).columns.map(({ header }) => header)
    expect(translate.missing()).toEqual([])
    for (const header of headers) {
      if (['ar', 'ru', 'zh'].includes(lang)) expect(header).not.toMatch(/\p{Script=Latin}/u)
      expect(header).not.toMatch(/[_⟦]/)
    }
  }
})

test('¶32: the codes of a definition, its reading and the verdict stand beside their names', () => {
  expect(figuresTable(translatorFor('en'), [REGIONAL]).rows).toMatchObject([
    {
      definition: 'scale.regional.all-rows',
      readingCode: 'all-rows',
      reading: translatorFor('en')('reporting.reading.all-rows'),
      verdictCode: 'nothing_to_compare',
      verdict: translatorFor('en')('components.verdict.nothing_to_compare'),
    },
  ])
})
