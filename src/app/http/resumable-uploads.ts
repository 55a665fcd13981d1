/**
 * Files in parts, by the tus protocol 1.0.0 (tus.io, core with creation, expiration and termination): any program that speaks it can
 * send a file here, and so does the page of the imports. Beside the routes, because a part is neither a form nor JSON and HEAD, PATCH
 * and DELETE are asked for nowhere else.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { listLanguages } from '../../i18n/languages.ts'
import { problemText } from '../../i18n/problem-text.ts'
import { translatorFor } from '../../i18n/translator.ts'
import type { PartialFile, PartialFiles } from '../../jobs/imports/partial/partial-files.ts'
import { type HttpRequest, headersOfProblem, statusOfProblem } from '../../kernel/http.ts'
import { defineProblems, Problem } from '../../kernel/problems.ts'
import { describeRequest } from './describe-request.ts'
import type { HttpServerOptions } from './options.ts'
import { shownFileName } from './shown-file-name.ts'

defineProblems('uploads', {
  'version-differs': { kind: 'invalid', params: ['found', 'accepted'] },
  'header-invalid': { kind: 'invalid', params: ['header', 'found', 'accepted'] },
})

export interface ResumableUploads {
  /** The files of whoever sends the request. Errors: Problems for whoever may bring none, before anything is read. */
  admit(request: HttpRequest): Promise<PartialFiles>
}

const UPLOADS = '/:lang/imports/uploads'
const VERSION = '1.0.0'
const EXTENSIONS = 'creation,expiration,termination'
const PART = 'application/offset+octet-stream'

/** Answers of the protocol that differ from those of a page. */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  'uploads.version-differs': 412,
  'uploads.header-invalid': 400,
  'uploads.too-long': 400,
  'http.body-not-accepted': 415,
  'http.file-too-large': 413,
  // Of the checksum extension, said here of the whole file.
  'uploads.digest-differs': 460,
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

export async function registerResumableUploads(server: FastifyInstance, options: HttpServerOptions): Promise<void> {
  const { resumable } = options
  if (resumable === undefined) return
  // Of its own, so that no other address takes a body of this kind.
  await server.register(async (inside) => {
    inside.addContentTypeParser(PART, (_request, payload, done) => done(null, payload))
    const answer = async (request: FastifyRequest, reply: FastifyReply) => {
      const described = describeRequest(request, options)
      try {
        return send(reply, await handle(request, described, resumable, options))
      } catch (error) {
        if (error instanceof Problem) return refuse(reply, error, described)
        throw error
      }
    }
    inside.route({ method: ['OPTIONS', 'POST'], url: UPLOADS, handler: answer })
    inside.route({ method: ['OPTIONS', 'HEAD', 'PATCH', 'DELETE', 'POST'], url: `${UPLOADS}/:id`, handler: answer })
  })
}

async function handle(
  request: FastifyRequest,
  described: HttpRequest,
  { admit }: ResumableUploads,
  { uploadLimitBytes }: HttpServerOptions,
): Promise<Answer> {
  const { id } = described.params
  // For networks that let only GET and POST through; the protocol asks for it.
  const method = request.method === 'POST' ? (described.header('x-http-method-override') ?? 'POST') : request.method
  if (method === 'OPTIONS') {
    const about = { 'tus-version': VERSION, 'tus-extension': EXTENSIONS, 'tus-max-size': String(uploadLimitBytes) }
    return { status: 204, headers: about }
  }
  const files = await admit(described)
  const version = described.header('tus-resumable')
  if (version !== VERSION) throw new Problem('uploads.version-differs', { found: version ?? '–', accepted: VERSION })
  if (id === undefined) return begin(described, files, uploadLimitBytes)
  if (method === 'HEAD') {
    const found = await files.find(id)
    return { status: 200, headers: { ...stateOf(found), 'upload-length': String(found.bytes) } }
  }
  if (method === 'DELETE') {
    await files.discard(id)
    return { status: 204, headers: {} }
  }
  if (method !== 'PATCH') throw new Problem('http.method-not-accepted', { found: method, accepted: 'HEAD, PATCH, DELETE' })
  if (described.header('content-type') !== PART) throw new Problem('http.body-not-accepted', { accepted: PART })
  const offset = wholeNumber(described, 'upload-offset')
  return { status: 204, headers: stateOf(await files.append(id, offset, request.raw)) }
}

async function begin(request: HttpRequest, files: PartialFiles, limit: number): Promise<Answer> {
  const bytes = wholeNumber(request, 'upload-length')
  const about = readMetadata(request.header('upload-metadata') ?? '')
  const name = shownFileName(about.get('filename')) || '_'
  if (bytes > limit) throw new Problem('http.file-too-large', { file: name, limit: `${Math.round(limit / 1_000_000)} MB` })
  const sha256 = about.get('sha256')
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/.test(sha256)) throw invalid('upload-metadata', 'sha256', 'sha256 [0-9a-f]{64}')
  const begun = await files.begin({ name, bytes, ...(sha256 === undefined ? {} : { sha256 }) })
  return { status: 201, headers: { ...stateOf(begun), location: `${request.path.replace(/\/$/, '')}/${begun.id}` } }
}

function stateOf({ offset, expiresAt }: PartialFile): Record<string, string> {
  return { 'upload-offset': String(offset), 'upload-expires': expiresAt.toUTCString() }
}

function wholeNumber(request: HttpRequest, header: string): number {
  const found = request.header(header) ?? ''
  if (!/^\d{1,15}$/.test(found)) throw invalid(header, found, '0, 1, 2, …')
  return Number(found)
}

function invalid(header: string, found: string, accepted: string): Problem {
  return new Problem('uploads.header-invalid', { header, found: found.slice(0, 80) || '–', accepted })
}

/** `name base64(value)`, by commas. */
function readMetadata(header: string): Map<string, string> {
  const pairs = header.split(',').map((pair) => pair.trim().split(' '))
  return new Map(pairs.map(([name = '', value = '']) => [name, Buffer.from(value, 'base64').toString('utf8')]))
}

function send(reply: FastifyReply, { status, headers }: Answer): FastifyReply {
  return reply
    .status(status)
    .headers({ 'tus-resumable': VERSION, 'cache-control': 'no-store', ...headers })
    .send()
}

/** In words, for the page to show. */
function refuse(reply: FastifyReply, problem: Problem, { params }: HttpRequest): FastifyReply {
  const { lang = 'en' } = params
  const t = translatorFor(listLanguages().includes(lang) ? lang : 'en')
  const status = STATUS_OF_CODE[problem.code] ?? statusOfProblem(problem)
  return reply
    .status(status)
    .headers({ 'tus-resumable': VERSION, 'tus-version': VERSION, 'cache-control': 'no-store', ...headersOfProblem(problem) })
    .send({ code: problem.code, message: problemText(t, problem) })
}
