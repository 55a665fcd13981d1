/** Clients that keep a connection without using it, and the end of a server that still has some. */
import type { FastifyInstance } from 'fastify'

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
}

const HEADERS_WITHIN = 20 * SECOND
const MOST_CONNECTIONS = 2_000

/** After a stop what is being answered has so long to end. */
const LAST_ANSWERS_WITHIN = 10 * SECOND

export function limitConnections(server: FastifyInstance): void {
  server.server.headersTimeout = HEADERS_WITHIN
  server.server.maxConnections = MOST_CONNECTIONS
  server.addHook('preClose', async () => {
    setTimeout(() => server.server.closeAllConnections(), LAST_ANSWERS_WITHIN).unref()
  })
}
