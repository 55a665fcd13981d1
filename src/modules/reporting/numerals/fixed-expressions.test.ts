import { expect, test } from 'vitest'
import { ARABIC } from './arabic-words.ts'
import { CHINESE_FIXED } from './chinese-numerals.ts'
import { ENGLISH } from './english-words.ts'
import { FRENCH } from './french-words.ts'
import { fold } from './numeral.ts'
import { ROMAN_FIXED } from './roman-numerals.ts'
import { RUSSIAN } from './russian-words.ts'
import { SPANISH } from './spanish-words.ts'

test.each(Object.entries({ ARABIC, ENGLISH, FRENCH, RUSSIAN, SPANISH }))(
  '%s: every fixed expression holds a number word and says why it is let through',
  (_name, list) => {
    for (const { phrase, reason } of list.fixed) {
      const words = fold(phrase).match(/[\p{L}\p{M}]+/gu) ?? []
      expect({ phrase, holds: words.some((word) => list.isNumber(word)) }).toEqual({ phrase, holds: true })
      expect(reason.trim()).not.toBe('')
    }
  },
)

test('every fixed expression of Chinese holds a number character and says why it is let through', () => {
  for (const { phrase, reason } of CHINESE_FIXED) {
    expect(phrase).toMatch(/[零一二三四五六七八九十百千万亿两半肆伍陆陸拾]/)
    expect(reason).not.toBe('')
  }
})

test('every acronym let through would otherwise be a Roman numeral', () => {
  for (const { phrase, reason } of ROMAN_FIXED) {
    expect(phrase).toMatch(/^[IVXLCDM]{3,}$/)
    expect(reason).not.toBe('')
  }
})
