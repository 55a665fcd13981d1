/**
 * A real OpenID Connect provider on loopback for tests and journeys: one client, one person, and a login page with two buttons
 * (`Sign in`, `Cancel`), no script. `signIn` clicks through it without a browser.
 */
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type Configuration } from 'oidc-provider'

export interface PersonThere {
  readonly sub: string
  readonly email?: string
  readonly email_verified?: boolean
  readonly name?: string
}

export interface OpenIdHouse {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Who sits at the login page; may change between two sign-ins. */
  person: PersonThere
  /** Follows an authorization address as a browser would; gives the address at which our side is called back. */
  signIn(address: string, answer?: 'yes' | 'no'): Promise<string>
  close(): Promise<void>
}

const ANA: PersonThere = { sub: 'ana-17', email: 'ana.silva@mofa.example', email_verified: true, name: 'Ana Silva' }

export async function startOpenIdHouse({
  redirectUri,
  person = ANA,
  port = 0,
}: {
  redirectUri: string
  person?: PersonThere
  port?: number
}): Promise<OpenIdHouse> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const house: OpenIdHouse = {
    issuer,
    clientId: 'sursur',
    clientSecret: `secret-${randomUUID()}`,
    person,
    signIn: (address, answer = 'yes') => walk(address, redirectUri, answer),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  const provider = new Provider(issuer, configurationOf(house, redirectUri))
  const answer = provider.callback()
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/')) loginPage(provider, house, request, response).catch(() => response.destroy())
    else answer(request, response)
  })
  return house
}

function configurationOf(house: OpenIdHouse, redirectUri: string): Configuration {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    clients: [
      {
        client_id: house.clientId,
        client_secret: house.clientSecret,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'one' }] },
    cookies: { keys: [randomUUID()] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_context, accountId) => ({ accountId, claims: () => ({ ...house.person, sub: accountId }) }),
    // The person is asked for nothing but the sign-in: what the client asks for is granted.
    async loadExistingGrant(context) {
      const { client, session, provider } = context.oidc
      const accountId = session?.accountId
      if (!client || accountId === undefined) return undefined
      const grant = new provider.Grant({ clientId: client.clientId, accountId })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
    ttl: { Interaction: 600, Session: 600, Grant: 600, IdToken: 600, AccessToken: 600, AuthorizationCode: 60 },
  }
}

async function loginPage(
  provider: Provider,
  house: OpenIdHouse,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><html lang="en"><title>House of identities</title><h1>House of identities</h1>
      <form method="post"><button name="answer" value="yes">Sign in</button> <button name="answer" value="no">Cancel</button></form>`)
    return
  }
  let form = ''
  for await (const chunk of request) form += chunk
  const isYes = new URLSearchParams(form).get('answer') === 'yes'
  const result = isYes ? { login: { accountId: house.person.sub } } : { error: 'access_denied' }
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
}

async function walk(address: string, redirectUri: string, answer: 'yes' | 'no'): Promise<string> {
  const cookies = new Map<string, string>()
  let next = new URL(address)
  for (let step = 0; step < 10; step += 1) {
    const isLogin = next.pathname.startsWith('/interaction/')
    const response = await fetch(next, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(isLogin ? { method: 'POST', body: new URLSearchParams({ answer }) } : {}),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    if (location === null) throw new Error(`The provider stopped at ${next}: ${response.status} ${await response.text()}`)
    next = new URL(location, next)
    if (next.href.startsWith(redirectUri)) return next.href
  }
  throw new Error('The provider redirects without end')
}
