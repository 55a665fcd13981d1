/** The label of an initiative: what the rest of the registry may use of the decision rule. */
export type {
  CooperationFacts,
  CooperationNote,
  CooperationResult,
  CooperationType,
  ExchangeFacts,
  PartnerFacts,
  PartnerKind,
} from './cooperation-facts.ts'
export {
  COOPERATION_PROFILES,
  type CooperationProfile,
} from './cooperation-profiles.ts'
export { cooperationTypeOf } from './cooperation-type.ts'
export { cooperationFactsOf } from './facts-of-initiative.ts'
export type { CooperationLookups } from './read-partners.ts'
