/**
 * A file from an address into a file of ours: streamed, within a size and a time, from public hosts only. Redirects are followed, each
 * checked as the first address was. A server that stops sending, or sends hardly anything, is left.
 */
import { createHash } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { Problem } from '../kernel/problems.ts'
import { checkAddress, checkedLookup, type Reach, readAddress, reasonOf } from './guarded-fetch.ts'

export interface DownloadSettings extends Reach {
  readonly sizeLimitBytes: number
  /** For everything, from the first look-up of a name to the last byte. */
  readonly timeoutSeconds?: number
  /** In each period of so many seconds at least `leastBytes` must come. */
  readonly patienceSeconds?: number
  readonly leastBytes?: number
}

export interface DownloadRequest {
  /** Where the file is written; nothing is left there when anything goes wrong. */
  readonly to: string
  /** What the server said with the last one: it then answers without the file when nothing has changed. */
  readonly etag?: string | null
  readonly lastModified?: string | null
  readonly signal?: AbortSignal
  /** `total` where the server has said it. */
  onProgress?(bytes: number, total: number | undefined): void
}

export type Downloaded =
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'received'
      readonly bytes: number
      readonly sha256: string
      /** Where it was in the end. */
      readonly address: string
      readonly contentType: string | null
      readonly contentDisposition: string | null
      readonly etag: string | null
      readonly lastModified: string | null
    }

export type GuardedDownload = (address: string | URL, request: DownloadRequest) => Promise<Downloaded>

const TIMEOUT_SECONDS = 3_600
const PATIENCE_SECONDS = 60
/** In a minute: a thirtieth of what a line of 64 kbit/s carries. */
const LEAST_BYTES = 16_000
const MOST_REDIRECTS = 5
const REDIRECTS = [301, 302, 303, 307, 308]
/** What a server may claim about itself is not kept without bound. */
const LONGEST_VALIDATOR = 500

export function createGuardedDownload(settings: DownloadSettings): GuardedDownload {
  return async (address, request) => {
    const seconds = settings.timeoutSeconds ?? TIMEOUT_SECONDS
    const timeout = AbortSignal.timeout(seconds * 1_000)
    const signal = request.signal ? AbortSignal.any([timeout, request.signal]) : timeout
    let url = readAddress(address)
    try {
      for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
        const answer = await ask(url, request, settings, signal)
        const next = nextAddress(url, answer)
        if (next === undefined) return await receive(url, answer, request, settings)
        answer.destroy()
        url = next
      }
      throw new Problem('outside.too-many-redirects', { host: url.host, limit: MOST_REDIRECTS })
    } catch (cause) {
      await rm(request.to, { force: true })
      if (cause instanceof Problem) throw cause
      request.signal?.throwIfAborted()
      if (timeout.aborted) throw new Problem('outside.host-too-slow', { host: url.host, seconds }, { cause })
      throw new Problem('outside.host-unreachable', { host: url.host, reason: reasonOf(cause) }, { cause })
    }
  }
}

function ask(
  url: URL,
  { etag, lastModified }: DownloadRequest,
  settings: DownloadSettings,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  checkAddress(url, settings)
  const patience = settings.patienceSeconds ?? PATIENCE_SECONDS
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      headers: {
        'user-agent': 'sursur',
        accept: '*/*',
        'accept-encoding': 'identity',
        ...(etag ? { 'if-none-match': etag } : {}),
        ...(lastModified ? { 'if-modified-since': lastModified } : {}),
      },
      agent: false,
      signal,
      lookup: checkedLookup(url, settings),
    })
    // A server that takes the question and says nothing.
    const timer = setTimeout(
      () => request.destroy(new Problem('outside.host-too-slow', { host: url.host, seconds: patience })),
      patience * 1_000,
    )
    request.on('close', () => clearTimeout(timer))
    request.on('error', reject)
    request.on('response', (answer) => {
      clearTimeout(timer)
      resolve(answer)
    })
    request.end()
  })
}

/** Errors: a redirect that leads nowhere, or from an encrypted line to an open one. */
function nextAddress(url: URL, { statusCode = 0, headers }: IncomingMessage): URL | undefined {
  if (!REDIRECTS.includes(statusCode)) return undefined
  const { location = '' } = headers
  if (location === '' || !URL.canParse(location, url))
    throw new Problem('outside.answer-refused', { host: url.host, status: statusCode })
  const next = readAddress(new URL(location, url))
  if (url.protocol === 'https:' && next.protocol !== 'https:')
    throw new Problem('outside.plain-http-refused', { host: next.host })
  return next
}

async function receive(
  url: URL,
  answer: IncomingMessage,
  { to, onProgress }: DownloadRequest,
  settings: DownloadSettings,
): Promise<Downloaded> {
  const { statusCode = 0, headers } = answer
  if (statusCode === 304) {
    answer.destroy()
    return { kind: 'unchanged' }
  }
  if (statusCode !== 200) return leave(answer, new Problem('outside.answer-refused', { host: url.host, status: statusCode }))
  // A packed file is kept packed: our readers unpack it within their own limits.
  const encoding = headers['content-encoding'] ?? 'identity'
  if (!['identity', 'gzip', 'x-gzip'].includes(encoding.toLowerCase())) {
    const found = encoding.slice(0, 40)
    return leave(answer, new Problem('outside.encoding-not-accepted', { host: url.host, found, accepted: 'identity, gzip' }))
  }
  const total = headers['content-length'] === undefined ? undefined : Number(headers['content-length'])
  const { bytes, sha256 } = await write(url, answer, to, settings, (received) => onProgress?.(received, total))
  return {
    kind: 'received',
    bytes,
    sha256,
    address: url.href,
    contentType: headers['content-type'] ?? null,
    contentDisposition: headers['content-disposition'] ?? null,
    etag: short(headers.etag),
    lastModified: short(headers['last-modified']),
  }
}

function leave(answer: IncomingMessage, problem: Problem): never {
  answer.destroy()
  throw problem
}

function short(validator: string | undefined): string | null {
  return validator === undefined || validator.length > LONGEST_VALIDATOR ? null : validator
}

async function write(
  url: URL,
  answer: IncomingMessage,
  to: string,
  settings: DownloadSettings,
  tell: (bytes: number) => void,
): Promise<{ bytes: number; sha256: string }> {
  const { sizeLimitBytes: limit, patienceSeconds: seconds = PATIENCE_SECONDS, leastBytes = LEAST_BYTES } = settings
  const tooLarge = new Problem('outside.answer-too-large', { host: url.host, kilobytes: Math.ceil(limit / 1024) })
  if (Number(answer.headers['content-length'] ?? 0) > limit) return leave(answer, tooLarge)
  const handle = await open(to, 'w', 0o600)
  const hash = createHash('sha256')
  let bytes = 0
  let before = 0
  const watch = setInterval(() => {
    if (bytes - before < leastBytes)
      answer.destroy(new Problem('outside.answer-dripping', { host: url.host, bytes: leastBytes, seconds }))
    before = bytes
  }, seconds * 1_000)
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > limit) throw tooLarge
      hash.update(chunk)
      await handle.write(chunk)
      tell(bytes)
    }
    await handle.sync()
    return { bytes, sha256: hash.digest('hex') }
  } finally {
    clearInterval(watch)
    await handle.close()
  }
}
