import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { OFFICIAL_LANGUAGES } from '../../../kernel/languages.ts'
import { PACKAGE_ROOT } from '../../../kernel/package-root.ts'
import { findFigureDefinition } from '../figures/figure-definitions.ts'
import { checkText } from './check-text.ts'
import { parseTemplateTokens, type TemplateToken } from './template-tokens.ts'

interface NumberEntry {
  readonly figure?: string
  readonly portfolio?: string
  readonly part?: string
  readonly reported?: string
  readonly derived?: string
  readonly of?: readonly string[]
}

interface Block {
  readonly type: string
  readonly id?: string
  readonly figure?: string
  readonly table?: string
  readonly footnotes?: readonly string[]
}

interface Template {
  readonly sourceDocument: string
  readonly portfolios: readonly string[]
  readonly footnotes: readonly string[]
  readonly numbers: Readonly<Record<string, NumberEntry>>
  readonly sections: readonly { readonly id: string; readonly number: string; readonly blocks: readonly Block[] }[]
  readonly recommendations: readonly { readonly para: number; readonly id: string; readonly addressees: readonly string[] }[]
}

interface ReportedRow {
  readonly id: string
  readonly key: string
  readonly period?: string
  readonly label: Readonly<Record<string, string>>
  readonly value?: string
  readonly low?: string
  readonly high?: string
  readonly source: { readonly doc: string; readonly para: string; readonly footnote?: string }
  readonly note?: Readonly<Record<string, string>>
}

interface Documents {
  readonly documents: readonly { readonly symbol: string; readonly title: Readonly<Record<string, string>> }[]
  readonly report: {
    readonly symbol: string
    readonly footnotes: readonly { readonly number: string; readonly sources: readonly string[] }[]
    readonly paragraphs: readonly { readonly number: string; readonly topic: Readonly<Record<string, string>> }[]
  }
}

function shipped<T>(path: string): T {
  return JSON.parse(readFileSync(join(PACKAGE_ROOT, path), 'utf8'))
}

const template = shipped<Template>('report-templates/mainstreaming-2015/template.json')
const reported = shipped<readonly ReportedRow[]>('sample-data/reported-values.json')
const { documents, report } = shipped<Documents>('sample-data/documents.json')
const texts: Readonly<Record<string, Readonly<Record<string, string>>>> = Object.fromEntries(
  OFFICIAL_LANGUAGES.map((lang) => [
    lang,
    shipped<Record<string, string>>(`report-templates/mainstreaming-2015/texts/${lang}.json`),
  ]),
)
const english = texts.en ?? {}
const blocks = template.sections.flatMap((section) => section.blocks)

/** Only the accepted words of a `said` token differ between languages. */
function sameInEveryLanguage(token: TemplateToken): string {
  return token.kind === 'said' ? `said|${token.source}` : token.raw
}

function tokensOf(text: string): readonly TemplateToken[] {
  return parseTemplateTokens(text).tokens
}

function isBoundToFigure(key: string): boolean {
  const entry = template.numbers[key]
  return entry?.figure !== undefined || (entry?.of ?? []).some(isBoundToFigure)
}

