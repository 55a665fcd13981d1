/** The facts of a record as the fields of its form. */
import { decimalOfNumber, multiplyDecimals } from '../../../../kernel/decimal.ts'
import type { LocalizedText } from '../../../../kernel/localized-text.ts'
import type { InitiativeRecord } from '../../../../modules/registry/index.ts'
import { FormValues } from './form-values.ts'
import { originOf, restOf, shownOf } from './row-origin.ts'

type Fields = Record<string, string | number | boolean | undefined>

/** Lists of texts in several languages. */
export const NARRATIVES = ['title', 'summary', 'objective', 'exchange'] as const

export function formOfRecord(
  { facts, listed }: Pick<InitiativeRecord, 'facts' | 'listed'>,
  orgs: ReadonlyMap<string, string>,
): FormValues {
  const fields = new URLSearchParams()
  const put = (prefix: string, values: Fields) => {
    for (const [name, value] of Object.entries(values)) {
      if (value !== undefined)
        fields.append(prefix === '' ? name : `${prefix}.${name}`, value === true ? 'yes' : value === false ? 'no' : String(value))
    }
  }
  const date = (name: string, value: string | undefined) => {
    const [year, month, day] = value?.split('-') ?? []
    put('', { [`${name}-year`]: year, [`${name}-month`]: month, [`${name}-day`]: day })
  }
  const rows = <Item>(list: string, items: readonly Item[] | undefined, fieldsOf: (item: Item) => Fields) => {
    items?.forEach((item, index) => {
      put(`${list}.${index}`, fieldsOf(item))
    })
  }

  for (const name of NARRATIVES) rows(name, textsOf(facts[name] as LocalizedText | undefined), ([lang, text]) => ({ lang, text }))
  const { kind, scale, purpose, theme, humanitarian, regionalPublicGood, note, contact } = facts
  put('', { kind, scale, purpose, theme, humanitarian, regionalPublicGood, note, contact })
  put('', { reportingOrg: (facts.reportingOrg?.orgId && orgs.get(facts.reportingOrg.orgId)) || facts.reportingOrg?.name })
  put('', { overrideType: facts.cooperationOverride?.type, overrideReason: facts.cooperationOverride?.reason })
  for (const list of ['territorialFocus', 'partnerTypes', 'demandAreas', 'supportCategories'] as const) {
    for (const code of facts[list] ?? []) fields.append(list, code)
  }
  for (const name of ['plannedPeriod', 'actualPeriod'] as const) {
    date(`${name}.start`, facts[name]?.start)
    date(`${name}.end`, facts[name]?.end)
  }
  rows('hosts', facts.hosts, (iso3) => ({ iso3 }))
  rows('engagedCountries', facts.engagedCountries, (iso3) => ({ iso3 }))
  rows('countries', facts.countries, ({ iso3, share }) => ({ iso3, share: percent(share) }))
  rows('regions', facts.regions, (region) => ({ code: region.code, share: percent(region.share), was: originOf(region) }))
  rows('sectors', facts.sectors, ({ vocabulary, code, share }) => ({ code: `${vocabulary}:${code}`, share: percent(share) }))
  rows('goals', facts.goals, ({ goal, target, contribution }) => ({ goal: target ?? goal, contribution }))
  rows('agencyRoles', facts.agencyRoles, ({ role, org }) => ({ role, org }))
  rows('partners', facts.partners, (partner) => ({
    no: partner.no,
    name: (partner.orgId && orgs.get(partner.orgId)) || partner.name || partner.collective?.group,
    iso3: partner.iso3,
    role: partner.role,
    partnerType: partner.partnerType,
    unnamed: partner.unnamed || undefined,
    own: partner.contributesOwnResources,
  }))
  shownOf(facts.contributions).forEach((one, index) => {
    put(`contributions.${index}`, {
      no: one.no,
      giver: one.joint ? 'joint' : one.giver,
      taker: one.taker,
      modality: one.modality,
      nature: one.nature,
      amount: one.money?.amount,
      currency: one.money?.currency,
      quantity: one.quantity?.value,
      unit: one.quantity?.unit,
      description: one.description,
      valuationAmount: one.valuations?.[0]?.amount,
      valuationCurrency: one.valuations?.[0]?.currency,
      valuationBasis: one.valuations?.[0]?.basis,
    })
    date(`contributions.${index}.start`, one.period?.start)
    date(`contributions.${index}.valueDate`, one.money?.valueDate)
  })
  rows('results', shownOf(facts.results), (item) => {
    const { indicators: _indicators, ...result } = item
    return { ...result, was: originOf(item) }
  })
  shownOf(facts.documents).forEach((document, index) => {
    const { title, url, language } = document
    put(`documents.${index}`, { title, url, language, was: originOf(document) })
    date(`documents.${index}.date`, document.date)
  })
  for (const list of ['contributions', 'results', 'documents'] as const) {
    put('', { [`${list}-rest`]: restOf<unknown>(facts[list]).length || undefined })
  }
  rows(
    'listed',
    listed.filter(({ year }) => year !== null),
    ({ year }) => ({ year: year ?? undefined }),
  )
  return new FormValues(fields)
}

/** The original language first: it rules. */
function textsOf(value: LocalizedText | undefined): [string, string][] {
  if (!value) return []
  const { orig, texts } = value
  return Object.entries(texts).sort(([a], [b]) => Number(b === orig) - Number(a === orig))
}

/** A share as per cent, exact: 0.333 is 33.3 and nothing near it. */
function percent(share: number | undefined): string | undefined {
  const exact = share === undefined ? undefined : decimalOfNumber(share)
  return exact === undefined ? undefined : multiplyDecimals(exact, '100')
}
