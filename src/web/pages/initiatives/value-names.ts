/** Names of the values that a filter and a row hold, in the reader's language. A code that no list knows is shown as it is. */
import { areaName, codeName, listCodes } from '../../../codes/index.ts'
import type { Translator } from '../../../i18n/translator.ts'
import { goalName, regionName, SHOWN_PROFILE, sectorName } from '../../../jobs/exports/code-words.ts'
import { textFor } from '../../../kernel/localized-text.ts'
import { type Collection, type FilterField, NOT_STATED } from '../../../modules/registry/index.ts'

export { goalName, regionName, SHOWN_PROFILE, sectorName }

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
      case 'country':
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
      case 'shown':
        return t(`registry.shown.${value}`)
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
