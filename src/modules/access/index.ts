export {
  endOfAsOf,
  findRecordVersionAsOf,
  listAuditEvents,
  listRecordVersions,
  type RecordVersion,
} from './audit/record-history.ts'
export { auditWriter } from './audit/write-audit-event.ts'
export { permits } from './policy.ts'
