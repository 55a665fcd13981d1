/**
 * Words for full-text search, the same for what is stored and what is asked: normalised (no accents, lower case), with runs of
 * Han characters cut into pairs, since Chinese is written without spaces.
 */
import { normaliseName } from '../../../codes/index.ts'
import { ownText } from '../../../kernel/own-text.ts'

const HAN_RUN = /\p{Script=Han}+/gu

/** Distinct words, joined by spaces. */
export function searchWordsOf(texts: readonly (string | undefined)[]): string {
  const words = new Set<string>()
  for (const text of texts) if (text) addWords(text, words)
  return [...words].join(' ')
}

/**
 * Looks at each character once. A token of letters and digits of ASCII, with signs before and after it at most, is a word as it
 * stands; only the others are normalised, which takes twenty times as long.
 */
function addWords(text: string, words: Set<string>): void {
  let start = -1
  let first = -1
  let last = -1
  let isPlain = true
  let hasCapital = false
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : SPACE
    if (code === SPACE || (code >= 9 && code <= 13)) {
      if (start >= 0) {
        if (!isPlain) for (const word of wordsOfToken(text.slice(start, at))) words.add(word)
        else if (first >= 0) {
          const word = text.slice(first, last + 1)
          words.add(hasCapital ? word.toLowerCase() : word)
        }
      }
      start = -1
      first = -1
      isPlain = true
      hasCapital = false
      continue
    }
    if (start < 0) start = at
    const isCapital = code >= 65 && code <= 90
    if (isCapital || (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === UNDERSCORE) {
      if (first < 0) first = at
      else if (last !== at - 1) isPlain = false
      last = at
      hasCapital ||= isCapital
    } else if (code > 127 || code === AMPERSAND) isPlain = false
  }
}

const SPACE = 32
const AMPERSAND = 38
const UNDERSCORE = 95

/** What was asked before: texts of one file repeat their words, and normalising is most of the work. */
const remembered = new Map<string, readonly string[]>()
const MOST_REMEMBERED = 50_000
const LONGEST_REMEMBERED = 40

/** What stands between two spaces may be several words, or none. */
function wordsOfToken(token: string): readonly string[] {
  const known = remembered.get(token)
  if (known) return known
  const words = normaliseName(token)
    .replace(HAN_RUN, (run) => ` ${hanPairs(run).join(' ')} `)
    .split(/\s+/)
    .filter((word) => word !== '')
  if (token.length <= LONGEST_REMEMBERED) {
    if (remembered.size >= MOST_REMEMBERED) remembered.clear()
    remembered.set(ownText(token), words.map(ownText))
  }
  return words
}

/** Longest word that is kept whole; the database refuses words of more than two thousand bytes. */
const LONGEST_WORD = 250
const TOO_LONG = /[^ ]{251}/
/** The words of one record; the database refuses a vector of more than a megabyte. */
const MOST_CHARACTERS = 200_000

/**
 * The words as a PostgreSQL tsvector, which need not be parsed again. Words hold letters, digits and `_` only, so nothing is quoted.
 * `words` is the answer of `searchWordsOf`.
 */
export function searchVectorOf(words: string): string {
  const short = words.length > MOST_CHARACTERS ? words.slice(0, words.lastIndexOf(' ', MOST_CHARACTERS)) : words
  const kept = TOO_LONG.test(short)
    ? short
        .split(' ')
        .filter((word) => word.length <= LONGEST_WORD)
        .join(' ')
    : short
  return kept === '' ? '' : `'${kept.replaceAll(' ', "' '")}'`
}

/** A PostgreSQL tsquery: every word must occur; the last may be the beginning of a longer one. Undefined when nothing is asked. */
export function searchQueryOf(asked: string): string | undefined {
  const words = searchWordsOf([asked])
    .split(' ')
    .map((word) => word.replace(/[^\p{L}\p{N}_]/gu, ''))
    .filter((word) => word !== '')
  if (words.length === 0) return undefined
  return words
    .map((word, index) => (index === words.length - 1 && !/\p{Script=Han}/u.test(word) ? `'${word}':*` : `'${word}'`))
    .join(' & ')
}

function hanPairs(run: string): string[] {
  const characters = [...run]
  if (characters.length === 1) return characters
  return characters.slice(0, -1).map((character, index) => character + characters[index + 1])
}
