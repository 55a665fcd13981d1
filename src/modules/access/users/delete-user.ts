/**
 * Deleting an account: whatever says who the person was goes, and what the person did stays under a number. Open work stays too and
 * is named, so that somebody takes it over.
 */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { type CommandContext, defineCommand } from '../../../operations/index.ts'
import { requireAnotherAdmin } from '../grants/another-admin.ts'
import { endSessions } from '../sessions/session.ts'
import { listOpenWork } from './open-work.ts'
import { type OpenWork, traceOf, type User, userRef } from './user.ts'
import { lockUser, ownId, ownScope, requireState } from './user-rows.ts'

export interface DeletedUser {
  readonly userId: string
  readonly openWork: readonly OpenWork[]
}

/** Errors: Problems `grants.last-admin`, `access.account-state`. */
export const deleteUser = defineCommand({
  name: 'access.delete-user',
  permission: 'access.user.edit',
  input: z.object({ id: z.string(), reason: z.string().trim().min(1).max(2_000) }),
  run: async (context, { id, reason }): Promise<DeletedUser> => remove(context, await lockUser(context.db, id), reason),
})

/** The desk asks for the password before. Errors: Problem `grants.last-admin`. */
export const deleteOwnAccount = defineCommand({
  name: 'access.delete-own-account',
  permission: 'access.own-account.edit',
  scope: async ({ actor }) => ownScope(actor),
  input: z.object({}),
  run: async (context): Promise<DeletedUser> => remove(context, await lockUser(context.whole, ownId(context.actor)), undefined),
})

async function remove(context: CommandContext, user: User, reason: string | undefined): Promise<DeletedUser> {
  const { whole, clock, actor, changed } = context
  requireState(user, 'invited', 'active', 'suspended')
  await requireDispensable(context, user)
  const openWork = await listOpenWork(whole, user.id)
  const at = clock.now().toISOString()
  await endSessions({ ...context, db: whole }, sql`s.user_id = ${user.id}`, 'deleted')
  await whole.run(sql`delete from user_secrets where user_id = ${user.id}`)
  await whole.run(sql`delete from user_identities where user_id = ${user.id}`)
  await whole.run(sql`delete from one_time_links where user_id = ${user.id}`)
  await whole.run(sql`delete from messages where user_id = ${user.id}`)
  await whole.run(sql`delete from notifications where user_id = ${user.id}`)
  await whole.run(sql`delete from notification_settings where user_id = ${user.id}`)
  await whole.run(sql`update api_keys set revoked_at = ${at} where user_id = ${user.id} and revoked_at is null`)
  await whole.run(sql`
    update grants set revoked_at = ${at}, revoked_by = ${actor.id}
    where (user_id = ${user.id} or on_behalf_of = ${user.id}) and revoked_at is null
  `)
  await whole.run(sql`update sessions set agent = null where user_id = ${user.id}`)
  const version = user.version + 1
  await whole.run(sql`
    update users
    set email = null, name = '', timezone = 'UTC', person_id = null, state = 'deleted', version = ${version},
        updated_at = ${at}, updated_by = ${actor.id}, signed_in_at = null
    where id = ${user.id}
  `)
  changed({
    ref: userRef(user.id),
    action: 'deleted',
    version,
    before: traceOf(user),
    after: { ...traceOf({ ...user, timezone: 'UTC', personId: null, state: 'deleted' }), openWork: openWork.length },
    erases: true,
    ...(reason === undefined ? {} : { reason }),
  })
  return { userId: user.id, openWork }
}

/** The last administrator can neither go nor be sent away. */
export async function requireDispensable(context: CommandContext, user: User): Promise<void> {
  if (await isAdministrator(context, user.id)) await requireAnotherAdmin(context.whole, { userId: user.id })
}

async function isAdministrator({ whole }: CommandContext, userId: string): Promise<boolean> {
  const { found } = await whole.one<{ found: boolean }>(sql`
    select exists (
      select 1 from grants where user_id = ${userId} and role = 'admin' and scope = 'instance' and revoked_at is null
    ) as found
  `)
  return found
}
