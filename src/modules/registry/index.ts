/** The door of the registry: everything that other rooms may use. */
import { listChanges } from './changes/list-changes.ts'
import { createCollection } from './collections/create-collection.ts'
import { listCollectionsQuery } from './collections/list-collections.ts'
import { removeCollection, wasEverFilled } from './collections/remove-collection.ts'
import { applyImportRun, undoImportRun } from './imports/apply-import.ts'
import {
  getImportMapping,
  getImportRun,
  listImportMappings,
  listImportRuns,
  saveImportMapping,
} from './imports/import-queries.ts'
import { addPublishedRows } from './imports/published/add-published-rows.ts'
import { clearImportRun } from './imports/published/end-published-run.ts'
import { exportPublished } from './imports/published/export-published.ts'
import { listImportConflicts, settleImportConflict } from './imports/published/import-conflicts.ts'
import { getPublishedBases, listKnownPieces } from './imports/published/published-pieces.ts'
import { beginPublishedRun, listUnfinishedRuns, pauseImportRun, touchPublishedRun } from './imports/published/published-run.ts'
import { validityOperations } from './imports/published/validity-operations.ts'
import { closeInterruptedRuns, stageImportRows, startImportRun, stopImportRun } from './imports/stage-import.ts'
import { getInitiative, getInitiativeHistory } from './initiatives/get-initiative.ts'
import { listOrgInitiatives } from './initiatives/list-org-initiatives.ts'
import { moveInitiative, movePhase } from './initiatives/move-initiative.ts'
import { registerInitiative } from './initiatives/register-initiative.ts'
import { reviseInitiative } from './initiatives/revise-initiative.ts'
import { linkingOperations } from './linking/linking-operations.ts'
import { getCountryProfile } from './listings/country-profile.ts'
import { exportListings, listListings } from './listings/list-listings.ts'
import { digestOfListings } from './open-data/digest-of-listings.ts'
import { listOpenCollections } from './open-data/list-open-collections.ts'
import { exportOpenRows } from './open-data/open-rows.ts'
import './problems.ts'
import { publicationOperations } from './publications/publication-operations.ts'
import { releaseOperations } from './releases/release-operations.ts'
import { exportReturnRecords } from './returns/export-return-records.ts'
import { scheduleOperations } from './schedules/schedule-operations.ts'
import { getSnapshot, listSnapshots, readSnapshotFile } from './snapshots/list-snapshots.ts'
import { storeSnapshot } from './snapshots/store-snapshot.ts'
import { valueContribution } from './valuation/value-contribution.ts'
import { workspaceOperations } from './workspace/workspace-operations.ts'

