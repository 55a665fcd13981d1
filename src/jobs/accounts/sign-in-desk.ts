/** Signing in and out: password, second factor, provider, and whose session a request carries. */
import { checkTotp, hashPassword, isOutdatedHash, openSecret, recoveryCodeDigest } from '../../credentials/index.ts'
import { Problem } from '../../kernel/problems.ts'
import { deskOperations, EmailAddress, endOwnSession, signOutEverywhere } from '../../modules/access/index.ts'
import { type Actor, PROGRAM } from '../../operations/index.ts'
import { verifiedEmailOf } from '../../outside/index.ts'
import type { AccountDesk, AccountDeskOptions } from './account-desk.ts'
import { answerOf, checkPassword, personOf, sessionStart, signedIn, strangerOf } from './desk-parts.ts'

type SignInDesk = Pick<
  AccountDesk,
  | 'signIn'
  | 'secondFactor'
  | 'signOut'
  | 'endSession'
  | 'signOutEverywhere'
  | 'actorOf'
  | 'hasOpenId'
  | 'beginOpenId'
  | 'finishOpenId'
>

const steps = deskOperations

/** Longer than any token of ours: not worth asking the database. */
const LONGEST_TOKEN = 200

export function signInDesk(options: AccountDeskOptions): SignInDesk {
  const { operations, clock, instanceKey, settings, openId } = options

  async function actorOf(token: string): Promise<Actor | undefined> {
    if (token === '' || token.length > LONGEST_TOKEN) return undefined
    const { idleMinutes } = settings
    return (await operations.run(steps.findSessionActor, { token, idleMinutes }, PROGRAM)) ?? undefined
  }

  return {
    async signIn({ email, password }, visitor) {
      // Whatever was typed, the answer is the same.
      const address = EmailAddress.safeParse(email)
      const who = { email: address.success ? address.data : 'nobody@nowhere.invalid' }
      const proven = await checkPassword(options, who, password, visitor)
      if (!proven) throw new Problem('access.sign-in-not-accepted')
      const { userId, passwordHash, failedBefore } = proven
      const person = personOf(proven, visitor)
      const answer = answerOf(
        await operations.run(
          steps.signInWithPassword,
          { userId, passwordHash, failedBefore, ...sessionStart(options, visitor) },
          person,
        ),
      )
      if (options.hashCost === undefined && isOutdatedHash(passwordHash)) {
        const after = await hashPassword(password)
        await operations.run(steps.renewPasswordHash, { userId, before: passwordHash, after }, person)
      }
      return answer
    },

    async secondFactor(input, visitor) {
      const { step } = input
      const stranger = strangerOf(visitor)
      const { userId, totpSecret, totpStep } = await operations.run(steps.claimCodeAttempt, { step }, stranger)
      const proof = 'code' in input ? await proofOf(input.code) : recoveryProof(input.recoveryCode)
      if (!proof) return refuse()
      try {
        const start = sessionStart(options, visitor)
        return signedIn(await operations.run(steps.signInWithCode, { step, proof, ...start }, personOf({ userId }, visitor)))
      } catch (error) {
        if (error instanceof Problem && error.code === 'access.code-not-accepted') return refuse()
        throw error
      }

      async function proofOf(code: string) {
        const secret = openSecret(totpSecret, instanceKey, userId)
        const answer = await checkTotp({ secret, code, now: clock.now(), lastStep: totpStep })
        return answer.ok ? { totpStep: answer.step } : undefined
      }

      async function refuse(): Promise<never> {
        await operations.run(steps.settleAttempt, { userId, outcome: 'failed' }, strangerOf(visitor))
        throw new Problem('access.code-not-accepted', {}, { place: { field: 'code' } })
      }
    },

    async signOut(token) {
      const actor = await actorOf(token)
      if (actor) await operations.run(steps.signOut, { token }, actor)
    },

    async endSession(actor, sessionId) {
      await operations.run(endOwnSession, { id: sessionId }, actor)
    },

    async signOutEverywhere(actor) {
      await operations.run(signOutEverywhere, {}, actor)
    },

    actorOf,

    hasOpenId: () => openId !== undefined,

    async beginOpenId(lang) {
      if (!openId) throw new Problem('access.open-id-not-set-up')
      const { address, ...kept } = await openId.begin(lang === undefined ? {} : { lang })
      return { url: address, cookie: await operations.run(steps.keepProviderStep, { kept }, strangerOf({})) }
    },

    async finishOpenId(callbackUrl, cookie, visitor) {
      if (!openId) throw new Problem('access.open-id-not-set-up')
      const stranger = strangerOf(visitor)
      const kept = await operations.run(steps.takeProviderStep, { token: cookie ?? '' }, stranger)
      const identity = await openId.finish({
        callbackUrl,
        state: String(kept.state),
        nonce: String(kept.nonce),
        codeVerifier: String(kept.codeVerifier),
      })
      const { issuer, subject } = identity
      const input = { issuer, subject, verifiedEmail: verifiedEmailOf(identity), ...sessionStart(options, visitor) }
      return answerOf(await operations.run(steps.signInWithProvider, input, stranger))
    },
  }
}

function recoveryProof(typed: string): { recoveryDigest: string } | undefined {
  const recoveryDigest = recoveryCodeDigest(typed)
  return recoveryDigest === undefined ? undefined : { recoveryDigest }
}
