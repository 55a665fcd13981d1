/** The own notifications: unread first, marked as read one or all, and how often a digest comes by mail. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import type { RecordRef } from '../../../kernel/ids.ts'
import { defineCommand, defineQuery } from '../../../operations/index.ts'
import { ownId, ownScope } from '../users/user-rows.ts'
import type { Notice } from './notification.ts'

export const DIGESTS = ['none', 'daily', 'weekly'] as const
export type Digest = (typeof DIGESTS)[number]

/** Whoever has said nothing gets at most one mail a day, and none when nothing happened. */
export const USUAL_DIGEST: Digest = 'daily'

export interface Notifications {
  readonly rows: readonly Notice[]
  readonly unread: number
  readonly total: number
  readonly digest: Digest
}

type Row = Omit<Notice, 'ref'> & { module: string | null; aggregate: string | null; recordId: string | null }

export const listOwnNotifications = defineQuery({
  name: 'access.list-own-notifications',
  permission: 'access.own-account.read',
  scope: async ({ actor }) => ownScope(actor),
  input: z.object({
    offset: z.number().int().min(0).default(0),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  async run({ db, actor }, { offset, limit }): Promise<Notifications> {
    const id = ownId(actor)
    const rows = await db.many<Row>(sql`
      select id, kind, params, module, aggregate, record_id as "recordId", created_at as "createdAt", read_at as "readAt"
      from notifications
      where user_id = ${id}
      order by read_at is not null, created_at desc, id desc
      limit ${limit} offset ${offset}
    `)
    const counts = await db.one<{ unread: number; total: number }>(sql`
      select count(*) filter (where read_at is null)::int as unread, count(*)::int as total from notifications where user_id = ${id}
    `)
    return { rows: rows.map(noticeOf), ...counts, digest: await digestOf(db, id) }
  },
})

function noticeOf({ module, aggregate, recordId, ...row }: Row): Notice {
  const ref: RecordRef | null =
    module === null || aggregate === null || recordId === null ? null : { module, aggregate, id: recordId }
  return { ...row, ref }
}

async function digestOf(db: Db, userId: string): Promise<Digest> {
  const row = await db.maybe<{ digest: Digest }>(sql`select digest from notification_settings where user_id = ${userId}`)
  return row?.digest ?? USUAL_DIGEST
}

export const markNotificationsRead = defineCommand({
  name: 'access.mark-notifications-read',
  permission: 'access.own-account.edit',
  scope: async ({ actor }) => ownScope(actor),
  /** Without ids: all. */
  input: z.object({ ids: z.array(z.string().max(100)).max(500).optional() }),
  async run({ db, clock, actor }, { ids }): Promise<{ marked: number }> {
    const marked = await db.run(sql`
      update notifications
      set read_at = ${clock.now().toISOString()}
      where user_id = ${ownId(actor)} and read_at is null and (${ids === undefined} or id = any(${ids ?? []}::text[]))
    `)
    return { marked }
  },
})

export const chooseDigest = defineCommand({
  name: 'access.choose-digest',
  permission: 'access.own-account.edit',
  scope: async ({ actor }) => ownScope(actor),
  input: z.object({ digest: z.enum(DIGESTS) }),
  async run({ db, actor }, { digest }): Promise<{ digest: Digest }> {
    await db.run(sql`
      insert into notification_settings (user_id, digest)
      values (${ownId(actor)}, ${digest})
      on conflict (user_id) do update set digest = excluded.digest
    `)
    return { digest }
  },
})
