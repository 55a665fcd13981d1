/** What is said of people in words: languages, where they work, and the messages of a form that was not accepted. No markup. */
import { areaName, listAreas } from '../../../codes/index.ts'
import { problemText } from '../../../i18n/problem-text.ts'
import type { Translator } from '../../../i18n/translator.ts'
import { OFFICIAL_LANGUAGES } from '../../../kernel/languages.ts'
import { textFor } from '../../../kernel/localized-text.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { NamedAffiliation } from '../../../modules/directory/index.ts'
import type { Choice, FormError } from '../../components/index.ts'

export function languageName(t: Translator, tag: string): string {
  return new Intl.DisplayNames([t.lang], { type: 'language' }).of(tag) ?? tag
}

export function languageChoices(t: Translator): Choice[] {
  return OFFICIAL_LANGUAGES.map((lang) => ({ value: lang, label: languageName(t, lang) })).sort((a, b) =>
    t.compare(a.label, b.label),
  )
}

export function countryChoices(t: Translator): Choice[] {
  return listAreas()
    .map(({ iso3 }) => ({ value: iso3, label: areaName(iso3, t.lang) }))
    .sort((a, b) => t.compare(a.label, b.label))
}

/** "2014 – 2016", as precisely as it is known. */
export function timeText(t: Translator, { from, to }: Pick<NamedAffiliation, 'from' | 'to'>): string | undefined {
  if (from !== null && to !== null) return t('people.time.both', { from: t.date(from), to: t.date(to) })
  if (from !== null) return t('people.time.from', { from: t.date(from) })
  return to === null ? undefined : t('people.time.to', { to: t.date(to) })
}

export function orgNameOf(t: Translator, { orgNames, orgId }: NamedAffiliation): string {
  return textFor(orgNames, t.lang)?.text ?? orgId
}

/** Messages of what was not accepted, each at its field; a fault and a refusal are not for the form. */
export function formErrors(t: Translator, error: unknown, fieldOf: (place: string) => string | undefined): FormError[] {
  if (!(error instanceof Problem) || (error.kind !== 'invalid' && error.kind !== 'conflict')) throw error
  const said = error.details.length > 0 ? error.details : [error]
  return said.map((one) => {
    const field = one.place?.field === undefined ? undefined : fieldOf(one.place.field)
    return { message: problemText(t, one), ...(field === undefined ? {} : { field }) }
  })
}

export function statusOfForm(error: unknown): number {
  return error instanceof Problem && error.kind === 'conflict' ? 409 : 422
}
