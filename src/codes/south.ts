/**
 * Which countries count as South (domain 7.2). A profile is data: groups of which one suffices, and groups that exclude.
 * Every report prints its profile, and each answer can be explained.
 */
import { Problem } from '../kernel/problems.ts'
import { editionOf, getCountryGroup, isMember, type ListEdition } from './country-groups.ts'
import { rowsOf } from './data-table.ts'
import './problems.ts'

export interface SouthProfile {
  readonly profile: string
  /** South is a member of at least one of these groups ... */
  readonly anyOf: readonly string[]
  /** ... and of none of these. */
  readonly noneOf: readonly string[]
}

export interface SouthExplanation {
  readonly isSouth: boolean
  readonly profile: string
  readonly memberOf: readonly string[]
  readonly excludedBy: readonly string[]
  /** Groups for which no list of that date exists and the nearest edition stood in. */
  readonly standIns: readonly ({ readonly group: string } & ListEdition)[]
}

let profiles: readonly SouthProfile[] | undefined

/** `un_default`, `g77_only`, `dac`, and `custom`, which is empty until an installation names its groups. */
export function listSouthProfiles(): readonly SouthProfile[] {
  profiles ??= rowsOf('south-profiles', ['profile', 'any_of', 'none_of']).map((row) => ({
    profile: row.profile,
    anyOf: row.any_of.split(' ').filter((group) => group !== ''),
    noneOf: row.none_of.split(' ').filter((group) => group !== ''),
  }))
  return profiles
}

/** A shipped profile by its code; otherwise the Problem `codes.unknown-profile`. */
export function getSouthProfile(profile: string): SouthProfile {
  const found = listSouthProfiles().find((one) => one.profile === profile)
  if (!found)
    throw new Problem('codes.unknown-profile', {
      profile,
      accepted: listSouthProfiles()
        .map((one) => one.profile)
        .join(', '),
    })
  return found
}

/**
 * Is the area (alpha-3) South on the day under the profile? The day is the start date of the initiative; a partial date
 * is its first day.
 * A profile without groups, such as `custom` before it is filled, gives the Problem `codes.profile-needs-groups`.
 */
export function isSouth(iso3: string, date: string, profile: string | SouthProfile = 'un_default'): boolean {
  const { anyOf, noneOf } = usableProfile(profile)
  return anyOf.some((group) => isMember(group, iso3, date)) && !noneOf.some((group) => isMember(group, iso3, date))
}

/** The same answer with the groups that led to it. */
export function explainSouth(iso3: string, date: string, profile: string | SouthProfile = 'un_default'): SouthExplanation {
  const used = usableProfile(profile)
  const memberOf = used.anyOf.filter((group) => isMember(group, iso3, date))
  const excludedBy = used.noneOf.filter((group) => isMember(group, iso3, date))
  const standIns = [...used.anyOf, ...used.noneOf].flatMap((group) => {
    const edition = editionOf(group, date)
    return edition && !edition.fits ? [{ group: getCountryGroup(group).group, ...edition }] : []
  })
  return { isSouth: memberOf.length > 0 && excludedBy.length === 0, profile: used.profile, memberOf, excludedBy, standIns }
}

function usableProfile(profile: string | SouthProfile): SouthProfile {
  const used = typeof profile === 'string' ? getSouthProfile(profile) : profile
  if (used.anyOf.length === 0) throw new Problem('codes.profile-needs-groups', { profile: used.profile })
  return used
}
