import { describe, expect, test } from 'vitest'
import { translatorFor } from './translator.ts'

describe('a signed number', () => {
  test('has the minus sign of print in every language, not a hyphen', () => {
    for (const [lang, text] of [
      ['en', '\u221213.42'],
      ['zh', '\u221213.42'],
      ['fr', '\u221213,42'],
      ['ru', '\u221213,42'],
      ['es', '\u221213,42'],
    ] as const)
      expect(translatorFor(lang).number(-13.42, { signed: true })).toBe(text)
    expect(translatorFor('en').percent(-0.25)).toBe('\u221225%')
    expect(translatorFor('en').number(18, { signed: true })).toBe('+18')
    expect(translatorFor('en').number(0, { signed: true })).toBe('0')
  })

  test('stands in Arabic as a piece of its own, with the sign before the digits', () => {
    expect(translatorFor('ar').number(-13.42, { signed: true })).toBe('\u2066\u221213.42\u2069')
    expect(translatorFor('ar').number(18, { signed: true })).toBe('\u2066+18\u2069')
    expect(translatorFor('ar', { digits: 'arab' }).number(-5)).toBe('\u061c\u2212\u0665')
    expect(translatorFor('ar').number(18)).toBe('18')
  })
})
