/** The label of an initiative: what the rest of the registry may use of the decision rule. */
export {
  COOPERATION_TYPES,
  type CooperationFacts,
  type CooperationNote,
  type CooperationResult,
  type CooperationType,
  type ExchangeFacts,
  HEADLINE_TYPES,
  type PartnerFacts,
  type PartnerKind,
} from './cooperation-facts.ts'
export {
  COOPERATION_PROFILES,
  type CooperationProfile,
  DEFAULT_COOPERATION_PROFILE,
  findCooperationProfile,
} from './cooperation-profiles.ts'
export { COOPERATION_RULES_VERSION, cooperationTypeOf } from './cooperation-type.ts'
export { cooperationFactsOf } from './facts-of-initiative.ts'
export type { CooperationLookups } from './read-partners.ts'
