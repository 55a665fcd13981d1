/** Who gives and who takes, as a return asks: the country, whether it is official, whether it is of the United Nations system. */
import { isMember, isSouth, type PartnerType } from '../../../codes/index.ts'
import type { InitiativeContribution, Partner, ReturnOrg, ReturnRecord } from '../../../modules/registry/index.ts'

export interface ReturnParty {
  readonly name: string | undefined
  /** ISO 3166-1 alpha-3. */
  readonly iso3: string | undefined
  /** Public body, private body, or not known to be either. */
  readonly standing: 'official' | 'private' | 'unclear'
  readonly isMultilateral: boolean
  readonly isUnEntity: boolean
}

type Lang = string

const OFFICIAL: readonly PartnerType[] = [
  'national_government',
  'sub_national_government',
  'development_agency',
  'regional_organization',
  'multilateral',
]
const PRIVATE: readonly PartnerType[] = ['private_sector', 'cso', 'foundation']
/** IATI organisation types: governments and other public bodies, multilateral bodies. */
const OFFICIAL_TYPES = ['10', '11', '15', '40']
const PRIVATE_TYPES = ['21', '22', '23', '24', '60', '70', '71', '72', '73']

export function giverOf(record: ReturnRecord, contribution: InitiativeContribution, lang: Lang): ReturnParty | undefined {
  const { giver, giverName, giverRef, joint, published, nature } = contribution
  if (joint) return undefined
  const partner = partnerNo(record, giver)
  if (partner) return partyOfPartner(record, partner, lang)
  if (giverName !== undefined || giverRef !== undefined) return strangerParty(giverName ?? giverRef)
  // IATI: an outgoing transaction that names no provider is of the organisation that reports.
  const isOutgoing = nature === 'disbursement' || nature === 'delivery' || nature === 'commitment'
  return published?.element === 'transaction' && isOutgoing ? reporterOf(record, lang) : undefined
}

export function takerOf(record: ReturnRecord, contribution: InitiativeContribution, lang: Lang): ReturnParty | undefined {
  const { taker, takerName, takerRef, published, nature } = contribution
  const partner = partnerNo(record, taker)
  if (partner) return partyOfPartner(record, partner, lang)
  if (takerName !== undefined || takerRef !== undefined) return strangerParty(takerName ?? takerRef)
  // IATI: incoming funds that name no receiver are of the organisation that reports.
  return published?.element === 'transaction' && nature === 'receipt' ? reporterOf(record, lang) : undefined
}

function partnerNo({ facts }: ReturnRecord, no: string | undefined): Partner | undefined {
  return no === undefined ? undefined : facts.partners?.find((partner) => partner.no === no)
}

export function partyOfPartner({ orgs }: ReturnRecord, partner: Partner, lang: Lang): ReturnParty {
  const org = partner.orgId === undefined ? undefined : orgs.get(partner.orgId)
  const isCountry = partner.iso3 !== undefined && partner.name === undefined && partner.orgId === undefined
  return {
    name: nameOf(org, lang) ?? partner.name ?? partner.collective?.group,
    iso3: partner.iso3 ?? org?.country ?? undefined,
    // A country that is named as such, without an organisation, is its government.
    standing: isCountry && partner.partnerType === undefined ? 'official' : standingOf(partner.partnerType, org?.orgType),
    isMultilateral:
      partner.partnerType === 'multilateral' || partner.partnerType === 'regional_organization' || org?.orgType === '40',
    isUnEntity: org?.partOfUnSystem ?? false,
  }
}

function reporterOf(record: ReturnRecord, lang: Lang): ReturnParty | undefined {
  const { reportingOrg, partners = [] } = record.facts
  if (!reportingOrg) return undefined
  const same = partners.find(
    ({ orgId, ref, partnerType }) =>
      partnerType !== undefined &&
      ((orgId !== undefined && orgId === reportingOrg.orgId) || (ref !== undefined && ref === reportingOrg.ref)),
  )
  if (same) return partyOfPartner(record, same, lang)
  const org = reportingOrg.orgId === undefined ? undefined : record.orgs.get(reportingOrg.orgId)
  return {
    name: nameOf(org, lang) ?? reportingOrg.name ?? reportingOrg.ref,
    iso3: org?.country ?? undefined,
    standing: standingOf(undefined, org?.orgType),
    isMultilateral: org?.orgType === '40',
    isUnEntity: org?.partOfUnSystem ?? false,
  }
}

/** Named by a flow alone: nothing else is known of it. */
function strangerParty(name: string | undefined): ReturnParty {
  return { name, iso3: undefined, standing: 'unclear', isMultilateral: false, isUnEntity: false }
}

function standingOf(partnerType: string | undefined, orgType: string | null | undefined): ReturnParty['standing'] {
  if (partnerType !== undefined && partnerType !== 'other') {
    if ((OFFICIAL as readonly string[]).includes(partnerType)) return 'official'
    if ((PRIVATE as readonly string[]).includes(partnerType)) return 'private'
  }
  if (orgType && OFFICIAL_TYPES.includes(orgType)) return 'official'
  return orgType && PRIVATE_TYPES.includes(orgType) ? 'private' : 'unclear'
}

function nameOf(org: ReturnOrg | undefined, lang: Lang): string | undefined {
  return org && (org.names.texts[lang] ?? org.names.texts.en ?? org.names.texts[org.names.orig])
}

/** Developing by the last M49 list, which stays in force (domain 7.2). Without a year, as the list stands. */
export function isDeveloping(iso3: string, year: number | undefined): boolean {
  return isMember('m49_developing', iso3, dayOf(year))
}

/** Whose money it is: a multilateral body's, a Southern country's, another country's, or not known. */
export function providerKind(party: ReturnParty | undefined, year: number | undefined): string | undefined {
  if (party?.isMultilateral) return 'multilateral'
  if (party?.iso3 === undefined) return undefined
  return isSouth(party.iso3, dayOf(year), 'un_default') ? 'south' : 'other'
}

function dayOf(year: number | undefined): string {
  return `${year ?? 2021}-01-01`
}
