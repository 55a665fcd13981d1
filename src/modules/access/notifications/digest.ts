/** The digest by mail: who is due one, and writing it. At most one in a period, and never one that says nothing. */
import { z } from 'zod'
import { type Sql, sql } from '../../../database/db.ts'
import { type Actor, defineCommand, defineQuery } from '../../../operations/index.ts'
import { loadGrants } from '../grants/load-grants.ts'
import { senderOfMessages } from '../messages/sender.ts'
import { writeMessage } from '../messages/write-message.ts'
import type { NoticeKind } from './notification.ts'
import { USUAL_DIGEST } from './own-notifications.ts'

export interface DueDigest {
  readonly actor: Actor
  readonly lang: string
  /** Unread notifications that were in no digest yet, counted by kind. */
  readonly news: readonly { readonly kind: NoticeKind; readonly count: number }[]
  /** The newest of them: later ones wait for the next digest. */
  readonly upTo: string
  readonly instanceName: string
  readonly publicUrl: string
}

const AT_ONCE = 100

/** Condition on `u` and its settings `s`; nobody gets a second one before a whole period has passed. */
function isDue(now: string): Sql {
  return sql`u.state = 'active' and u.email is not null and coalesce(s.digest, ${USUAL_DIGEST}) <> 'none'
    and (s.digest_at is null or s.digest_at <= ${now}::timestamptz
         - case coalesce(s.digest, ${USUAL_DIGEST}) when 'weekly' then interval '7 days' else interval '1 day' end)`
}

export const listDueDigests = defineQuery({
  name: 'access.list-due-digests',
  permission: 'access.installation.run',
  rows: 'whole',
  input: z.object({}),
  async run({ db, clock }): Promise<DueDigest[]> {
    const people = await db.many<{ id: string; name: string; lang: string; upTo: string; news: DueDigest['news'] }>(sql`
      select u.id, u.name, u.lang, max(n.newest) as "upTo",
             json_agg(json_build_object('kind', n.kind, 'count', n.count) order by n.kind) as news
      from users as u
      left join notification_settings as s on s.user_id = u.id
      join (
        select user_id, kind, count(*)::int as count, max(id) as newest
        from notifications
        where read_at is null and mailed_at is null
        group by user_id, kind
      ) as n on n.user_id = u.id
      where ${isDue(clock.now().toISOString())}
      group by u.id, u.name, u.lang
      order by u.id
      limit ${AT_ONCE}
    `)
    const due: DueDigest[] = []
    for (const { id, name, lang, news, upTo } of people) {
      const actor: Actor = { id, kind: 'user', name, grants: await loadGrants(db, id) }
      due.push({ actor, lang, news, upTo, ...senderOfMessages() })
    }
    return due
  },
})

export const writeDigest = defineCommand({
  name: 'access.write-digest',
  permission: 'access.installation.run',
  rows: 'whole',
  input: z.object({
    userId: z.string(),
    upTo: z.string(),
    subject: z.string().min(1).max(200),
    body: z.string().min(1).max(50_000),
  }),
  async run({ db, clock }, { userId, upTo, subject, body }): Promise<{ written: boolean }> {
    const at = clock.now().toISOString()
    await db.run(sql`
      insert into notification_settings (user_id, digest) values (${userId}, ${USUAL_DIGEST}) on conflict (user_id) do nothing
    `)
    // Asked again under the lock: another process may just have written it.
    const due = await db.maybe<{ email: string; lang: string }>(sql`
      select u.email, u.lang
      from notification_settings as s
      join users as u on u.id = s.user_id
      where s.user_id = ${userId} and ${isDue(at)}
      for update of s
    `)
    if (!due) return { written: false }
    await db.run(sql`
      update notifications
      set mailed_at = ${at}
      where user_id = ${userId} and read_at is null and mailed_at is null and id <= ${upTo}
    `)
    await db.run(sql`update notification_settings set digest_at = ${at} where user_id = ${userId}`)
    await writeMessage(db, clock.now(), { userId, to: due.email, lang: due.lang, purpose: 'digest', subject, body })
    return { written: true }
  },
})
