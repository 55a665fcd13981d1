/**
 * Names of a code in the languages in which its source gives them. They stand in the tables beside the code,
 * not in `locales`, because a name without its code has no meaning and most lists come with their names.
 */
import type { LanguageTag } from '../kernel/languages.ts'

/** Language tag to name; a language that the source lacks has no entry. */
export type Names = Readonly<Record<LanguageTag, string>>

const PREFIX = 'name_'

/** Collects the columns `name_en`, `name_fr` ... of a row. */
export function namesOf(row: Readonly<Record<string, string>>): Names {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([column, name]) => column.startsWith(PREFIX) && column !== 'name_local' && name !== '')
      .map(([column, name]) => [column.slice(PREFIX.length), name]),
  )
}

/** The name in `lang` (or its base language: `fr-CA` reads `fr`), otherwise in English; undefined when there is neither. */
export function nameIn(names: Names, lang: LanguageTag): string | undefined {
  return names[lang] ?? names[lang.split('-')[0] ?? lang] ?? names.en
}
