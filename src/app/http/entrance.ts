/** `/enter?token=…` once, then a cookie: how a browser gets in beyond this machine while there is no account. */

import type { FastifyInstance } from 'fastify'
import { isSameText } from '../../credentials/index.ts'
import { seeOther } from '../../kernel/http.ts'
import { Problem } from '../../kernel/problems.ts'
import type { RateLimits } from '../../kernel/rate-limits.ts'
import { describeRequest, isSecure } from './describe-request.ts'
import { requireSeldomSignIn, TOKEN_COOKIE } from './guards.ts'
import type { HttpServerOptions } from './options.ts'
import { sendResponse } from './send-response.ts'

export const ENTRANCE = '/enter'

export function registerEntrance(server: FastifyInstance, options: HttpServerOptions, limits: RateLimits): void {
  const { startToken } = options
  if (startToken === undefined) return
  server.get(ENTRANCE, async (request, reply) => {
    if (await options.accountsExist?.()) return sendResponse(reply, seeOther('/'), isSecure(request))
    requireSeldomSignIn(request, limits)
    const given = describeRequest(request, options).query.get('token') ?? ''
    if (!isSameText(given, startToken)) throw new Problem('http.token-missing')
    const cookies = [{ name: TOKEN_COOKIE, value: startToken, sameSite: 'strict' as const }]
    return sendResponse(reply, { ...seeOther('/'), cookies }, isSecure(request))
  })
}
