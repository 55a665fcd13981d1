/** Addresses of the audit trail. */
import type { PageDefinition } from '../../site.tsx'
import { auditPage } from './audit-page.tsx'
import { downloadAuditTrail } from './download.ts'

export const auditPages: readonly PageDefinition[] = [
  { path: '/audit', handle: auditPage },
  { path: '/audit.csv', handle: (request) => downloadAuditTrail(request, 'csv') },
  { path: '/audit.jsonl', handle: (request) => downloadAuditTrail(request, 'jsonl') },
]
