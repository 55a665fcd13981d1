/** The second factor of the own account. The secret comes sealed with the key of the instance; codes are checked before. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type CommandContext, defineCommand, defineQuery } from '../../../operations/index.ts'
import { writeNotice } from '../messages/write-message.ts'
import type { User } from './user.ts'
import { lockUser, noteOnUser, ownId, ownScope } from './user-rows.ts'

export interface SecondFactorState {
  /** Sealed. */
  readonly secret: string | null
  readonly confirmed: boolean
  readonly step: number | null
}

/** For the desk alone, which checks the code. */
export const getOwnSecondFactor = defineQuery({
  name: 'access.get-own-second-factor',
  permission: 'access.own-account.edit',
  scope: async ({ actor }) => ownScope(actor),
  input: z.object({}),
  run: ({ db, actor }): Promise<SecondFactorState> => readState(db, ownId(actor)),
})

/** Counts for nothing until a code of it was shown. Errors: Problem `access.second-factor-set`. */
export const beginSecondFactor = defineCommand({
  name: 'access.begin-second-factor',
  permission: 'access.own-account.edit',
  rows: 'whole',
  scope: async ({ actor }) => ownScope(actor),
  input: z.object({ sealedSecret: z.string() }),
  async run({ db, actor }, { sealedSecret }): Promise<void> {
    const written = await db.run(sql`
      update user_secrets
      set totp_secret = ${sealedSecret}, totp_step = null
      where user_id = ${ownId(actor)} and totp_confirmed_at is null
    `)
    if (written === 0) throw new Problem('access.second-factor-set')
  },
})

/** Errors: Problem `access.second-factor-not-set` when another secret was begun meanwhile. */
export const confirmSecondFactor = defineCommand({
  name: 'access.confirm-second-factor',
  permission: 'access.own-account.edit',
  rows: 'whole',
  scope: async ({ actor }) => ownScope(actor),
  input: z.object({ sealedSecret: z.string(), step: z.number().int(), recoveryDigests: z.array(z.string()) }),
  async run(context, { sealedSecret, step, recoveryDigests }): Promise<void> {
    const { db, clock, actor } = context
    const user = await lockUser(db, ownId(actor))
    const at = clock.now()
    const written = await db.run(sql`
      update user_secrets
      set totp_confirmed_at = ${at.toISOString()}, totp_step = ${step}, recovery_digests = ${recoveryDigests}
      where user_id = ${user.id} and totp_secret = ${sealedSecret} and totp_confirmed_at is null
    `)
    if (written === 0) throw new Problem('access.second-factor-not-set')
    noteOnUser(context, user, 'second-factor-set')
    await writeNotice(db, at, user, 'second-factor-added')
  },
})

/** Errors: Problem `access.second-factor-not-set`. */
export const removeSecondFactor = defineCommand({
  name: 'access.remove-second-factor',
  permission: 'access.own-account.edit',
  rows: 'whole',
  scope: async ({ actor }) => ownScope(actor),
  input: z.object({}),
  async run(context): Promise<void> {
    await takeAway(context, await lockUser(context.db, ownId(context.actor)), 'second-factor-removed')
  },
})

export async function takeAway(context: CommandContext, user: User, action: string, reason?: string): Promise<void> {
  const { db, clock } = context
  const written = await db.run(sql`
    update user_secrets
    set totp_secret = null, totp_confirmed_at = null, totp_step = null, recovery_digests = '{}'
    where user_id = ${user.id} and totp_confirmed_at is not null
  `)
  if (written === 0) throw new Problem('access.second-factor-not-set')
  noteOnUser(context, user, action, reason)
  await writeNotice(db, clock.now(), user, 'second-factor-removed')
}

/** The older ones no longer work. Errors: Problem `access.second-factor-not-set`. */
export const renewRecoveryCodes = defineCommand({
  name: 'access.renew-recovery-codes',
  permission: 'access.own-account.edit',
  rows: 'whole',
  scope: async ({ actor }) => ownScope(actor),
  input: z.object({ recoveryDigests: z.array(z.string()) }),
  async run(context, { recoveryDigests }): Promise<void> {
    const { db, actor } = context
    const user = await lockUser(db, ownId(actor))
    const written = await db.run(sql`
      update user_secrets set recovery_digests = ${recoveryDigests} where user_id = ${user.id} and totp_confirmed_at is not null
    `)
    if (written === 0) throw new Problem('access.second-factor-not-set')
    noteOnUser(context, user, 'recovery-codes-renewed')
  },
})

function readState(db: Db, userId: string): Promise<SecondFactorState> {
  return db.one<SecondFactorState>(sql`
    select totp_secret as secret, totp_confirmed_at is not null as confirmed, totp_step as step
    from user_secrets
    where user_id = ${userId}
  `)
}
