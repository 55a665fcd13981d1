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

/** `hidden` are lists whose fixed expressions are let through as well: those of other languages that share the script. */
export function findNumberWords(text: string, list: NumberWords, script: RegExp, hidden: readonly NumberWords[] = []): Numeral[] {
  const folded = [list, ...hidden].reduce(hideFixedExpressions, fold(text))
  const words: Word[] = [...folded.matchAll(WORD)]
    .filter((match) => script.test(match[0]))
    .map((match) => ({ start: match.index, end: match.index + match[0].length, text: bareWord(match[0]) }))

  const found = findPhrases(text, folded, list)
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

/** Accents typed as signs of their own ("e" and a grave) are joined with their letter, and fall with it; Arabic lists see to theirs. */
function bareWord(word: string): string {
  const folded = fold(word.normalize('NFC'))
  const joined = /^[a-z]/.test(folded) ? folded.replace(/[аеіорсух]/g, (letter) => LATIN_TWINS[letter] ?? letter) : folded
  return ARABIC_SCRIPT.test(joined) ? joined : joined.replace(/\p{M}/gu, '')
}

// Cyrillic letters that look like Latin ones, so that a Latin word with one of them inside reads as what it looks like.
const LATIN_TWINS: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  і: 'i',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
}

const ARABIC_SCRIPT = /\p{Script=Arabic}/u

function findPhrases(text: string, folded: string, list: NumberWords): Numeral[] {
  if (list.phrases.length === 0) return []
  return [...folded.matchAll(patternOf(phrasePatterns, list, list.phrases))].map((match) => {
    const end = match.index + match[0].length
    return { start: match.index, end, text: text.slice(match.index, end), kind: 'word' }
  })
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

const fixedPatterns = new WeakMap<NumberWords, RegExp>()
const phrasePatterns = new WeakMap<NumberWords, RegExp>()

function hideFixedExpressions(folded: string, list: NumberWords): string {
  const phrases = list.fixed.map(({ phrase }) => fold(phrase))
  return folded.replace(patternOf(fixedPatterns, list, phrases), (match) => '\ufffc'.repeat(match.length))
}

/** Any of the phrases as whole words; between their words blanks or a hyphen. */
function patternOf(known: WeakMap<NumberWords, RegExp>, list: NumberWords, phrases: readonly string[]): RegExp {
  let pattern = known.get(list)
  if (!pattern) {
    const written = [...phrases]
      .sort((a, b) => b.length - a.length)
      .map((phrase) =>
        phrase
          .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
          .replace(/'/g, "['’]")
          .replace(/ /g, '[\\s\\u00a0-]+'),
      )
    pattern = new RegExp(`(?<![\\p{L}\\p{M}])(?:${written.join('|')})(?![\\p{L}\\p{M}])`, 'gu')
    known.set(list, pattern)
  }
  return pattern
}