export { listChanges } from './changes/list-changes.ts'
export { createCollection, ensureCollection, isCollectionKey } from './collections/create-collection.ts'
export {
  type Collection,
  findCollection,
  getCollection,
  listCollections,
  listCollectionsQuery,
} from './collections/list-collections.ts'
export { removeCollection, wasEverFilled } from './collections/remove-collection.ts'
export { LocalizedTextSchema } from './fields.ts'
export { apportion, type Distribution, distributionOf } from './flows/apportion.ts'
export { dollarsOf, type MicroDollars, microDollars } from './flows/micro-dollars.ts'
export { ownPlaceOf, placesOf } from './flows/stated-shares.ts'
export { applyImportRun, undoImportRun } from './imports/apply-import.ts'
export {
  getImportMapping,
  getImportRun,
  listImportMappings,
  listImportRuns,
  saveImportMapping,
} from './imports/import-queries.ts'
export type { ImportRun } from './imports/import-run.ts'
export { createRowNamer, type ImportedRow, type PlanMemory, type PlannedChange, planImportRows } from './imports/plan-rows.ts'
export { addPublishedRows, type SourceBlock, type SourceOfRow } from './imports/published/add-published-rows.ts'
export { clearImportRun } from './imports/published/end-published-run.ts'
export {
  type ExportedBatch,
  type ExportedRecord,
  exportPublished,
} from './imports/published/export-published.ts'
export {
  type ConflictPage,
  type ImportConflict,
  listImportConflicts,
  settleImportConflict,
} from './imports/published/import-conflicts.ts'
export { getPublishedOrigin, type PublishedOrigin } from './imports/published/published-origin.ts'
export { getPublishedBases, type KnownPiece, listKnownPieces, type PublishedBase } from './imports/published/published-pieces.ts'
export {
  type BegunRun,
  beginPublishedRun,
  listUnfinishedRuns,
  pauseImportRun,
  touchPublishedRun,
} from './imports/published/published-run.ts'
export {
  getPublisherValidity,
  listPublishers,
  type Publisher,
  type PublisherFile,
  type PublisherValidity,
  type RunWithRules,
} from './imports/published/publishers.ts'
export type { RuleCount } from './imports/published/standing-problems.ts'
export {
  type FileCount,
  getRunValidity,
  listRunProblems,
  type RunValidity,
  type StandingProblem,
} from './imports/published/validity.ts'
export { closeInterruptedRuns, stageImportRows, startImportRun, stopImportRun } from './imports/stage-import.ts'
export { type DerivedColumns, deriveColumns } from './initiatives/derive-columns.ts'
export { cooperationLabelOf } from './initiatives/explain-cooperation.ts'
export { flowGroupOf } from './initiatives/flow-group.ts'
export { getInitiative, getInitiativeHistory, type InitiativeRight, type InitiativeView } from './initiatives/get-initiative.ts'
export {
  type InitiativeContribution,
  type InitiativeFacts,
  InitiativeFactsSchema,
  type InitiativeRecord,
  type ListedYear,
  type Partner,
  RECORD_STATES,
  type RecordState,
} from './initiatives/initiative.ts'
export { listOrgInitiatives, type OrgInitiative } from './initiatives/list-org-initiatives.ts'
export { allowedPhases, allowedStates, moveInitiative, movePhase, rightToMove } from './initiatives/move-initiative.ts'
export { registerInitiative } from './initiatives/register-initiative.ts'
export { reviseInitiative } from './initiatives/revise-initiative.ts'
export { searchVectorOf } from './initiatives/search-words.ts'
export type { LinkSign } from './linking/compare-records.ts'
export { getInitiativeLinks, type InitiativeLinks } from './linking/get-initiative-links.ts'
export { linkInitiatives, unlinkInitiatives } from './linking/link-initiatives.ts'
export { DEFAULT_THRESHOLD } from './linking/link-points.ts'
export type { LinkSearch } from './linking/link-search.ts'
export {
  getLinkProposal,
  LINK_STATES,
  type LinkedRecord,
  type LinkState,
  type ListedProposal,
  listLinkProposals,
  type ProposalView,
} from './linking/list-link-proposals.ts'
export { getLinkSearch, proposeLinks } from './linking/propose-links.ts'
export { refuseLink } from './linking/refuse-link.ts'
export { runLinkSearches } from './linking/run-link-searches.ts'
export { lendColumns } from './listings/columns-store.ts'
export {
  COUNTRY_ROLES,
  type CountryProfile,
  type CountryRole,
  type CountryRoleFacts,
  getCountryProfile,
} from './listings/country-profile.ts'
export {
  exportListings,
  FilterInput,
  listListings,
  selectForActor,
  warmListingsQuery,
} from './listings/list-listings.ts'
export type { ListedInitiative, ListingPage } from './listings/listed-initiative.ts'
export type { Column, ListingColumns } from './listings/listing-columns.ts'
export { valuesAt } from './listings/listing-columns.ts'
export {
  FILTER_FIELDS,
  type FilterField,
  formatListingFilter,
  type ListingFilter,
  type ListingSort,
  NOT_STATED,
  parseListingFilter,
  SORTS,
  withFilterValue,
} from './listings/listing-filter.ts'
export { type FacetCount, narrowRows } from './listings/select-listings.ts'
export { answerObjection, answerScopeOf } from './objections/answer-objection.ts'
export { listObjections } from './objections/list-objections.ts'
export { movesOfCountry, namedCountries, OBJECTION_KINDS, OBJECTION_STATES, type Objection } from './objections/objection.ts'
export { raiseObjection } from './objections/raise-objection.ts'
export { settleObjection } from './objections/settle-objection.ts'
export { digestOfListings, type ListingsDigest } from './open-data/digest-of-listings.ts'
export { countInitiatives } from './open-data/linked-records.ts'
export { listOpenCollections, type OpenCollection } from './open-data/list-open-collections.ts'
export { exportOpenRows, type OpenBatch, type OpenFacts, type OpenInitiative } from './open-data/open-rows.ts'
export {
  createRowsDigest,
  digestListings,
  digestOfRow,
  type RowsDigest,
  statedByInitiative,
  statedByListing,
} from './open-data/rows-digest.ts'
export {
  addOrganisations,
  type KnownOrganisation,
  listKnownOrganisations,
  type ReadOrganisation,
} from './publications/add-organisations.ts'
export type { OrganisationMarks } from './publications/end-organisations.ts'
export { type ExportedOrganisation, exportOrganisations } from './publications/export-organisations.ts'
export {
  listOrgPublications,
  type OrgPublication,
  type OrgPublications,
  type PublishedBudget,
  type PublishedDocument,
} from './publications/list-org-publications.ts'
export { listRunOrganisations, type RunOrganisation } from './publications/list-run-organisations.ts'
export type { OrganisationCounts } from './publications/organisation-counts.ts'
export type {
  BudgetKind,
  BudgetRecipient,
  OrganisationBudget,
  OrganisationFacts,
} from './publications/organisation-facts.ts'
export { draftRelease, refreshRelease, withholdFields, withholdFromRecord } from './releases/draft-release.ts'
export {
  exportRelease,
  type ReleasedOrg,
  type ReleasedRecord,
  type ReleaseToWrite,
  readReleaseFile,
} from './releases/export-release.ts'
export {
  type FieldOfRelease,
  getRelease,
  getReleaseRecord,
  listReleaseRecords,
  listReleases,
  type RecordsOfRelease,
  type ReleaseRecordView,
  type ReleaseView,
} from './releases/list-releases.ts'
export {
  distrustInstance,
  ensureInstance,
  getInstance,
  listTrustedInstances,
  type TrustedInstance,
  trustInstance,
} from './releases/received/instances.ts'
export {
  beginReceivedRelease,
  findReceivedRecords,
  findReceivingCollection,
  noteReceivedRecords,
  type ReleaseOrigin,
  ReleaseOriginSchema,
} from './releases/received/receive-release.ts'
export {
  getInitiativeOrigin,
  getReceivedRelease,
  listReceivedReleases,
  type ReceivedRelease,
  type RecordOrigin,
} from './releases/received/received-origin.ts'
export { RELEASE_STATES, type Release, type ReleaseState } from './releases/release.ts'
export { RELEASE_FIELDS, RELEASE_GROUPS, type ReleaseField, type ReleaseGroup } from './releases/release-fields.ts'
export { abandonRelease, confirmRelease, storeRelease } from './releases/settle-release.ts'
export { exportReturnRecords, type ReturnOrg, type ReturnRecord } from './returns/export-return-records.ts'
export { type DueSchedule, holdSchedule, noteScheduleOutcome, takeDueSchedule } from './schedules/due-schedules.ts'
export { type ImportSchedule, SCHEDULE_FORMATS, SCHEDULE_INTERVALS } from './schedules/import-schedule.ts'
export {
  changeImportSchedule,
  getImportSchedule,
  listImportSchedules,
  removeImportSchedule,
  scheduleImport,
} from './schedules/schedule-import.ts'
export { getSnapshot, listSnapshots, readSnapshotFile } from './snapshots/list-snapshots.ts'
export type { Snapshot, SnapshotCodeList } from './snapshots/snapshot.ts'
export { storeSnapshot } from './snapshots/store-snapshot.ts'
export { grantElementOf, grantEquivalentOf, isConcessional } from './valuation/grant-element.ts'
export { getWorkspace, type Workspace } from './workspace/get-workspace.ts'
export { listWaiting, type WaitingPlace } from './workspace/list-waiting.ts'
export { exportWorkspaceRecords, listWorkspaceRecords, type WorkspaceRecord } from './workspace/list-workspace-records.ts'
export { nameInitiatives } from './workspace/name-initiatives.ts'
export { type NoticeFacts, noticeFacts } from './workspace/notice-facts.ts'
export { RECORD_LISTS } from './workspace/record-lists.ts'
export type { WaitingKey, WaitingWork } from './workspace/waiting.ts'
export { WORKSPACE_KINDS, type WorkspaceKey } from './workspace/workspace-scope.ts'

