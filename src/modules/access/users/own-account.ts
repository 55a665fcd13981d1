/** The own account: what is there, and what its owner changes. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand, defineQuery } from '../../../operations/index.ts'
import { holdsNow, lenderStillHolds, listGrantRows } from '../grants/grant.ts'
import { removeLinks, writeLink, writeNotice } from '../messages/write-message.ts'
import { endLinks, makeLink, ownerOf, takeLink } from './one-time-links.ts'
import { AccountLang, EmailAddress, getUserRow, type OwnAccount, PersonName, TimeZone, type User } from './user.ts'
import { lockUser, noteOnUser, ownId, ownScope, updateUser } from './user-rows.ts'

export const getOwnAccount = defineQuery({
  name: 'access.get-own-account',
  permission: 'access.own-account.read',
  scope: async ({ actor }) => ownScope(actor),
  input: z.object({}),
  async run({ db, whole, actor }): Promise<OwnAccount> {
    const id = ownId(actor)
    const user = await getUserRow(db, id)
    const secrets = await db.one<Pick<OwnAccount, 'hasPassword' | 'hasSecondFactor' | 'recoveryCodesLeft' | 'providers'>>(sql`
      select password_hash is not null as "hasPassword", totp_confirmed_at is not null as "hasSecondFactor",
             cardinality(recovery_digests) as "recoveryCodesLeft",
             array(select issuer from user_identities where user_id = ${id} order by linked_at, issuer) as providers
      from user_secrets
      where user_id = ${id}
    `)
    // Of every row only the own ones: the name of a lender could not be read otherwise.
    const roles = await listGrantRows(whole, sql`g.user_id = ${id} and ${holdsNow('g')} and ${lenderStillHolds('g')}`)
    return { ...user, ...secrets, grants: actor.grants ?? [], roles }
  },
})

export const reviseOwnAccount = defineCommand({
  name: 'access.revise-own-account',
  permission: 'access.own-account.edit',
  rows: 'whole',
  scope: async ({ actor }) => ownScope(actor),
  input: z.object({ name: PersonName, lang: AccountLang, timezone: TimeZone }),
  async run(context, { name, lang, timezone }): Promise<User> {
    const before = await lockUser(context.db, ownId(context.actor))
    if (before.name === name && before.lang === lang && before.timezone === timezone) return before
    return updateUser(context, before, { ...before, name, lang, timezone }, before.name === name ? 'revised' : 'renamed')
  },
})

/** The link goes to the new address, a notice to the old one: also when the address is somebody else's, so that nothing says so. */
export const changeEmail = defineCommand({
  name: 'access.change-email',
  permission: 'access.own-account.edit',
  rows: 'whole',
  scope: async ({ actor }) => ownScope(actor),
  input: z.object({ email: EmailAddress }),
  async run(context, { email }): Promise<void> {
    const { db, whole, clock, actor } = context
    const user = await lockUser(db, ownId(actor))
    noteOnUser(context, user, 'email-change-asked')
    const at = clock.now()
    await removeLinks(db, user.id, 'email-change')
    await writeNotice(db, at, user, 'email-change-notice')
    const taken = await whole.maybe(sql`select 1 from users where email = ${email}`)
    if (taken) return endLinks(db, at, 'email_change', user.id)
    const token = await makeLink(db, at, 'email_change', { userId: user.id, details: { email } })
    // Without the name: whoever reads this need not know the person.
    await writeLink(db, at, { ...user, email, name: '' }, 'email-change', token)
  },
})

/** Errors: Problems `access.link-over`, `access.email-taken`. */
export const confirmEmail = defineCommand({
  name: 'access.confirm-email',
  permission: 'access.sign-in.use',
  rows: 'whole',
  input: z.object({ token: z.string() }),
  async run(context, { token }): Promise<{ userId: string }> {
    const { db, clock } = context
    const link = await takeLink(db, clock.now(), 'email_change', token)
    const user = await lockUser(db, ownerOf(link))
    const email = EmailAddress.parse(link.details.email)
    const taken = await db.maybe(sql`select 1 from users where email = ${email}`)
    if (taken) throw new Problem('access.email-taken')
    if (user.state !== 'active') throw new Problem('access.link-over')
    await updateUser(context, user, { ...user, email }, 'email-changed')
    // A link that went to the old address must not open the account any more.
    await endLinks(db, clock.now(), 'password_reset', user.id)
    await removeLinks(db, user.id, 'email-change')
    return { userId: user.id }
  },
})
