/** The six official languages of the United Nations, in which every screen exists. A seventh is one folder in `locales/`. */
export const OFFICIAL_LANGUAGES = ['ar', 'zh', 'en', 'fr', 'ru', 'es'] as const

/** A BCP 47 tag: one of the six, or any other language that a record is written in. */
export type LanguageTag = string
