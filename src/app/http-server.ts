/**
 * Joins routes to Fastify: the one place that knows the web server. It checks where a request comes from, stores uploads on disk,
 * sets the security headers, compresses, and turns whatever goes wrong into an answer.
 *
 * Until accounts exist the person at this machine is the administrator (ruling 18): only loopback names are accepted as Host, and a
 * form must come from a page of our own, so that a foreign page cannot act through the browser.
 */
import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { HttpRequest, HttpResponse, HttpRoute, UploadedFile } from '../kernel/http.ts'
import { defineProblems, Problem } from '../kernel/problems.ts'
import { isLoopback } from './settings.ts'

defineProblems('http', {
  'host-not-accepted': { kind: 'refused', params: ['found'] },
  'origin-not-accepted': { kind: 'refused', params: ['found'] },
  'token-missing': { kind: 'refused', params: [] },
  'page-missing': { kind: 'missing', params: ['path'] },
  'file-too-large': { kind: 'invalid', params: ['file', 'limit'] },
  'body-not-accepted': { kind: 'invalid', params: ['accepted'] },
  'request-not-readable': { kind: 'invalid', params: ['found'] },
  'request-too-large': { kind: 'invalid', params: ['found'] },
})

export interface HttpServerOptions {
  readonly host: string
  readonly publicHost: string | undefined
  readonly startToken: string | undefined
  readonly uploadFolder: string
  readonly uploadLimitBytes: number
  readonly routes: readonly HttpRoute[]
  /** Turns a problem or a fault into the page or the JSON that the caller can read. */
  answerError(error: unknown, request: HttpRequest): HttpResponse
}

const TOKEN_COOKIE = 'sursur-token'

export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const answer = (error: unknown, request: FastifyRequest, reply: FastifyReply, described = describe(request)) =>
    send(reply, options.answerError(asProblem(error), described))
  const server = fastify({
    bodyLimit: 4_000_000,
    routerOptions: { ignoreTrailingSlash: true },
    logger: false,
    frameworkErrors: (error, request, reply) => void answer(error, request as FastifyRequest, reply as unknown as FastifyReply),
  })
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'style-src': ["'self'"],
        'script-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'same-origin' },
  })
  await server.register(compress, { threshold: 512 })
  await server.register(cookie)
  await server.register(formbody, { parser: (body) => ({ fields: body }) })
  await server.register(multipart, {
    limits: { fileSize: options.uploadLimitBytes, files: 5, fields: 500, fieldSize: 1_000_000, headerPairs: 100 },
  })

  for (const route of options.routes) {
    server.route({
      method: route.method,
      url: route.path,
      handler: async (request, reply) => {
        const read: { request: HttpRequest; files: UploadedFile[] } = { request: describe(request), files: [] }
        try {
          requireOurs(request, options)
          read.request = await readBody(request, options, route, read.files)
          return send(reply, await route.handle(read.request))
        } catch (error) {
          return answer(error, request, reply, read.request)
        } finally {
          await Promise.all(read.files.map((file) => rm(file.path, { force: true })))
        }
      },
    })
  }
  if (options.startToken !== undefined) registerEntrance(server, options, options.startToken)
  server.setNotFoundHandler((request, reply) =>
    answer(new Problem('http.page-missing', { path: pathOf(request) }), request, reply),
  )
  server.setErrorHandler((error, request, reply) => answer(error, request, reply))
  return server
}

/** What the caller did wrong before a route was reached is the caller's to mend: not a fault of ours, and nothing for the log. */
function asProblem(error: unknown): unknown {
  if (error instanceof Problem || !(error instanceof Error)) return error
  const { statusCode, code } = error as Error & { statusCode?: number; code?: string }
  if (statusCode === undefined || statusCode >= 500 || statusCode < 400) return error
  const found = code ?? error.message
  return new Problem(statusCode === 413 ? 'http.request-too-large' : 'http.request-not-readable', { found }, { cause: error })
}

/** Guesses of the start-up token per minute, over all visitors: the token has 24 characters or more, so this is plenty. */
const GUESSES_PER_MINUTE = 20

