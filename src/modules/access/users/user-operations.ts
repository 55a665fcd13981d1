/** The operations about accounts that a program may call too. Those of signing in belong to the desk, which proves who it is first. */
import { getMessage, listMessages, resendMessage } from '../messages/outbox.ts'
import { endOwnSession, listOwnSessions, signOutEverywhere } from '../sessions/end-sessions.ts'
import { deleteUser } from './delete-user.ts'
import { inviteUser, sendAccessLink } from './invite-user.ts'
import { whatIsKeptAboutMe } from './kept-about-me.ts'
import { getUser, listUsers, resetSecondFactor, restoreUser, suspendUser } from './manage-users.ts'
import { nameUsers } from './name-users.ts'
import { listOwnOpenWork } from './open-work.ts'
import { getOwnAccount, reviseOwnAccount } from './own-account.ts'

export const userOperations = [
  listUsers,
  getUser,
  inviteUser,
  sendAccessLink,
  suspendUser,
  restoreUser,
  deleteUser,
  resetSecondFactor,
  nameUsers,
  getOwnAccount,
  reviseOwnAccount,
  listOwnSessions,
  endOwnSession,
  signOutEverywhere,
  listOwnOpenWork,
  whatIsKeptAboutMe,
  listMessages,
  getMessage,
  resendMessage,
] as const
