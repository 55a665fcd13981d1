/** Words by which a text shows South-South or triangular cooperation, and words that only look like it (domain 9.3). */
import type { LanguageTag } from '../kernel/languages.ts'
import { rowsOf } from './data-table.ts'

export interface LexiconTerm {
  readonly lang: LanguageTag
  readonly term: string
  /** Normalised form to search for; `*` stands for any further letters of the word. */
  readonly norm: string
  readonly concept: string
  readonly kind: string
  readonly strength: 'strong' | 'medium' | 'weak' | 'negative'
  /** `whole-word` for acronyms, `mask` for cues to blank out before other terms are searched. */
  readonly rule: string | undefined
}

let terms: readonly LexiconTerm[] | undefined

export function listLexiconTerms(): readonly LexiconTerm[] {
  terms ??= rowsOf('ssc-lexicon', ['lang', 'term', 'norm', 'concept', 'kind', 'strength', 'rule']).map((row) => ({
    lang: row.lang,
    term: row.term,
    norm: row.norm,
    concept: row.concept,
    kind: row.kind,
    strength: row.strength as LexiconTerm['strength'],
    rule: row.rule || undefined,
  }))
  return terms
}
