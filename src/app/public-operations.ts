/** Which operations a program may call. The steps of an import belong to the import job and exports to downloads, so they are left out. */

import {
  browseAuditTrail,
  createApiKey,
  exportAuditTrail,
  getAuditState,
  grantOperations,
  listApiKeys,
  listAuditEvents,
  notificationOperations,
  revokeApiKey,
  userOperations,
} from '../modules/access/index.ts'
import { coordinationOperations } from '../modules/coordination/index.ts'
import { directoryOperations } from '../modules/directory/index.ts'
import { registryOperations } from '../modules/registry/index.ts'
import { reportingOperations } from '../modules/reporting/index.ts'
import { resultsOperations } from '../modules/results/index.ts'
import { sourcesOperations } from '../modules/sources/index.ts'
import type { Operation } from '../operations/index.ts'

const INTERNAL = new Set([
  'registry.export-listings',
  'registry.export-open-rows',
  'registry.export-return-records',
  'registry.digest-of-listings',
  'registry.store-snapshot',
  'registry.read-snapshot-file',
  'registry.export-published',
  'registry.export-release',
  'registry.store-release',
  'registry.read-release-file',
  'registry.ensure-instance',
  'registry.begin-received-release',
  'registry.note-received-records',
  'registry.find-received-records',
  'registry.find-receiving-collection',
  'registry.start-import-run',
  'registry.stage-import-rows',
  'registry.stop-import-run',
  'registry.apply-import-run',
  'registry.close-interrupted-runs',
  'registry.plan-import-rows',
  'registry.begin-published-run',
  'registry.add-published-rows',
  'registry.touch-published-run',
  'registry.clear-import-run',
  'registry.list-unfinished-runs',
  'registry.list-known-pieces',
  'registry.get-published-bases',
  'registry.list-known-organisations',
  'registry.add-organisations',
  'registry.export-organisations',
  'registry.take-link-search',
  'registry.find-link-proposals',
  'registry.keep-link-proposals',
  'registry.take-due-schedule',
  'registry.hold-schedule',
  'registry.note-schedule-outcome',
  'registry.export-workspace-records',
  'registry.notice-facts',
  'coordination.find-confirmation-link',
  'coordination.answer-confirmation-link',
  'results.record-proposals',
  'directory.load-shipped-orgs',
  'directory.list-org-keys',
  'directory.list-named-orgs',
  'sources.load-shipped-sources',
])

export const PUBLIC_OPERATIONS: readonly Operation[] = [
  listAuditEvents,
  browseAuditTrail,
  exportAuditTrail,
  getAuditState,
  createApiKey,
  listApiKeys,
  revokeApiKey,
  ...grantOperations,
  ...userOperations,
  ...notificationOperations,
  ...directoryOperations,
  ...sourcesOperations,
  ...registryOperations,
  ...coordinationOperations,
  ...resultsOperations,
  ...reportingOperations,
]
  .map((operation) => operation as unknown as Operation)
  .filter((operation) => !INTERNAL.has(operation.name))
