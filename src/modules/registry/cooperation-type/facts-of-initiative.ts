/**
 * From a stored initiative to what the decision rule reads. Only the fields that the rule needs are named here, so that a
 * record of the registry, an import row and a sample all fit.
 */
import type { PartialDate } from '../../../kernel/partial-date.ts'
import { COOPERATION_TYPES, type CooperationFacts, type CooperationType, type PartnerKind } from './cooperation-facts.ts'

export interface StatedPartner {
  readonly no: string
  readonly iso3?: string | undefined
  readonly role?: string | undefined
  readonly partnerType?: string | undefined
  readonly unnamed?: boolean | undefined
  readonly name?: string | undefined
  readonly contributesOwnResources?: boolean | undefined
  readonly collective?:
    | {
        readonly memberIso3?: readonly string[] | undefined
        readonly group?: string | undefined
        readonly declaredBy?: string | undefined
      }
    | undefined
}

export interface StatedExchange {
  readonly giver?: string | undefined
  readonly taker?: string | undefined
  readonly joint?: boolean | undefined
  readonly modality?: string | undefined
}

export interface StatedInitiative {
  readonly purpose?: 'exchange' | 'ssc_capacity' | undefined
  readonly actualPeriod?: { readonly start?: PartialDate | undefined } | undefined
  readonly plannedPeriod?: { readonly start?: PartialDate | undefined } | undefined
  readonly partners?: readonly StatedPartner[] | undefined
  readonly engagedCountries?: readonly string[] | undefined
  readonly contributions?: readonly StatedExchange[] | undefined
  readonly results?: readonly StatedExchange[] | undefined
  readonly cooperationOverride?: { readonly type: string; readonly reason: string } | undefined
}

/**
 * `kindOf` answers for partners whose organisation is in the directory; for the rest the type of partner decides.
 * Countries that took part in a role that nobody states become partners without role.
 */
export function cooperationFactsOf(
  initiative: StatedInitiative,
  kindOf: (partner: StatedPartner) => PartnerKind | undefined = () => undefined,
): CooperationFacts {
  const stated = initiative.partners ?? []
  const named = new Set(stated.map(({ iso3 }) => iso3))
  const engaged = (initiative.engagedCountries ?? []).filter((iso3) => !named.has(iso3))
  const override = initiative.cooperationOverride
  return {
    partners: [
      ...stated.map((partner) => ({
        id: partner.no,
        iso3: partner.iso3,
        role: partner.role,
        kind: kindOf(partner),
        partnerType: partner.partnerType,
        unnamed: partner.unnamed,
        groupName: partner.unnamed ? (partner.collective?.group ?? partner.name) : undefined,
        memberIso3: partner.collective?.memberIso3,
        collectiveDeclared: partner.collective?.declaredBy !== undefined,
        contributesOwnResources: partner.contributesOwnResources,
      })),
      ...engaged.map((iso3) => ({ id: iso3, iso3, kind: 'country' as const })),
    ],
    contributions: initiative.contributions,
    results: initiative.results,
    purpose: initiative.purpose,
    startDate: initiative.actualPeriod?.start ?? initiative.plannedPeriod?.start,
    override: override && isCooperationType(override.type) ? { type: override.type, reason: override.reason } : undefined,
  }
}

function isCooperationType(code: string): code is CooperationType {
  return (COOPERATION_TYPES as readonly string[]).includes(code)
}
