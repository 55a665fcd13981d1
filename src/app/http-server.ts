/**
 * Joins routes to Fastify: the one place that knows the web server. What a request must fulfil, how it is read and how it is
 * answered stand in `http/`; whatever goes wrong becomes an answer here.
 */
import { rm } from 'node:fs/promises'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type HttpRequest, type HttpRoute, headersOfProblem, type UploadedFile } from '../kernel/http.ts'
import { defineProblems, Problem } from '../kernel/problems.ts'
import { createRateLimits, type RateLimits } from '../kernel/rate-limits.ts'
import { describeRequest, isSecure, pathOf } from './http/describe-request.ts'
import { ENTRANCE, registerEntrance } from './http/entrance.ts'
import { requireKnownOrFirst, requireOurs, requireSeldom, requireSeldomSignIn, requireShortAddress } from './http/guards.ts'
import { methodsOf } from './http/methods-of.ts'
import { openFastify } from './http/open-fastify.ts'
import type { HttpServerOptions } from './http/options.ts'
import { MULTIPART_LIMITS, parseForm, readBody } from './http/read-body.ts'
import { registerResumableUploads } from './http/resumable-uploads.ts'
import { registerSecurityHeaders } from './http/security-headers.ts'
import { sendResponse } from './http/send-response.ts'
import { limitConnections } from './http/slow-clients.ts'

export type { HttpServerOptions } from './http/options.ts'

defineProblems('http', {
  'host-not-accepted': { kind: 'refused', params: ['found'] },
  'origin-not-accepted': { kind: 'refused', params: ['found'] },
  'token-missing': { kind: 'refused', params: [] },
  'account-missing': { kind: 'refused', params: [] },
  'too-many-requests': { kind: 'refused', params: ['seconds'] },
  'method-not-accepted': { kind: 'refused', params: ['found', 'accepted'] },
  'page-missing': { kind: 'missing', params: ['path'] },
  'file-too-large': { kind: 'invalid', params: ['file', 'limit'] },
  'body-not-accepted': { kind: 'invalid', params: ['accepted'] },
  'request-not-readable': { kind: 'invalid', params: ['found'] },
  'request-too-large': { kind: 'invalid', params: ['found'] },
  'address-too-long': { kind: 'invalid', params: ['limit'] },
  'too-many-fields': { kind: 'invalid', params: ['limit'] },
  'character-not-accepted': { kind: 'invalid', params: ['found'] },
  'key-not-accepted': { kind: 'invalid', params: ['found'] },
  'json-too-deep': { kind: 'invalid', params: ['limit'] },
})

type Answer = (error: unknown, request: FastifyRequest, reply: FastifyReply, described?: HttpRequest) => FastifyReply

export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const limits = options.limits ?? createRateLimits(() => performance.now())
  const answer = answerWith(options)
  const server = openFastify(options, answer)
  limitConnections(server, options)
  await server.register(cookie)
  await registerSecurityHeaders(server, options)
  await server.register(compress, { threshold: 512 })
  await server.register(formbody, { parser: parseForm })
  await server.register(multipart, { limits: { ...MULTIPART_LIMITS, fileSize: options.uploadLimitBytes } })
  server.addHook('onRequest', async (request) => {
    requireSeldom(request, limits)
    requireShortAddress(request)
    requireOurs(request, options)
    if (request.routeOptions.url !== ENTRANCE) await requireKnownOrFirst(request, options)
  })
  for (const route of options.routes) registerRoute(server, options, route, limits, answer)
  registerEntrance(server, options, limits)
  const methodsAt = methodsOf(options.routes)
  server.setNotFoundHandler((request, reply) => answer(nothingAt(request, methodsAt(pathOf(request))), request, reply))
  server.setErrorHandler((error, request, reply) => answer(error, request, reply))
  // What is registered as a part of its own takes over the handlers of this moment.
  await registerResumableUploads(server, options)
  return server
}

function registerRoute(
  server: FastifyInstance,
  options: HttpServerOptions,
  route: HttpRoute,
  limits: RateLimits,
  answer: Answer,
): void {
  server.route({
    method: route.method,
    url: route.path,
    ...(route.limit === 'sign-in' ? { onRequest: async (request: FastifyRequest) => requireSeldomSignIn(request, limits) } : {}),
    handler: async (request, reply) => {
      let described = describeRequest(request, options)
      const files: UploadedFile[] = []
      try {
        await route.admit?.(described)
        described = await readBody(request, described, options, route, files)
        return sendResponse(reply, await route.handle(described), isSecure(request))
      } catch (error) {
        return answer(error, request, reply, described)
      } finally {
        await Promise.all(files.map((file) => rm(file.path, { force: true })))
      }
    },
  })
}

function answerWith(options: HttpServerOptions): Answer {
  return (error, request, reply, described = describeRequest(request, options)) => {
    const problem = asProblem(error)
    const response = options.answerError(problem, described)
    const headers = problem instanceof Problem ? { ...response.headers, ...headersOfProblem(problem) } : response.headers
    return sendResponse(reply, { ...response, headers }, isSecure(request))
  }
}

function nothingAt(request: FastifyRequest, methods: readonly string[]): Problem {
  if (methods.length === 0) return new Problem('http.page-missing', { path: pathOf(request) })
  return new Problem('http.method-not-accepted', { found: request.method, accepted: methods.join(', ') })
}

/** What the caller did wrong before a route was reached is the caller's to mend: not a fault of ours, and nothing for the log. */
function asProblem(error: unknown): unknown {
  if (error instanceof Problem || !(error instanceof Error)) return error
  const { statusCode, code } = error as Error & { statusCode?: number; code?: string }
  if (statusCode === undefined || statusCode >= 500 || statusCode < 400) return error
  const found = code ?? error.message
  return new Problem(statusCode === 413 ? 'http.request-too-large' : 'http.request-not-readable', { found }, { cause: error })
}
