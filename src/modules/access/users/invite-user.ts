/** Inviting somebody: an account that waits for its owner, with its roles, and a link by mail. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type CommandContext, defineCommand, defineQuery } from '../../../operations/index.ts'
import { removeLinks, writeLink } from '../messages/write-message.ts'
import { type NewSession, SessionStart, startSession } from '../sessions/session.ts'
import { hasAccount } from './accounts-exist.ts'
import { FirstRole, giveRoles } from './give-roles.ts'
import { findLink, makeLink, ownerOf, takeLink } from './one-time-links.ts'
import { AccountLang, type AccountLanguage, EmailAddress, PersonName, traceOf, type User, userRef } from './user.ts'
import { insertUser, lockUser, noteOnUser, requireState, updateUser } from './user-rows.ts'

/** The message with the link stands in the outbox; the answer holds none, so that no program keeps it. */
export interface WrittenLink {
  readonly userId: string
  readonly messageId: string
}

/** Errors: Problems `access.email-taken`, `access.administrator-first`, `grants.scope-not-accepted`, `grants.scope-missing`. */
export const inviteUser = defineCommand({
  name: 'access.invite-user',
  permission: 'access.user.edit',
  input: z.object({
    email: EmailAddress,
    name: PersonName,
    lang: AccountLang,
    grants: z.array(FirstRole).max(50).default([]),
  }),
  async run(context, { email, name, lang, grants }): Promise<WrittenLink> {
    const { db, clock, actor, changed } = context
    const isAdministrator = grants.some(({ role, scope }) => role === 'admin' && scope === 'instance')
    // Somebody else's account would end the time in which the person at the machine is the administrator.
    if (!isAdministrator && !(await hasAccount(db))) throw new Problem('access.administrator-first')
    const user = await insertUser(db, { id: newId(), email, name, lang, state: 'invited' }, clock.now(), actor.id)
    changed({ ref: userRef(user.id), action: 'invited', version: 1, after: traceOf(user) })
    await giveRoles(context, user.id, grants)
    return sendInvitation(context, user)
  },
})

/**
 * A new link for somebody who lost the first: to accept the invitation, or to choose a password. An older one stops working.
 * Errors: Problem `access.account-state` for a suspended or deleted account.
 */
export const sendAccessLink = defineCommand({
  name: 'access.send-access-link',
  permission: 'access.user.edit',
  input: z.object({ userId: z.string() }),
  async run(context, { userId }): Promise<WrittenLink> {
    const user = await lockUser(context.db, userId)
    requireState(user, 'invited', 'active')
    noteOnUser(context, user, 'access-link-sent')
    return user.state === 'invited' ? sendInvitation(context, user) : sendPasswordReset(context, user)
  },
})

export async function sendInvitation({ db, clock }: CommandContext, user: User): Promise<WrittenLink> {
  const at = clock.now()
  await removeLinks(db, user.id, 'invitation')
  const token = await makeLink(db, at, 'invitation', { userId: user.id })
  return { userId: user.id, messageId: await writeLink(db, at, user, 'invitation', token) }
}

export async function sendPasswordReset({ db, clock }: CommandContext, user: User): Promise<WrittenLink> {
  const at = clock.now()
  await removeLinks(db, user.id, 'password-reset')
  const token = await makeLink(db, at, 'password_reset', { userId: user.id })
  return { userId: user.id, messageId: await writeLink(db, at, user, 'password-reset', token) }
}

export interface Invitation {
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly lang: AccountLanguage
}

/** Null when the link no longer works. */
export const findInvitation = defineQuery({
  name: 'access.find-invitation',
  permission: 'access.sign-in.use',
  rows: 'whole',
  input: z.object({ token: z.string() }),
  async run({ db, clock }, { token }): Promise<Invitation | null> {
    const link = await findLink(db, clock.now(), 'invitation', token)
    const invitation =
      link &&
      (await db.maybe<Invitation>(sql`
        select id as "userId", name, email, lang from users where id = ${link.userId} and state = 'invited'
      `))
    return invitation ?? null
  },
})

/** Errors: Problem `access.link-over`. */
export const redeemInvitation = defineCommand({
  name: 'access.redeem-invitation',
  permission: 'access.sign-in.use',
  rows: 'whole',
  input: SessionStart.extend({ token: z.string(), name: PersonName, passwordHash: z.string() }),
  async run(context, { token, name, passwordHash, ...start }): Promise<NewSession> {
    const { db, clock } = context
    const at = clock.now()
    const invited = await lockUser(db, ownerOf(await takeLink(db, at, 'invitation', token)))
    if (invited.state !== 'invited') throw new Problem('access.link-over')
    await db.run(sql`
      update user_secrets set password_hash = ${passwordHash}, password_set_at = ${at.toISOString()} where user_id = ${invited.id}
    `)
    await removeLinks(db, invited.id, 'invitation')
    const user = await updateUser(context, invited, { ...invited, name, state: 'active' }, 'invitation-redeemed')
    return startSession(context, user, 'invitation', start)
  },
})
