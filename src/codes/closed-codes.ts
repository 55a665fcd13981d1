/**
 * Closed lists whose codes appear in rules, as types, so that a rule cannot misspell one.
 * The table `closed-lists` gives their names; a test keeps the two equal.
 */
export const SCALES = ['country_country', 'regional', 'global'] as const
export type Scale = (typeof SCALES)[number]

export const PARTNER_TYPES = [
  'national_government',
  'sub_national_government',
  'development_agency',
  'regional_organization',
  'multilateral',
  'private_sector',
  'cso',
  'academia',
  'research',
  'foundation',
  'ppp',
  'other',
] as const
export type PartnerType = (typeof PARTNER_TYPES)[number]

export const AGENCY_ROLES = ['knowledge_broker', 'capacity_builder', 'partnership_facilitator'] as const
export type AgencyRole = (typeof AGENCY_ROLES)[number]

export const PARTNER_ROLES = [
  'first_provider',
  'second_provider',
  'recipient',
  'peer',
  'facilitator',
  'funder',
  'accountable',
  'implementer',
  'observer',
] as const
export type PartnerRole = (typeof PARTNER_ROLES)[number]

export const PHASES = ['pipeline', 'implementation', 'finalisation', 'closed', 'cancelled', 'suspended'] as const
export type Phase = (typeof PHASES)[number]

export const INITIATIVE_KINDS = ['programme', 'project', 'action'] as const
export type InitiativeKind = (typeof INITIATIVE_KINDS)[number]

/** List `framework`: the label of domain 7.4. */
export const COOPERATION_TYPES = ['SSC', 'TRC', 'MSS', 'ENABLING', 'NSC', 'NONE', 'UNDETERMINED'] as const
export type CooperationType = (typeof COOPERATION_TYPES)[number]

export const INITIATIVE_PURPOSES = ['exchange', 'ssc_capacity'] as const
export type InitiativePurpose = (typeof INITIATIVE_PURPOSES)[number]

export const UNDP_REGIONS = ['africa', 'arab_states', 'asia_pacific', 'europe_cis', 'lac'] as const
export type UndpRegion = (typeof UNDP_REGIONS)[number]
