/**
 * The steps of the account desk. No program calls them by name: the desk proves first who somebody is, and some answers hold a token.
 */
import { claimWaitingMessage, noteDelivery } from '../messages/deliver.ts'
import { claimPasswordAttempt, settleAttempt } from '../sessions/claim-attempt.ts'
import { signOut } from '../sessions/end-sessions.ts'
import { findSessionActor } from '../sessions/find-session-actor.ts'
import {
  claimCodeAttempt,
  keepProviderStep,
  renewPasswordHash,
  signInWithCode,
  signInWithPassword,
  signInWithProvider,
  takeProviderStep,
} from '../sessions/sign-in.ts'
import { accountsExist } from './accounts-exist.ts'
import { deleteOwnAccount } from './delete-user.ts'
import { createFirstAccount, makeSetupToken } from './first-account.ts'
import { findInvitation, redeemInvitation } from './invite-user.ts'
import { changeEmail, confirmEmail } from './own-account.ts'
import { changePassword, findPasswordReset, requestPasswordReset, resetPassword } from './passwords.ts'
import {
  beginSecondFactor,
  confirmSecondFactor,
  getOwnSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
} from './second-factor.ts'
import { tidyAccounts } from './tidy-accounts.ts'

export const deskOperations = {
  accountsExist,
  makeSetupToken,
  createFirstAccount,
  claimPasswordAttempt,
  settleAttempt,
  signInWithPassword,
  renewPasswordHash,
  claimCodeAttempt,
  signInWithCode,
  signInWithProvider,
  keepProviderStep,
  takeProviderStep,
  findSessionActor,
  signOut,
  findInvitation,
  redeemInvitation,
  requestPasswordReset,
  findPasswordReset,
  resetPassword,
  changePassword,
  getOwnSecondFactor,
  beginSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
  changeEmail,
  confirmEmail,
  deleteOwnAccount,
  tidyAccounts,
  claimWaitingMessage,
  noteDelivery,
} as const
