/** Signing in, after the password or the provider said who it is: at once, or after a second factor. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type CommandContext, defineCommand } from '../../../operations/index.ts'
import { removeLinks } from '../messages/write-message.ts'
import { endLinks, findLink, makeLink, ownerOf, takeLink } from '../users/one-time-links.ts'
import { lockUser, noteOnUser, updateUser } from '../users/user-rows.ts'
import { claim, giveBack } from './claim-attempt.ts'
import { type NewSession, SessionStart, type SignInMethod, startSession } from './session.ts'

/** Errors: Problem `access.sign-in-not-accepted` when the password was changed, or the account suspended, since it was checked. */
export const signInWithPassword = defineCommand({
  name: 'access.sign-in-with-password',
  permission: 'access.sign-in.use',
  rows: 'whole',
  input: SessionStart.extend({ userId: z.string(), passwordHash: z.string(), failedBefore: z.string().nullable() }),
  async run(context, { userId, passwordHash, failedBefore, ...start }): Promise<NewSession | { readonly step: string }> {
    const { db, clock } = context
    const user = await lockUser(db, userId)
    const secrets = await db.one<{ passwordHash: string | null; hasSecondFactor: boolean }>(sql`
      select password_hash as "passwordHash", totp_confirmed_at is not null as "hasSecondFactor" from user_secrets where user_id = ${userId}
    `)
    if (user.state !== 'active' || secrets.passwordHash !== passwordHash) throw new Problem('access.sign-in-not-accepted')
    if (!secrets.hasSecondFactor) return startSession(context, user, 'password', start)
    await giveBack(db, userId, failedBefore)
    return { step: await makeLink(db, clock.now(), 'sign_in_step', { userId, details: { method: 'password', tries: 0 } }) }
  },
})

/** A stored hash of yesterday's cost is replaced when the password is at hand. */
export const renewPasswordHash = defineCommand({
  name: 'access.renew-password-hash',
  permission: 'access.sign-in.use',
  rows: 'whole',
  input: z.object({ userId: z.string(), before: z.string(), after: z.string() }),
  async run({ db }, { userId, before, after }): Promise<void> {
    await db.run(sql`update user_secrets set password_hash = ${after} where user_id = ${userId} and password_hash = ${before}`)
  },
})

export interface CodeAttempt {
  readonly userId: string
  /** Sealed with the key of the instance. */
  readonly totpSecret: string
  readonly totpStep: number | null
}

const MOST_TRIES = 5

/** Counts the try before the code is looked at. Errors: Problem `access.sign-in-step-over`. */
export const claimCodeAttempt = defineCommand({
  name: 'access.claim-code-attempt',
  permission: 'access.sign-in.use',
  rows: 'whole',
  input: z.object({ step: z.string() }),
  async run({ db, clock }, { step }): Promise<CodeAttempt> {
    const at = clock.now()
    const link = await findLink(db, at, 'sign_in_step', step)
    if (!link) throw new Problem('access.sign-in-step-over')
    const counted = await db.run(sql`
      update one_time_links
      set details = jsonb_set(details, '{tries}', to_jsonb((details ->> 'tries')::integer + 1))
      where id = ${link.id} and (details ->> 'tries')::integer < ${MOST_TRIES}
    `)
    const userId = ownerOf(link)
    const claimed = counted === 1 && (await claim(db, at, userId))
    const secrets = claimed
      ? await db.maybe<Omit<CodeAttempt, 'userId'>>(sql`
          select totp_secret as "totpSecret", totp_step as "totpStep"
          from user_secrets
          where user_id = ${userId} and totp_confirmed_at is not null
        `)
      : undefined
    if (!secrets) throw new Problem('access.sign-in-step-over')
    return { userId, ...secrets }
  },
})

/** Errors: Problems `access.sign-in-step-over`, `access.code-not-accepted` when the code was used meanwhile. */
export const signInWithCode = defineCommand({
  name: 'access.sign-in-with-code',
  permission: 'access.sign-in.use',
  rows: 'whole',
  input: SessionStart.extend({
    step: z.string(),
    proof: z.union([z.object({ totpStep: z.number().int() }), z.object({ recoveryDigest: z.string() })]),
  }),
  async run(context, { step, proof, ...start }): Promise<NewSession> {
    const { db, clock } = context
    const link = await takeLink(db, clock.now(), 'sign_in_step', step)
    const user = await lockUser(db, ownerOf(link))
    if (user.state !== 'active') throw new Problem('access.sign-in-not-accepted')
    if (!(await useUp(db, user.id, proof))) throw new Problem('access.code-not-accepted')
    if ('recoveryDigest' in proof) noteOnUser(context, user, 'recovery-code-used')
    const method: SignInMethod = link.details.method === 'open_id' ? 'open_id' : 'password'
    return startSession(context, user, method, start, true)
  },
})

