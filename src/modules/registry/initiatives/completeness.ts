/**
 * How complete an initiative is: the share of thirteen fields present (domain 6.2), and what to fill in next.
 * The fixes come in the order of what they cost a person: a choice from a list before a text, a text before a set of rows.
 */
import type { InitiativeFacts } from './initiative.ts'

type Check = readonly [field: string, isPresent: (facts: InitiativeFacts) => boolean]

const CHECKS_CHEAPEST_FIRST: readonly Check[] = [
  ['kind', (f) => f.kind !== undefined],
  ['scale', (f) => f.scale !== undefined],
  ['agencyRoles', (f) => some(f.agencyRoles)],
  ['goals', (f) => some(f.goals)],
  ['period', (f) => f.plannedPeriod?.start !== undefined || f.actualPeriod?.start !== undefined],
  ['sectors', (f) => some(f.sectors)],
  ['reportingOrg', (f) => f.reportingOrg !== undefined],
  ['title', (f) => f.title !== undefined],
  ['documentOrResult', (f) => some(f.documents) || some(f.results)],
  ['summary', (f) => f.summary !== undefined || f.objective !== undefined],
  ['twoCountriesWithRoles', (f) => countriesWithRole(f) >= 2],
  ['modality', (f) => some(f.modalities) || (f.contributions ?? []).some((c) => c.modality !== undefined)],
  ['contribution', (f) => some(f.contributions)],
]

export interface Completeness {
  /** 0 to 1. */
  readonly share: number
  /** Fields that are not stated, cheapest first. */
  readonly missing: readonly string[]
}

export function completenessOf(facts: InitiativeFacts): Completeness {
  const missing = CHECKS_CHEAPEST_FIRST.filter(([, isPresent]) => !isPresent(facts)).map(([field]) => field)
  return { share: (CHECKS_CHEAPEST_FIRST.length - missing.length) / CHECKS_CHEAPEST_FIRST.length, missing }
}

function some(list: readonly unknown[] | undefined): boolean {
  return list !== undefined && list.length > 0
}

function countriesWithRole(facts: InitiativeFacts): number {
  return new Set((facts.partners ?? []).filter((p) => p.role !== undefined && p.iso3 !== undefined).map((p) => p.iso3)).size
}
