/** New passwords: by a link for whoever forgot the old one, or by whoever knows it. Hashes come in; no password enters a transaction. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand, defineQuery } from '../../../operations/index.ts'
import { revokeEveryKey } from '../keys/revoke-api-key.ts'
import { writeNotice } from '../messages/write-message.ts'
import { endSessions } from '../sessions/session.ts'
import { sendInvitation, sendPasswordReset } from './invite-user.ts'
import { endEveryLink, findLink, ownerOf, takeLink } from './one-time-links.ts'
import { EmailAddress, USER_COLUMNS, type User, userRef } from './user.ts'
import { lockUser, noteOnUser, ownId, ownScope } from './user-rows.ts'

/** So that nobody can fill somebody's mailbox. */
const MOST_AN_HOUR = 3

/** The answer never says whether there is such an account. */
export const requestPasswordReset = defineCommand({
  name: 'access.request-password-reset',
  permission: 'access.sign-in.use',
  rows: 'whole',
  input: z.object({ email: EmailAddress }),
  async run(context, { email }): Promise<void> {
    const { db, changed, clock } = context
    const user = await db.maybe<User>(sql`
      select ${USER_COLUMNS} from users as u where u.email = ${email} and u.state in ('active', 'invited') for update
    `)
    changed({ ref: userRef(user?.id ?? 'unknown'), action: 'password-reset-asked', version: user?.version ?? 1 })
    if (!user || (await countLinks(db, user.id, clock.now())) >= MOST_AN_HOUR) return
    if (user.state === 'invited') await sendInvitation(context, user)
    else await sendPasswordReset(context, user)
  },
})

async function countLinks(db: Db, userId: string, now: Date): Promise<number> {
  const hourAgo = new Date(now.getTime() - 3_600_000).toISOString()
  const { links } = await db.one<{ links: number }>(sql`
    select count(*)::integer as links
    from one_time_links
    where user_id = ${userId} and purpose in ('password_reset', 'invitation') and created_at > ${hourAgo}
  `)
  return links
}

/** Whose link it is; null when it no longer works. */
export const findPasswordReset = defineQuery({
  name: 'access.find-password-reset',
  permission: 'access.sign-in.use',
  rows: 'whole',
  input: z.object({ token: z.string() }),
  async run({ db, clock }, { token }): Promise<{ userId: string; name: string; email: string } | null> {
    const link = await findLink(db, clock.now(), 'password_reset', token)
    const user =
      link &&
      (await db.maybe<{ userId: string; name: string; email: string }>(sql`
        select id as "userId", name, email from users where id = ${link.userId} and state = 'active'
      `))
    return user ?? null
  },
})

/**
 * Ends every session, link and key, and the wait after failed attempts: who had the account before may have been somebody else.
 * Errors: Problem `access.link-over`.
 */
export const resetPassword = defineCommand({
  name: 'access.reset-password',
  permission: 'access.sign-in.use',
  rows: 'whole',
  input: z.object({ token: z.string(), passwordHash: z.string() }),
  async run(context, { token, passwordHash }): Promise<void> {
    const { db, clock } = context
    const user = await lockUser(db, ownerOf(await takeLink(db, clock.now(), 'password_reset', token)))
    if (user.state !== 'active') throw new Problem('access.link-over')
    await setPassword(db, user.id, passwordHash, clock.now())
    await endEveryLink(db, clock.now(), user.id)
    noteOnUser(context, user, 'password-reset')
    await endSessions(context, sql`s.user_id = ${user.id}`, 'password-changed')
    await revokeEveryKey(context, user.id)
    await writeNotice(db, clock.now(), user, 'password-reset-done')
  },
})

/** Ends every other session and every link. Keys stay: whoever changes it knew the former one. `before` is the hash of the password that was proven. Errors: Problem `access.password-not-accepted`. */
export const changePassword = defineCommand({
  name: 'access.change-password',
  permission: 'access.own-account.edit',
  rows: 'whole',
  scope: async ({ actor }) => ownScope(actor),
  input: z.object({ before: z.string(), after: z.string() }),
  async run(context, { before, after }): Promise<void> {
    const { db, clock, actor } = context
    const user = await lockUser(db, ownId(actor))
    const { passwordHash } = await db.one<{ passwordHash: string | null }>(sql`
      select password_hash as "passwordHash" from user_secrets where user_id = ${user.id}
    `)
    if (passwordHash !== before) throw new Problem('access.password-not-accepted', {}, { place: { field: 'current' } })
    await setPassword(db, user.id, after, clock.now())
    await endEveryLink(db, clock.now(), user.id)
    noteOnUser(context, user, 'password-changed')
    await endSessions(context, sql`s.user_id = ${user.id} and s.id <> ${actor.sessionId ?? ''}`, 'password-changed')
    await writeNotice(db, clock.now(), user, 'password-changed')
  },
})

async function setPassword(db: Db, userId: string, hash: string, at: Date): Promise<void> {
  await db.run(sql`
    update user_secrets
    set password_hash = ${hash}, password_set_at = ${at.toISOString()}, failures = 0, failed_at = null
    where user_id = ${userId}
  `)
}
