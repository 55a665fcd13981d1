/**
 * Finds number words in running text: joins the parts of a compound ("vingt et un", "one hundred and five") and lets the
 * fixed expressions of the language through.
 */
import { fold, type NumberWords, type Numeral } from './numeral.ts'

const WORD = /[\p{L}\p{M}]+/gu
// What may stand between the parts of one compound: blanks or a hyphen.
const GAP = /^[\s\u00a0\u202f]*[-\u2010\u2011]?[\s\u00a0\u202f]*$/u

interface Word {
  readonly start: number
  readonly end: number
  readonly text: string
}

export function findNumberWords(text: string, list: NumberWords, script: RegExp): Numeral[] {
  const folded = hideFixedExpressions(fold(text), list)
  const words: Word[] = [...folded.matchAll(WORD)]
    .filter((match) => script.test(match[0]))
    .map((match) => ({ start: match.index, end: match.index + match[0].length, text: match[0].normalize('NFC') }))

  const found: Numeral[] = []
  for (let at = 0; at < words.length; at++) {
    const first = words[at]
    if (!first || !list.isNumber(first.text)) continue
    let last = first
    for (;;) {
      const step = compoundStep(words, at, folded, list)
      if (step === 0) break
      at += step
      last = words[at] ?? last
    }
    found.push({ start: first.start, end: last.end, text: text.slice(first.start, last.end), kind: 'word' })
  }
  return found
}

/** How many words further the compound goes on from word `at`: 1 for "twenty-one", 2 for "vingt et un", 0 at its end. */
function compoundStep(words: readonly Word[], at: number, text: string, list: NumberWords): number {
  const [here, next, afterNext] = [words[at], words[at + 1], words[at + 2]]
  if (!here || !next || !GAP.test(text.slice(here.end, next.start))) return 0
  if (list.isNumber(next.text)) return 1
  const joined = list.connectors.has(next.text) && afterNext && GAP.test(text.slice(next.end, afterNext.start))
  if (joined && (list.isNumber(afterNext.text) || list.compoundOnly.has(afterNext.text))) return 2
  const hyphened = /[-\u2010\u2011]/.test(text.slice(here.end, next.start))
  return hyphened && list.compoundOnly.has(next.text) ? 1 : 0
}

const patterns = new WeakMap<NumberWords, RegExp>()

function hideFixedExpressions(folded: string, list: NumberWords): string {
  let pattern = patterns.get(list)
  if (!pattern) {
    const phrases = list.fixed
      .map(({ phrase }) => fold(phrase))
      .sort((a, b) => b.length - a.length)
      .map((phrase) =>
        phrase
          .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
          .replace(/'/g, "['’]")
          .replace(/ /g, '[\\s\\u00a0-]+'),
      )
    pattern = new RegExp(`(?<![\\p{L}\\p{M}])(?:${phrases.join('|')})(?![\\p{L}\\p{M}])`, 'gu')
    patterns.set(list, pattern)
  }
  return folded.replace(pattern, (match) => '\ufffc'.repeat(match.length))
}
