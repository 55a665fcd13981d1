/**
 * What two reports of one initiative can be compared by: a record boiled down to identifiers, numbers, titles, countries, days, money in
 * dollars and organisations. Small, so that 100,000 fit into memory. Money serves for comparing only and is not shown.
 */
import { normaliseName, unitsPerUsd } from '../../../codes/index.ts'
import { firstDayOf, lastDayOf } from '../../../kernel/partial-date.ts'
import { longNumbersIn, partNumbersIn, type Script, scriptOf, trigramsOf } from '../../../text/index.ts'
import type { InitiativeContribution, InitiativeFacts, InitiativeRecord } from '../initiatives/initiative.ts'

export interface LinkTitle {
  readonly lang: string
  readonly script: Script
  readonly folded: string
  readonly trigrams: Uint32Array
}

/** First and last day that a date may mean, as days since 1970. */
export interface DaySpan {
  readonly from: number
  readonly to: number
}

export interface LinkRecord {
  readonly id: string
  readonly collectionId: string
  /**
   * Who reports: within one collection, two records of one reporter are two initiatives. Where nobody says who, another currency or
   * another script is taken for another reporter.
   */
  readonly party: string
  readonly isReporterStated: boolean
  readonly currency: string | undefined
  /** Folded; its own first. */
  readonly identifiers: readonly string[]
  readonly statedSame: readonly string[]
  readonly statedParts: readonly string[]
  readonly fileNumbers: readonly string[]
  readonly titles: readonly LinkTitle[]
  readonly partNumbers: readonly string[]
  /** Where it happens; where that is not stated, who takes part. */
  readonly countries: readonly string[]
  /** Every country that it names, those where it happens first. */
  readonly namedCountries: readonly string[]
  readonly starts: readonly DaySpan[]
  readonly ends: readonly DaySpan[]
  readonly listedYears: readonly number[]
  readonly dollars: readonly number[]
  readonly orgs: readonly string[]
  readonly sectors: readonly string[]
  readonly kind: string | undefined
  readonly hierarchy: string | undefined
}

/** The organisation that a stated name or identifier means; undefined when the directory does not know it or knows two. */
export type OrgOf = (text: string) => string | undefined

type Comparable = Pick<InitiativeRecord, 'id' | 'collectionId' | 'identifier' | 'facts' | 'listed'>

/** Codes of IATI's RelatedActivityType. */
const SAME_ACTIVITY = '5'
const PART_OF_ANOTHER = ['1', '2', '3']

export function linkRecordOf({ id, collectionId, identifier, facts, listed }: Comparable, orgOf: OrgOf): LinkRecord {
  const identifiers = [identifier, ...(facts.identifiers ?? []).map(({ value }) => value)].filter((value) => value !== null)
  const titles = Object.entries(facts.title?.texts ?? {}).filter(([, text]) => text !== '')
  const related = facts.related ?? []
  const currency = facts.budget?.currency ?? facts.contributions?.find(({ money }) => money)?.money?.currency
  const reporter = facts.reportingOrg && orgKey(facts.reportingOrg, orgOf)
  const periods = [facts.actualPeriod, facts.plannedPeriod]
  const listedYears = distinct(listed.flatMap(({ year }) => (year === null ? [] : [year])))
  const starts = spansOf(periods.map((period) => period?.start))
  return {
    id,
    collectionId,
    party: `${collectionId} ${reporter ?? `${scriptOf(titles[0]?.[1] ?? '')} ${currency ?? ''}`}`,
    isReporterStated: reporter !== undefined,
    currency,
    identifiers: distinct(identifiers.map(foldIdentifier)),
    statedSame: distinct(related.filter(({ type }) => type === SAME_ACTIVITY).map((one) => foldIdentifier(one.identifier))),
    statedParts: distinct(
      related.filter(({ type }) => PART_OF_ANOTHER.includes(type)).map((one) => foldIdentifier(one.identifier)),
    ),
    fileNumbers: distinct([...identifiers, ...titles.map(([, text]) => text)].flatMap(longNumbersIn)),
    titles: titles.map(([lang, text]) => {
      const folded = normaliseName(text)
      return { lang, folded, script: scriptOf(folded), trigrams: trigramsOf(text) }
    }),
    partNumbers: distinct(titles.flatMap(([, text]) => partNumbersIn(text))),
    countries: placesOf(facts),
    namedCountries: distinct([...placesOf(facts), ...partnerCountriesOf(facts)]),
    starts,
    ends: spansOf(periods.map((period) => period?.end)),
    listedYears,
    dollars: dollarsOf(facts, starts.length > 0 ? yearsOfRates(starts) : listedYears),
    orgs: orgsOf(facts, orgOf),
    sectors: distinct((facts.sectors ?? []).map(({ code }) => code)),
    kind: facts.kind,
    hierarchy: facts.published?.hierarchy,
  }
}

/** Case, spaces and punctuation of identifiers differ between files; what they name does not. */
export function foldIdentifier(identifier: string): string {
  return identifier.toUpperCase().replace(/[^\p{L}\p{N}]+/gu, '-')
}

