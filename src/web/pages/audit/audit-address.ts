/** The filter of the audit trail as it stands in the address of the page and of its downloads. */
import type { AuditFilter } from '../../../modules/access/index.ts'

/** `record` is written as `module/kind/id`, as the page shows it; the id may be left out. */
export const AUDIT_FIELDS = ['record', 'person', 'operation', 'outcome', 'from', 'to', 'request'] as const
export type AuditField = (typeof AUDIT_FIELDS)[number]

export function auditFields(query: URLSearchParams): Readonly<Partial<Record<AuditField, string>>> {
  return Object.fromEntries(AUDIT_FIELDS.map((name) => [name, query.get(name)?.trim() ?? '']).filter(([, value]) => value !== ''))
}

/** What was typed, as the operation takes it; the operation says what it does not accept. */
export function auditFilter({
  record,
  person,
  operation,
  outcome,
  from,
  to,
  request,
}: ReturnType<typeof auditFields>): AuditFilter {
  const [module, aggregate, recordId] = (record ?? '').split('/').map((part) => part.trim() || undefined)
  const given = { module, aggregate, recordId, person, operation, outcome, from, to, requestId: request }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as AuditFilter
}

export function auditAddress(
  path: string,
  fields: ReturnType<typeof auditFields>,
  more: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams({ ...fields, ...more }).toString()
  return query === '' ? path : `${path}?${query}`
}
