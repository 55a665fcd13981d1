/**
 * Text of a record in one or more languages (domain section 5). The original language rules; the others say how they came about.
 */
import type { LanguageTag } from './languages.ts'

export type TranslationState = 'original' | 'human' | 'machine' | 'stale'

export interface LocalizedText {
  readonly orig: LanguageTag
  readonly texts: Readonly<Record<LanguageTag, string>>
  readonly state?: Readonly<Record<LanguageTag, TranslationState>> | undefined
}

/** `und` (undetermined) is the honest language tag of an imported text whose language nobody stated. */
export function localizedText(text: string, lang: LanguageTag = 'und'): LocalizedText {
  return { orig: lang, texts: { [lang]: text } }
}

/** The text to show a reader of `lang`, with the language it is really in, so that a page can mark it up. */
export function textFor(value: LocalizedText | undefined, lang: LanguageTag): { text: string; lang: LanguageTag } | undefined {
  if (!value) return undefined
  for (const candidate of [lang, value.orig, 'en', ...Object.keys(value.texts)]) {
    const text = value.texts[candidate]
    if (text !== undefined && text !== '') return { text, lang: candidate }
  }
  return undefined
}
