/**
 * Clients that keep a connection without using it, clients that keep too many, and the end of a server that still has some. What
 * holds off one machine: many machines at once are a matter for the network in front.
 */
import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { countedAs, isThisMachine } from './address-of.ts'
import type { ConnectionLimits, HttpServerOptions } from './options.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** Milliseconds. Lines of 256 kbit/s with files of 50 MB are served: one request may take half an hour as long as bytes arrive. */
export const SLOW_CLIENTS = {
  requestTimeout: 30 * MINUTE,
  /** Without a byte in either direction; longer than any page takes to make. */
  connectionTimeout: 5 * MINUTE,
  /** Longer than the usual 60 seconds of a proxy, which must be the one that closes. */
  keepAliveTimeout: 72 * SECOND,
  maxRequestsPerSocket: 10_000,
  /** How often the limits above and that of the headers are looked at. */
  http: { connectionsCheckingInterval: 5 * SECOND },
}

const HEADERS_WITHIN = 20 * SECOND

/** Of a form or JSON, at most 4 MB: 256 kbit/s take 125 seconds. Files, also in parts, have the whole time of a request. */
const FORM_WITHIN = 3 * MINUTE

const MOST_CONNECTIONS = 2_000

/** A browser opens six; an office of 50 people may share one address. */
const MOST_OF_ONE_ADDRESS = 300

/** After a stop what is being answered has so long to end. */
const LAST_ANSWERS_WITHIN = 10 * SECOND

export function limitConnections(
  server: FastifyInstance,
  options: Pick<HttpServerOptions, 'trustedProxy' | 'connections'>,
): void {
  const { headersWithin = HEADERS_WITHIN, formWithin = FORM_WITHIN } = options.connections ?? {}
  server.server.headersTimeout = headersWithin
  server.server.maxConnections = MOST_CONNECTIONS
  // Behind proxies every connection is theirs: they hold off their own visitors.
  if (options.trustedProxy === undefined) server.server.on('connection', holdOff(options.connections ?? {}))
  server.addHook('onRequest', async (request) => requireSwiftForm(request, formWithin))
  server.addHook('preClose', async () => {
    // A connection that was busy when the stop began would be kept for the browser's next request, which never comes.
    const idle = setInterval(() => server.server.closeIdleConnections(), 100).unref()
    server.server.once('close', () => clearInterval(idle))
    setTimeout(() => server.server.closeAllConnections(), LAST_ANSWERS_WITHIN).unref()
  })
}

/** Cut without a word: an answer would cost more than it took to ask. */
function holdOff({
  mostOfOneAddress = MOST_OF_ONE_ADDRESS,
  countThisMachine = false,
}: ConnectionLimits): (socket: Socket) => void {
  const open = new Map<string, number>()
  return (socket) => {
    const { remoteAddress = '' } = socket
    if (isThisMachine(remoteAddress) && !countThisMachine) return
    const key = countedAs(remoteAddress)
    const before = open.get(key) ?? 0
    if (before >= mostOfOneAddress) return void socket.destroy()
    open.set(key, before + 1)
    socket.once('close', () => {
      const left = (open.get(key) ?? 1) - 1
      if (left > 0) open.set(key, left)
      else open.delete(key)
    })
  }
}

function requireSwiftForm({ raw, headers }: FastifyRequest, within: number): void {
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
  if (!hasBody || /^(multipart\/|application\/offset\+octet-stream)/i.test(headers['content-type'] ?? '')) return
  const timer = setTimeout(() => raw.socket.destroy(), within).unref()
  raw.once('end', () => clearTimeout(timer))
  raw.once('close', () => clearTimeout(timer))
}
