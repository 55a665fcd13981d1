/**
 * Where a contribution goes: what the flow itself says, else its taker, else the places of the initiative with their shares, else the
 * partners that receive. The parts of an amount add up to it to the last digit.
 */
import {
  apportion,
  type Distribution,
  distributionOf,
  type InitiativeContribution,
  type MicroDollars,
  ownPlaceOf,
  placesOf,
  type ReturnRecord,
} from '../../../modules/registry/index.ts'
import type { ReturnParty } from './party-of-flow.ts'

export interface PlacePart {
  /** ISO 3166-1 alpha-3; undefined for a region or where nothing is stated. */
  readonly iso3: string | undefined
  /** `vocabulary:code` of a region. */
  readonly region: string | undefined
  readonly micros: MicroDollars | undefined
}

export function placesOfFlow(
  { facts }: ReturnRecord,
  contribution: InitiativeContribution,
  taker: ReturnParty | undefined,
  micros: MicroDollars | undefined,
): readonly PlacePart[] {
  const own = ownPlaceOf(contribution)
  // A body that takes money in the name of another country, as a fund does, is not where the money goes.
  const ofTaker = taker?.iso3 !== undefined && !taker.isMultilateral ? distributionOf([[taker.iso3, 1n]]) : undefined
  const stated = placesOf(facts)
  return partsOf(own ?? ofTaker ?? (isStated(stated) ? stated : receivingPartners(facts, contribution)), micros)
}

function isStated({ keys }: Distribution): boolean {
  return keys.some((key) => key !== '')
}

/** In equal parts, as several places without a share are divided everywhere. */
function receivingPartners({ partners = [] }: ReturnRecord['facts'], { giver }: InitiativeContribution): Distribution {
  const receiving = partners.filter(({ role, no }) => role === 'recipient' || (role === 'peer' && no !== giver))
  const countries = receiving.flatMap(({ iso3 }) => iso3 ?? [])
  // Of a group of which one member has no country, the shares of the others are not known.
  const isWhole = countries.length > 0 && countries.length === receiving.length
  return distributionOf(isWhole ? [...new Set(countries)].map((iso3) => [iso3, 1n] as const) : [['', 1n]])
}

function partsOf(distribution: Distribution, micros: MicroDollars | undefined): PlacePart[] {
  const parts = micros === undefined ? undefined : apportion(micros, distribution)
  return distribution.keys.map((key, index) => ({
    iso3: /^[A-Z]{3}$/.test(key) ? key : undefined,
    region: key.includes(':') ? key : undefined,
    micros: parts?.[index],
  }))
}