describe.each(OFFICIAL_LANGUAGES)('R90: the report of 2015 in %s', (lang) => {
  const own = texts[lang] ?? {}
  const all = Object.values(own)

  test('has the same texts as English', () => {
    expect(Object.keys(own)).toEqual(Object.keys(english))
    expect(all.filter((text) => text.trim() === '')).toEqual([])
  })

  test('has the same tokens as English in every text', () => {
    for (const [key, text] of Object.entries(own)) {
      const expected = tokensOf(english[key] ?? '')
        .map(sameInEveryLanguage)
        .sort()
      expect({ key, tokens: tokensOf(text).map(sameInEveryLanguage).sort() }).toEqual({ key, tokens: expected })
    }
  })

  test('holds no numeral outside a token', () => {
    const left = Object.entries(own).flatMap(([key, text]) =>
      checkText(text, lang).problems.map((problem) => ({ key, ...problem })),
    )
    expect(left).toEqual([])
  })

  test('has at least 30 numbers bound to figures of the portfolios', () => {
    const keys = all.flatMap((text) => tokensOf(text).flatMap((token) => (token.kind === 'bn' ? [token.key] : [])))
    expect(keys.filter(isBoundToFigure).length).toBeGreaterThanOrEqual(30)
  })

  test('fails as soon as one number is typed by hand', () => {
    const planted: Record<string, string> = { ar: ' ثلاثة', zh: '三', en: ' three', fr: ' trois', ru: ' тремя', es: ' tres' }
    for (const text of all) {
      expect(checkText(`${text}${planted[lang]}`, lang).unbound).toHaveLength(1)
      expect(checkText(`${text} 469`, lang).unbound).toHaveLength(1)
    }
  })
})

describe('the template of the report of 2015', () => {
  const used = Object.values(english).flatMap(tokensOf)

  test('defines every number that the texts print, and prints every number that it defines', () => {
    const printed = new Set(used.flatMap((token) => (token.kind === 'bn' ? [token.key] : [])))
    const behind = new Set(Object.values(template.numbers).flatMap((entry) => entry.of ?? []))
    expect([...printed].filter((key) => !template.numbers[key])).toEqual([])
    expect(Object.keys(template.numbers).filter((key) => !printed.has(key) && !behind.has(key))).toEqual([])
  })

  test('each number is a figure, a reported value or a derivation of known numbers', () => {
    for (const [key, entry] of Object.entries(template.numbers)) {
      const kinds = [entry.figure, entry.reported, entry.derived].filter((kind) => kind !== undefined)
      expect({ key, kinds: kinds.length }).toEqual({ key, kinds: 1 })
      if (entry.figure) expect({ key, found: findFigureDefinition(entry.figure)?.id }).toEqual({ key, found: entry.figure })
      if (entry.figure) expect(template.portfolios).toContain(entry.portfolio)
      if (entry.figure) expect(['value', 'numerator', 'denominator', 'rows', 'confirmed']).toContain(entry.part)
      if (entry.reported) expect(reported.map((row) => row.id)).toContain(entry.reported)
      if (entry.derived) {
        expect(['difference', 'growth', 'ratio', 'points']).toContain(entry.derived)
        expect(entry.of?.filter((part) => template.numbers[part])).toHaveLength(2)
      }
    }
  })

  test('quotes every reported value of domain section 4 at least once', () => {
    const quoted = used.flatMap((token) => (token.kind === 'bn' ? [template.numbers[token.key]?.reported] : []))
    expect(reported.map((row) => row.id).filter((id) => !quoted.includes(id))).toEqual([])
  })

  test('has a text for each section, heading, paragraph, footnote, table, recommendation and addressee, and no other', () => {
    const expected = [
      'title',
      ...template.sections.map((section) => `section.${section.id}`),
      ...blocks.flatMap((block) => (block.type === 'heading' || block.type === 'paragraph' ? [`${block.type}.${block.id}`] : [])),
      ...blocks.flatMap((block) => (block.table ? [`table.${block.table}`] : [])),
      ...template.footnotes.map((id) => `footnote.${id}`),
      ...template.recommendations.map((recommendation) => `recommendation.${recommendation.id}`),
      ...new Set(
        template.recommendations.flatMap((recommendation) => recommendation.addressees.map((code) => `addressee.${code}`)),
      ),
    ]
    expect(Object.keys(english).sort()).toEqual(expected.sort())
  })

  test('marks in each paragraph the footnotes that the block names, in their order', () => {
    for (const block of blocks) {
      const marks = tokensOf(english[`paragraph.${block.id}`] ?? '').flatMap((token) => (token.kind === 'fn' ? [token.id] : []))
      expect({ id: block.id, marks }).toEqual({ id: block.id, marks: [...(block.footnotes ?? [])] })
    }
    expect([...new Set(blocks.flatMap((block) => block.footnotes ?? []))].sort()).toEqual([...template.footnotes].sort())
  })

  test('has sections I to V, 40 to 55 paragraphs and Figures I to III in order', () => {
    expect(template.sections.map((section) => section.number)).toEqual(['I', 'II', 'III', 'IV', 'V'])
    const paragraphs = blocks.filter((block) => block.type === 'paragraph').length
    expect(paragraphs).toBeGreaterThanOrEqual(40)
    expect(paragraphs).toBeLessThanOrEqual(55)
    expect(blocks.flatMap((block) => block.figure ?? [])).toEqual(['figure-i', 'figure-ii', 'figure-iii'])
  })

  test('R45: recommendations 45 to 55 each have an addressee', () => {
    expect(template.recommendations.map(({ para }) => para)).toEqual([45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55])
    expect(template.recommendations.filter(({ addressees }) => addressees.length === 0)).toEqual([])
  })

  test('cites only documents and paragraphs that are shipped', () => {
    const symbols = documents.map(({ symbol }) => symbol)
    const paragraphs = report.paragraphs.map(({ number }) => number)
    for (const token of used) {
      if (token.kind === 'doc') expect(symbols).toContain(token.symbol)
      if (token.kind === 'para') expect(paragraphs).toContain(token.paragraph)
    }
    expect(symbols).toContain(template.sourceDocument)
  })
})

