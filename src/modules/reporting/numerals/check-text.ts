/**
 * Whether every numeral of a text is bound to a number of the report or quoted with its source. Publication fails on
 * what is left over (domain 6.10); `sursur report check` prints the counts.
 */
import type { LanguageTag } from '../../../kernel/languages.ts'
import type { ProblemReport } from '../../../kernel/problems.ts'
import { findNumerals } from './find-numerals.ts'
import type { Numeral } from './numeral.ts'
import { parseTemplateTokens } from './template-tokens.ts'

export interface TextCheck {
  /** All numerals: bound, quoted and unbound together. */
  readonly numerals: number
  /** Numbers that come from a figure, a reported value or a derivation of them. */
  readonly bound: number
  /** Numerals that cite: accepted words with a source, document symbols, paragraphs, dates and periods. */
  readonly quoted: number
  /** Numerals typed by hand, with their place in the text. */
  readonly unbound: readonly Numeral[]
  /** One problem per unbound numeral and per token that was not understood. */
  readonly problems: readonly ProblemReport[]
}

export function checkText(text: string, lang: LanguageTag): TextCheck {
  const { tokens, problems } = parseTemplateTokens(text)
  let hidden = text
  // A token becomes a run of placeholders of the same length, so that places in the text stay true.
  for (const { start, end } of tokens) hidden = hidden.slice(0, start) + '\ufffc'.repeat(end - start) + hidden.slice(end)
  const unbound = findNumerals(hidden, lang)
  const bound = tokens.filter(({ kind }) => kind === 'bn').length
  const quoted = tokens.filter(({ kind }) => kind !== 'bn' && kind !== 'fn').length
  return {
    numerals: bound + quoted + unbound.length,
    bound,
    quoted,
    unbound,
    problems: [...problems, ...unbound.map((numeral) => ({ code: 'numerals.unbound', params: { text: numeral.text } }))],
  }
}
