/**
 * A notification: what happened that somebody should know of. It holds codes, dates and a reference, no names and no words of a
 * record: pages read those as the person may see them at that moment.
 */
import type { RecordRef } from '../../../kernel/ids.ts'
import type { RecordScope } from '../../../operations/index.ts'

export const NOTICE_KINDS = [
  'record-submitted',
  'record-returned',
  'record-verified',
  'record-published',
  'objection-raised',
  'objection-reopened',
  'objection-answered',
  'role-given',
  'role-delegated',
  'role-ending',
  'role-revoked',
  'consent-ending',
  'import-finished',
  'import-failed',
  'schedule-failed',
  'key-ending',
] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

export interface Notice {
  readonly id: string
  readonly kind: NoticeKind
  readonly params: Readonly<Record<string, string>>
  readonly ref: RecordRef | null
  readonly createdAt: string
  readonly readAt: string | null
}

/** Those who hold the permission for the record; or one person. Never whoever did it. */
export type Audience =
  | { readonly userId: string; readonly exceptId?: string | undefined }
  | { readonly permission: string; readonly scope: RecordScope; readonly exceptId?: string | undefined }

/** A notification whose readers are still to be found. */
export interface NoticeDraft {
  readonly kind: NoticeKind
  /** Audit event, or record and date: the same cause is told to a person once. */
  readonly cause: string
  readonly params?: Readonly<Record<string, string>>
  readonly ref?: RecordRef | undefined
  readonly audience: Audience
}
