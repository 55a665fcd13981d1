/** Fastify with the limits of this program, plain or over TLS. */
import { randomUUID } from 'node:crypto'
import type { ServerOptions as HttpsOptions, Server as HttpsServer } from 'node:https'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { HttpServerOptions } from './options.ts'
import { SLOW_CLIENTS } from './slow-clients.ts'

/** Of a form or JSON, in bytes. */
const LARGEST_BODY = 4_000_000

/** With TLS 1.3 those of the standard; with 1.2 only those that encrypt and authenticate in one, under a key for each connection. */
const CIPHERS = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  ...['AES256-GCM-SHA384', 'CHACHA20-POLY1305', 'AES128-GCM-SHA256'].flatMap((name) => [
    `ECDHE-ECDSA-${name}`,
    `ECDHE-RSA-${name}`,
  ]),
].join(':')

export function openFastify(
  { tls, trustedProxy }: HttpServerOptions,
  answer: (error: unknown, request: FastifyRequest, reply: FastifyReply) => unknown,
): FastifyInstance {
  const common = {
    ...SLOW_CLIENTS,
    bodyLimit: LARGEST_BODY,
    // A part of a path may be as long as an address: what is too long is refused there, in words.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 8_192 },
    onProtoPoisoning: 'error' as const,
    onConstructorPoisoning: 'error' as const,
    logger: false,
    genReqId: () => randomUUID(),
    trustProxy: trustOf(trustedProxy),
    rewriteUrl: ({ url }: { url?: string | undefined }) => decodable(url ?? '/'),
    frameworkErrors: (error: Error, request: unknown, reply: unknown) =>
      void answer(error, request as FastifyRequest, reply as FastifyReply),
  }
  if (tls === undefined) return fastify(common)
  const https: HttpsOptions = { ...tls, minVersion: 'TLSv1.2', ciphers: CIPHERS, honorCipherOrder: true }
  return fastify<HttpsServer>({ ...common, https }) as unknown as FastifyInstance
}

/** A number says how many proxies every request passes, whatever their addresses. */
function trustOf(proxies: HttpServerOptions['trustedProxy']): string[] | boolean | ((address: string, hop: number) => boolean) {
  if (typeof proxies === 'number') return (_address, hop) => hop < proxies
  return proxies === undefined ? false : [...proxies]
}

/** An address that cannot be decoded, or names another server, is one at which nothing is: it gets that answer, with all headers. */
function decodable(url: string): string {
  try {
    decodeURIComponent(url.split('?')[0] ?? '')
    return url.startsWith('/') ? url : `/${encodeURIComponent(url)}`
  } catch {
    return `/${encodeURIComponent(url)}`
  }
}
