/** The facts of an organisation as lines of text, for showing two records side by side. No markup. */
import { areaName, codeName } from '../../../../codes/index.ts'
import { ownNameOf } from '../../../../i18n/languages.ts'
import type { Translator } from '../../../../i18n/translator.ts'
import type { OrgFacts } from '../../../../modules/directory/index.ts'

export const COMPARED_FIELDS = [
  'names',
  'acronyms',
  'aliases',
  'orgType',
  'orgSubtype',
  'countryCode',
  'parentId',
  'iatiId',
  'otherIds',
  'memberCountries',
  'partOfUnSystem',
  'dueDiligence',
  'ownerOrg',
  'visibility',
] as const satisfies readonly (keyof OrgFacts)[]
export type ComparedField = (typeof COMPARED_FIELDS)[number]

/** None when nothing is stated. */
export function fieldLines(
  t: Translator,
  facts: OrgFacts,
  field: ComparedField,
  orgs: ReadonlyMap<string, string>,
): readonly string[] {
  switch (field) {
    case 'names':
      return perLanguage(t, facts.names.texts)
    case 'acronyms':
      return perLanguage(t, facts.acronyms)
    case 'aliases':
      return facts.aliases
    case 'orgType':
      return [codeName('orgType', facts.orgType, t.lang)]
    case 'orgSubtype':
      return facts.orgSubtype === null ? [] : [codeName('orgSubtype', facts.orgSubtype, t.lang)]
    case 'countryCode':
      return facts.countryCode === null ? [] : [areaName(facts.countryCode, t.lang)]
    case 'parentId':
    case 'ownerOrg': {
      const id = facts[field]
      return id === null ? [] : [orgs.get(id) ?? id]
    }
    case 'iatiId':
      return facts.iatiId === null ? [] : [facts.iatiId]
    case 'otherIds':
      return facts.otherIds.map(({ scheme, id }) => `${scheme} ${id}`)
    case 'memberCountries':
      return facts.memberCountries.map(({ country }) => areaName(country, t.lang)).sort(t.compare)
    case 'partOfUnSystem':
      return [t(facts.partOfUnSystem ? 'registry.yes' : 'registry.no')]
    case 'dueDiligence':
      return [t(`directory.due-diligence.${facts.dueDiligence}`)]
    case 'visibility':
      return [t(`people.visibility.${facts.visibility}`)]
  }
}

function perLanguage(t: Translator, texts: Readonly<Record<string, string>>): string[] {
  return Object.entries(texts).map(([lang, text]) =>
    lang === 'und' ? text : t('directory.merge.in-language', { text, language: ownNameOf(lang) }),
  )
}
