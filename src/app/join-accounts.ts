/** Joins the desk at which people become known with the key, the mail server and the identity provider of this installation. */
import { type AccountDesk, createAccountDesk } from '../jobs/accounts/account-desk.ts'
import { systemClock } from '../kernel/clock.ts'
import { createGuardedFetch, createMailer, createOpenIdProvider } from '../outside/index.ts'
import type { App } from './open-app.ts'
import type { Settings } from './settings.ts'

/** Where the provider sends people back; it is registered there, so it never changes. */
export const PROVIDER_BACK_PATH = '/sign-in/provider/back'

export function joinAccounts({ settings, operations }: App, instanceKey: Buffer): AccountDesk {
  const publicUrl = publicUrlOf(settings)
  const { mail, openIdConnect: openId, outboundAllow } = settings
  return createAccountDesk({
    operations,
    clock: systemClock,
    instanceKey,
    instanceName: settings.instanceName,
    publicUrl,
    settings: { idleMinutes: settings.sessionIdleMinutes, sessionHours: settings.sessionHours },
    ...(mail === undefined ? {} : { mail: createMailer({ url: mail.smtpUrl, from: mail.from }) }),
    ...(openId === undefined
      ? {}
      : {
          openId: createOpenIdProvider({
            issuer: openId.issuer,
            clientId: openId.clientId,
            clientSecret: openId.clientSecret,
            redirectUri: `${publicUrl}${PROVIDER_BACK_PATH}`,
            allowHttp: openId.allowHttp,
            // Who names the provider has decided that it may be reached, also in the own network.
            fetch: createGuardedFetch({
              allowedHosts: [...outboundAllow, new URL(openId.issuer).hostname],
              allowHttp: openId.allowHttp,
            }),
          }),
        }),
  })
}

/** As browsers reach us; on a laptop that is this machine. */
function publicUrlOf({ publicUrl, publicHost, port, tls }: Settings): string {
  const scheme = tls === undefined ? 'http' : 'https'
  return publicUrl ?? `${scheme}://${publicHost ?? `localhost:${port}`}`
}
