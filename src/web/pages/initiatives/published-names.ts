/** What published files state by code, in words: regions and sectors of any vocabulary, scopes, places, types of flows. */
import { codeName } from '../../../codes/index.ts'
import { ownNameOf } from '../../../i18n/languages.ts'
import type { Translator } from '../../../i18n/translator.ts'
import { textFor } from '../../../kernel/localized-text.ts'
import type { InitiativeContribution, InitiativeFacts } from '../../../modules/registry/index.ts'
import { regionName, sectorName } from './value-names.ts'

type ItemOf<Field extends keyof InitiativeFacts> =
  NonNullable<InitiativeFacts[Field]> extends readonly (infer Item)[] ? Item : never
type Published = NonNullable<InitiativeFacts['published']>

/** Vocabularies whose codes are those of our own list of sectors: purposes and their groups. */
const DAC_SECTORS = ['1', '2']
const DAC_REGIONS = '1'

/** A code of another vocabulary stands as it is, with the name of its vocabulary: the same digits mean something else there. */
export function sectorText(t: Translator, { vocabulary, code }: Pick<ItemOf<'sectors'>, 'vocabulary' | 'code'>): string {
  if (DAC_SECTORS.includes(vocabulary) || !isNumbered(vocabulary)) return sectorName(t, code)
  return ofVocabulary(t, code, codeName('iati.SectorVocabulary', vocabulary, t.lang))
}

export function regionText(t: Translator, { vocabulary, code }: Pick<ItemOf<'regions'>, 'vocabulary' | 'code'>): string {
  if (vocabulary === undefined) return regionName(t, code)
  if (vocabulary === DAC_REGIONS) return codeName('iati.Region', code, t.lang)
  return vocabulary === '2' ? regionName(t, code) : ofVocabulary(t, code, codeName('iati.RegionVocabulary', vocabulary, t.lang))
}

export function scopeText(t: Translator, { type, vocabulary, code }: ItemOf<'humanitarianScopes'>): string {
  const known = ofVocabulary(t, code, codeName('iati.HumanitarianScopeVocabulary', vocabulary, t.lang))
  return t('registry.list.set', { field: codeName('iati.HumanitarianScopeType', type, t.lang), value: known })
}

export function relatedText(t: Translator, { type, identifier }: ItemOf<'related'>): string {
  return t('registry.list.set', { field: codeName('iati.RelatedActivityType', type, t.lang), value: identifier })
}

/** Name, coordinates, administrative areas: as much as is stated. */
export function locationText(t: Translator, location: ItemOf<'locations'>): string {
  const { ref, name, latitude, longitude, admin = [] } = location
  const point = latitude !== undefined && longitude !== undefined ? `${latitude}, ${longitude}` : undefined
  const areas = admin.map(({ vocabulary, code }) =>
    vocabulary === undefined ? code : ofVocabulary(t, code, codeName('iati.GeographicVocabulary', vocabulary, t.lang)),
  )
  return [textFor(name, t.lang)?.text ?? ref, point, ...areas].filter((part) => part !== undefined).join(' · ')
}

/** "Disbursement", "Budget: Original": what the element is, with its type. */
export function flowTypeText(t: Translator, one: InitiativeContribution): string {
  const { published, nature } = one
  if (published?.element === 'transaction') {
    if (published.type !== undefined) return codeName('iati.TransactionType', published.type, t.lang)
    return nature === undefined ? t('published.element.transaction') : codeName('contributionNature', nature, t.lang)
  }
  const element = t(`published.element.${published?.element ?? 'transaction'}`)
  if (published?.type === undefined) return element
  return t('registry.list.set', { field: element, value: codeName('iati.BudgetType', published.type, t.lang) })
}

/** The year in which it counts. */
export function flowYear({ period, money }: InitiativeContribution): string | undefined {
  return (period?.start ?? money?.valueDate ?? period?.end)?.slice(0, 4)
}

/** Codes that hold for the activity as a whole, each under the name of its list. */
export function publishedCodes(t: Translator, published: Published): { label: string; value: string }[] {
  const named = (list: string, code: string | undefined) =>
    code === undefined ? undefined : codeName(`iati.${list}`, code, t.lang)
  const texts: Record<string, string | undefined> = {
    scope: named('ActivityScope', published.scope),
    collaborationType: named('CollaborationType', published.collaborationType),
    flowType: named('FlowType', published.flowType),
    financeType: named('FinanceType', published.financeType),
    aidTypes: listed(
      t,
      published.aidTypes?.map((one) => aidTypeText(t, one)),
    ),
    tiedStatus: named('TiedStatus', published.tiedStatus),
    currency: published.currency,
    language: published.language === undefined ? undefined : languageText(t, published.language),
    hierarchy: published.hierarchy,
    tags: listed(
      t,
      published.tags?.map(({ vocabulary, code }) => ofVocabulary(t, code, codeName('iati.TagVocabulary', vocabulary, t.lang))),
    ),
  }
  return Object.entries(texts).flatMap(([field, value]) =>
    value === undefined ? [] : [{ label: t(`published.default.${field}`), value }],
  )
}

function aidTypeText(t: Translator, { vocabulary = '1', code }: { vocabulary?: string | undefined; code: string }): string {
  return vocabulary === '1'
    ? codeName('iati.AidType', code, t.lang)
    : ofVocabulary(t, code, codeName('iati.AidTypeVocabulary', vocabulary, t.lang))
}

function languageText(t: Translator, code: string): string {
  const language = code.toLowerCase()
  return /^[a-z]{2}$/.test(language) ? ownNameOf(language) : t('components.not-stated')
}

function listed(t: Translator, items: readonly string[] | undefined): string | undefined {
  return items && items.length > 0 ? t.list(items) : undefined
}

function ofVocabulary(t: Translator, code: string, vocabulary: string): string {
  return t('published.of-vocabulary', { code: `\u2068${code}\u2069`, vocabulary })
}

function isNumbered(vocabulary: string): boolean {
  return /^\d/.test(vocabulary)
}
