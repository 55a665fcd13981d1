import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { OFFICIAL_LANGUAGES } from '../../../kernel/languages.ts'
import { PACKAGE_ROOT } from '../../../kernel/package-root.ts'
import { checkReport } from './check-report.ts'
import { loadReportTemplate, readReportTemplate } from './report-template.ts'

const KEY = 'mainstreaming-2015'
const folder = mkdtempSync(join(tmpdir(), 'sursur-template-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function plant(name: string, change: (texts: Record<string, string>) => void): string {
  const file = join(folder, name)
  const texts = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'report-templates', KEY, 'texts', name), 'utf8'))
  change(texts)
  writeFileSync(file, JSON.stringify(texts))
  return file
}

describe('the check of a report (domain 15)', () => {
  test('the report of 2015 has no unbound numeral and 30 or more numbers bound to queries in each language', () => {
    const check = checkReport(loadReportTemplate(KEY))
    expect(Object.keys(check.languages).sort()).toEqual([...OFFICIAL_LANGUAGES].sort())
    expect(check.unbound).toEqual([])
    for (const { boundToQueries, bound, quoted, numerals } of Object.values(check.languages)) {
      expect(boundToQueries).toBeGreaterThanOrEqual(30)
      expect(bound + quoted).toBe(numerals)
    }
  })

  test('a numeral typed by hand is found with its language, its text and its place', () => {
    const file = plant('fr.json', (texts) => {
      texts['paragraph.intro-variety'] = `${texts['paragraph.intro-variety']} Il y en a 469.`
    })
    const { unbound } = checkReport(readReportTemplate(file, KEY))
    expect(unbound.map(({ lang, place, text }) => [lang, place, text])).toEqual([['fr', 'paragraph.intro-variety', '469']])
  })

  test('a number that the template does not define binds nothing', () => {
    const file = plant('en.json', (texts) => {
      texts['paragraph.intro-variety'] = '{{bn:nowhere|count}} countries.'
    })
    const { unbound } = checkReport(readReportTemplate(file, KEY))
    expect(unbound.map(({ text }) => text)).toEqual(['{{bn:nowhere|count}}'])
  })

  test.each([
    ['{{bn:rows-2014|pct}}', 'numerals.unknown-format'],
    ['{{ bn:rows-2014|count }}', 'numerals.unknown-token'],
    ['{{bn:rows-2014|count', 'numerals.unknown-token'],
    ['{{fn:nowhere}}', 'numerals.unknown-footnote'],
    ['{{para:469}}', 'numerals.unknown-source'],
    ['{{para:56}}', 'numerals.unknown-source'],
    ['{{year:0469}}', 'numerals.malformed-token'],
    ['{{doc:469 projects}}', 'numerals.unknown-source'],
    ['{{said:469 projects|x}}', 'numerals.unknown-source'],
    ['{{said:469 projects|SG-REPORT-2015, para. 99}}', 'numerals.unknown-source'],
    ['{{said:469 projects|SG-REPORT-2015 para 30}}', 'numerals.unknown-source'],
  ])('%s neither binds nor quotes, and is named once', (token, code) => {
    const file = plant('en.json', (texts) => {
      texts['paragraph.intro-variety'] = `There are ${token}`
    })
    const { unbound } = checkReport(readReportTemplate(file, KEY))
    expect(unbound.map((one) => [one.text, one.code])).toEqual([[token, code]])
  })

  test('a known document, with or without a paragraph, may be quoted', () => {
    const file = plant('en.json', (texts) => {
      texts['paragraph.intro-variety'] =
        '{{said:two|SSC/17/3}}, {{said:two|SG-REPORT-2015, para. 32}}, {{doc:SSC/17/3}}, {{para:55}}, {{para:30(a)}}'
    })
    expect(checkReport(readReportTemplate(file, KEY)).unbound).toEqual([])
  })

  test('a folder of somebody’s own is read like a shipped one', () => {
    const own = join(folder, 'own')
    cpSync(join(PACKAGE_ROOT, 'report-templates', KEY), own, { recursive: true })
    expect(checkReport(readReportTemplate(own, KEY)).unbound).toEqual([])
    expect(checkReport(readReportTemplate(join(own, 'template.json'), KEY)).unbound).toEqual([])
  })

  test('an unknown report, a path for a key, and a file that is no template are said to be so', () => {
    expect(() => loadReportTemplate('none')).toThrow(expect.objectContaining({ code: 'reporting.template-missing' }))
    expect(() => loadReportTemplate('../docs')).toThrow(expect.objectContaining({ code: 'reporting.template-missing' }))
    const file = join(folder, 'es.json')
    writeFileSync(file, '[1')
    expect(() => readReportTemplate(file, KEY)).toThrow(expect.objectContaining({ code: 'reporting.template-not-readable' }))
    expect(() => readReportTemplate(join(folder, 'absent'), KEY)).toThrow(
      expect.objectContaining({ code: 'reporting.template-not-readable' }),
    )
  })
})
