/** The door of the code lists: everything that other rooms may use. */
export {
  type AliasMatch,
  type AmbiguityKind,
  type AmbiguousName,
  type AreaAlias,
  listAmbiguousAreaNames,
  listAreaAliases,
} from './area-aliases.ts'
export { type Area, areaName, findArea, listAreas, listM49Regions, type M49Region, regionOf } from './areas.ts'
export * from './closed-codes.ts'
export { type CodeRow, codeName, findCode, isCode, isOpenList, listCodes, listListKeys } from './code-lists.ts'
export {
  bureauOf,
  type CountryGroup,
  commissionsOf,
  editionOf,
  getCountryGroup,
  groupsOf,
  incomeGroupOf,
  isMember,
  type ListEdition,
  listCountryGroups,
  membersOf,
} from './country-groups.ts'
export { codesMappedFrom, crosswalk, mappedCodes } from './crosswalk.ts'
export { type AnnualRate, listRateCurrencies, unitsPerUsd, usdPerUnit } from './exchange-rates.ts'
export { type LexiconTerm, listLexiconTerms } from './lexicon.ts'
export { type CodeListEntry, listCodeLists } from './list-code-lists.ts'
export { findModality, flowGroupOfModality, listModalities, type Modality } from './modalities.ts'
export { type Names, nameIn } from './names.ts'
export { normaliseName } from './normalise-name.ts'
export {
  findKnownOrganisation,
  formsOfIdentifier,
  type KnownOrganisation,
  listKnownOrganisations,
  type OrganisationResolution,
  resolveOrganisation,
} from './organisations.ts'
export { type AreaNameAdvice, type AreaResolution, resolveAreaName } from './resolve-area-name.ts'
export {
  findSector,
  listMdgGoals,
  listSdgGoals,
  listSdgTargets,
  listSectors,
  type SdgGoal,
  type SdgTarget,
  type Sector,
  sectorGroupOf,
} from './sectors-and-goals.ts'
export { explainSouth, getSouthProfile, isSouth, listSouthProfiles, type SouthExplanation, type SouthProfile } from './south.ts'
export { findUnDocument, listUnDocuments, type UnDocument } from './un-documents.ts'