/** `/enter?token=…` once, then a cookie. */
function registerEntrance(server: FastifyInstance, options: HttpServerOptions, token: string): void {
  let minute = 0
  let guesses = 0
  server.get('/enter', (request, reply) => {
    const now = Math.floor(Date.now() / 60_000)
    guesses = now === minute ? guesses + 1 : 1
    minute = now
    const given = new URL(`http://localhost${request.url}`).searchParams.get('token') ?? ''
    if (guesses > GUESSES_PER_MINUTE || !isOurHost(request.headers.host ?? '', options) || !sameSecret(given, token)) {
      return send(reply, options.answerError(new Problem('http.token-missing'), describe(request)))
    }
    return reply
      .setCookie(TOKEN_COOKIE, token, { path: '/', httpOnly: true, sameSite: 'strict' })
      .header('location', '/')
      .status(303)
      .send()
  })
}

function isOurHost(named: string, { host, publicHost }: HttpServerOptions): boolean {
  const hostName = named.replace(/:\d+$/, '')
  return isLoopback(hostName) || named === publicHost || hostName === publicHost || hostName === host
}

function requireOurs(request: FastifyRequest, options: HttpServerOptions): void {
  const { startToken } = options
  const named = request.headers.host ?? ''
  if (!isOurHost(named, options)) throw new Problem('http.host-not-accepted', { found: named })
  if (startToken !== undefined && !sameSecret(request.cookies[TOKEN_COOKIE] ?? '', startToken))
    throw new Problem('http.token-missing')
  if (request.method === 'GET' || request.method === 'HEAD') return
  const origin = request.headers.origin ?? request.headers.referer
  // A program without a browser sends no Origin; a browser always does with a POST.
  if (origin === undefined && request.headers['sec-fetch-site'] === undefined) return
  if (origin === undefined || hostOf(origin) !== named) throw new Problem('http.origin-not-accepted', { found: origin ?? '–' })
}

function hostOf(origin: string): string {
  try {
    return new URL(origin).host
  } catch {
    return ''
  }
}

function sameSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(secret))
}

function pathOf(request: FastifyRequest): string {
  return new URL(`http://localhost${request.url}`).pathname
}

function describe(request: FastifyRequest): HttpRequest {
  return {
    method: request.method === 'POST' ? 'POST' : 'GET',
    path: pathOf(request),
    params: (request.params ?? {}) as Record<string, string>,
    query: new URL(`http://localhost${request.url}`).searchParams,
    form: new URLSearchParams(),
    files: [],
    header: (name) => {
      const value = request.headers[name.toLowerCase()]
      return Array.isArray(value) ? value[0] : value
    },
  }
}

async function readBody(
  request: FastifyRequest,
  options: HttpServerOptions,
  route: HttpRoute,
  files: UploadedFile[],
): Promise<HttpRequest> {
  const described = describe(request)
  if (request.method !== 'POST') return described
  if (request.isMultipart()) {
    if (!route.uploads) throw new Problem('http.body-not-accepted', { accepted: 'application/x-www-form-urlencoded' })
    const form = new URLSearchParams()
    await mkdir(options.uploadFolder, { recursive: true, mode: 0o700 })
    for await (const part of request.parts()) {
      if (part.type === 'field') form.append(part.fieldname, String(part.value))
      else files.push(await storeFile(part.fieldname, part.filename, part.file, options))
    }
    return { ...described, form, files: files.filter((file) => file.name !== '') }
  }
  const body = request.body
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false
  if (isForm && isRecord(body)) return { ...described, form: new URLSearchParams(String(body.fields)) }
  return { ...described, json: body }
}

async function storeFile(
  field: string,
  name: string,
  content: Readable & { truncated?: boolean },
  options: HttpServerOptions,
): Promise<UploadedFile> {
  const path = join(options.uploadFolder, `${randomUUID()}.upload`)
  const hash = createHash('sha256')
  let bytes = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  const shownName = basename((name ?? '').replaceAll('\\', '/')).slice(0, 200)
  try {
    await pipeline(content, measure, createWriteStream(path, { mode: 0o600 }))
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  if (content.truncated) {
    await rm(path, { force: true })
    throw new Problem('http.file-too-large', { file: shownName, limit: `${Math.round(options.uploadLimitBytes / 1_000_000)} MB` })
  }
  return { field, name: shownName, path, bytes, sha256: hash.digest('hex') }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function send(reply: FastifyReply, response: HttpResponse): FastifyReply {
  reply.status(response.status).headers(response.headers)
  const { body } = response
  if (typeof body === 'string' || body instanceof Uint8Array) return reply.send(body)
  return reply.send(Readable.from(body))
}
