/** Any fact of an initiative in a line of words: for the history and for comparing two versions. */
import { areaName, codeName } from '../../../codes/index.ts'
import { ownNameOf } from '../../../i18n/languages.ts'
import type { Translator } from '../../../i18n/translator.ts'
import { type LocalizedText, textFor } from '../../../kernel/localized-text.ts'
import type { InitiativeFacts, InitiativeRecord } from '../../../modules/registry/index.ts'
import { flowTypeText, locationText, publishedCodes, regionText, relatedText, scopeText, sectorText } from './published-names.ts'
import { goalName } from './value-names.ts'
import { budgetText, codeNames, countryNames, moneyText, partyLabel, periodText, quantityText } from './words.ts'

/** Keys of the names of facts; the ones that are not here are called `registry.fact.<name>`. */
const NAMED: Readonly<Record<string, string>> = {
  kind: 'codes.list.initiativeKind',
  phase: 'codes.list.phase',
  purpose: 'codes.list.purpose',
  scale: 'registry.field.scale',
  hosts: 'registry.field.host',
  engagedCountries: 'registry.fact.engaged',
  countries: 'registry.form.recipients',
  regions: 'registry.field.region',
  territorialFocus: 'registry.field.focus',
  theme: 'registry.field.theme',
  sectors: 'registry.field.sector',
  goals: 'registry.field.goal',
  demandAreas: 'codes.list.demandArea',
  supportCategories: 'codes.list.supportCategory',
  partners: 'registry.detail.partners',
  partnerTypes: 'registry.fact.mentioned-types',
  agencyRoles: 'registry.field.role',
  contributions: 'registry.detail.contributions',
  results: 'registry.detail.results',
  documents: 'registry.detail.documents',
  cooperationOverride: 'registry.form.override',
  contact: 'registry.form.contact',
  identifiers: 'registry.column.identifier',
  title: 'registry.column.title',
  listed: 'registry.detail.listings',
  state: 'registry.field.state',
  modalities: 'registry.fact.modality',
  locations: 'published.fact.locations',
  related: 'published.fact.related',
  humanitarianScopes: 'published.fact.humanitarianScopes',
  published: 'published.fact.published',
}

export function factName(t: Translator, field: string): string {
  return t(NAMED[field] ?? `registry.fact.${field}`)
}

type FactField = keyof InitiativeFacts
type Facts = InitiativeFacts

/** Undefined when the fact is not stated. */
export function factText(t: Translator, facts: Facts, field: FactField, orgs: ReadonlyMap<string, string>): string | undefined {
  const value = facts[field]
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return undefined
  switch (field) {
    case 'title':
    case 'summary':
    case 'objective':
    case 'exchange':
      return textsText(t, value as LocalizedText)
    case 'kind':
      return codeName('initiativeKind', facts.kind ?? '', t.lang)
    case 'phase':
    case 'purpose':
    case 'scale':
    case 'theme':
      return codeName(field, String(value), t.lang)
    case 'plannedPeriod':
    case 'actualPeriod':
      return periodText(t, facts[field])
    case 'hosts':
    case 'engagedCountries':
      return countryNames(t, facts[field])
    case 'countries':
      return lines((facts.countries ?? []).map(({ iso3, share }) => shared(t, areaName(iso3, t.lang), share)))
    case 'regions':
      return lines(
        (facts.regions ?? []).map(({ vocabulary, code, share }) => shared(t, regionText(t, { vocabulary, code }), share)),
      )
    case 'sectors':
      return lines(
        (facts.sectors ?? []).map(({ vocabulary, code, share }) => shared(t, sectorText(t, { vocabulary, code }), share)),
      )
    case 'goals':
      return lines((facts.goals ?? []).map(({ goal, target }) => goalName(t, target ?? goal)))
    case 'territorialFocus':
      return codeNames(t, 'territorialFocus', facts.territorialFocus)
    case 'demandAreas':
      return codeNames(t, 'demandArea', facts.demandAreas)
    case 'supportCategories':
      return codeNames(t, 'supportCategory', facts.supportCategories)
    case 'partnerTypes':
      return codeNames(t, 'partnerType', facts.partnerTypes)
    case 'agencyRoles':
      return lines((facts.agencyRoles ?? []).map(({ role, org }) => joined([codeName('agencyRole', role, t.lang), org])))
    case 'reportingOrg':
      return (facts.reportingOrg?.orgId && orgs.get(facts.reportingOrg.orgId)) || facts.reportingOrg?.name
    case 'budget':
      return facts.budget && budgetText(t, facts.budget)
    case 'partners':
      return lines((facts.partners ?? []).map((partner) => partnerText(t, partner, orgs)))
    case 'contributions':
      return lines((facts.contributions ?? []).map((one) => contributionText(t, facts, one, orgs)))
    case 'results':
      return lines((facts.results ?? []).map((result) => resultText(t, result)))
    case 'documents':
      return lines((facts.documents ?? []).map(({ title, url }) => joined([title, url])))
    case 'identifiers':
      return lines((facts.identifiers ?? []).map(({ value: written }) => written))
    case 'cooperationOverride':
      return joined([codeName('framework', facts.cooperationOverride?.type ?? '', t.lang), facts.cooperationOverride?.reason])
    case 'locations':
      return lines((facts.locations ?? []).map((location) => locationText(t, location)))
    case 'related':
      return lines((facts.related ?? []).map((one) => relatedText(t, one)))
    case 'humanitarianScopes':
      return lines((facts.humanitarianScopes ?? []).map((scope) => scopeText(t, scope)))
    case 'published':
      return lines(
        publishedCodes(t, facts.published ?? {}).map(({ label, value: named }) =>
          t('registry.list.set', { field: label, value: named }),
        ),
      )
    case 'modalities':
      return codeNames(t, 'modality', facts.modalities)
    case 'kept':
      return lines(
        Object.entries(facts.kept ?? {}).map(([column, written]) => t('registry.list.set', { field: column, value: written })),
      )
    case 'humanitarian':
    case 'regionalPublicGood':
      return t(value === true ? 'registry.yes' : 'registry.no')
    default:
      return String(value)
  }
}

