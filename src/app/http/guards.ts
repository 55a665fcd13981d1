/**
 * What a request must fulfil before anything of it is read: not too often, not too long, for a name of ours, from a page of ours.
 *
 * Until accounts exist the person at this machine is the administrator (ruling 18): only loopback names are accepted as Host, and a
 * form must come from a page of our own, so that a foreign page cannot act through the browser.
 */

import type { FastifyRequest } from 'fastify'
import { isSameText } from '../../credentials/index.ts'
import { Problem } from '../../kernel/problems.ts'
import type { RateLimits } from '../../kernel/rate-limits.ts'
import { isLoopback } from '../listening.ts'
import { clientAddress, countedAs, isThisMachine } from './address-of.ts'
import { describeRequest, isForeign, isSecure } from './describe-request.ts'
import type { HttpServerOptions } from './options.ts'

export const TOKEN_COOKIE = 'sursur-token'

/** A browser on this machine sends none of them; a proxy that nobody named in the settings does. */
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip']

/** Bytes of an address with its query: the longest filter of a list is far below. */
const LONGEST_ADDRESS = 8_192

export function requireShortAddress(request: FastifyRequest): void {
  if (request.url.length > LONGEST_ADDRESS) throw new Problem('http.address-too-long', { limit: LONGEST_ADDRESS })
}

export function requireSeldom(request: FastifyRequest, limits: RateLimits): void {
  const address = clientAddress(request)
  limits.take(isThisMachine(address) ? 'this-machine' : 'address', countedAs(address))
}

/** The address first: attempts refused there take nothing from what everybody shares. */
export function requireSeldomSignIn(request: FastifyRequest, limits: RateLimits): void {
  const address = clientAddress(request)
  limits.take(isThisMachine(address) ? 'sign-in-this-machine' : 'sign-in', countedAs(address))
  limits.take('sign-in-all', '')
}

export function isOurHost(named: string, { host, publicHost }: HttpServerOptions): boolean {
  const hostName = named.replace(/:\d+$/, '')
  return isLoopback(hostName) || named === publicHost || hostName === publicHost || hostName === host
}

export function requireOurs(request: FastifyRequest, options: HttpServerOptions): void {
  if (!isOurHost(request.host, options)) throw new Problem('http.host-not-accepted', { found: request.host })
  if (request.method !== 'GET' && request.method !== 'HEAD') requireOurPage(request, options)
}

/**
 * Until there is an account, whoever comes in is the administrator: with the start-up token, or, where none is set, from this machine
 * and not through a proxy, which would lead everybody in.
 */
export async function requireKnownOrFirst(request: FastifyRequest, options: HttpServerOptions): Promise<void> {
  if (await options.accountsExist?.()) return
  const { startToken } = options
  if (startToken === undefined) return requireThisMachine(request)
  if (!isSameText(describeRequest(request, options).cookies?.[TOKEN_COOKIE] ?? '', startToken))
    throw new Problem('http.token-missing')
}

function requireThisMachine(request: FastifyRequest): void {
  const forwarded = FORWARDED.some((name) => request.headers[name] !== undefined)
  if (forwarded || !isThisMachine(clientAddress(request))) throw new Problem('http.account-missing')
}

function requireOurPage(request: FastifyRequest, { corsOrigins = [] }: HttpServerOptions): void {
  const origin = request.headers.origin ?? request.headers.referer
  // A program without a browser sends no Origin; a browser always does with a POST.
  if (origin === undefined && request.headers['sec-fetch-site'] === undefined) return
  // Another site's page that may call the API must say who it is: it never acts as the person in the browser.
  if (isForeign(request, corsOrigins) && (request.method === 'OPTIONS' || request.headers.authorization !== undefined)) return
  if (origin === undefined || !isOwnOrigin(origin, request))
    throw new Problem('http.origin-not-accepted', { found: origin ?? '–' })
}

function isOwnOrigin(origin: string, request: FastifyRequest): boolean {
  if (!URL.canParse(origin)) return false
  const { host, protocol } = new URL(origin)
  // Without TLS here a proxy that was not declared may still have it: then the host alone is compared.
  return host === request.host && (protocol === 'https:' || (protocol === 'http:' && !isSecure(request)))
}
