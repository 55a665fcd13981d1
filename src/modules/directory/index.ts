/** The door of the directory: everything that other rooms may use. */
import { getOrgQuery } from './orgs/get-org.ts'
import { listOrgs } from './orgs/list-orgs.ts'
import { loadShippedOrgs } from './orgs/load-shipped-orgs.ts'
import { registerOrg } from './orgs/register-org.ts'
import { resolveOrgNames } from './orgs/resolve-org-names.ts'
import { reviseOrg } from './orgs/revise-org.ts'
import './problems.ts'

export { type Base, LocalizedTextSchema, type Provenance, VISIBILITIES, type Visibility, visibleTo } from './fields.ts'
export { getOrgQuery } from './orgs/get-org.ts'
export { listOrgs, type OrgPage } from './orgs/list-orgs.ts'
export { loadShippedOrgs } from './orgs/load-shipped-orgs.ts'
export { isGovernment, type MemberCountry, type Org, type OrgFacts, type OrgType } from './orgs/org.ts'
export { findOrg, getOrg, orgsById } from './orgs/org-rows.ts'
export { orgsInScope } from './orgs/org-scope.ts'
export { registerOrg } from './orgs/register-org.ts'
export { type NamedOrg, type OrgResolution, resolveNames, resolveOrgNames } from './orgs/resolve-org-names.ts'
export { reviseOrg } from './orgs/revise-org.ts'
export { differingFields, fieldsChangedSince, writeBatchVersions } from './record-versions.ts'
export { countsOf, digestOfRows, type KnownRow, type LoadCounts, type LoadPlan, planLoad } from './shipped-rows.ts'

/** All operations of this module; the API, the command line and the reference pages are made from the list. */
export const directoryOperations = [registerOrg, reviseOrg, loadShippedOrgs, listOrgs, getOrgQuery, resolveOrgNames] as const
