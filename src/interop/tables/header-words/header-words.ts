/** The words by which a column heading names a field, in seven languages; a new language is a new file here. */
import type { HeaderWords } from '../fields.ts'
import { arabic } from './ar.ts'
import { english } from './en.ts'
import { spanish } from './es.ts'
import { french } from './fr.ts'
import { portuguese } from './pt.ts'
import { russian } from './ru.ts'
import { chinese } from './zh.ts'

export const HEADER_WORDS: Readonly<Record<string, HeaderWords>> = {
  en: english,
  fr: french,
  es: spanish,
  pt: portuguese,
  ru: russian,
  zh: chinese,
  ar: arabic,
}
