/** The first account, that of the administrator: by a link that the program shows when it starts, or by the person at the machine. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { type NewSession, SessionStart, startSession } from '../sessions/session.ts'
import { hasAccount } from './accounts-exist.ts'
import { giveRoles } from './give-roles.ts'
import { makeLink, takeLink } from './one-time-links.ts'
import { AccountLang, EmailAddress, PersonName } from './user.ts'
import { insertUser, updateUser } from './user-rows.ts'

/** A new token for the first account; older ones stop working. Null once there is an account. */
export const makeSetupToken = defineCommand({
  name: 'access.make-setup-token',
  permission: 'access.installation.run',
  rows: 'whole',
  input: z.object({}),
  async run({ db, clock, changed }): Promise<string | null> {
    if (await hasAccount(db)) return null
    changed({ ref: { module: 'access', aggregate: 'one_time_links', id: 'setup' }, action: 'setup-link-made', version: 1 })
    await db.run(sql`delete from one_time_links where purpose = 'setup'`)
    return makeLink(db, clock.now(), 'setup')
  },
})

/** Errors: Problems `access.accounts-exist`, `access.link-over`, `access.email-taken`. */
export const createFirstAccount = defineCommand({
  name: 'access.create-first-account',
  permission: 'access.sign-in.use',
  rows: 'whole',
  input: SessionStart.extend({
    /** The person at this machine needs none. */
    token: z.string().optional(),
    email: EmailAddress,
    name: PersonName,
    lang: AccountLang,
    passwordHash: z.string(),
  }),
  async run(context, { token, email, name, lang, passwordHash, ...start }): Promise<NewSession> {
    const { db, clock, actor } = context
    const at = clock.now()
    // Of two who try at once the second finds the account of the first.
    await db.run(sql`select pg_advisory_xact_lock(hashtext('access.create-first-account'))`)
    if (await hasAccount(db)) throw new Problem('access.accounts-exist')
    if (actor.kind !== 'local') await takeLink(db, at, 'setup', token ?? '')
    const invited = await insertUser(db, { id: newId(), email, name, lang, state: 'invited' }, at, actor.id)
    await db.run(sql`
      update user_secrets set password_hash = ${passwordHash}, password_set_at = ${at.toISOString()} where user_id = ${invited.id}
    `)
    const user = await updateUser(context, invited, { ...invited, state: 'active' }, 'first-account-created')
    await giveRoles(context, user.id, [{ role: 'admin', scope: 'instance' }])
    await db.run(sql`delete from one_time_links where purpose = 'setup'`)
    return startSession(context, user, 'setup', start)
  },
})