/** Names of the facts that differ between two versions, in the order of the newer one. */
export function changedFacts(before: Facts, after: Facts): FactField[] {
  const fields = [...new Set([...Object.keys(after), ...Object.keys(before)])] as FactField[]
  return fields.filter((field) => JSON.stringify(sorted(before[field])) !== JSON.stringify(sorted(after[field])))
}

/** The years and the state stand beside the facts and change too. */
export function yearsText(t: Translator, record: Pick<InitiativeRecord, 'listed'>): string | undefined {
  const years = record.listed.flatMap(({ year }) => (year === null ? [] : [String(year)]))
  return years.length > 0 ? t.list(years.sort()) : undefined
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, part]) => [name, sorted(part)]),
  )
}

function textsText(t: Translator, { texts, orig }: LocalizedText): string | undefined {
  const written = Object.entries(texts).sort(([a], [b]) => Number(b === orig) - Number(a === orig))
  const [only] = written
  if (written.length === 1 && only) return only[1]
  return lines(
    written.map(([lang, text]) => t('registry.list.set', { field: lang === 'und' ? lang : ownNameOf(lang), value: text })),
  )
}

function partnerText(t: Translator, partner: NonNullable<Facts['partners']>[number], orgs: ReadonlyMap<string, string>): string {
  const name = partyLabel(t, partner, orgs)
  const country = partner.iso3 === undefined ? undefined : areaName(partner.iso3, t.lang)
  return joined([
    name,
    country === name ? undefined : country,
    partner.role === undefined ? t('components.not-stated') : codeName('role', partner.role, t.lang),
    partner.partnerType && codeName('partnerType', partner.partnerType, t.lang),
  ])
}

function contributionText(
  t: Translator,
  facts: Facts,
  one: NonNullable<Facts['contributions']>[number],
  orgs: ReadonlyMap<string, string>,
): string {
  const party = (no: string | undefined) => {
    const partner = facts.partners?.find((candidate) => candidate.no === no)
    return partner && partyLabel(t, partner, orgs)
  }
  if (one.published) {
    return joined([
      flowTypeText(t, one),
      periodText(t, one.period),
      one.money && moneyText(t, one.money),
      party(one.giver) ?? one.giverName ?? one.giverRef,
      party(one.taker) ?? one.takerName ?? one.takerRef,
      one.description,
    ])
  }
  return joined([
    one.modality === undefined ? t('components.not-stated') : codeName('modality', one.modality, t.lang),
    one.joint ? t('registry.contribution.joint') : party(one.giver),
    party(one.taker),
    one.money && moneyText(t, one.money),
    one.quantity && quantityText(t, one.quantity),
    one.description,
  ])
}

function resultText(t: Translator, { statement, actual, indicators = [] }: NonNullable<Facts['results']>[number]): string {
  const values = indicators.flatMap(({ title, periods = [] }) =>
    periods.map(({ target, actual: reached }) => joined([textFor(title, t.lang)?.text, target, reached])),
  )
  return joined([statement, actual, ...values])
}

function shared(t: Translator, name: string, share: number | undefined): string {
  return share === undefined ? name : t('registry.with-share', { name, share: t.percent(share, { digits: 1 }) })
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' · ')
}

function lines(items: readonly string[]): string | undefined {
  return items.length > 0 ? items.join('\n') : undefined
}
