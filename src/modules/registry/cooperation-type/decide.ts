/**
 * Steps 3 to 9 of the decision rule over the partners that are known (domain 7.4). Who is not known is not there:
 * `cooperation-type.ts` asks whether that would change anything.
 */
import type { CooperationType, ExchangeFacts } from './cooperation-facts.ts'
import type { CooperationProfile } from './cooperation-profiles.ts'
import type { ReadPartner } from './read-partners.ts'

/** The sets of the rule, as identities: ISO codes of countries, marks of collectives, ids of organisations. */
export interface CooperationSets {
  /** S: Southern members who give or take; a collective weighs two. */
  readonly southern: ReadonlySet<string>
  readonly southernWeight: number
  /** P and Rc. */
  readonly givers: ReadonlySet<string>
  readonly takers: ReadonlySet<string>
  /** Collectives among the peers: each is a giver and a different taker by itself. */
  readonly collectivePeers: ReadonlySet<string>
  /** Southern countries that support: second providers and funders. */
  readonly southernSupporters: ReadonlySet<string>
  /** D and M. */
  readonly outside: ReadonlySet<string>
  readonly multilaterals: ReadonlySet<string>
  /** Weight of the Southern peers, for joint action. */
  readonly peerWeight: number
  /** Partner id to Southern identity, whatever the role. */
  readonly southernById: ReadonlyMap<string, string>
  /** Whether somebody who is known not to be Southern is named as giver, or as taker. */
  readonly otherGiverNamed: boolean
  readonly otherTakerNamed: boolean
  /** Partner ids that are known not to be Southern. */
  readonly othersById: ReadonlySet<string>
}

/** `code` names the sentence that explains the label. */
export interface Decision {
  readonly type: CooperationType
  readonly step: number
  readonly code: string
  readonly exchangeShown: boolean
}

const GIVES = ['first_provider', 'peer']
const TAKES = ['recipient', 'peer']
const SUPPORTS = ['second_provider', 'funder']

export function decide(
  sets: CooperationSets,
  exchanges: readonly ExchangeFacts[],
  purpose: 'exchange' | 'ssc_capacity' | undefined,
  profile: CooperationProfile,
): Decision {
  const exchangeShown = isExchangeShown(sets, exchanges)
  const decision = (type: CooperationType, step: number, code = `step-${step}`): Decision => ({ type, step, code, exchangeShown })

  if (sets.southernWeight <= 1 && purpose === 'ssc_capacity') return decision('ENABLING', 3)

  const pair = hasGiverAndOtherTaker(sets)
  if (pair && exchangeShown) {
    if (sets.outside.size > 0) return decision('TRC', 4)
    if (profile.southernSecondProvider && hasThirdSupporter(sets)) return decision('TRC', 5)
    if (sets.multilaterals.size > 0)
      return profile.multilateralRule === 'triangular' ? decision('TRC', 6, 'step-6-triangular') : decision('MSS', 6)
    return decision('SSC', 7)
  }

  const supported = sets.outside.size > 0 || sets.multilaterals.size > 0
  if (sets.southern.size > 0 && sets.givers.size === 0 && supported) return decision('NSC', 8)

  // Ruling 15: one side of an exchange is named and the other is not. That is not the absence of an exchange.
  if (sets.givers.size > 0 && !pair && !sets.otherTakerNamed) return decision('UNDETERMINED', 2, 'giver-without-taker')
  if (sets.takers.size > 0 && sets.givers.size === 0 && !sets.otherGiverNamed)
    return decision('UNDETERMINED', 2, 'taker-without-giver')
  if (exchanges.some((exchange) => isOneSided(sets, exchange))) return decision('UNDETERMINED', 2, 'exchange-one-sided')

  return decision('NONE', 9, pair ? 'step-9-no-exchange' : 'step-9')
}