describe('reported values and documents', () => {
  test('each value has one number or a range, six labels, and a source paragraph', () => {
    for (const row of reported) {
      expect(row.id).toBe(row.period ? `${row.key}@${row.period}` : row.key)
      for (const number of [row.value, row.low, row.high]) if (number !== undefined) expect(number).toMatch(/^\d+(?:\.\d+)?$/)
      expect(row.value === undefined).toBe(row.low !== undefined && row.high !== undefined)
      for (const text of [row.label, row.note]) if (text) expect(Object.keys(text).sort()).toEqual([...OFFICIAL_LANGUAGES].sort())
      expect(report.paragraphs.map(({ number }) => number)).toContain(row.source.para)
    }
    expect(new Set(reported.map(({ id }) => id)).size).toBe(reported.length)
  })

  test('R02: paragraph 2 holds 8 numbers, each with footnote 1 as source', () => {
    const numbers = reported.filter(({ source }) => source.para === '2')
    expect(numbers).toHaveLength(8)
    expect(new Set(numbers.map(({ source }) => source.footnote))).toEqual(new Set(['1']))
  })

  test('R30a, R31, R32: the headline numbers are kept as printed', () => {
    const printed = (id: string) => reported.find((row) => row.id === id)?.value
    expect(printed('undp_ssc_projects@2013')).toBe('269')
    expect(printed('undp_ssc_projects@2014')).toBe('469')
    expect(printed('undp_ssc_countries@2014')).toBe('133')
    expect(printed('fig1_nongov_partner_share@2013')).toBe('19')
    expect(printed('fig1_nongov_partner_share@2014')).toBe('26')
    expect(printed('fig2_regional_share@2013')).toBe('28')
    expect(printed('fig2_regional_share@2014')).toBe('31')
  })

  test('the report of 2015 has 55 paragraphs and 6 footnotes, whose sources are shipped', () => {
    expect(report.paragraphs.map(({ number }) => Number(number))).toEqual(Array.from({ length: 55 }, (_, index) => index + 1))
    expect(report.footnotes.map(({ number }) => number)).toEqual(['1', '2', '3', '4', '5', '6'])
    const symbols = documents.map(({ symbol }) => symbol)
    expect(report.footnotes.flatMap(({ sources }) => sources).filter((symbol) => !symbols.includes(symbol))).toEqual([])
  })
})
