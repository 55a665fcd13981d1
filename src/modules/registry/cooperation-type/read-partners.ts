/**
 * What each partner is to the decision rule: Southern, a country outside the South, multilateral, without effect, or unknown
 * (domain 7.2, ruling 15).
 */
import type { PartialDate } from '../../../kernel/partial-date.ts'
import type { PartnerFacts, PartnerKind } from './cooperation-facts.ts'
import type { CooperationProfile } from './cooperation-profiles.ts'

export interface CooperationLookups {
  /** Whether the country belongs to the South of the profile on the date. `profile` is the key of a South profile. */
  isSouth(iso3: string, date: PartialDate | undefined, profile: string): boolean
}

export interface ReadPartner {
  readonly id: string
  readonly role: string | undefined
  readonly is: 'southern' | 'outside' | 'multilateral' | 'without_country' | 'unknown'
  /** Two rows of one country are one member of the South: its ISO code, or the partner's own mark where there is none. */
  readonly identity: string
  readonly collective: boolean
  readonly countryKnown: boolean
  /** What is not known of an unknown partner. */
  readonly lacks: readonly ('role' | 'country')[]
  readonly facts: PartnerFacts
}

export function readPartner(
  facts: PartnerFacts,
  startDate: PartialDate | undefined,
  profile: CooperationProfile,
  lookups: CooperationLookups,
): ReadPartner {
  const isSouth = (iso3: string) => lookups.isSouth(iso3, startDate, profile.southProfile)
  const collective = isSouthernCollective(facts, isSouth)
  const is = standingOf(facts, collective, isSouth)
  const lacks: ('role' | 'country')[] = []
  if (facts.role === undefined) lacks.push('role')
  if (is === 'unknown') lacks.push('country')
  return {
    id: facts.id,
    role: facts.role,
    is: lacks.length > 0 ? 'unknown' : is,
    identity: hasOwnCountry(facts) && facts.iso3 !== undefined ? facts.iso3 : `partner:${facts.id}`,
    collective,
    countryKnown: is === 'southern' || is === 'outside',
    lacks,
    facts,
  }
}

function standingOf(facts: PartnerFacts, collective: boolean, isSouth: (iso3: string) => boolean): ReadPartner['is'] {
  if (collective) return 'southern'
  const kind = kindOf(facts)
  if (kind === 'multilateral' || kind === 'regional_body') return 'multilateral'
  if (kind === 'other') return 'without_country'
  if (facts.iso3 === undefined) return 'unknown'
  return isSouth(facts.iso3) ? 'southern' : 'outside'
}

/**
 * A regional body is a Southern collective when two thirds of its members are South, an unnamed group when all are. Where
 * no member is recorded, a declaration with a source stands in (ruling 15).
 */
function isSouthernCollective(facts: PartnerFacts, isSouth: (iso3: string) => boolean): boolean {
  const kind = kindOf(facts)
  if (kind === 'multilateral' || kind === 'other') return false
  const members = facts.memberIso3 ?? []
  if (members.length === 0) return facts.collectiveDeclared === true
  const southern = members.filter(isSouth).length
  return kind === 'regional_body' ? southern * 3 >= members.length * 2 : southern === members.length
}

function hasOwnCountry(facts: PartnerFacts): boolean {
  return kindOf(facts) === 'country' && !facts.memberIso3?.length
}

function kindOf({ kind, partnerType }: PartnerFacts): PartnerKind {
  if (kind) return kind
  if (partnerType === 'multilateral') return 'multilateral'
  return partnerType === 'regional_organization' ? 'regional_body' : 'country'
}
