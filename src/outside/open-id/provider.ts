/**
 * Sign-in at another house (OpenID Connect Core 1.0): authorization code with PKCE, state and nonce, over the certified openid-client.
 * The provider may be down, slow or lie. Each case is a Problem of its own, and nothing waits longer than the guarded fetch allows.
 */
import type { Configuration } from 'openid-client'
import { Problem } from '../../kernel/problems.ts'
import type { GuardedFetch } from '../guarded-fetch.ts'
import { type OpenIdIdentity, readIdentity } from './identity.ts'
import { problemOf } from './problem-of-answer.ts'

export interface OpenIdSettings {
  /** As the provider writes it in its tokens: `https://id.ministry.example`. */
  readonly issuer: string
  readonly clientId: string
  /** Absent for a public client; PKCE protects the code either way. */
  readonly clientSecret?: string | undefined
  /** Our own address to which the provider sends the person back. */
  readonly redirectUri: string
  /** For a provider on this machine only. The fetch must allow it too. */
  readonly allowHttp?: boolean
  /** `openid email profile` unless told otherwise. */
  readonly scopes?: string
  readonly fetch: GuardedFetch
  /** How long what the provider says about itself is believed. */
  readonly discoverySeconds?: number
}

/** What the browser carries to the provider, and what we keep until it comes back: in the pending sign-in, never in the address. */
export interface OpenIdStart {
  readonly address: string
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
}

export interface OpenIdReturn extends Omit<OpenIdStart, 'address'> {
  /** The address that the browser called, or only its query (`?code=...&state=...`). */
  readonly callbackUrl: string
}

export interface OpenIdProvider {
  readonly issuer: string
  /**
   * `lang`: the person's language, for the provider's own pages. `again`: ask for the password although
   * a session is open there; a wish that the browser could take out of the address, so never the proof of a fresh sign-in.
   */
  begin(options?: { readonly lang?: string; readonly again?: boolean }): Promise<OpenIdStart>
  finish(back: OpenIdReturn): Promise<OpenIdIdentity>
}

const SCOPES = 'openid email profile'
const DISCOVERY_SECONDS = 3_600

/** Nothing is asked yet: an installation starts while its provider is down. */
export function createOpenIdProvider(settings: OpenIdSettings): OpenIdProvider {
  const discovered = rememberDiscovery(settings)
  return {
    issuer: settings.issuer,
    begin: (options = {}) => explained(settings, async () => beginSignIn(await discovered(), settings, options)),
    finish: (back) => explained(settings, async () => finishSignIn(discovered, settings, back)),
  }
}

async function explained<T>({ issuer }: OpenIdSettings, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw problemOf(cause, issuer)
  }
}

/** One question at a time for all who wait. A failure is not remembered: the next person asks again. */
function rememberDiscovery(settings: OpenIdSettings): () => Promise<Configuration> {
  let answer: Promise<Configuration> | undefined
  let askedAt = 0
  return () => {
    const isOld = performance.now() - askedAt > (settings.discoverySeconds ?? DISCOVERY_SECONDS) * 1_000
    if (answer && !isOld) return answer
    askedAt = performance.now()
    const asked = discover(settings)
    answer = asked
    asked.catch(() => {
      if (answer === asked) answer = undefined
    })
    return asked
  }
}

async function discover({ issuer, clientId, clientSecret, allowHttp, fetch }: OpenIdSettings): Promise<Configuration> {
  // Only read when somebody signs in this way: 7.7 MB.
  const client = await import('openid-client')
  const execute = [client.enableNonRepudiationChecks, ...(allowHttp ? [client.allowInsecureRequests] : [])]
  const authentication = clientSecret === undefined ? client.None() : secretAsAccepted(client, clientSecret)
  return client.discovery(new URL(issuer), clientId, {}, authentication, {
    execute,
    // The only thing that is ever sent is a form.
    [client.customFetch]: (url, { body, ...init }) =>
      fetch(url, { ...init, body: body instanceof URLSearchParams ? body : null }),
  })
}

/** By Basic, the default of the standard, unless the provider says that it reads the secret only from the form. */
function secretAsAccepted(client: typeof import('openid-client'), secret: string): ReturnType<typeof client.None> {
  const [basic, post] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)]
  return (server, ...rest) => {
    const accepted = server.token_endpoint_auth_methods_supported
    const onlyPost = accepted?.includes('client_secret_post') && !accepted.includes('client_secret_basic')
    return (onlyPost ? post : basic)(server, ...rest)
  }
}

async function beginSignIn(
  configuration: Configuration,
  { redirectUri, scopes }: OpenIdSettings,
  { lang, again }: { lang?: string; again?: boolean },
): Promise<OpenIdStart> {
  const client = await import('openid-client')
  const [state, nonce, codeVerifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()]
  const address = client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: scopes ?? SCOPES,
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    ...(lang ? { ui_locales: lang } : {}),
    ...(again ? { prompt: 'login' } : {}),
  })
  return { address: address.href, state, nonce, codeVerifier }
}

async function finishSignIn(
  discovered: () => Promise<Configuration>,
  settings: OpenIdSettings,
  { callbackUrl, state, nonce, codeVerifier }: OpenIdReturn,
): Promise<OpenIdIdentity> {
  const back = readReturn(callbackUrl, settings)
  // First of all: an answer to a question that this browser did not ask is not even shown to the provider.
  if (back.searchParams.getAll('state').length !== 1 || back.searchParams.get('state') !== state) {
    throw new Problem('outside.open-id-state-mismatch')
  }
  const from = back.searchParams.get('iss')
  if (from !== null && from !== settings.issuer) {
    throw new Problem('outside.open-id-wrong-issuer', { issuer: settings.issuer, found: from.slice(0, 200) })
  }
  const client = await import('openid-client')
  const configuration = await discovered()
  const tokens = await client.authorizationCodeGrant(configuration, back, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: codeVerifier,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (!claims) throw new Problem('outside.open-id-answer-unreadable', { issuer: settings.issuer })
  if (claims.email !== undefined || !configuration.serverMetadata().userinfo_endpoint) return readIdentity(claims)
  const more = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
  // What the signed token says counts before what the second answer says.
  return readIdentity({ ...more, ...claims })
}

/** Built on our own address, so that no proxy in front can change what the provider compares. */
function readReturn(callbackUrl: string, { redirectUri }: OpenIdSettings): URL {
  const back = new URL(redirectUri)
  const start = callbackUrl.indexOf('?')
  back.search = start === -1 ? '' : callbackUrl.slice(start).replace(/#.*$/s, '')
  return back
}