/** Each code counts once, also when two come at the same time. */
async function useUp(
  db: Db,
  userId: string,
  proof: { readonly totpStep: number } | { readonly recoveryDigest: string },
): Promise<boolean> {
  const used =
    'totpStep' in proof
      ? await db.run(sql`
          update user_secrets
          set totp_step = ${proof.totpStep}
          where user_id = ${userId} and (totp_step is null or totp_step < ${proof.totpStep})
        `)
      : await db.run(sql`
          update user_secrets
          set recovery_digests = array_remove(recovery_digests, ${proof.recoveryDigest})
          where user_id = ${userId} and ${proof.recoveryDigest} = any(recovery_digests)
        `)
  return used === 1
}

/** Errors: Problem `access.open-id-stranger`. */
export const signInWithProvider = defineCommand({
  name: 'access.sign-in-with-provider',
  permission: 'access.sign-in.use',
  rows: 'whole',
  input: SessionStart.extend({
    issuer: z.string().max(500),
    subject: z.string().max(255),
    /** Only one that the provider has confirmed: any other would open anybody's account. */
    verifiedEmail: z.string().optional(),
  }),
  async run(context, { issuer, subject, verifiedEmail, ...start }): Promise<NewSession | { readonly step: string }> {
    const { db, clock } = context
    const userId = (await findLinked(db, issuer, subject)) ?? (await linkByEmail(context, issuer, subject, verifiedEmail))
    const user = await lockUser(db, userId)
    if (user.state !== 'active') throw new Problem('access.open-id-stranger')
    const { hasSecondFactor } = await db.one<{ hasSecondFactor: boolean }>(sql`
      select totp_confirmed_at is not null as "hasSecondFactor" from user_secrets where user_id = ${userId}
    `)
    if (!hasSecondFactor) return startSession(context, user, 'open_id', start)
    return { step: await makeLink(db, clock.now(), 'sign_in_step', { userId, details: { method: 'open_id', tries: 0 } }) }
  },
})

async function findLinked(db: Db, issuer: string, subject: string): Promise<string | undefined> {
  const linked = await db.maybe<{ userId: string }>(sql`
    select user_id as "userId" from user_identities where issuer = ${issuer} and subject = ${subject}
  `)
  return linked?.userId
}

/**
 * Never makes an account: somebody must have invited the address. An invitation counts as accepted then. An account that knows the
 * person under another name at the same provider is not hers: an address may be given to somebody else.
 */
async function linkByEmail(context: CommandContext, issuer: string, subject: string, email: string | undefined): Promise<string> {
  const { db, clock } = context
  const found =
    email === undefined
      ? undefined
      : await db.maybe<{ id: string }>(sql`
          select u.id
          from users as u
          where u.email = ${email.normalize('NFC').toLowerCase()} and u.state in ('active', 'invited')
            and not exists (select 1 from user_identities as other where other.user_id = u.id and other.issuer = ${issuer})
        `)
  if (!found) throw new Problem('access.open-id-stranger')
  const user = await lockUser(db, found.id)
  const at = clock.now()
  await db.run(sql`
    insert into user_identities (issuer, subject, user_id, linked_at)
    values (${issuer}, ${subject}, ${user.id}, ${at.toISOString()})
    on conflict do nothing
  `)
  noteOnUser(context, user, 'provider-linked')
  if (user.state === 'invited') {
    await updateUser(context, user, { ...user, state: 'active' }, 'invitation-redeemed')
    await endLinks(db, at, 'invitation', user.id)
    await removeLinks(db, user.id, 'invitation')
  }
  return user.id
}

/** What must be kept while the person is at the provider. Gives the token for the cookie. */
export const keepProviderStep = defineCommand({
  name: 'access.keep-provider-step',
  permission: 'access.sign-in.use',
  rows: 'whole',
  input: z.object({ kept: z.record(z.string(), z.string()) }),
  run: ({ db, clock }, { kept }): Promise<string> => makeLink(db, clock.now(), 'open_id', { details: kept }),
})

/** Once. Errors: Problem `access.sign-in-step-over`. */
export const takeProviderStep = defineCommand({
  name: 'access.take-provider-step',
  permission: 'access.sign-in.use',
  rows: 'whole',
  input: z.object({ token: z.string() }),
  run: async ({ db, clock }, { token }): Promise<Readonly<Record<string, unknown>>> =>
    (await takeLink(db, clock.now(), 'open_id', token)).details,
})
