/** What the parts of the desk share: how an operation is run for a stranger or a person, and how a password is asked for again. */
import { hashPassword, passwordProblem, verifyPassword } from '../../credentials/index.ts'
import { Problem } from '../../kernel/problems.ts'
import { deskOperations, type NewSession, type PasswordAttempt } from '../../modules/access/index.ts'
import { type Actor, ANONYMOUS } from '../../operations/index.ts'
import type { AccountDeskOptions, AccountVisitor, SignedIn, SignInAnswer } from './account-desk.ts'

export type DeskOptions = Pick<AccountDeskOptions, 'operations' | 'settings' | 'hashCost' | 'instanceName'>

const { claimPasswordAttempt, settleAttempt } = deskOperations

/** Somebody who has not said yet who it is. */
export function strangerOf({ requestId }: AccountVisitor): Actor {
  return requestId === undefined ? ANONYMOUS : { ...ANONYMOUS, requestId }
}

export function personOf({ userId, name = '' }: { userId: string; name?: string }, { requestId }: AccountVisitor): Actor {
  return { id: userId, kind: 'user', name, ...(requestId === undefined ? {} : { requestId }) }
}

export function sessionStart({ settings }: DeskOptions, { address, agent }: AccountVisitor) {
  return {
    hours: settings.sessionHours,
    ...(address === undefined ? {} : { address }),
    ...(agent === undefined ? {} : { agent }),
  }
}

export function signedIn({ userId, token, expiresAt, lang }: NewSession): SignedIn {
  return { status: 'signed-in', token, expiresAt: new Date(expiresAt), userId, lang }
}

export function answerOf(result: NewSession | { readonly step: string }): SignInAnswer {
  return 'step' in result ? { status: 'second-factor', step: result.step } : signedIn(result)
}

/** Refuses a weak password before anything is computed. `context`: what everybody who knows the account tries first. */
export async function newPasswordHash(
  { hashCost, instanceName }: DeskOptions,
  password: string,
  context: readonly string[],
): Promise<string> {
  const report = passwordProblem(password, [...context, instanceName])
  if (report) throw new Problem(report.code, report.params, report.place ? { place: report.place } : {})
  return hashPassword(password, hashCost)
}

/**
 * The account that the password opens, and undefined when it opens none. Every attempt counts, known or not, and takes the same time.
 * Errors: Problem `credentials.busy`; the attempt is given back then.
 */
export async function checkPassword(
  { operations }: DeskOptions,
  who: { readonly email: string } | { readonly userId: string },
  password: string,
  visitor: AccountVisitor,
): Promise<(PasswordAttempt & { readonly passwordHash: string }) | undefined> {
  const attempt = await operations.run(claimPasswordAttempt, who, strangerOf(visitor))
  const settle = (outcome: 'failed' | 'returned') =>
    operations.run(
      settleAttempt,
      { userId: attempt?.userId ?? null, outcome, failedBefore: attempt?.failedBefore ?? null },
      // Whoever fails has not proven to be the owner of the account: the trail names the account, and a stranger who tried.
      strangerOf(visitor),
    )
  let isRight: boolean
  try {
    isRight = await verifyPassword(password, attempt?.passwordHash)
  } catch (error) {
    if (attempt?.passwordHash) await settle('returned')
    throw error
  }
  if (isRight && attempt && attempt.passwordHash !== null) return { ...attempt, passwordHash: attempt.passwordHash }
  await settle('failed')
  return undefined
}

/**
 * Once more the password, before what opens the account is changed: a session left open must not be enough. An account without one
 * (sign-in by a provider) has nothing to ask for. Errors: Problem `access.password-not-accepted` at the field.
 */
export async function requirePassword(
  options: DeskOptions,
  actor: Actor,
  { password, hasPassword, field = 'password' }: { password: string; hasPassword: boolean; field?: string },
): Promise<string | undefined> {
  if (!hasPassword) return undefined
  const proven = await checkPassword(options, { userId: actor.id }, password, { requestId: actor.requestId })
  if (!proven) throw new Problem('access.password-not-accepted', {}, { place: { field } })
  await options.operations.run(settleAttempt, { userId: actor.id, outcome: 'proven' }, actor)
  return proven.passwordHash
}
