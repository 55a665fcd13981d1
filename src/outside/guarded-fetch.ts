/**
 * The one way to ask another host for something: over TLS, within a time and a size, without following redirects, and never at an
 * address of this machine or its network.
 *
 * The address is checked where the connection is made, and that very address is used: a name that resolves to something else a
 * moment later gains nothing (DNS rebinding). A proxy from the environment is not used, because it would resolve names itself.
 */
import { type LookupAddress, lookup as resolve } from 'node:dns'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { Problem } from '../kernel/problems.ts'
import { isPublicAddress } from './public-address.ts'

export interface GuardedFetchSettings {
  /**
   * Hosts that the administrator trusts although they may stand in the own network: `id.ministry.example`, `10.1.2.3`, `[fd00::7]`,
   * each also with a port (`id.ministry.example:8443`), and then only that port.
   */
  readonly allowedHosts?: readonly string[]
  readonly allowHttp?: boolean
  /** For the whole exchange, from looking up the name to the last byte. */
  readonly timeoutSeconds?: number
  readonly sizeLimitBytes?: number
  /** For tests: what a name resolves to. */
  readonly lookup?: typeof resolve
}

/** Which hosts may be reached at all. */
export type Reach = Pick<GuardedFetchSettings, 'allowedHosts' | 'allowHttp' | 'lookup'>

export type GuardedFetch = (address: string | URL, init?: RequestInit) => Promise<Response>

const TIMEOUT_SECONDS = 10
const SIZE_LIMIT_BYTES = 1024 * 1024

/** Answers that have no body by definition; `Response` refuses one. */
const WITHOUT_BODY: readonly number[] = [101, 204, 205, 304]

export function createGuardedFetch(settings: GuardedFetchSettings = {}): GuardedFetch {
  return async (address, init = {}) => {
    const url = readAddress(address)
    checkAddress(url, settings)
    const seconds = settings.timeoutSeconds ?? TIMEOUT_SECONDS
    const timeout = AbortSignal.timeout(seconds * 1_000)
    try {
      const signal = init.signal ? AbortSignal.any([timeout, init.signal]) : timeout
      return await exchange(url, init, signal, settings)
    } catch (cause) {
      if (cause instanceof Problem) throw cause
      if (timeout.aborted) throw new Problem('outside.host-too-slow', { host: url.host, seconds }, { cause })
      throw new Problem('outside.host-unreachable', { host: url.host, reason: reasonOf(cause) }, { cause })
    }
  }
}

export function readAddress(address: string | URL): URL {
  const url = URL.canParse(String(address)) ? new URL(String(address)) : undefined
  const isReadable = url && ['http:', 'https:'].includes(url.protocol) && url.username === '' && url.password === ''
  if (!isReadable) throw new Problem('outside.address-invalid', { found: String(address).slice(0, 200) })
  return url
}

export function checkAddress(url: URL, settings: Reach): void {
  if (url.protocol === 'http:' && !settings.allowHttp) throw new Problem('outside.plain-http-refused', { host: url.host })
  const literal = url.hostname.replace(/^\[|\]$/g, '')
  // The URL parser has already turned 0x7f.1, 017700000001 and 2130706433 into 127.0.0.1.
  if (isIP(literal) !== 0 && !isPublicAddress(literal) && !isAllowed(url, settings)) throw refusal(url)
}

function isAllowed(url: URL, { allowedHosts = [] }: Reach): boolean {
  const host = url.hostname.replace(/\.$/, '')
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return allowedHosts.some((allowed) => [host, `${host}:${port}`].includes(allowed.trim().toLowerCase()))
}

function refusal(url: URL): Problem {
  return new Problem('outside.address-refused', { host: url.host })
}

async function exchange(url: URL, init: RequestInit, signal: AbortSignal, settings: GuardedFetchSettings): Promise<Response> {
  const { signal: _, ...rest } = init
  const prepared = new Request(url, rest)
  const body = Buffer.from(await prepared.arrayBuffer())
  return new Promise((resolveAnswer, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method: prepared.method,
      headers: {
        'user-agent': 'sursur',
        ...Object.fromEntries(prepared.headers),
        // Nothing compressed: a small answer must not unfold into a large one.
        'accept-encoding': 'identity',
        ...(body.length > 0 ? { 'content-length': body.length } : {}),
      },
      agent: false,
      signal,
      lookup: checkedLookup(url, settings),
    })
    request.on('error', reject)
    request.on('response', (incoming) => {
      incoming.on('error', reject)
      const limit = settings.sizeLimitBytes ?? SIZE_LIMIT_BYTES
      const status = incoming.statusCode ?? 0
      const stop = (problem: Problem) => {
        reject(problem)
        request.destroy()
      }
      if (status >= 300 && status < 400 && status !== 304) {
        return stop(new Problem('outside.redirect-refused', { host: url.host }))
      }
      const chunks: Buffer[] = []
      let bytes = 0
      incoming.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > limit)
          return stop(new Problem('outside.answer-too-large', { host: url.host, kilobytes: Math.ceil(limit / 1024) }))
        chunks.push(chunk)
      })
      incoming.on('end', () => {
        const headers = Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) =>
          values.map((value): [string, string] => [name, value]),
        )
        try {
          resolveAnswer(new Response(WITHOUT_BODY.includes(status) ? null : Buffer.concat(chunks), { status, headers }))
        } catch (cause) {
          reject(cause) // a status that HTTP does not have
        }
      })
    })
    request.end(body)
  })
}

/** Looks the name up once, refuses it when any of its addresses is not public, and gives the connection what was checked. */
export function checkedLookup(url: URL, settings: Reach): LookupFunction {
  const lookup = settings.lookup ?? resolve
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const addresses = found as LookupAddress[]
      if (error) return callback(error, '', 0)
      if (!isAllowed(url, settings) && !addresses.every(({ address }) => isPublicAddress(address))) {
        return callback(refusal(url), '', 0)
      }
      const [first] = addresses
      if (options.all) callback(null, addresses)
      else callback(null, first?.address ?? '', first?.family ?? 0)
    })
  }
}

/** A short code for the person who looks after the network: ECONNREFUSED, ENOTFOUND, CERT_HAS_EXPIRED. */
export function reasonOf(cause: unknown): string {
  const { code, name } = cause as { code?: unknown; name?: unknown }
  return typeof code === 'string' ? code : String(name ?? 'unknown')
}
