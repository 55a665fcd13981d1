/** Facts of an initiative in words: periods, money, quantities, parties. No markup. */
import { areaName, codeName } from '../../../codes/index.ts'
import type { Translator } from '../../../i18n/translator.ts'
import type { InitiativeFacts, Partner } from '../../../modules/registry/index.ts'

export function periodText(t: Translator, period: InitiativeFacts['plannedPeriod']): string | undefined {
  const { start, end } = period ?? {}
  if (start !== undefined && end !== undefined) return t('registry.period.both', { start: t.date(start), end: t.date(end) })
  if (start !== undefined) return t('registry.period.from', { start: t.date(start) })
  return end === undefined ? undefined : t('registry.period.until', { end: t.date(end) })
}

/** A currency that no list knows is shown as it was stated. */
export function moneyText(t: Translator, money: { amount: string; currency: string }): string {
  return /^[A-Z]{3}$/.test(money.currency) ? t.money(money.amount, money.currency) : `${money.amount} ${money.currency}`
}

/** A budget whose currency the source does not name says so: an amount alone is no money. */
export function budgetText(t: Translator, { amount, currency }: { amount: string; currency?: string | undefined }): string {
  if (currency !== undefined) return moneyText(t, { amount, currency })
  return t('registry.budget-without-currency', { amount: t.number(Number(amount)) })
}

export function quantityText(t: Translator, quantity: { value: string; unit: string }): string {
  return t('registry.quantity', { value: t.number(Number(quantity.value)), unit: codeName('unit', quantity.unit, t.lang) })
}

/** The party as it is known: the organisation, the name as stated, the group, the country. Undefined when nothing is known. */
export function partnerName(t: Translator, partner: Partner, orgs: ReadonlyMap<string, string>): string | undefined {
  const name = (partner.orgId === undefined ? undefined : orgs.get(partner.orgId)) ?? partner.name ?? partner.collective?.group
  if (name !== undefined) return name
  return partner.iso3 === undefined ? undefined : areaName(partner.iso3, t.lang)
}

/** What to call a party in a sentence or a choice: its name, else its number. */
export function partyLabel(t: Translator, partner: Partner, orgs: ReadonlyMap<string, string>): string {
  return partnerName(t, partner, orgs) ?? t('registry.partner.numbered', { number: partner.no })
}

export function partnerIds(facts: InitiativeFacts): string[] {
  const ids = [...(facts.partners ?? []).map((partner) => partner.orgId), facts.reportingOrg?.orgId]
  return ids.filter((id): id is string => id !== undefined)
}

export function countryNames(t: Translator, codes: readonly string[] | undefined): string | undefined {
  return codes && codes.length > 0 ? t.list(codes.map((iso3) => areaName(iso3, t.lang)).sort(t.compare)) : undefined
}

export function codeNames(t: Translator, list: string, codes: readonly string[] | undefined): string | undefined {
  return codes && codes.length > 0 ? t.list(codes.map((code) => codeName(list, code, t.lang))) : undefined
}

/** All areas in the order of the reader's language. */
export function countryChoices(t: Translator, areas: readonly { iso3: string }[]): { value: string; label: string }[] {
  return areas.map(({ iso3 }) => ({ value: iso3, label: areaName(iso3, t.lang) })).sort((a, b) => t.compare(a.label, b.label))
}

export function areaNameOf(t: Translator, iso3: string): string {
  return areaName(iso3, t.lang)
}
