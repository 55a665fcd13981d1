/**
 * An OpenID Connect provider that lies: it answers as told by the test, with its own key. Only what our side asks from it is there:
 * what it says about itself, its keys, and the exchange of a code.
 */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Json = Readonly<Record<string, unknown>>

export interface Lies {
  discovery?: (honest: Json) => unknown
  keys?: (honest: Json) => unknown
  claims?: (honest: Json) => Json
  header?: Json
  /** Sign with a key that is not published. */
  foreignKey?: boolean
  token?: (honest: Json) => unknown
  /** Answers to the exchange of a code with this status instead of 200. */
  tokenStatus?: number
  /** Paths that are never answered. */
  silent?: string
}

export interface LyingHouse {
  readonly issuer: string
  lies: Lies
  /** Of the sign-in that is going on; an honest token repeats it. */
  nonce: string
  asked(path: string): number
  close(): Promise<void>
}

const CONFIGURATION = '/.well-known/openid-configuration'

const published = generateKeyPairSync('rsa', { modulusLength: 2048 })
const unpublished = generateKeyPairSync('rsa', { modulusLength: 2048 })

export async function startLyingHouse(clientId: string, port = 0): Promise<LyingHouse> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/\?.*/, '')
    asked.push(path)
    if (path !== house.lies.silent) answer(path, response)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const house: LyingHouse = {
    issuer,
    lies: {},
    nonce: '',
    asked: (path) => asked.filter((one) => one === path).length,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }

  function answer(path: string, response: ServerResponse): void {
    const { lies } = house
    if (path === CONFIGURATION) send(response, (lies.discovery ?? same)(aboutItself(issuer)))
    else if (path === '/keys') send(response, (lies.keys ?? same)({ keys: [jwkOf(published.publicKey)] }))
    else if (path === '/token') send(response, (lies.token ?? same)({ ...tokens(), id_token: idToken() }), lies.tokenStatus)
    else response.writeHead(404).end()
  }

  function idToken(): string {
    const now = Math.floor(Date.now() / 1_000)
    const honest = {
      iss: issuer,
      sub: 'ana-17',
      aud: clientId,
      nonce: house.nonce,
      iat: now,
      exp: now + 60,
      email: 'ana@mofa.example',
    }
    const claims = (house.lies.claims ?? same)(honest)
    return jwt(
      { alg: 'RS256', kid: 'one', ...house.lies.header },
      claims,
      house.lies.foreignKey ? unpublished.privateKey : published.privateKey,
    )
  }

  return house
}

function same<T>(honest: T): T {
  return honest
}

function aboutItself(issuer: string): Json {
  return {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  }
}

function tokens(): Json {
  return { access_token: 'access', token_type: 'Bearer', expires_in: 60 }
}

function jwkOf(key: KeyObject): Json {
  return { ...key.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }
}

function jwt(header: Json, claims: Json, key: KeyObject): string {
  const text = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  const signature = header.alg === 'none' ? '' : sign('sha256', Buffer.from(text), key).toString('base64url')
  return `${text}.${signature}`
}

function send(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}
