/** Names of the values that a filter and a row hold, in the reader's language. A code that no list knows is shown as it is. */
import { areaName, codeName, findCode, listCodes } from '../../../codes/index.ts'
import type { Translator } from '../../../i18n/translator.ts'
import { textFor } from '../../../kernel/localized-text.ts'
import { type Collection, type FilterField, NOT_STATED } from '../../../modules/registry/index.ts'

/** Profile under which a label is shown when nobody asks for another one (domain 7.2). */
export const SHOWN_PROFILE = 'un_default'

export type ValueNames = (field: FilterField, value: string) => string

const LISTS: Partial<Record<FilterField, string>> = {
  group: 'countryGroup',
  scale: 'scale',
  role: 'agencyRole',
  partnerType: 'partnerType',
  theme: 'theme',
  focus: 'territorialFocus',
}

export function valueNames(t: Translator, collections: readonly Collection[], orgs: ReadonlyMap<string, string>): ValueNames {
  return (field, value) => {
    if (value === NOT_STATED) return t('components.not-stated')
    const list = LISTS[field]
    if (list !== undefined) return codeName(list, value, t.lang)
    switch (field) {
      case 'host':
      case 'partner':
      case 'provider':
      case 'recipient':
        return areaName(value, t.lang)
      case 'region':
        return regionName(t, value)
      case 'sector':
        return sectorName(t, value)
      case 'goal':
        return goalName(t, value)
      case 'cooperation':
        return cooperationName(t, value)
      case 'state':
        return t(`components.state.${value}`)
      case 'org':
        return orgs.get(value) ?? value
      case 'collection':
        return collectionName(
          t,
          collections.find((one) => one.key === value),
          value,
        )
      default:
        return value
    }
  }
}

export function collectionName(t: Translator, collection: Pick<Collection, 'names'> | undefined, key: string): string {
  return textFor(collection?.names, t.lang)?.text ?? key
}

export function regionName(t: Translator, code: string): string {
  return codeName('region', code, t.lang)
}

/** "Basic education (11220)"; the code alone when the list does not know it. */
export function sectorName(t: Translator, code: string): string {
  return findCode('sector', code) ? t('registry.coded', { code, name: codeName('sector', code, t.lang) }) : code
}

/** "2. Zero hunger", "17.9. Capacity-building". */
export function goalName(t: Translator, code: string): string {
  return findCode('sdg', code) ? t('registry.numbered', { number: code, name: codeName('sdg', code, t.lang) }) : code
}

/** A label is written `<profile>:<type>`; the profile is named unless it is the usual one. */
function cooperationName(t: Translator, value: string): string {
  const [profile = '', type = ''] = value.split(':')
  const name = codeName('framework', type, t.lang)
  return profile === SHOWN_PROFILE
    ? name
    : t('registry.label-under', { label: name, profile: t(`cooperation.profile.${profile}`) })
}

/** Names of a closed list as choices, in the order of the list. */
export function choicesOf(t: Translator, list: string): { value: string; label: string }[] {
  return listCodes(list)
    .filter((row) => !row.withdrawn)
    .map((row) => ({ value: row.code, label: codeName(list, row.code, t.lang) }))
}
