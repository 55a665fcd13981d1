import './keys/problems.ts'
import './problems.ts'

export { commandAnswers } from './answers/command-answers.ts'
export { removeOldAnswers } from './answers/remove-old-answers.ts'
export { type AuditState, getAuditState, type NotedVerification, noteVerification } from './audit/audit-state.ts'
export {
  AUDIT_OUTCOMES,
  type AuditEvent,
  AuditFilter,
  browseAuditTrail,
  exportAuditTrail,
} from './audit/browse-audit-trail.ts'
export {
  endOfAsOf,
  findRecordVersionAsOf,
  listAuditEvents,
  listRecordVersions,
  type RecordVersion,
} from './audit/record-history.ts'
export { recordRead } from './audit/record-read.ts'
export { type AuditAnchor, type ChainVerification, verifyAuditChain } from './audit/verify-chain.ts'
export { auditWriter } from './audit/write-audit-event.ts'
export { giveDelegation } from './grants/give-delegation.ts'
export { giveGrant } from './grants/give-grant.ts'
export type { ListedGrant } from './grants/grant.ts'
export { grantOperations } from './grants/grant-operations.ts'
export { listGrants } from './grants/list-grants.ts'
export { listOwnDelegations } from './grants/list-own-delegations.ts'
export { loadGrants } from './grants/load-grants.ts'
export { revokeDelegation } from './grants/revoke-delegation.ts'
export { revokeGrant } from './grants/revoke-grant.ts'
export { listScopeHolders } from './grants/scope-holders.ts'
export { createApiKey } from './keys/create-api-key.ts'
export { findKeyActor, type KeyActor } from './keys/find-key-actor.ts'
export { createKeyQuotas, type KeyQuota, type KeyQuotas } from './keys/key-quotas.ts'
export { listApiKeys } from './keys/list-api-keys.ts'
export { revokeApiKey } from './keys/revoke-api-key.ts'
export {
  getMessage,
  type ListedMessage,
  listMessages,
  MESSAGE_STATES,
  type Message,
  type MessagePage,
  resendMessage,
} from './messages/outbox.ts'
export { nameSender, senderOfMessages } from './messages/sender.ts'
export { forgetLinks, linkIn, type MessageDraft, writeMessage } from './messages/write-message.ts'
export type { Calendar } from './notifications/calendar.ts'
export type { DueDigest } from './notifications/digest.ts'
export type { Notice, NoticeDraft, NoticeKind } from './notifications/notification.ts'
export { noticeOperations, notificationOperations } from './notifications/notification-operations.ts'
export {
  chooseDigest,
  DIGESTS,
  listOwnNotifications,
  markNotificationsRead,
  type Notifications,
} from './notifications/own-notifications.ts'
export type { NewsEvent } from './notifications/read-news.ts'
export { PERMISSIONS, type PermissionMeaning } from './policy/permissions.ts'
export { permits } from './policy/permits.ts'
export { policy } from './policy/policy.ts'
export {
  ACCESS_OBJECTS,
  type AccessObject,
  type Cell,
  cellOf,
  GIVEN_ROLES,
  type GivenRole,
  type Reach,
  RIGHTS,
  type Right,
  ROLE_TABLE,
  ROLES,
  type Role,
  SCOPES,
  SCOPES_OF_ROLE,
  type ScopeKind,
} from './policy/role-table.ts'
export { ownRows } from './policy/sight.ts'
export type { PasswordAttempt } from './sessions/claim-attempt.ts'
export { endOwnSession, listOwnSessions, signOutEverywhere } from './sessions/end-sessions.ts'
export type { ListedSession, NewSession } from './sessions/session.ts'
export { type DeletedUser, deleteUser } from './users/delete-user.ts'
export { deskOperations } from './users/desk-operations.ts'
export { findActiveUser } from './users/find-active-user.ts'
export { findUserActor } from './users/find-user-actor.ts'
export { inviteUser, sendAccessLink, type WrittenLink } from './users/invite-user.ts'
export { whatIsKeptAboutMe } from './users/kept-about-me.ts'
export {
  getUser,
  type ListedUser,
  listUsers,
  resetSecondFactor,
  restoreUser,
  suspendUser,
  type UserDetails,
  type UserPage,
} from './users/manage-users.ts'
export { type NamedUser, nameUsers } from './users/name-users.ts'
export { listOwnOpenWork } from './users/open-work.ts'
export { getOwnAccount, reviseOwnAccount } from './users/own-account.ts'
export {
  AccountLang,
  type AccountLanguage,
  EmailAddress,
  type OpenWork,
  type OwnAccount,
  PersonName,
  USER_STATES,
  type User,
  type UserState,
} from './users/user.ts'
export { userOperations } from './users/user-operations.ts'
