import { describe, expect, test } from 'vitest'
import { translatorFor } from '../../../i18n/translator.ts'
import { listProblemCodes } from '../../../kernel/problems.ts'
import { checkText } from './check-text.ts'
import { parseTemplateTokens } from './template-tokens.ts'

describe('R90: tokens of a report text', () => {
  test('each kind of token is read with its parts and its place', () => {
    const text = 'In {{year:2014}} {{bn:projects|count}} ({{para:30}}), {{said:two or more|SSC/17/3}}.{{fn:lists}}'
    const { tokens, plain, problems } = parseTemplateTokens(text)
    expect(problems).toEqual([])
    expect(tokens.map(({ start, end, raw, ...content }) => content)).toEqual([
      { kind: 'year', year: '2014' },
      { kind: 'bn', key: 'projects', format: 'count' },
      { kind: 'para', paragraph: '30' },
      { kind: 'said', text: 'two or more', source: 'SSC/17/3' },
      { kind: 'fn', id: 'lists' },
    ])
    expect(tokens.every(({ start, end, raw }) => text.slice(start, end) === raw)).toBe(true)
    expect(plain.map((segment) => segment.text).join('')).toBe('In   (), .')
  })

  test('a document symbol may hold brackets and blanks', () => {
    expect(parseTemplateTokens('{{doc:DP/FPA/2015/5 (Part I)}}').tokens[0]).toMatchObject({ symbol: 'DP/FPA/2015/5 (Part I)' })
  })

  test.each([
    ['{{number:469}}', 'numerals.unknown-token'],
    ['{{469}}', 'numerals.unknown-token'],
    ['{{bn:projects}}', 'numerals.unknown-format'],
    ['{{bn:projects|percent9}}', 'numerals.unknown-format'],
    ['{{said:two|}}', 'numerals.malformed-token'],
    ['{{said:two}}', 'numerals.malformed-token'],
    ['{{year:14}}', 'numerals.malformed-token'],
    ['{{para:thirty}}', 'numerals.malformed-token'],
    ['{{constructor:1}}', 'numerals.unknown-token'],
    ['{{ bn:projects|count }}', 'numerals.unknown-token'],
    ['{{bn:projects|count', 'numerals.unknown-token'],
    ['bn:projects|count}}', 'numerals.unknown-token'],
    ['{{year:0469}}', 'numerals.malformed-token'],
    ['{{year:2469}}', 'numerals.malformed-token'],
    ['{{date:2015-02-30}}', 'numerals.malformed-token'],
    ['{{date:0469-01-01}}', 'numerals.malformed-token'],
    ['{{period:2017-2014}}', 'numerals.malformed-token'],
    ['{{period:0133-0469}}', 'numerals.malformed-token'],
    ['{{para:030}}', 'numerals.malformed-token'],
  ])('%s is refused and stays plain text', (text, code) => {
    const parsed = parseTemplateTokens(text)
    expect(parsed.tokens).toEqual([])
    expect(parsed.problems.map((problem) => problem.code)).toEqual([code])
    expect(parsed.plain.map((segment) => segment.text)).toEqual([text])
  })
})

describe('domain 6.10: a numeral that is neither bound nor quoted stops publication', () => {
  test('bound and quoted numerals are counted, the rest is named with its place', () => {
    const text = '{{bn:projects|count}} projects in {{year:2014}}, of which 26% and half.{{fn:a}}'
    const check = checkText(text, 'en')
    expect(check).toMatchObject({ numerals: 4, bound: 1, quoted: 1 })
    expect(check.unbound.map(({ text: found, kind }) => [found, kind])).toEqual([
      ['26%', 'percent'],
      ['half', 'word'],
    ])
    for (const { start, end, text: found } of check.unbound) expect(text.slice(start, end)).toBe(found)
    expect(check.problems.map(({ code }) => code)).toEqual(['numerals.unbound', 'numerals.unbound'])
  })

  test('a number cannot hide in a token that is not understood, nor in words accepted without a source', () => {
    expect(checkText('{{note:469}}', 'en').unbound.map(({ text }) => text)).toEqual(['469'])
    expect(checkText('{{said:two|}} countries', 'en').unbound.map(({ text }) => text)).toEqual(['two'])
  })

  test('a unit word beside a bound number is still a numeral', () => {
    expect(checkText('{{bn:money|count}} million', 'en').unbound.map(({ text }) => text)).toEqual(['million'])
    expect(checkText('百分之{{bn:share|count}}', 'zh').unbound).toHaveLength(1)
  })
})

test('every problem has a text in the six languages', () => {
  for (const lang of ['ar', 'zh', 'en', 'fr', 'ru', 'es']) {
    const translate = translatorFor(lang)
    const codes = listProblemCodes().filter((code) => code.startsWith('numerals.'))
    expect(codes).toHaveLength(7)
    for (const code of codes) {
      const params = { text: '26', token: '(token)', format: 'x', accepted: '(accepted)' }
      expect(translate(code.replace('.', '.problem.'), params)).not.toContain('⟦')
    }
    expect(translate.missing()).toEqual([])
  }
})
