/** Every operation that the rooms offer, by name: what the page lists, each with its permission. */
import {
  browseAuditTrail,
  createApiKey,
  deskOperations,
  exportAuditTrail,
  getAuditState,
  grantOperations,
  listApiKeys,
  listAuditEvents,
  revokeApiKey,
  userOperations,
} from '../../../modules/access/index.ts'
import { coordinationOperations } from '../../../modules/coordination/index.ts'
import { directoryOperations } from '../../../modules/directory/index.ts'
import { registryOperations } from '../../../modules/registry/index.ts'
import { reportingOperations } from '../../../modules/reporting/index.ts'
import { resultsOperations } from '../../../modules/results/index.ts'
import { sourcesOperations } from '../../../modules/sources/index.ts'
import { type Operation, permissionsOf } from '../../../operations/index.ts'

export interface NamedOperation {
  readonly name: string
  readonly permissions: readonly string[]
}

export function listOperations(): NamedOperation[] {
  const all = [
    ...[browseAuditTrail, exportAuditTrail, getAuditState, listAuditEvents],
    ...[createApiKey, listApiKeys, revokeApiKey],
    ...grantOperations,
    ...userOperations,
    ...Object.values(deskOperations),
    ...directoryOperations,
    ...sourcesOperations,
    ...registryOperations,
    ...coordinationOperations,
    ...resultsOperations,
    ...reportingOperations,
  ] as unknown as readonly Operation[]
  return all
    .map((operation) => ({ name: operation.name, permissions: permissionsOf(operation) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
