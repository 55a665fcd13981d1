/** Numerals written in digits of any script, with their thousands and decimal separators, and single number signs. */
import type { Numeral, NumeralKind } from './numeral.ts'

// Space, no-break spaces, thin space, comma, point, apostrophes, Arabic thousands and decimal separators, full-width forms.
const SEPARATOR = "[ \\u00a0\\u202f\\u2009,.'’٬٫，．]"
const GROUPED = `\\p{Nd}{1,3}(?:${SEPARATOR}\\p{Nd}{3})+(?!\\p{Nd})(?:[.,٫．]\\p{Nd}+)?`
const PLAIN = '\\p{Nd}+(?:[.,٫．]\\p{Nd}+)?'
const DIGITS = new RegExp(`${GROUPED}|${PLAIN}`, 'gu')

// Superscripts, fractions, circled numbers. Roman number signs are in roman-numerals.ts.
const SYMBOL = /\p{No}/gu

export function findDigits(text: string): Numeral[] {
  const found: Numeral[] = []
  for (const match of text.matchAll(DIGITS)) {
    found.push({ start: match.index, end: match.index + match[0].length, text: match[0], kind: kindOf(match[0]) })
  }
  for (const match of text.matchAll(SYMBOL)) {
    found.push({ start: match.index, end: match.index + match[0].length, text: match[0], kind: 'symbol' })
  }
  return found
}

function kindOf(digits: string): NumeralKind {
  if (/^[0-9]/.test(digits)) return 'digits'
  if (/^[٠-٩]/.test(digits)) return 'arabic-indic'
  if (/^[۰-۹]/.test(digits)) return 'extended-arabic-indic'
  if (/^[０-９]/.test(digits)) return 'fullwidth'
  return 'other-digits'
}
