/** Door of the room: what reaches other hosts. */
import './problems.ts'

export {
  createGuardedDownload,
  type Downloaded,
  type DownloadSettings,
  type GuardedDownload,
} from './guarded-download.ts'
export { createGuardedFetch, type GuardedFetch, type GuardedFetchSettings } from './guarded-fetch.ts'
export { createMailer, type Mailer, type MailSettings } from './mail/mailer.ts'
export { isMailAddress, type MailMessage } from './mail/message.ts'
export { type OpenIdIdentity, verifiedEmailOf } from './open-id/identity.ts'
export {
  createOpenIdProvider,
  type OpenIdProvider,
  type OpenIdReturn,
  type OpenIdSettings,
  type OpenIdStart,
} from './open-id/provider.ts'
