/** The own account: second factor, address, everything that is kept, and the end of it. */
import { checkTotp, newRecoveryCodes, newTotpSecret, openSecret, qrCode, sealSecret, totpUri } from '../../credentials/index.ts'
import { Problem } from '../../kernel/problems.ts'
import {
  deskOperations,
  getOwnAccount,
  listOwnOpenWork,
  reviseOwnAccount,
  whatIsKeptAboutMe,
} from '../../modules/access/index.ts'
import { whatIsKeptAboutPerson } from '../../modules/directory/index.ts'
import { type Actor, ANONYMOUS } from '../../operations/index.ts'
import type { AccountDesk, AccountDeskOptions } from './account-desk.ts'
import { requirePassword } from './desk-parts.ts'

type OwnAccountDesk = Pick<
  AccountDesk,
  | 'beginTotp'
  | 'confirmTotp'
  | 'removeTotp'
  | 'newRecoveryCodes'
  | 'ownAccount'
  | 'reviseOwnAccount'
  | 'changeEmail'
  | 'confirmEmail'
  | 'openWork'
  | 'deleteOwnAccount'
  | 'downloadOwn'
>

const steps = deskOperations

export function ownAccountDesk(options: AccountDeskOptions): OwnAccountDesk {
  const { operations, clock, instanceKey, instanceName } = options

  const ownAccount = (actor: Actor) => operations.run(getOwnAccount, {}, actor)

  async function proveOwner(actor: Actor, password: string): Promise<void> {
    const { hasPassword } = await ownAccount(actor)
    await requirePassword(options, actor, { password, hasPassword })
  }

  return {
    async beginTotp(actor) {
      const { email } = await ownAccount(actor)
      const secret = newTotpSecret()
      await operations.run(steps.beginSecondFactor, { sealedSecret: sealSecret(secret, instanceKey, actor.id) }, actor)
      const uri = totpUri({ issuer: instanceName, account: email ?? actor.name, secret })
      return { secret, uri, qr: qrCode(uri) }
    },

    async confirmTotp(actor, { code, password }) {
      const { secret: sealedSecret, confirmed } = await operations.run(steps.getOwnSecondFactor, {}, actor)
      if (confirmed) throw new Problem('access.second-factor-set')
      if (sealedSecret === null) throw new Problem('access.second-factor-not-set')
      await proveOwner(actor, password)
      const answer = await checkTotp({ secret: openSecret(sealedSecret, instanceKey, actor.id), code, now: clock.now() })
      if (!answer.ok) throw new Problem('access.code-not-accepted', {}, { place: { field: 'code' } })
      const { codes, digests } = newRecoveryCodes()
      await operations.run(steps.confirmSecondFactor, { sealedSecret, step: answer.step, recoveryDigests: [...digests] }, actor)
      return codes
    },

    async removeTotp(actor, password) {
      await proveOwner(actor, password)
      await operations.run(steps.removeSecondFactor, {}, actor)
    },

    async newRecoveryCodes(actor, password) {
      await proveOwner(actor, password)
      const { codes, digests } = newRecoveryCodes()
      await operations.run(steps.renewRecoveryCodes, { recoveryDigests: [...digests] }, actor)
      return codes
    },

    ownAccount,
    reviseOwnAccount: async (actor, input) => {
      await operations.run(reviseOwnAccount, input, actor)
      return ownAccount(actor)
    },

    async changeEmail(actor, { email, password }) {
      await proveOwner(actor, password)
      await operations.run(steps.changeEmail, { email }, actor)
    },

    async confirmEmail(token) {
      await operations.run(steps.confirmEmail, { token }, ANONYMOUS)
    },

    openWork: (actor) => operations.run(listOwnOpenWork, {}, actor),

    async deleteOwnAccount(actor, password) {
      await proveOwner(actor, password)
      return (await operations.run(steps.deleteOwnAccount, {}, actor)).openWork
    },

    async downloadOwn(actor) {
      const kept = await operations.run(whatIsKeptAboutMe, {}, actor)
      return { at: clock.now().toISOString(), ...kept, directory: await operations.run(whatIsKeptAboutPerson, {}, actor) }
    },
  }
}
