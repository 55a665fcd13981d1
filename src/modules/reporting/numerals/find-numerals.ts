/**
 * Finds every numeral in running text of the six languages.
 *
 * Digits, Roman and Chinese numerals are searched whatever the language; number words by the script of the word, Latin
 * ones with the lists of the three languages (latin-words.ts).
 */
import type { LanguageTag } from '../../../kernel/languages.ts'
import { ARABIC } from './arabic-words.ts'
import { findChineseNumerals } from './chinese-numerals.ts'
import { findDigits } from './digits.ts'
import { findLatinNumberWords, latinListOf } from './latin-words.ts'
import { findNumberWords } from './number-words.ts'
import { fold, type Numeral } from './numeral.ts'
import { findRomanNumerals } from './roman-numerals.ts'
import { RUSSIAN } from './russian-words.ts'

/** The numerals of the text in reading order; none overlaps another. */
export function findNumerals(text: string, lang: LanguageTag): Numeral[] {
  const { visible, places } = withoutInvisible(text)
  return findVisible(visible, lang).map(({ start, end, kind }) => {
    const [from, to] = [places[start] ?? 0, (places[end - 1] ?? 0) + 1]
    return { start: from, end: to, text: text.slice(from, to), kind }
  })
}

/** Soft hyphens, zero-width and direction signs would hide a numeral ("twen-ty"); each unit that is left keeps its place. */
function withoutInvisible(text: string): { visible: string; places: number[] } {
  const places: number[] = []
  let visible = ''
  for (const { 0: run, index } of text.matchAll(/\P{Cf}+/gu)) {
    visible += run
    for (let unit = 0; unit < run.length; unit += 1) places.push(index + unit)
  }
  return { visible, places }
}

function findVisible(text: string, lang: LanguageTag): Numeral[] {
  const found = [
    ...findDigits(text),
    ...findRomanNumerals(text),
    ...findChineseNumerals(text),
    ...findLatinNumberWords(text, lang),
    ...findNumberWords(text, RUSSIAN, /^\p{Script=Cyrillic}/u),
    ...findNumberWords(text, ARABIC, /^\p{Script=Arabic}/u),
  ]
  const percents = [latinListOf(lang), RUSSIAN, ARABIC].map((list) => list.percent).join('|')
  const percent = new RegExp(`^[\\s\\u00a0\\u202f-]*(?:[%‰٪％]|(?:${percents})(?!\\p{L}))`, 'u')
  return joinNeighbours(found, text).map((numeral) => withPercent(numeral, text, percent))
}

/** Numerals that overlap or touch are one ("3万"), and so is a number with its unit word ("3.5 million"). */
function joinNeighbours(found: readonly Numeral[], text: string): Numeral[] {
  const joined: Numeral[] = []
  for (const numeral of [...found].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = joined.at(-1)
    if (last && belongsTo(last, numeral, text)) {
      const end = Math.max(last.end, numeral.end)
      joined[joined.length - 1] = { ...last, end, text: text.slice(last.start, end) }
    } else {
      joined.push(numeral)
    }
  }
  return joined
}

function belongsTo(last: Numeral, next: Numeral, text: string): boolean {
  if (next.start <= last.end) return true
  return next.kind === 'word' && last.kind !== 'word' && /^[ \u00a0\u202f]$/.test(text.slice(last.end, next.start))
}

function withPercent(numeral: Numeral, text: string, percent: RegExp): Numeral {
  const sign = percent.exec(fold(text.slice(numeral.end, numeral.end + 24)))
  if (!sign) return numeral
  const end = numeral.end + sign[0].length
  return { start: numeral.start, end, text: text.slice(numeral.start, end), kind: 'percent' }
}
