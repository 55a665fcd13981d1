/** Puts an answer of ours on the wire, with cookies as they must be. */
import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { HttpResponse, ResponseCookie } from '../../kernel/http.ts'
import { cookieName } from './describe-request.ts'

export function sendResponse(reply: FastifyReply, response: HttpResponse, secure: boolean): FastifyReply {
  // Whoever wants an answer kept says so; nothing is kept by oversight.
  reply.status(response.status).headers({ 'cache-control': 'no-store', ...response.headers })
  for (const cookie of response.cookies ?? []) setCookie(reply, cookie, secure)
  const { body } = response
  if (typeof body === 'string' || body instanceof Uint8Array) return reply.send(body)
  return reply.send(Readable.from(body))
}

function setCookie(reply: FastifyReply, { name, value, maxAgeSeconds, sameSite = 'lax' }: ResponseCookie, secure: boolean): void {
  const maxAge = value === '' ? 0 : maxAgeSeconds
  reply.setCookie(cookieName(name, secure), value, {
    path: '/',
    httpOnly: true,
    sameSite,
    secure,
    ...(maxAge === undefined ? {} : { maxAge }),
  })
}
