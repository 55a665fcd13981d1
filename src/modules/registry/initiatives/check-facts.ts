/**
 * Rules that the facts of an initiative keep (domain 6.2 invariants). Collected, so that a form shows all of them at once.
 * `publishable` adds what a person must state before publishing by hand; imported rows may lack it (ruling 8).
 */
import { isCode } from '../../../codes/index.ts'
import type { ProblemReport } from '../../../kernel/problems.ts'
import { flowGroupOf } from './flow-group.ts'
import type { InitiativeFacts } from './initiative.ts'

const SHARE_TOLERANCE = 0.005 // domain 6.2: sources print rounded shares

/** Providers may list a country twice in different roles, never twice in one. */
export function checkFacts(facts: InitiativeFacts): ProblemReport[] {
  return [...checkPartners(facts), ...checkContributions(facts), ...checkShares(facts), ...checkCodes(facts)]
}

export function checkPublishable(facts: InitiativeFacts): ProblemReport[] {
  const required: [string, boolean][] = [
    ['title', facts.title !== undefined],
    ['kind', facts.kind !== undefined],
    ['reportingOrg', facts.reportingOrg !== undefined],
    ['partners', (facts.partners ?? []).length > 0],
  ]
  return required
    .filter(([, present]) => !present)
    .map(([field]) => ({ code: 'registry.field-required', params: { field }, place: { field } }))
}

function checkPartners(facts: InitiativeFacts): ProblemReport[] {
  const seen = new Set<string>()
  return (facts.partners ?? []).flatMap((partner, index) => {
    const who = partner.orgId ?? partner.name ?? partner.iso3
    if (who === undefined || partner.role === undefined) return []
    const key = `${who}\u0000${partner.role}`
    if (!seen.has(key)) {
      seen.add(key)
      return []
    }
    return [
      {
        code: 'registry.partner-repeated',
        params: { partner: partner.name ?? who, role: partner.role },
        place: { field: `partners.${index}` },
      },
    ]
  })
}

function checkContributions(facts: InitiativeFacts): ProblemReport[] {
  const partners = new Set((facts.partners ?? []).map((partner) => partner.no))
  return (facts.contributions ?? []).flatMap((contribution, index) => {
    const place = { field: `contributions.${index}` }
    const about = { contribution: contribution.no }
    const group = flowGroupOf(contribution)
    const reports: ProblemReport[] = []
    for (const end of [contribution.giver, contribution.taker]) {
      if (end !== undefined && !partners.has(end))
        reports.push({ code: 'registry.partner-unknown', params: { ...about, found: end }, place })
    }
    // What a file publishes may name one party twice, or none.
    const isPublished = contribution.published !== undefined
    if (contribution.taker === contribution.giver && !isPublished)
      reports.push({ code: 'registry.giver-is-taker', params: about, place })
    if (group === 'A' && !contribution.money) reports.push({ code: 'registry.money-missing', params: about, place })
    if (group === 'B' && !contribution.money && !contribution.quantity)
      reports.push({ code: 'registry.quantity-missing', params: about, place })
    if (group === 'C' && contribution.money) reports.push({ code: 'registry.money-not-counted', params: about, place })
    return reports
  })
}

function checkShares(facts: InitiativeFacts): ProblemReport[] {
  const places = [...(facts.countries ?? []), ...(facts.regions ?? [])].map((place) => place.share)
  const reports: ProblemReport[] = []
  const placeSum = sumStated(places)
  if (placeSum !== undefined && Math.abs(placeSum - 1) > SHARE_TOLERANCE) {
    reports.push({
      code: 'registry.shares-do-not-add-up',
      params: { list: 'countries', found: round(placeSum * 100) },
      place: { field: 'countries' },
    })
  }
  for (const vocabulary of new Set((facts.sectors ?? []).map((sector) => sector.vocabulary))) {
    const sum = sumStated(
      (facts.sectors ?? []).filter((sector) => sector.vocabulary === vocabulary).map((sector) => sector.share),
    )
    if (sum !== undefined && Math.abs(sum - 1) > SHARE_TOLERANCE) {
      reports.push({
        code: 'registry.shares-do-not-add-up',
        params: { list: 'sectors', found: round(sum * 100) },
        place: { field: 'sectors' },
      })
    }
  }
  return reports
}

const CLOSED_LISTS: readonly [
  field: string,
  list: string,
  codesOf: (facts: InitiativeFacts) => readonly (string | undefined)[],
][] = [
  ['scale', 'scale', (f) => [f.scale]],
  ['partners', 'role', (f) => (f.partners ?? []).map((p) => p.role)],
  ['partners', 'partnerType', (f) => (f.partners ?? []).map((p) => p.partnerType)],
  ['agencyRoles', 'agencyRole', (f) => (f.agencyRoles ?? []).map((a) => a.role)],
  ['contributions', 'modality', (f) => (f.contributions ?? []).map((c) => c.modality)],
  ['contributions', 'unFunction', (f) => (f.contributions ?? []).map((c) => c.unFunction)],
]

function checkCodes(facts: InitiativeFacts): ProblemReport[] {
  return CLOSED_LISTS.flatMap(([field, list, codesOf]) =>
    codesOf(facts)
      .filter((code): code is string => code !== undefined && !isCode(list, code))
      .map((code) => ({ code: 'registry.code-unknown', params: { field, found: code, accepted: list }, place: { field } })),
  )
}

/** Undefined when no share is given at all. */
function sumStated(shares: readonly (number | undefined)[]): number | undefined {
  const stated = shares.filter((share): share is number => share !== undefined)
  return stated.length === 0 ? undefined : stated.reduce((sum, share) => sum + share, 0)
}

function round(value: number): string {
  return value.toFixed(1)
}
