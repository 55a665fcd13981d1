/** The operations about what leaves this instance, and about what came from another. */
import { draftRelease, refreshRelease, withholdFields, withholdFromRecord } from './draft-release.ts'
import { exportRelease, readReleaseFile } from './export-release.ts'
import { getRelease, getReleaseRecord, listReleaseRecords, listReleases } from './list-releases.ts'
import { distrustInstance, ensureInstance, getInstance, listTrustedInstances, trustInstance } from './received/instances.ts'
import {
  beginReceivedRelease,
  findReceivedRecords,
  findReceivingCollection,
  noteReceivedRecords,
} from './received/receive-release.ts'
import { getInitiativeOrigin, getReceivedRelease, listReceivedReleases } from './received/received-origin.ts'
import { abandonRelease, confirmRelease, storeRelease } from './settle-release.ts'

export const releaseOperations = [
  draftRelease,
  refreshRelease,
  withholdFields,
  withholdFromRecord,
  confirmRelease,
  abandonRelease,
  storeRelease,
  listReleases,
  getRelease,
  listReleaseRecords,
  getReleaseRecord,
  exportRelease,
  readReleaseFile,
  ensureInstance,
  getInstance,
  trustInstance,
  distrustInstance,
  listTrustedInstances,
  beginReceivedRelease,
  noteReceivedRecords,
  findReceivedRecords,
  findReceivingCollection,
  getInitiativeOrigin,
  getReceivedRelease,
  listReceivedReleases,
] as const
