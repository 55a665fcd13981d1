/** Headers that tell the browser what a page of ours may do: nothing from elsewhere, no script or style inside the page. */
import helmet from '@fastify/helmet'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isLoopback } from '../listening.ts'
import { isForeign, isSecure, pathOf } from './describe-request.ts'
import type { HttpServerOptions } from './options.ts'

/** One year and every name below: a browser that came once over TLS never asks without it again. */
const ALWAYS_TLS = 'max-age=31536000; includeSubDomains'

/** No page of ours asks for any of these. */
const NO_DEVICES = ['camera', 'display-capture', 'geolocation', 'microphone', 'payment', 'usb']
  .map((name) => `${name}=()`)
  .join(', ')

export async function registerSecurityHeaders(server: FastifyInstance, options: HttpServerOptions): Promise<void> {
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        // Follows from the line above; said for whoever reads the header alone.
        'object-src': ["'none'"],
        'style-src': ["'self'"],
        'script-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'same-origin' },
  })
  server.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'x-request-id': request.id, 'permissions-policy': NO_DEVICES })
    // On localhost it would bind every other program of the developer to TLS.
    if (isSecure(request) && !isLoopback(request.hostname)) reply.header('strict-transport-security', ALWAYS_TLS)
    if (isForeign(request, options.corsOrigins ?? [])) return allowForeignPage(request, reply)
  })
  if ((options.corsOrigins ?? []).length > 0) server.addHook('onSend', async (request, reply) => varyByOrigin(request, reply))
}

/** Without `allow-credentials` a browser sends no cookie and shows no answer that needed one. */
function allowForeignPage(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  reply.headers({
    'access-control-allow-origin': request.headers.origin ?? '',
    'access-control-expose-headers':
      'etag, idempotent-replayed, link, location, ratelimit, ratelimit-policy, retry-after, www-authenticate, x-request-id',
  })
  if (request.method !== 'OPTIONS') return undefined
  return reply
    .headers({
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'accept-language, authorization, content-type, idempotency-key, if-match, if-none-match',
      'access-control-max-age': '600',
    })
    .status(204)
    .send()
}

function varyByOrigin(request: FastifyRequest, reply: FastifyReply): void {
  if (!pathOf(request).startsWith('/api/')) return
  const before = reply.getHeader('vary')
  reply.header('vary', before === undefined ? 'Origin' : `${before}, Origin`)
}
