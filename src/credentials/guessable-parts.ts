/**
 * How many guesses-in-a-row a password is made of. Rules and a short word list of our own, no list of leaked passwords: at twelve
 * characters and more, those lists are nearly all words, runs, repetitions and years joined together, and rules see them in every language.
 */
import { COMMON_WORDS } from './common-words.ts'

/** Rows of keyboards (English, German, French, Russian, Arabic), columns of the first, digits and letters in order. */
const ROWS: readonly string[] = [
  '1234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'yxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
  'йцукенгшщзхъ',
  'фывапролджэ',
  'ячсмитьбю',
  'ضصثقفغعهخحجد',
  'شسيبلاتنمكط',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  'abcdefghijklmnopqrstuvwxyz',
  'абвгдежзийклмнопрстуфхцчшщъыьэюя',
  '01234567890123456789',
]
const RUNS: string = [...ROWS, ...ROWS.map((row) => [...row].reverse().join(''))].join('\n')

/** Signs that people write for letters. */
const SIGNS_FOR_LETTERS: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
}

const SHORTEST_RUN = 3
const SHORTEST_WORD = 3

/** Longer than the longest run and nearly every word: keeps a password of 128 characters at a few milliseconds. */
const LONGEST_PART = 40

/** The fewest parts that make up the text: known words and patterns, and each other character by itself. */
export function countGuesses(text: string, context: readonly string[]): number {
  const once = withoutRepetition(text.toLowerCase())
  const plain = [...once].map((sign) => SIGNS_FOR_LETTERS[sign] ?? sign).join('')
  const words = new Set([...COMMON_WORDS, ...context.flatMap(wordsOf)])
  const fewest: number[] = [0]
  for (let end = 1; end <= once.length; end += 1) {
    let best = (fewest[end - 1] ?? 0) + 1
    for (let start = Math.max(0, end - LONGEST_PART); start <= end - SHORTEST_RUN; start += 1) {
      const before = (fewest[start] ?? 0) + 1
      if (before < best && isGuess(once.slice(start, end), plain.slice(start, end), words)) best = before
    }
    fewest.push(best)
  }
  return fewest.at(-1) ?? 0
}

function isGuess(asWritten: string, asLetters: string, words: ReadonlySet<string>): boolean {
  return (
    words.has(asWritten) ||
    words.has(asLetters) ||
    /^(?:19|20)\d\d$/.test(asWritten) ||
    /^(.)\1+$/su.test(asWritten) ||
    RUNS.includes(asWritten)
  )
}

/** `abcabcabcabc` is worth `abc` and one more part. */
function withoutRepetition(text: string): string {
  const block = /^(.+?)\1+$/su.exec(text)?.[1]
  return block === undefined ? text : `${block}\u0000`
}

/** `ana.silva@mofa.example` gives itself, ana, silva, mofa and example. */
function wordsOf(text: string): string[] {
  const lower = text.normalize('NFKC').toLowerCase()
  return [lower, lower.replace(/\s+/g, ''), ...lower.split(/[^\p{L}\p{N}\p{M}]+/u)].filter((word) => word.length >= SHORTEST_WORD)
}
