/**
 * An attempt counts before it is checked, so that many at once are as slow as one after the other. What became of it is settled
 * afterwards; hashing takes longer than a transaction may.
 */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { defineCommand } from '../../../operations/index.ts'
import type { AccountLanguage } from '../users/user.ts'
import { EmailAddress, userRef } from '../users/user.ts'
import { mayTry } from './slow-down.ts'

export interface PasswordAttempt {
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly lang: AccountLanguage
  /** Null: has none, or no attempt may be made now. */
  readonly passwordHash: string | null
  readonly hasSecondFactor: boolean
  /** The failure before this attempt: what an attempt that is given back leaves. */
  readonly failedBefore: string | null
}

/** Null for an address that is nobody's. */
export const claimPasswordAttempt = defineCommand({
  name: 'access.claim-password-attempt',
  permission: 'access.sign-in.use',
  rows: 'whole',
  input: z.union([z.object({ email: EmailAddress }), z.object({ userId: z.string() })]),
  async run({ db, clock }, who): Promise<PasswordAttempt | null> {
    const isWho = 'email' in who ? sql`u.email = ${who.email}` : sql`u.id = ${who.userId}`
    const user = await db.maybe<Omit<PasswordAttempt, 'passwordHash' | 'failedBefore'>>(sql`
      select u.id as "userId", u.name, u.email, u.lang, s.totp_confirmed_at is not null as "hasSecondFactor"
      from users as u
      join user_secrets as s on s.user_id = u.id
      where u.state = 'active' and ${isWho}
    `)
    if (!user) return null
    const claimed = await claim(db, clock.now(), user.userId)
    return { ...user, passwordHash: claimed?.passwordHash ?? null, failedBefore: claimed?.failedBefore ?? null }
  },
})

/** Undefined while the account waits. */
export function claim(
  db: Db,
  at: Date,
  userId: string,
): Promise<Pick<PasswordAttempt, 'passwordHash' | 'failedBefore'> | undefined> {
  return db.maybe(sql`
    with before as (
      select user_id, failed_at from user_secrets where user_id = ${userId} for update
    )
    update user_secrets as s
    set failures = s.failures + 1, failed_at = ${at.toISOString()}
    from before
    where s.user_id = before.user_id and ${mayTry(at)}
    returning s.password_hash as "passwordHash", before.failed_at as "failedBefore"
  `)
}

/** As if the attempt had not been made. */
export async function giveBack(db: Db, userId: string, failedBefore: string | null): Promise<void> {
  await db.run(sql`
    update user_secrets set failures = greatest(failures - 1, 0), failed_at = ${failedBefore} where user_id = ${userId}
  `)
}

/**
 * `failed` goes into the trail. `proven` ends the row of failures. `returned`: nothing was found out, or a second factor is still to
 * come; the attempt counts as not made.
 */
export const settleAttempt = defineCommand({
  name: 'access.settle-attempt',
  permission: 'access.sign-in.use',
  rows: 'whole',
  input: z.object({
    userId: z.string().nullable(),
    outcome: z.enum(['failed', 'proven', 'returned']),
    failedBefore: z.string().nullish(),
  }),
  async run({ db, changed }, { userId, outcome, failedBefore }): Promise<void> {
    if (outcome === 'failed') {
      changed({ ref: userRef(userId ?? 'unknown'), action: 'sign-in-failed', version: 1 })
    } else if (outcome === 'proven') {
      await db.run(sql`update user_secrets set failures = 0, failed_at = null where user_id = ${userId}`)
    } else if (userId !== null) {
      await giveBack(db, userId, failedBefore ?? null)
    }
  },
})
