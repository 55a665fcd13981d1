/** What is said of focal points in words: for whom, in which state, and the choices of the forms. No markup. */
import { areaName } from '../../../codes/index.ts'
import type { Translator } from '../../../i18n/translator.ts'
import { type LocalizedText, textFor } from '../../../kernel/localized-text.ts'
import type { FocalPointScope, FocalPointState, ListedFocalPoint, NamedPerson } from '../../../modules/coordination/index.ts'

interface Subject {
  readonly scope: FocalPointScope
  readonly countryCode: string | null
  readonly orgNames: LocalizedText | null
}

/** "Kenya"; "UNICEF"; "United Nations country team: Kenya"; "UNICEF in Kenya". */
export function subjectText(t: Translator, { scope, countryCode, orgNames }: Subject): string {
  const country = countryCode === null ? '' : areaName(countryCode, t.lang)
  const org = textFor(orgNames ?? undefined, t.lang)?.text ?? ''
  if (scope === 'country') return country
  if (scope === 'org') return org
  return scope === 'unct' ? t('coordination.subject.unct', { country }) : t('coordination.subject.office', { org, country })
}

export function subjectOf(t: Translator, { scope, countryCode, org }: ListedFocalPoint): string {
  return subjectText(t, { scope, countryCode, orgNames: org?.names ?? null })
}

export function personText(t: Translator, { name, isErased }: NamedPerson): string {
  return name ?? t(isErased ? 'coordination.person.erased' : 'coordination.person.hidden')
}

export const TONES: Readonly<Record<FocalPointState, 'open' | 'waiting' | 'done' | 'closed'>> = {
  invited: 'waiting',
  active: 'done',
  stale: 'open',
  ended: 'closed',
}
