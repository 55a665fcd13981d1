/** What a valued thing in kind is, where its source has no words for it: its modality and quantity, in each language of the program. */
import { codeName } from '../../../../codes/index.ts'
import { listLanguages } from '../../../../i18n/languages.ts'
import { type Translator, translatorFor } from '../../../../i18n/translator.ts'
import type { InitiativeContribution } from '../../../../modules/registry/index.ts'
import type { XmlElement } from '../../element.ts'
import { narrative } from '../make-element.ts'

let translators: readonly Translator[] | undefined

/** Narratives, the language of the activity first; none when neither modality nor quantity is stated. */
export function inKindNote(contribution: InitiativeContribution, language: string | undefined): XmlElement[] {
  translators ??= listLanguages().map((lang) => translatorFor(lang))
  const ordered = [...translators.filter(({ lang }) => lang === language), ...translators.filter(({ lang }) => lang !== language)]
  return ordered.flatMap((t) => narrative(wordsOf(contribution, t), t.lang) ?? [])
}

function wordsOf({ modality, quantity }: InitiativeContribution, t: Translator): string | undefined {
  const what = modality === undefined ? undefined : codeName('modality', modality, t.lang)
  if (!quantity) return what
  const digits = quantity.value.split('.')[1]?.length ?? 0
  const much = { number: t.number(Number(quantity.value), { digits }), unit: codeName('unit', quantity.unit, t.lang) }
  return what === undefined ? t('iati.note.quantity', much) : t('iati.note.in-kind', { what, ...much })
}
