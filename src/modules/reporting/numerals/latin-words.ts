/**
 * Number words of English, French and Spanish in any text: a writer may leave a "twenty" in a French sentence. Words of one language
 * that mean something else in the language of the text are let through there.
 */
import type { LanguageTag } from '../../../kernel/languages.ts'
import { ENGLISH } from './english-words.ts'
import { FRENCH } from './french-words.ts'
import { findNumberWords } from './number-words.ts'
import { foldedSet, type NumberWords, type Numeral } from './numeral.ts'
import { SPANISH } from './spanish-words.ts'

type LatinLanguage = 'en' | 'fr' | 'es'

const LISTS: Readonly<Record<LatinLanguage, NumberWords>> = { en: ENGLISH, fr: FRENCH, es: SPANISH }
const OFFICIAL = ['en', 'fr', 'es', 'ru', 'ar', 'zh']

/** By language of the text, then of the number word: words that are no numerals in that text. */
const OTHER_MEANINGS: Readonly<Record<LatinLanguage, Readonly<Partial<Record<LatinLanguage, ReadonlySet<string>>>>>> = {
  en: {
    // cent (coin), sept. (September), seize (take), tiers (levels), quart (measure), premier (head of government, first showing)
    fr: foldedSet(
      'cent cents sept seize tiers tierce quart quarts premier premiers première premières neuf doubler tripler demi',
    ),
    // dos and don'ts, once, quince (fruit), primer (textbook), miles, mil (unit), octavo (size of a book)
    es: foldedSet('dos once quince primer miles mil octavo'),
  },
  fr: {
    // dos (back), tres (très), once (weight), mil (millet), miles, primer (verb)
    es: foldedSet('dos tres once mil miles primer'),
    // Nil, the river
    en: foldedSet('nil'),
  },
  es: {
    // ten (have), Nil in names
    en: foldedSet('ten nil'),
    // premier (head of government), cent (coin)
    fr: foldedSet('premier premiers cent cents'),
  },
}

export function latinListOf(lang: LanguageTag): NumberWords {
  return LISTS[latinLanguageOf(lang)]
}

/** In a language beyond the six only English words are looked for: Portuguese has "dos" in every line. */
export function findLatinNumberWords(text: string, lang: LanguageTag): Numeral[] {
  const own = latinLanguageOf(lang)
  const script = /^\p{Script=Latin}/u
  const others = OFFICIAL.includes(baseOf(lang)) ? (['en', 'fr', 'es'] as const).filter((other) => other !== own) : []
  const hidden = Object.values(LISTS)
  return [
    ...findNumberWords(
      text,
      LISTS[own],
      script,
      others.map((other) => LISTS[other]),
    ),
    ...others.flatMap((other) => findNumberWords(text, foreignList(own, other), script, hidden)),
  ]
}

const foreign = new Map<string, NumberWords>()

function foreignList(own: LatinLanguage, other: LatinLanguage): NumberWords {
  const key = `${other} in ${own}`
  const known = foreign.get(key)
  if (known) return known
  const list = LISTS[other]
  const letThrough = OTHER_MEANINGS[own][other] ?? new Set()
  const made = { ...list, isNumber: (word: string) => !letThrough.has(word) && list.isNumber(word) }
  foreign.set(key, made)
  return made
}

function baseOf(lang: LanguageTag): string {
  return lang.split('-')[0] ?? lang
}

/** English stands for every language without a Latin list of its own. */
function latinLanguageOf(lang: LanguageTag): LatinLanguage {
  const base = baseOf(lang)
  return base === 'fr' || base === 'es' ? base : 'en'
}
