/** What one side of a pair says, field by field, as its party reports it. */
import type { ComponentChildren } from 'preact'
import { codeName } from '../../../../codes/index.ts'
import type { Translator } from '../../../../i18n/translator.ts'
import { textFor } from '../../../../kernel/localized-text.ts'
import { totalsByCurrency } from '../../../../kernel/money.ts'
import type { LinkedRecord } from '../../../../modules/registry/index.ts'
import { sectorName } from '../value-names.ts'
import { budgetText, countryNames, moneyText, partnerName, periodText } from '../words.ts'

export const COMPARED_FIELDS = [
  'title',
  'identifiers',
  'collection',
  'reportingOrg',
  'countries',
  'period',
  'money',
  'partners',
  'sectors',
  'kind',
] as const
export type ComparedField = (typeof COMPARED_FIELDS)[number]

/** More partners than these say nothing more about likeness. */
const MOST_LINES = 8

/** Lines of one cell; none where the record says nothing. */
export function recordLines(
  t: Translator,
  { facts, identifier, collectionNames, collection }: LinkedRecord,
  field: ComparedField,
  orgs: ReadonlyMap<string, string>,
): string[] {
  switch (field) {
    case 'title':
      return Object.values(facts.title?.texts ?? {}).filter((text) => text !== '')
    case 'identifiers':
      return [...new Set([identifier, ...(facts.identifiers ?? []).map(({ value }) => value)].filter((value) => value !== null))]
    case 'collection':
      return [textFor(collectionNames, t.lang)?.text ?? collection]
    case 'reportingOrg':
      return present([
        (facts.reportingOrg?.orgId && orgs.get(facts.reportingOrg.orgId)) || facts.reportingOrg?.name,
        facts.reportingOrg?.ref,
      ])
    case 'countries':
      return present([countryNames(t, placesOf(facts))])
    case 'period':
      return present([...new Set([periodText(t, facts.actualPeriod), periodText(t, facts.plannedPeriod)])])
    case 'money':
      return moneyLines(t, facts)
    case 'partners':
      return [...new Set(present((facts.partners ?? []).map((partner) => partnerName(t, partner, orgs))))].slice(0, MOST_LINES)
    case 'sectors':
      return [...new Set((facts.sectors ?? []).map(({ code }) => sectorName(t, code)))].slice(0, MOST_LINES)
    case 'kind':
      return facts.kind === undefined ? [] : [codeName('initiativeKind', facts.kind, t.lang)]
  }
}

function placesOf(facts: LinkedRecord['facts']): string[] {
  return [
    ...new Set([...(facts.hosts ?? []), ...(facts.countries ?? []).map(({ iso3 }) => iso3), ...(facts.engagedCountries ?? [])]),
  ]
}

/** The budget, and what is given, a total for each kind and currency. */
function moneyLines(t: Translator, facts: LinkedRecord['facts']): string[] {
  const kinds = Map.groupBy(facts.contributions ?? [], ({ nature, published }) => published?.element ?? nature ?? '')
  const totals = [...kinds.values()].flatMap((rows) =>
    totalsByCurrency(rows.flatMap(({ money }) => (money ? [{ amount: money.amount, currency: money.currency }] : []))),
  )
  return [...new Set([...(facts.budget ? [budgetText(t, facts.budget)] : []), ...totals.map((total) => moneyText(t, total))])]
}

function present(values: readonly (string | undefined)[]): string[] {
  return values.filter((value): value is string => value !== undefined && value !== '')
}

/** Lines under one another, each in its own direction. */
export function linesCell(lines: readonly string[]): ComponentChildren {
  return lines.length === 0
    ? undefined
    : lines.map((line) => (
        <div key={line}>
          <bdi>{line}</bdi>
        </div>
      ))
}

/** The title in the reader's language, else in another, else the identifier. */
export function recordName(t: Translator, { id, identifier, facts }: LinkedRecord): string {
  return textFor(facts.title, t.lang)?.text ?? t('linking.untitled', { id: identifier ?? id })
}
