/**
 * Everything that is computed from the facts of an initiative: never typed in, always recomputed with the record.
 */
import { bureauOf, isSouth } from '../../../codes/index.ts'
import type { Decimal } from '../../../kernel/decimal.ts'
import { textFor } from '../../../kernel/localized-text.ts'
import {
  COOPERATION_PROFILES,
  type CooperationProfile,
  type CooperationResult,
  cooperationFactsOf,
  cooperationTypeOf,
} from '../cooperation-type/index.ts'
import { type FlowRow, type Flows, flowsOf } from '../flows/flows-of.ts'
import { completenessOf } from './completeness.ts'
import { type FlowGroup, flowGroupOf } from './flow-group.ts'
import type { InitiativeFacts, InitiativeRecord, Partner } from './initiative.ts'
import { searchWordsOf } from './search-words.ts'

export interface ContributionColumns {
  readonly flowGroup: FlowGroup
  readonly usd?: Decimal
}

export interface DerivedColumns {
  readonly titleText: string | null
  readonly searchWords: string
  readonly completeness: number
  /** Computed type per profile key. */
  readonly cooperation: Readonly<Record<string, string>>
  /** One for each contribution of the facts, in their order. */
  readonly contributions: readonly ContributionColumns[]
  /** Dollars by kind, year, place and sector; null where no amount is known. */
  readonly flows: readonly FlowRow[] | null
  readonly listing: {
    readonly hosts: readonly string[]
    readonly partnerCountries: readonly string[]
    readonly providers: readonly string[]
    readonly recipients: readonly string[]
    readonly partnerTypes: readonly string[]
    readonly agencyRoles: readonly string[]
    readonly regions: readonly string[]
    readonly territorialFocus: readonly string[]
    readonly theme: string | null
    readonly scale: string | null
    readonly sectors: readonly string[]
    readonly goals: readonly string[]
    readonly orgIds: readonly string[]
    readonly cooperation: readonly string[]
    readonly hasTitle: boolean
  }
}

/** What the rule and the columns are computed from. */
type RatedRecord = Pick<InitiativeRecord, 'facts' | 'listed'>

export function deriveColumns(record: RatedRecord): DerivedColumns {
  const { facts } = record
  const partners = facts.partners ?? []
  const title = facts.title ? textFor(facts.title, facts.title.orig)?.text : undefined
  const flows = flowsOf(facts)
  const cooperation = Object.fromEntries(COOPERATION_PROFILES.map((profile) => [profile.key, typeUnder(record, profile).type]))
  return {
    titleText: title ?? null,
    searchWords: searchWordsOf([
      ...[facts.title, facts.summary, facts.objective, facts.exchange].flatMap((text) => (text ? Object.values(text.texts) : [])),
      ...(facts.identifiers ?? []).map((identifier) => identifier.value),
      ...partners.map((partner) => partner.name),
      facts.reportingOrg?.name,
      ...Object.values(facts.kept ?? {}),
    ]),
    completeness: Number(completenessOf(facts).share.toFixed(4)),
    cooperation,
    contributions: contributionColumns(facts, flows.usd),
    flows: flows.flows.length === 0 ? null : flows.flows,
    listing: {
      hosts: facts.hosts ?? [],
      partnerCountries: distinct([...(facts.engagedCountries ?? []), ...partners.map((partner) => partner.iso3)]),
      providers: countriesInRole(partners, ['first_provider', 'second_provider', 'funder', 'peer']),
      recipients: distinct([
        ...countriesInRole(partners, ['recipient', 'peer']),
        ...(facts.countries ?? []).map((country) => country.iso3),
      ]),
      partnerTypes: distinct([...(facts.partnerTypes ?? []), ...partners.map((partner) => partner.partnerType)]),
      agencyRoles: distinct((facts.agencyRoles ?? []).map((agency) => agency.role)),
      regions: regionsOf(record),
      territorialFocus: facts.territorialFocus ?? [],
      theme: facts.theme ?? null,
      scale: facts.scale ?? null,
      sectors: distinct((facts.sectors ?? []).map((sector) => sector.code)),
      goals: distinct((facts.goals ?? []).map((goal) => goal.goal)),
      orgIds: distinct(partners.map((partner) => partner.orgId)),
      cooperation: Object.entries(cooperation).map(([profile, type]) => `${profile}:${type}`),
      hasTitle: title !== undefined,
    },
  }
}

/** As listed. What a person enters takes the region of its hosts; a source that lists none stays "not stated" (ruling 8). */
function regionsOf({ facts, listed }: RatedRecord): string[] {
  if (facts.regions) return distinct(facts.regions.map((region) => region.code))
  const isImported = listed.some(({ runId, entered }) => runId !== null && entered !== true)
  return isImported ? [] : distinct((facts.hosts ?? []).map(bureauOf))
}

/** The label under one profile, with its explanation. */
export function typeUnder(record: RatedRecord, profile: CooperationProfile): CooperationResult {
  return cooperationTypeOf(cooperationFactsOf(ratedFacts(record)), profile, { isSouth: isSouthOn })
}

const southAnswers = new Map<string, boolean>()

/** Without any date the membership of today counts. */
function isSouthOn(iso3: string, date: string | undefined, profile: string): boolean {
  const day = date ?? new Date().toISOString().slice(0, 10)
  const key = `${iso3} ${day} ${profile}`
  let answer = southAnswers.get(key)
  if (answer === undefined) {
    answer = isSouth(iso3, day, profile)
    southAnswers.set(key, answer)
  }
  return answer
}

/**
 * The facts as the rule may read them. A record without a start date is dated by the first year that lists it; one that names no
 * partner at all has a partner whom nobody has named, so that it is undetermined and not "none" (ruling 8).
 */
function ratedFacts({ facts, listed }: RatedRecord): InitiativeFacts {
  const years = listed.flatMap(({ year }) => (year === null ? [] : [year]))
  const isDated = (facts.actualPeriod?.start ?? facts.plannedPeriod?.start) !== undefined
  const namesNobody = (facts.partners ?? []).length === 0 && (facts.engagedCountries ?? []).length === 0
  return {
    ...facts,
    ...(isDated || years.length === 0 ? {} : { plannedPeriod: { ...facts.plannedPeriod, start: String(Math.min(...years)) } }),
    ...(namesNobody ? { partners: [{ no: 'unnamed', unnamed: true }] } : {}),
  }
}

/** What is computed of each contribution, in the order of the facts, which say the rest. */
function contributionColumns(facts: InitiativeFacts, usd: Flows['usd']): ContributionColumns[] {
  return (facts.contributions ?? []).map((contribution) => {
    const dollars = usd.get(contribution.no)
    return { flowGroup: flowGroupOf(contribution), ...(dollars === undefined ? {} : { usd: dollars }) }
  })
}

function countriesInRole(partners: readonly Partner[], roles: readonly string[]): string[] {
  return distinct(
    partners.filter((partner) => partner.role !== undefined && roles.includes(partner.role)).map((partner) => partner.iso3),
  )
}

function distinct(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value): value is string => value !== undefined && value !== ''))]
}
