/**
 * How an initiative, or one of its flows, divides over places and sectors.
 *
 * - Shares count as stated. What they leave of the whole is not stated: key ''. Where they come to more than the whole they are
 *   taken in proportion.
 * - Where several vocabularies describe the same whole, one counts: 1, else 2, else the one listed first.
 * - Shares of some without shares of others: those without have none.
 * - No share at all, and several places or sectors: equal parts. Nobody stated that they are equal; it is the usual reading, and the
 *   only case in which a share is supplied here.
 */
import { decimalOfNumber } from '../../../kernel/decimal.ts'
import { ownText } from '../../../kernel/own-text.ts'
import type { InitiativeContribution, InitiativeFacts } from '../initiatives/initiative.ts'
import { type Distribution, distributionOf, UNDIVIDED } from './apportion.ts'

interface Shared {
  readonly key: string
  readonly share: number | undefined
}

type SectorShare = NonNullable<InitiativeFacts['sectors']>[number]
type RegionShare = NonNullable<InitiativeFacts['regions']>[number]

/** Countries by alpha-3; regions as `vocabulary:code`, without vocabulary `:code`. Countries and regions together make the whole. */
export function placesOf({ countries = [], regions = [] }: Pick<InitiativeFacts, 'countries' | 'regions'>): Distribution {
  const [country] = countries
  if (countries.length === 1 && regions.length === 0 && country && isWhole(country.share)) return only(country.iso3)
  return divided([
    ...countries.map(({ iso3, share }) => ({ key: iso3, share })),
    ...ofOneVocabulary(regions).map((region) => ({ key: regionKey(region), share: region.share })),
  ])
}

/** Of one flow that says so itself: its country, else its region. */
export function ownPlaceOf({ country, region }: InitiativeContribution): Distribution | undefined {
  if (country !== undefined) return only(country)
  return region && only(regionKey(region))
}

/** Sectors of vocabularies 1 and 2, which number sectors in one way, by code; of another one as `vocabulary:code`. */
export function sectorsOf(sectors: readonly SectorShare[] = []): Distribution {
  const [sector] = sectors
  if (sectors.length === 1 && sector && isWhole(sector.share)) return only(sectorKey(sector))
  return divided(ofOneVocabulary(sectors).map((one) => ({ key: sectorKey(one), share: one.share })))
}

function regionKey({ vocabulary = '', code }: RegionShare): string {
  return `${vocabulary}:${code}`
}

function sectorKey({ vocabulary, code }: SectorShare): string {
  return vocabulary === '1' || vocabulary === '2' ? code : `${vocabulary}:${code}`
}

function ofOneVocabulary<T extends { vocabulary?: string | undefined }>(all: readonly T[]): readonly T[] {
  const [first] = all
  if (all.every(({ vocabulary }) => vocabulary === first?.vocabulary)) return all
  const counted = ['1', '2'].find((usual) => all.some(({ vocabulary }) => vocabulary === usual)) ?? first?.vocabulary
  return all.filter(({ vocabulary }) => vocabulary === counted)
}

const known = new Map<string, Distribution>()

/** The same places and sectors come again and again. */
function only(key: string): Distribution {
  let distribution = known.get(key)
  if (distribution === undefined) {
    distribution = { keys: [key], weights: [1n], total: 1n }
    if (known.size < 5000 && key.length < 40) known.set(ownText(key), distribution)
  }
  return distribution
}

function isWhole(share: number | undefined): boolean {
  return share === undefined || share === 1
}

/** Digits after the point of a share as a whole number: more than a program number has. */
const DIGITS = 24
const WHOLE = 10n ** BigInt(DIGITS)

/** No list of countries or sectors is longer. What claims to be is not divided: it would be millions of rows of nothing. */
export const MOST_PARTS = 2000

function divided(parts: readonly Shared[]): Distribution {
  if (parts.length === 0 || parts.length > MOST_PARTS) return UNDIVIDED
  if (parts.every(({ share }) => share === undefined)) return distributionOf(parts.map(({ key }) => [key, 1n] as const))
  const weighted = parts.map(({ key, share }) => [key, weightOf(share ?? 0)] as const).filter(([, weight]) => weight > 0n)
  const stated = weighted.reduce((sum, [, weight]) => sum + weight, 0n)
  return distributionOf(stated < WHOLE ? [...weighted, ['', WHOLE - stated] as const] : weighted)
}

const weights = new Map<number, bigint>()

function weightOf(share: number): bigint {
  let weight = weights.get(share)
  if (weight === undefined) {
    const [whole = '0', fraction = ''] = (decimalOfNumber(share) ?? '0').split('.')
    weight = BigInt(whole + fraction.slice(0, DIGITS).padEnd(DIGITS, '0'))
    if (weights.size < 20_000) weights.set(share, weight)
  }
  return weight
}
