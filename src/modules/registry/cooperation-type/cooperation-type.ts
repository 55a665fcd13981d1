/**
 * The label of an initiative: South-South, triangular, or something else, with the reason and with what is not yet known
 * (domain 7.4; docs/decisions/0003-decision-rule.md). A pure function of stated facts, computed for each profile.
 */
import type { CooperationFacts, CooperationNote, CooperationResult, ExchangeFacts } from './cooperation-facts.ts'
import type { CooperationProfile } from './cooperation-profiles.ts'
import { type CooperationSets, type Decision, decide, setsOf } from './decide.ts'
import { type CooperationLookups, type ReadPartner, readPartner } from './read-partners.ts'

export function cooperationTypeOf(
  facts: CooperationFacts,
  profile: CooperationProfile,
  lookups: CooperationLookups,
): CooperationResult {
  const computed = computedType(facts, profile, lookups)
  if (!facts.override) return computed
  const { type, reason } = facts.override
  return {
    type,
    step: 1,
    explanation: [{ code: 'step-1', params: { reason } }, ...computed.explanation],
    missing: computed.missing,
    computed: { type: computed.type, step: computed.step },
  }
}

function computedType(facts: CooperationFacts, profile: CooperationProfile, lookups: CooperationLookups): CooperationResult {
  const partners = facts.partners.map((partner) => readPartner(partner, facts.startDate, profile, lookups))
  const unknown = partners.filter((partner) => partner.is === 'unknown')
  const exchanges = [...(facts.contributions ?? []), ...(facts.results ?? [])]
  const sets = setsOf(partners)
  const known = decide(sets, exchanges, facts.purpose, profile)
  const decision =
    unknown.length === 0
      ? known
      : !partners.some(({ countryKnown }) => countryKnown)
        ? undetermined('no-country-known', known)
        : staysTheSame(known, sets, unknown, exchanges)
          ? known
          : undetermined('partners-unknown', known)
  return {
    type: decision.type,
    step: decision.step,
    explanation: explain(decision, sets, partners, unknown),
    missing: listMissing(decision, unknown, sets),
  }
}

/**
 * Step 2: whether the label stays the same under every joint assignment of the unknown partners, each left out, taken as
 * Southern recipient, Southern first provider, non-Southern second provider or multilateral second provider. That would be
 * 5^n assignments. None need be tried, because each case is decided by one argument (`known` leaves all of them out):
 *
 * - UNDETERMINED: whatever the others give, the answer is UNDETERMINED.
 * - Step 4, and step 5 and 6 when they give TRC: an assignment only adds members to S, P, Rc, D, M and exchanges, and steps
 *   4 to 6 ask only for members. So TRC stays, by the same step or an earlier one.
 * - Steps 6 (MSS) and 7: one of them taken as non-Southern second provider gives TRC.
 * - Step 8: one of them taken as Southern first provider fills P, and step 8 no longer holds.
 * - Step 3: holds exactly as long as S weighs no more than one. It can grow to the known S and every unknown identity.
 * - Step 9 with S empty: two of them taken as Southern recipient and multilateral give NSC. A single one is NSC as recipient
 *   of a known supporter, or lacks its other side, unless a giver and a taker outside the South are both named.
 * - Step 9 with S but without givers: one taken as non-Southern second provider gives NSC.
 * - Step 9 with givers: P stays filled and a taker stays named, so only an exchange between two can change it: an exchange
 *   that is shown but still lacks its pair in the roles, or a contribution or result that names an unknown partner, with
 *   nobody known to be outside the South on its other side.
 */
function staysTheSame(
  known: Decision,
  sets: CooperationSets,
  unknown: readonly ReadPartner[],
  exchanges: readonly ExchangeFacts[],
): boolean {
  if (known.type === 'UNDETERMINED' || known.type === 'TRC') return true
  const mostSouthern = new Set([...sets.southern, ...unknown.map(({ identity }) => identity)]).size
  if (known.step === 3) return mostSouthern <= 1
  if (known.step !== 9 || namesUnknown(exchanges, unknown, sets)) return false
  if (sets.southern.size > 0) return sets.givers.size > 0 && !(known.exchangeShown && mostSouthern >= 2)
  const supported = sets.outside.size > 0 || sets.multilaterals.size > 0
  return unknown.length === 1 && !supported && sets.otherGiverNamed && sets.otherTakerNamed
}

/** Whether an exchange names an unknown partner, and nobody known to be outside the South on its other side. */
function namesUnknown(exchanges: readonly ExchangeFacts[], unknown: readonly ReadPartner[], sets: CooperationSets): boolean {
  const unknownIds = new Set(unknown.map(({ id }) => id))
  const isUnknown = (id: string | undefined) => id !== undefined && unknownIds.has(id)
  const isOther = (id: string | undefined) => id !== undefined && sets.othersById.has(id)
  return exchanges.some(
    ({ giver, taker }) => giver !== taker && ((isUnknown(giver) && !isOther(taker)) || (isUnknown(taker) && !isOther(giver))),
  )
}

function undetermined(code: string, { exchangeShown }: Decision): Decision {
  return { type: 'UNDETERMINED', step: 2, code, exchangeShown }
}

function explain(
  decision: Decision,
  sets: CooperationSets,
  partners: readonly ReadPartner[],
  unknown: readonly ReadPartner[],
): CooperationNote[] {
  const count = unknown.length
  const isUnsettled = decision.code === 'partners-unknown'
  const notes: CooperationNote[] = [{ code: decision.code, params: isUnsettled ? { count } : {} }]
  if (count > 0 && decision.type !== 'UNDETERMINED') notes.push({ code: 'type-holds-anyway', params: { count } })
  const countries = (code: string, members: ReadonlySet<string>) => {
    if (members.size > 0) notes.push({ code, params: { countries: [...members] } })
  }
  const organisations = (code: string, members: readonly string[]) => {
    if (members.length > 0) notes.push({ code, params: { partners: members } })
  }
  countries('southern-givers', sets.givers)
  countries('southern-takers', sets.takers)
  countries('southern-supporters', sets.southernSupporters)
  countries('outside-supporters', sets.outside)
  organisations('multilateral-supporters', [...sets.multilaterals])
  const collectives = partners.filter(({ is, collective }) => is === 'southern' && collective)
  organisations(
    'southern-collectives',
    collectives.map(({ id }) => id),
  )
  const facilitators = partners.filter(({ role }) => role === 'facilitator')
  organisations(
    'facilitators-not-counted',
    facilitators.map(({ id }) => id),
  )
  const generous = facilitators.filter(({ facts }) => facts.contributesOwnResources)
  organisations(
    'facilitators-with-own-resources',
    generous.map(({ id }) => id),
  )
  if (sets.southern.size > 0) notes.push({ code: decision.exchangeShown ? 'exchange-shown' : 'exchange-not-shown', params: {} })
  return notes
}

function listMissing(decision: Decision, unknown: readonly ReadPartner[], sets: CooperationSets): CooperationNote[] {
  const missing: CooperationNote[] = unknown.flatMap(({ id, lacks }) =>
    lacks.map((fact) => ({ code: `partner-${fact}`, params: { partners: [id] } })),
  )
  if (decision.code === 'giver-without-taker') missing.push({ code: 'taker', params: { countries: [...sets.givers] } })
  if (decision.code === 'taker-without-giver') missing.push({ code: 'giver', params: { countries: [...sets.takers] } })
  if (decision.code === 'exchange-one-sided') missing.push({ code: 'other-side', params: {} })
  if (decision.code === 'step-9-no-exchange') missing.push({ code: 'exchange', params: {} })
  return missing
}
