/**
 * The account desk: everything by which somebody becomes known here. It joins what no transaction may wait for (hashing a password,
 * asking a provider, sending mail) with the operations that write.
 *
 * Errors: Problems of `access` and `credentials` (each method names its own); input that is not accepted comes as
 * `operations.input-not-accepted` with one detail per field.
 */
import type { HashCost, QrCode } from '../../credentials/index.ts'
import type { Clock } from '../../kernel/clock.ts'
import {
  type AccountLanguage,
  type GivenRole,
  nameSender,
  type OpenWork,
  type OwnAccount,
  type ScopeKind,
} from '../../modules/access/index.ts'
import type { Actor, Operations } from '../../operations/index.ts'
import type { Mailer, OpenIdProvider } from '../../outside/index.ts'
import { outboxDesk } from './outbox-desk.ts'
import { ownAccountDesk } from './own-account-desk.ts'
import { passwordDesk } from './password-desk.ts'
import { signInDesk } from './sign-in-desk.ts'

/** Where a request came from, as the session list shows it. Never used to decide anything. */
export interface AccountVisitor {
  readonly address?: string | undefined
  readonly agent?: string | undefined
  readonly requestId?: string | undefined
}

export interface SignedIn {
  readonly status: 'signed-in'
  /** For the cookie; shown to nobody else and stored nowhere. */
  readonly token: string
  readonly expiresAt: Date
  readonly userId: string
  /** Language of the account, for the page that follows. */
  readonly lang: AccountLanguage
}

/** The password was right; a code is wanted. `step` is a token for the form that asks, good for ten minutes and five attempts. */
export interface SecondFactorWanted {
  readonly status: 'second-factor'
  readonly step: string
}

export type SignInAnswer = SignedIn | SecondFactorWanted

export interface GrantInput {
  readonly role: GivenRole
  readonly scope: ScopeKind
  readonly scopeId?: string | null | undefined
}

export interface InvitationInput {
  readonly email: string
  readonly name: string
  readonly lang: AccountLanguage
  readonly grants?: readonly GrantInput[]
}

export interface TotpSetup {
  /** For typing by hand. */
  readonly secret: string
  readonly uri: string
  readonly qr: QrCode
}

export interface AccountDeskOptions {
  readonly operations: Operations
  readonly clock: Clock
  /** 32 bytes; seals the secrets of second factors. */
  readonly instanceKey: Buffer
  readonly instanceName: string
  /** Scheme and host for links in mails, without a slash at the end. */
  readonly publicUrl: string
  readonly settings: { readonly idleMinutes: number; readonly sessionHours: number }
  /** Absent, or without a server: messages are kept for the administrator. */
  readonly mail?: Mailer | undefined
  readonly openId?: OpenIdProvider | undefined
  /** For tests, which need many accounts and no protection. */
  readonly hashCost?: HashCost | undefined
}

export interface AccountDesk {
  /** Cheap: remembered once it is true. */
  accountsExist(): Promise<boolean>
  /** Path with a token for the first account, good for a day; undefined once there is an account. An older one stops working. */
  setupLink(): Promise<string | undefined>
  /** `actor`: the local administrator needs no token. Errors: `access.accounts-exist`, `access.link-over`, `credentials.password-…`. */
  createFirstAccount(
    input: { token?: string | undefined; name: string; email: string; lang: AccountLanguage; password: string },
    visitor: AccountVisitor,
    actor?: Actor,
  ): Promise<SignedIn>

  /** Errors: `access.sign-in-not-accepted` whatever was wrong; `credentials.busy`. */
  signIn(input: { email: string; password: string }, visitor: AccountVisitor): Promise<SignInAnswer>
  /** Errors: `access.code-not-accepted`, `access.sign-in-step-over` (begin again). */
  secondFactor(
    input: { step: string; code: string } | { step: string; recoveryCode: string },
    visitor: AccountVisitor,
  ): Promise<SignedIn>
  signOut(token: string): Promise<void>
  endSession(actor: Actor, sessionId: string): Promise<void>
  /** Every session of the account, this one too. */
  signOutEverywhere(actor: Actor): Promise<void>
  /** Undefined when the session is over. For each request: one statement. */
  actorOf(token: string): Promise<Actor | undefined>

