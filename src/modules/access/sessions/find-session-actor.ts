/** Whose session a request carries: the person with the roles of this moment. Asked for each request. */
import { z } from 'zod'
import { digestOf } from '../../../credentials/index.ts'
import { sql } from '../../../database/db.ts'
import { type Actor, defineCommand } from '../../../operations/index.ts'
import { loadGrants } from '../grants/load-grants.ts'

const MINUTE_MS = 60_000

/** A command because it notes the use. It writes no event: what the person then does is audited. */
export const findSessionActor = defineCommand({
  name: 'access.find-session-actor',
  permission: 'access.sign-in.use',
  rows: 'whole',
  input: z.object({ token: z.string(), idleMinutes: z.number().positive() }),
  async run({ db, clock }, { token, idleMinutes }): Promise<Actor | null> {
    const now = clock.now()
    const idleSince = new Date(now.getTime() - idleMinutes * MINUTE_MS)
    const session = await db.maybe<{ id: string; userId: string; name: string; seenAt: string; unread: number }>(sql`
      select s.id, s.user_id as "userId", u.name, s.seen_at as "seenAt",
             (select count(*)::int from notifications as n where n.user_id = s.user_id and n.read_at is null) as unread
      from sessions as s
      join users as u on u.id = s.user_id
      where s.token_digest = ${digestOf(token)} and s.ended_at is null and s.expires_at > ${now.toISOString()}
        and s.seen_at > ${idleSince.toISOString()} and u.state = 'active'
    `)
    if (!session) return null
    // To the minute: a page with many parts would otherwise write with each of them.
    if (now.getTime() - new Date(session.seenAt).getTime() >= MINUTE_MS) {
      await db.run(sql`update sessions set seen_at = ${now.toISOString()} where id = ${session.id}`)
    }
    const { id: sessionId, userId: id, name, unread } = session
    return { id, kind: 'user', name, grants: await loadGrants(db, id), sessionId, unread }
  },
})
