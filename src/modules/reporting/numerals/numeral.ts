/**
 * A numeral found in running text, and what a language contributes to finding its number words.
 *
 * Publication stops when a numeral is neither bound to a figure nor quoted with a source (domain 6.10, 15). So the
 * search is strict: a false alarm costs the writer one `said` token, a missed numeral costs the reader's trust.
 */
export type NumeralKind =
  | 'digits' // 0-9, with their separators
  | 'arabic-indic' // ٠-٩
  | 'extended-arabic-indic' // ۰-۹
  | 'fullwidth' // ０-９
  | 'other-digits' // the digits of any further script
  | 'symbol' // ½ ① ² and other single signs
  | 'chinese' // 三千五百, 两, 半
  | 'roman' // XIV, Ⅳ
  | 'word' // fourteen, deuxième, половина
  | 'percent' // any of these followed by a percent sign or word

/** Offsets count UTF-16 units in the text that was searched; `end` is the first position after the numeral. */
export interface Numeral {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly kind: NumeralKind
}

/** A fixed expression that holds a number word and states no quantity, with the reason why it is let through. */
export interface FixedExpression {
  readonly phrase: string
  readonly reason: string
}

export interface NumberWords {
  /** True for a word that is a numeral by itself. The word is folded (see `fold`). */
  isNumber(word: string): boolean
  /** Words that count only inside a compound: `un` in "vingt et un", `medio` in "dos y medio". Folded. */
  readonly compoundOnly: ReadonlySet<string>
  /** Words that join the parts of a compound: `et`, `y`, `and`. Folded. */
  readonly connectors: ReadonlySet<string>
  /** Expressions that count although their words alone do not: "a score of". Written folded, as words with blanks. */
  readonly phrases: readonly string[]
  /** "per cent" in words, folded, as a regular expression without anchors. */
  readonly percent: string
  readonly fixed: readonly FixedExpression[]
}

/**
 * Lower case without accents, unit by unit, so that offsets stay those of the original text. `ё` becomes `е`, `ｔ` becomes `t`.
 * `й` stays, because it is a letter of its own, and so do Arabic letters: `وأحد` (and one of) is not `واحد` (one).
 */
export function fold(text: string): string {
  let folded = ''
  for (let at = 0; at < text.length; at++) {
    const unit = text.charAt(at)
    const lower = unit.toLowerCase()
    const base = KEPT.test(lower) ? lower : lower.normalize('NFKD').charAt(0)
    folded += base === '' ? unit : base
  }
  return folded
}

const KEPT = /[й\p{Script=Arabic}]/u

export function foldedSet(words: string): ReadonlySet<string> {
  return new Set(fold(words).split(/\s+/).filter(Boolean))
}
