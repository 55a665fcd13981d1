/** Addresses of the audit trail. */
import type { PageDefinition } from '../../site.tsx'
import { auditPage } from './audit-page.tsx'
import { downloadAuditTrail } from './download.ts'

export const auditPages: readonly PageDefinition[] = [
  { path: '/audit', handle: auditPage },
  ...(['csv', 'xlsx', 'json', 'jsonl'] as const).map(
    (format): PageDefinition => ({
      path: `/audit.${format}`,
      handle: (request) => downloadAuditTrail(request, format),
    }),
  ),
]