export function setsOf(partners: readonly ReadPartner[]): CooperationSets {
  const southern = new Set<string>()
  const givers = new Set<string>()
  const takers = new Set<string>()
  const collectivePeers = new Set<string>()
  const southernSupporters = new Set<string>()
  const outside = new Set<string>()
  const multilaterals = new Set<string>()
  const southernById = new Map<string, string>()
  const othersById = new Set<string>()
  const peers = new Set<string>()
  const collectives = new Set<string>()
  let otherGiverNamed = false
  let otherTakerNamed = false
  for (const { id, identity, role = '', is, collective } of partners) {
    if (is === 'unknown') continue
    if (is !== 'southern') {
      othersById.add(id)
      if (GIVES.includes(role) || SUPPORTS.includes(role)) otherGiverNamed = true
      if (TAKES.includes(role)) otherTakerNamed = true
      if (is === 'outside' && (SUPPORTS.includes(role) || role === 'first_provider')) outside.add(identity)
      if (is === 'multilateral' && SUPPORTS.includes(role)) multilaterals.add(id)
      continue
    }
    southernById.set(id, identity)
    if (collective) collectives.add(identity)
    if (SUPPORTS.includes(role)) southernSupporters.add(identity)
    if (GIVES.includes(role)) givers.add(identity)
    if (TAKES.includes(role)) takers.add(identity)
    if (!GIVES.includes(role) && !TAKES.includes(role)) continue
    southern.add(identity)
    if (role === 'peer') {
      peers.add(identity)
      if (collective) collectivePeers.add(identity)
    }
  }
  const weight = (members: ReadonlySet<string>) => {
    let total = members.size
    for (const member of members) if (collectives.has(member)) total += 1
    return total
  }
  return {
    southern,
    southernWeight: weight(southern),
    givers,
    takers,
    collectivePeers,
    southernSupporters,
    outside,
    multilaterals,
    peerWeight: weight(peers),
    southernById,
    otherGiverNamed,
    otherTakerNamed,
    othersById,
  }
}

/** A giver and a taker who are two. All givers and takers together are S, so S must hold two identities. */
function hasGiverAndOtherTaker({ givers, takers, southern, collectivePeers }: CooperationSets): boolean {
  return collectivePeers.size > 0 || (givers.size > 0 && takers.size > 0 && southern.size >= 2)
}

/** Step 5: a Southern supporter beside a giver and a taker who are both somebody else. */
function hasThirdSupporter(sets: CooperationSets): boolean {
  for (const supporter of sets.southernSupporters) {
    const isOther = (member: string) => member !== supporter
    const rest = {
      ...sets,
      givers: new Set([...sets.givers].filter(isOther)),
      takers: new Set([...sets.takers].filter(isOther)),
      southern: new Set([...sets.southern].filter(isOther)),
      collectivePeers: new Set([...sets.collectivePeers].filter(isOther)),
    }
    if (hasGiverAndOtherTaker(rest)) return true
  }
  return false
}

/** X: a Southern giver and a different Southern taker are named, or peers who are at least two act together. */
function isExchangeShown({ southernById, peerWeight }: CooperationSets, exchanges: readonly ExchangeFacts[]): boolean {
  return exchanges.some(({ giver, taker, joint }) => {
    if (joint && peerWeight >= 2) return true
    const from = giver === undefined ? undefined : southernById.get(giver)
    const to = taker === undefined ? undefined : southernById.get(taker)
    return from !== undefined && to !== undefined && from !== to
  })
}

/** A Southern giver whose taker is not named, or a Southern taker whose giver is not named. */
function isOneSided({ southernById, othersById }: CooperationSets, { giver, taker }: ExchangeFacts): boolean {
  const isNamed = (id: string | undefined) => id !== undefined && (southernById.has(id) || othersById.has(id))
  const isSouthern = (id: string | undefined) => id !== undefined && southernById.has(id)
  return (isSouthern(giver) && !isNamed(taker)) || (isSouthern(taker) && !isNamed(giver))
}
