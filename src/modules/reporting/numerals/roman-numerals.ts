/**
 * Roman numerals in capitals (II, XIV, XXI), as list marks ("(iv)"), as number signs (Ⅳ), and typed with Cyrillic letters.
 *
 * Capitals are also acronyms and pronouns, so: a single I, V or X counts only after a word such as "Part" or at the
 * start of a line before a full stop; letters of I, V, X alone always count; numerals with L, C, D or M count from
 * three letters on and are not in the list of acronyms ("MM" too, unless it is the French for "Messrs"). Small letters count from two
 * letters on when they are I, V and X, and where an X stands among the others; "vi", a word of Spanish, only after a word such as "part".
 */
import type { FixedExpression, Numeral } from './numeral.ts'

const CANONICAL = /^M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/

const LABEL_WORDS = `
  part section chapter annex appendix figure table article volume phase title goal pillar tier type level stage round book
  partie chapitre annexe tableau titre objectif pilier niveau siècle étape
  parte sección capítulo anexo figura cuadro gráfico artículo volumen fase título objetivo siglo etapa
  часть части раздел раздела глава главы приложение приложения рисунок диаграмма диаграммы таблица таблицы статья том этап
  الجزء القسم الفصل المرفق الشكل الجدول المرحلة`
  .trim()
  .split(/\s+/)

const LABEL = new RegExp(`(?:^|[^\\p{L}])(?:${LABEL_WORDS.join('|')})s?[\\s\\u00a0]+$|[第图表附件]$`, 'iu')

export const ROMAN_FIXED: readonly FixedExpression[] = [
  { phrase: 'MIX', reason: 'English word in capitals' },
  { phrase: 'CIV', reason: 'country code of Côte d’Ivoire' },
  { phrase: 'LIV', reason: 'a name' },
  { phrase: 'CLI', reason: 'command line' },
  { phrase: 'CCI', reason: 'French acronym of the International Trade Centre and of chambers of commerce' },
  { phrase: 'CDI', reason: 'French acronym, kind of contract' },
  { phrase: 'CMI', reason: 'acronym of organisations' },
  { phrase: 'DCI', reason: 'acronym of organisations' },
  { phrase: 'MCC', reason: 'acronym of organisations' },
  { phrase: 'MDI', reason: 'acronym of organisations' },
  { phrase: 'MCI', reason: 'acronym of organisations' },
  { phrase: 'DIV', reason: 'short for division' },
]
const ACRONYMS = new Set(ROMAN_FIXED.map(({ phrase }) => phrase))

// А Cyrillic Х, І, М, С, V-less: typists use them for X, I, M and C.
const CYRILLIC_TWINS: Readonly<Record<string, string>> = { Х: 'X', І: 'I', М: 'M', С: 'C' }

const CAPITALS = /(?<![\p{L}\p{Nd}])([IVXLCDMХІМС]{1,15})(?:(?=[^\p{L}\p{Nd}]|$)|(?:er|re|ère|ème|e|st|nd|rd|th)(?![\p{L}]))/gu
// xiv, Xiv, xlii, mmxv and "xixe siècle". Words of the six languages have none of these shapes: mix, dix and mil are too short or lack the X.
const SMALL =
  /(?<![\p{L}\p{Nd}])([ivx]{2,}|[IVX][ivx]{2,}|(?=[ivlc]*x)[ivxlc]{3,}|[ivxlcdm]{4,})(?:(?=[^\p{L}\p{Nd}]|$)|(?:ème|e|st|nd|rd|th)(?!\p{L}))/gu
const LIST_MARK = /(?<![\p{L}\p{Nd}])\(?([ivx]{1,5})\)/gu
const SIGN = /[\u2160-\u2188]+/gu

export function findRomanNumerals(text: string): Numeral[] {
  const found: Numeral[] = []
  for (const match of text.matchAll(CAPITALS)) {
    const letters = match[1] ?? ''
    const latin = [...letters].map((letter) => CYRILLIC_TWINS[letter] ?? letter).join('')
    const hasSuffix = match[0].length > letters.length
    if (!isNumeral(latin, letters, text, match.index, hasSuffix)) continue
    found.push({ start: match.index, end: match.index + letters.length, text: letters, kind: 'roman' })
  }
  for (const match of text.matchAll(SMALL)) {
    const letters = match[1] ?? ''
    if (!CANONICAL.test(letters.toUpperCase()) || (letters === 'vi' && !isLabelled(text, match.index))) continue
    found.push({ start: match.index, end: match.index + letters.length, text: letters, kind: 'roman' })
  }
  for (const match of text.matchAll(LIST_MARK)) {
    const letters = match[1] ?? ''
    if (!CANONICAL.test(letters.toUpperCase())) continue
    const start = match.index + match[0].indexOf(letters)
    found.push({ start, end: start + letters.length, text: letters, kind: 'roman' })
  }
  for (const match of text.matchAll(SIGN)) {
    found.push({ start: match.index, end: match.index + match[0].length, text: match[0], kind: 'roman' })
  }
  return found
}

function isNumeral(latin: string, letters: string, text: string, start: number, hasSuffix: boolean): boolean {
  if (!CANONICAL.test(latin)) return false
  const onlySmall = /^[IVX]+$/.test(latin)
  const labelled = isLabelled(text, start)
  if (latin.length === 1) {
    if (!onlySmall || letters !== latin) return false
    const after = text.slice(start + 1)
    const startsLine = /(?:^|\n)\s*$/.test(text.slice(0, start))
    return labelled || (hasSuffix && suffixOfSingle(latin, after)) || (startsLine && /^[.)]/.test(after))
  }
  // Cyrillic ССС or МСС is an acronym far more often than a number; only Х and І are typed for numerals.
  if (letters !== latin && !onlySmall) return false
  if (onlySmall) return true
  if (latin === 'MM') return !/^\.?\s+\p{Lu}/u.test(text.slice(start + 2))
  return labelled || (latin.length >= 3 && !ACRONYMS.has(latin))
}

function isLabelled(text: string, start: number): boolean {
  return LABEL.test(text.slice(Math.max(0, start - 24), start))
}

/** "Ier", and "Ve siècle": other letters before these endings make plain words ("Ver", "Le"). */
function suffixOfSingle(letter: string, after: string): boolean {
  return (letter === 'I' && /^er(?!\p{L})/u.test(after)) || /^e\s+(?:siècle|partie|chapitre)(?!\p{L})/u.test(after)
}
