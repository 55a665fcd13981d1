/** The organisations that the product ships, as facts of the directory: United Nations entities, regional bodies, cooperation agencies. */
import { type KnownOrganisation, listKnownOrganisations } from '../../../codes/index.ts'
import { governmentBodyId, type OrgFacts, type OrgSubtype, type OrgType } from './org.ts'
import { NOTHING_STATED } from './org-input.ts'

export interface ShippedOrg {
  readonly key: string
  readonly facts: OrgFacts
}

const UN_SUBTYPES: Readonly<Record<string, OrgSubtype>> = {
  'fund-programme': 'un_fund_programme',
  'trust-fund': 'un_fund_programme',
  'specialized-agency': 'un_specialised_agency',
  'regional-commission': 'regional_commission',
  secretariat: 'un_office',
  'other-entity': 'un_office',
}

/** Bodies of the regional list that are not made of countries as members in their own name: banks, funds, a think tank. */
const NOT_COLLECTIVE = new Set(['development bank', 'fund', 'think tank', 'programme', 'peer review', 'development agency'])

/** Public bodies of a country that are not its government: a bank lends, an institute teaches. */
const OTHER_PUBLIC = new Set(['bank', 'technical body', 'centre', 'fund', 'fund (former)'])

/** Names in wide use that the code lists do not give, former ones with the year in which they ended. Compiled in UN usage. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  unep: ['UN Environment'],
  unfpa: ['United Nations Fund for Population Activities'], // until 1987
  unhcr: ['UN Refugee Agency'],
  unicef: ["United Nations International Children's Emergency Fund"], // until 1953
  undrr: ['UNISDR', 'United Nations International Strategy for Disaster Reduction'], // until 2019
  unossc: ['Special Unit for South-South Cooperation'], // until 2012
  unwto: ['UN Tourism'],
  worldbank: ['World Bank', 'Banque mondiale', 'Banco Mundial', 'Всемирный банк', '世界银行', 'البنك الدولي'],
}

export function listShippedOrgs(): ShippedOrg[] {
  return listKnownOrganisations().map((known) => ({ key: known.key, facts: factsOfKnown(known) }))
}

function factsOfKnown(known: KnownOrganisation): OrgFacts {
  const facts: OrgFacts = {
    ...NOTHING_STATED,
    // The lists give English first; names in other languages stand beside it.
    names: { orig: 'en', texts: known.names },
    acronyms: known.acronyms,
    aliases: ALIASES[known.key] ?? [],
    orgType: orgTypeOf(known),
    orgSubtype: known.source === 'un-entity' ? (UN_SUBTYPES[known.kind] ?? null) : null,
    countryCode: known.iso3 ?? null,
    iatiId: known.iatiOrgId ?? null,
    iatiIdBasis: known.iatiOrgId === undefined ? null : known.iatiOrgIdBasis === 'seen' ? 'seen' : 'built',
    otherIds: known.crsChannel === undefined ? [] : [{ scheme: 'crs-channel', id: known.crsChannel }],
    collective: known.source === 'regional-body' && !NOT_COLLECTIVE.has(known.kind),
    partOfUnSystem: known.source === 'un-entity',
  }
  // Agencies of DAC members have identifiers of their own that this list does not carry: none is made for them.
  const own = known.role === 'southern provider' && facts.iatiId === null ? governmentBodyId(facts, known.key) : undefined
  return own === undefined ? facts : { ...facts, iatiId: own, iatiIdBasis: 'own' }
}

function orgTypeOf(known: KnownOrganisation): OrgType {
  if (known.source !== 'cooperation-agency') return '40'
  return OTHER_PUBLIC.has(known.kind) ? '15' : '10'
}