function placesOf(facts: InitiativeFacts): string[] {
  const places = [
    ...(facts.hosts ?? []),
    ...(facts.countries ?? []).map(({ iso3 }) => iso3),
    ...(facts.partners ?? []).flatMap(({ role, iso3 }) => (iso3 && (role === 'recipient' || role === 'peer') ? [iso3] : [])),
  ]
  return distinct(places.length > 0 ? places : partnerCountriesOf(facts)).sort()
}

function partnerCountriesOf(facts: InitiativeFacts): string[] {
  return distinct([...(facts.engagedCountries ?? []), ...(facts.partners ?? []).flatMap(({ iso3 }) => iso3 ?? [])]).sort()
}

function orgsOf(facts: InitiativeFacts, orgOf: OrgOf): string[] {
  const named = [facts.reportingOrg, ...(facts.partners ?? [])]
  const givers = (facts.contributions ?? []).map(({ giverName, giverRef }) => ({ name: giverName, ref: giverRef }))
  return distinct([...named, ...givers].flatMap((org) => (org && orgKey(org, orgOf)) ?? []))
}

/** The organisation of the directory, else its identifier, else its folded name. */
function orgKey(
  { orgId, name, ref }: { orgId?: string | undefined; name?: string | undefined; ref?: string | undefined },
  orgOf: OrgOf,
): string | undefined {
  const known = orgId ?? (ref === undefined ? undefined : orgOf(ref)) ?? (name === undefined ? undefined : orgOf(name))
  if (known !== undefined) return known
  if (ref !== undefined) return `ref ${foldIdentifier(ref)}`
  const folded = name === undefined ? '' : normaliseName(name)
  return folded === '' ? undefined : `name ${folded}`
}

const DAY_MS = 86_400_000
const dayNumber = (day: string): number => Math.round(Date.parse(day) / DAY_MS)

function spansOf(dates: readonly (string | undefined)[]): DaySpan[] {
  return distinct(dates.flatMap((date) => date ?? [])).map((date) => ({
    from: dayNumber(firstDayOf(date)),
    to: dayNumber(lastDayOf(date)),
  }))
}

/** Two reporters may date one start into two years: near the turn of the year both rates are tried. */
function yearsOfRates(starts: readonly DaySpan[]): number[] {
  const near = starts.flatMap(({ from, to }) => [from - 45, from, to, to + 45])
  return distinct(near.map((day) => new Date(day * DAY_MS).getUTCFullYear()))
}

interface Amount {
  readonly amount: number
  readonly currency: string
  readonly year: number | undefined
}

/** Each total that the record states, in dollars, by the rate of each year that may be meant. */
function dollarsOf(facts: InitiativeFacts, years: readonly number[]): number[] {
  const { amount, currency } = facts.budget ?? {}
  const totals: Amount[][] =
    amount !== undefined && currency !== undefined ? [[{ amount: Number(amount), currency, year: undefined }]] : []
  for (const rows of Map.groupBy(facts.contributions ?? [], kindOfTotal).values()) totals.push(rows.flatMap(amountOf))
  const found = totals.flatMap((rows) => [sumInDollars(rows, undefined), ...years.map((year) => sumInDollars(rows, year))])
  return distinct(found.flatMap((sum) => (sum !== undefined && sum > 0 ? [Math.round(sum)] : [])))
}

/** Budgets are one total, revised budgets another, commitments a third. */
function kindOfTotal({ nature, published }: InitiativeContribution): string {
  if (published === undefined || published.element === 'transaction') return nature ?? 'entered'
  return `${published.element} ${published.type ?? ''}`
}

function amountOf({ money, period }: InitiativeContribution): Amount[] {
  if (money === undefined) return []
  const date = money.valueDate ?? period?.start
  return [
    { amount: Number(money.amount), currency: money.currency, year: date === undefined ? undefined : Number(date.slice(0, 4)) },
  ]
}

/** Undefined when a rate is missing: half a total is none. */
function sumInDollars(rows: readonly Amount[], year: number | undefined): number | undefined {
  let sum = 0
  for (const row of rows) {
    const at = year ?? row.year
    const rate = row.currency === 'USD' ? 1 : at === undefined ? undefined : Number(unitsPerUsd(row.currency, at)?.rate)
    if (rate === undefined || !(rate > 0)) return undefined
    sum += row.amount / rate
  }
  return rows.length === 0 ? undefined : sum
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)]
}

/** Whether two records can be reports of one initiative by two parties at all. */
export function areOfTwoReporters(one: LinkRecord, other: LinkRecord): boolean {
  if (one.party === other.party) return false
  if (one.collectionId !== other.collectionId || (one.isReporterStated && other.isReporterStated)) return true
  const sameScript = one.titles[0]?.script === other.titles[0]?.script
  return !sameScript || (one.currency !== undefined && other.currency !== undefined && one.currency !== other.currency)
}