/** Every operation of this room; the API, the command line and the reference pages are made from this list. */
export const registryOperations = [
  listCollectionsQuery,
  createCollection,
  removeCollection,
  wasEverFilled,
  listListings,
  exportListings,
  listChanges,
  getCountryProfile,
  listOrgInitiatives,
  getInitiative,
  getInitiativeHistory,
  registerInitiative,
  reviseInitiative,
  moveInitiative,
  movePhase,
  listImportRuns,
  getImportRun,
  startImportRun,
  stageImportRows,
  stopImportRun,
  applyImportRun,
  undoImportRun,
  closeInterruptedRuns,
  beginPublishedRun,
  addPublishedRows,
  touchPublishedRun,
  pauseImportRun,
  clearImportRun,
  listUnfinishedRuns,
  listKnownPieces,
  getPublishedBases,
  exportPublished,
  listImportConflicts,
  settleImportConflict,
  ...validityOperations,
  saveImportMapping,
  listImportMappings,
  getImportMapping,
  valueContribution,
  exportOpenRows,
  exportReturnRecords,
  digestOfListings,
  listOpenCollections,
  storeSnapshot,
  listSnapshots,
  getSnapshot,
  readSnapshotFile,
  ...workspaceOperations,
  ...linkingOperations,
  ...scheduleOperations,
  ...publicationOperations,
  ...releaseOperations,
] as const