  /** The link is given where no mail is set up, or has not gone out yet. Errors: `access.email-taken`, `access.administrator-first`,
   * `grants.scope-…`. */
  invite(input: InvitationInput, actor: Actor): Promise<{ userId: string; link: string | undefined }>
  /** The same for somebody who lost the link: to accept an invitation, or to choose a password. */
  sendAccessLink(userId: string, actor: Actor): Promise<{ userId: string; link: string | undefined }>
  /** For the page behind a link: whose it is; undefined when it no longer works. */
  findInvitation(token: string): Promise<{ name: string; email: string; lang: AccountLanguage } | undefined>
  redeemInvitation(input: { token: string; password: string; name: string }, visitor: AccountVisitor): Promise<SignedIn>
  /** The same whether there is such an account or not. */
  requestPasswordReset(email: string, visitor?: AccountVisitor): Promise<void>
  canResetPassword(token: string): Promise<boolean>
  /** Ends all sessions; the person signs in afterwards. */
  resetPassword(input: { token: string; password: string }, visitor?: AccountVisitor): Promise<void>
  /** Errors: `access.password-not-accepted` (the current one), `credentials.password-…` (the next one). */
  changePassword(actor: Actor, input: { current: string; next: string }): Promise<void>

  beginTotp(actor: Actor): Promise<TotpSetup>
  /** Gives the recovery codes, to be shown once. The password again: a session left open must not lock its owner out. */
  confirmTotp(actor: Actor, input: { code: string; password: string }): Promise<readonly string[]>
  removeTotp(actor: Actor, password: string): Promise<void>
  newRecoveryCodes(actor: Actor, password: string): Promise<readonly string[]>

  hasOpenId(): boolean
  /** `cookie` is to be kept in a cookie until the browser is back. Errors: `outside.…` when the provider is down. */
  beginOpenId(lang?: string): Promise<{ url: string; cookie: string }>
  /** `callbackUrl`: the address that came, or its query. Errors: `access.open-id-stranger`, `access.sign-in-step-over`, `outside.open-id-…`. */
  finishOpenId(callbackUrl: string, cookie: string | undefined, visitor: AccountVisitor): Promise<SignInAnswer>

  ownAccount(actor: Actor): Promise<OwnAccount>
  reviseOwnAccount(actor: Actor, input: { name: string; lang: AccountLanguage; timezone: string }): Promise<OwnAccount>
  /** A link goes to the new address, a notice to the old one; the same answer when the address is somebody else's. */
  changeEmail(actor: Actor, input: { email: string; password: string }): Promise<void>
  confirmEmail(token: string): Promise<void>
  /** What would stay behind if the account were deleted now. */
  openWork(actor: Actor): Promise<readonly OpenWork[]>
  /** Gives the work that stays open. Errors: `grants.last-admin`, `access.password-not-accepted`. */
  deleteOwnAccount(actor: Actor, password: string): Promise<readonly OpenWork[]>
  /** Everything that is kept about the person, for a file. */
  downloadOwn(actor: Actor): Promise<Readonly<Record<string, unknown>>>

  /** Sends what waits, or keeps it where no mail is set up. For a timer; one run at a time. */
  sendWaiting(): Promise<{ sent: number; failed: number; kept: number }>
  /** Removes what is no longer needed. For the nightly work. */
  tidy(): Promise<void>
}

export function createAccountDesk(options: AccountDeskOptions): AccountDesk {
  nameSender({ instanceName: options.instanceName, publicUrl: options.publicUrl })
  return { ...passwordDesk(options), ...signInDesk(options), ...ownAccountDesk(options), ...outboxDesk(options) }
}
