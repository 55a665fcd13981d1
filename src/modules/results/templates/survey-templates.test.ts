import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { OFFICIAL_LANGUAGES } from '../../../kernel/languages.ts'
import { PACKAGE_ROOT } from '../../../kernel/package-root.ts'
import { checkInstrument, SCORECARD_ITEMS } from '../questions/index.ts'
import { listSurveyTemplateKeys, loadSurveyTemplate } from './survey-template.ts'

test('a key is never a path, and what there is comes with the refusal', () => {
  expect(() => loadSurveyTemplate('../sample-data')).toThrow(
    expect.objectContaining({
      code: 'results.template-missing',
      params: { found: '../sample-data', accepted: 'entities, guidelines, rc-initiatives, resident-coordinators' },
    }),
  )
})

describe.each(listSurveyTemplateKeys())('the template %s', (key) => {
  test('can be asked: no problem with codes, conditions, rules or languages', () => {
    expect(checkInstrument(loadSurveyTemplate(key).questions)).toEqual([])
    expect(Object.keys(loadSurveyTemplate(key).title.texts).sort()).toEqual([...OFFICIAL_LANGUAGES].sort())
  })

  test('each language has the same texts, and no text that nothing asks for', () => {
    const folder = join(PACKAGE_ROOT, 'survey-templates', key, 'texts')
    const textsOf = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, string>
    const english = Object.keys(textsOf('en.json')).sort()
    for (const name of readdirSync(folder)) expect([name, Object.keys(textsOf(name)).sort()]).toEqual([name, english])
    const used = JSON.stringify(loadSurveyTemplate(key))
    expect(Object.values(textsOf('en.json')).filter((text) => !used.includes(JSON.stringify(text)))).toEqual([])
  })
})

describe('the return of entities', () => {
  const { questions } = loadSurveyTemplate('entities').questions

  test('holds every item of the scorecard once', () => {
    const items = questions.flatMap(({ mapsTo }) => (mapsTo && 'scorecardItem' in mapsTo ? [mapsTo.scorecardItem] : []))
    expect(items.sort()).toEqual([...SCORECARD_ITEMS].sort())
  })

  test('has at least twelve counts that records can fill, and every type of question', () => {
    const counts = questions.filter(
      ({ type, prefill }) => type === 'number' && prefill && prefill.query !== 'answer-of-last-year',
    )
    expect(counts.length).toBeGreaterThanOrEqual(12)
    expect([...new Set(questions.map(({ type }) => type))].sort()).toEqual([
      'choice',
      'file',
      'matrix',
      'money',
      'multi',
      'number',
      'text',
      'yes_no',
    ])
  })
})
