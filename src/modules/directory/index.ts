/** The door of the directory: everything that other rooms may use. */
import { expireConsents } from './consents/expire-consents.ts'
import { recordConsent } from './consents/record-consent.ts'
import { withdrawConsent } from './consents/withdraw-consent.ts'
import { listLikelyDuplicates } from './merges/list-likely-duplicates.ts'
import { listOrgMerges } from './merges/list-org-merges.ts'
import { mergeOrgs } from './merges/merge-orgs.ts'
import { previewMerge } from './merges/preview-merge.ts'
import { undoMerge } from './merges/undo-merge.ts'
import { getOrgQuery } from './orgs/get-org.ts'
import { listNamedOrgs } from './orgs/list-named-orgs.ts'
import { listOrgKeys } from './orgs/list-org-keys.ts'
import { listOrgs } from './orgs/list-orgs.ts'
import { loadShippedOrgs } from './orgs/load-shipped-orgs.ts'
import { registerOrg } from './orgs/register-org.ts'
import { resolveOrgNames } from './orgs/resolve-org-names.ts'
import { reviseOrg } from './orgs/revise-org.ts'
import { erasePerson } from './persons/erase-person.ts'
import { getPerson } from './persons/get-person.ts'
import { linkPersonToAccount } from './persons/link-person-to-account.ts'
import { listPersons } from './persons/list-persons.ts'
import { readContact } from './persons/read-contact.ts'
import { registerPerson } from './persons/register-person.ts'
import { revisePerson } from './persons/revise-person.ts'
import { whatIsKeptAboutPerson } from './persons/what-is-kept-about-person.ts'
import './problems.ts'

export { listSoonEndingConsents, type SoonEndingConsent } from './consents/ending-consents.ts'
export { type EndingConsent, expireConsents } from './consents/expire-consents.ts'
export { recordConsent } from './consents/record-consent.ts'
export { withdrawConsent } from './consents/withdraw-consent.ts'

export { type Base, LocalizedTextSchema, type Provenance, VISIBILITIES, type Visibility, visibleTo } from './fields.ts'
export { type LikelyDuplicate, listLikelyDuplicates, NEWEST_COMPARED } from './merges/list-likely-duplicates.ts'
export { type ListedMerge, listOrgMerges } from './merges/list-org-merges.ts'
export { mergeOrgs } from './merges/merge-orgs.ts'
export { type MergePreview, previewMerge } from './merges/preview-merge.ts'
export { undoMerge } from './merges/undo-merge.ts'
export { createOrgFinder } from './orgs/create-org-finder.ts'
export { getOrgQuery } from './orgs/get-org.ts'
export { listNamedOrgs } from './orgs/list-named-orgs.ts'
export { listOrgKeys, type OrgKey } from './orgs/list-org-keys.ts'
export { listOrgs, type OrgPage } from './orgs/list-orgs.ts'
export { loadShippedOrgs } from './orgs/load-shipped-orgs.ts'
export { foldName, isGovernment, type MemberCountry, type Org, type OrgFacts, type OrgType } from './orgs/org.ts'
export { findOrg, getOrg, orgsById } from './orgs/org-rows.ts'
export { orgsInScope } from './orgs/org-scope.ts'
export { registerOrg } from './orgs/register-org.ts'
export { type NamedOrg, type OrgResolution, resolveNames, resolveOrgNames } from './orgs/resolve-org-names.ts'
export { reviseOrg } from './orgs/revise-org.ts'
export { erasePerson } from './persons/erase-person.ts'
export { type ContactField, getPerson, type PersonView } from './persons/get-person.ts'
export { linkPersonToAccount } from './persons/link-person-to-account.ts'
export { type ListedPerson, listPersons, type NamedAffiliation, type PersonPage } from './persons/list-persons.ts'
export { CONSENT_PURPOSES, CONTACT_KINDS, type Consent, type ContactKind, isCurrent } from './persons/person.ts'
export { CONTACT_READS_AN_HOUR, type ContactRead, readContact } from './persons/read-contact.ts'
export { registerPerson } from './persons/register-person.ts'
export { revisePerson } from './persons/revise-person.ts'
export { mailAddresseeOf, type SeenPerson, seenPersons } from './persons/seen-persons.ts'
export { type KeptAboutPerson, whatIsKeptAboutPerson } from './persons/what-is-kept-about-person.ts'
export { maySee as maySeePerson } from './persons/who-may-see.ts'
export { differingFields, fieldsChangedSince, writeBatchVersions } from './record-versions.ts'
export { countsOf, digestOfRows, type KnownRow, type LoadCounts, type LoadPlan, planLoad } from './shipped-rows.ts'

/** All operations of this module; the API, the command line and the reference pages are made from the list. */
export const directoryOperations = [
  registerOrg,
  reviseOrg,
  loadShippedOrgs,
  listOrgs,
  listOrgKeys,
  listNamedOrgs,
  getOrgQuery,
  resolveOrgNames,
  mergeOrgs,
  undoMerge,
  previewMerge,
  listOrgMerges,
  listLikelyDuplicates,
  registerPerson,
  revisePerson,
  linkPersonToAccount,
  erasePerson,
  listPersons,
  getPerson,
  readContact,
  whatIsKeptAboutPerson,
  recordConsent,
  withdrawConsent,
  expireConsents,
] as const
