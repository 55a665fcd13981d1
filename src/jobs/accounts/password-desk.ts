/** The first account, invitations and new passwords: whatever ends with a password that somebody chose. */
import { setTimeout as wait } from 'node:timers/promises'
import { Problem } from '../../kernel/problems.ts'
import {
  deskOperations,
  EmailAddress,
  getMessage,
  getOwnAccount,
  inviteUser,
  linkIn,
  sendAccessLink,
  type WrittenLink,
} from '../../modules/access/index.ts'
import { type Actor, PROGRAM } from '../../operations/index.ts'
import type { AccountDesk, AccountDeskOptions } from './account-desk.ts'
import { newPasswordHash, personOf, requirePassword, sessionStart, signedIn, strangerOf } from './desk-parts.ts'

type PasswordDesk = Pick<
  AccountDesk,
  | 'accountsExist'
  | 'setupLink'
  | 'createFirstAccount'
  | 'invite'
  | 'sendAccessLink'
  | 'findInvitation'
  | 'redeemInvitation'
  | 'requestPasswordReset'
  | 'canResetPassword'
  | 'resetPassword'
  | 'changePassword'
>

const steps = deskOperations

/** Writing a message takes about 10 ms longer than writing none; the answer says neither in words nor by its time which it was. */
const ANSWER_AFTER_MS = 150

export function passwordDesk(options: AccountDeskOptions): PasswordDesk {
  const { operations } = options
  let exist = false

  async function accountsExist(): Promise<boolean> {
    exist ||= await operations.run(steps.accountsExist, {}, PROGRAM)
    return exist
  }

  /** The link of a message that has not gone out yet. */
  async function withLink({ userId, messageId }: WrittenLink, actor: Actor) {
    return { userId, link: linkIn((await operations.run(getMessage, { id: messageId }, actor)).body) }
  }

  return {
    accountsExist,

    async setupLink() {
      const token = await operations.run(steps.makeSetupToken, {}, PROGRAM)
      return token === null ? undefined : `/en/setup?${new URLSearchParams({ token })}`
    },

    async createFirstAccount({ token, password, ...input }, visitor, actor = strangerOf(visitor)) {
      if (await accountsExist()) throw new Problem('access.accounts-exist')
      const passwordHash = await newPasswordHash(options, password, [input.email, input.name])
      const session = await operations.run(
        steps.createFirstAccount,
        { ...input, ...(token === undefined ? {} : { token }), passwordHash, ...sessionStart(options, visitor) },
        actor,
      )
      return signedIn(session)
    },

    async invite({ grants = [], ...input }, actor) {
      const written = await operations.run(inviteUser, { ...input, grants: [...grants] }, actor)
      return withLink(written, actor)
    },

    async sendAccessLink(userId, actor) {
      return withLink(await operations.run(sendAccessLink, { userId }, actor), actor)
    },

    async findInvitation(token) {
      return (await operations.run(steps.findInvitation, { token }, PROGRAM)) ?? undefined
    },

    async redeemInvitation({ token, password, name }, visitor) {
      const invitation = await operations.run(steps.findInvitation, { token }, strangerOf(visitor))
      if (!invitation) throw new Problem('access.link-over')
      const passwordHash = await newPasswordHash(options, password, [invitation.email, name])
      const input = { token, name, passwordHash, ...sessionStart(options, visitor) }
      return signedIn(await operations.run(steps.redeemInvitation, input, personOf({ userId: invitation.userId, name }, visitor)))
    },

    async requestPasswordReset(email, visitor = {}) {
      const answerTime = wait(ANSWER_AFTER_MS)
      const address = EmailAddress.safeParse(email)
      if (address.success) await operations.run(steps.requestPasswordReset, { email: address.data }, strangerOf(visitor))
      await answerTime
    },

    canResetPassword: async (token) => (await operations.run(steps.findPasswordReset, { token }, PROGRAM)) !== null,

    async resetPassword({ token, password }, visitor = {}) {
      const owner = await operations.run(steps.findPasswordReset, { token }, strangerOf(visitor))
      if (!owner) throw new Problem('access.link-over')
      const passwordHash = await newPasswordHash(options, password, [owner.email, owner.name])
      await operations.run(steps.resetPassword, { token, passwordHash }, personOf(owner, visitor))
    },

    async changePassword(actor, { current, next }) {
      const before = await requirePassword(options, actor, { password: current, hasPassword: true, field: 'current' })
      const { email } = await operations.run(getOwnAccount, {}, actor)
      const after = await newPasswordHash(options, next, [actor.name, email ?? ''])
      await operations.run(steps.changePassword, { before: before ?? '', after }, actor)
    },
  }
}
