/** Reads what was sent: a form, JSON or files. Files go to disk under names of our own; whatever cannot be kept is refused. */
import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import type { HttpRequest, HttpRoute, UploadedFile } from '../../kernel/http.ts'
import { Problem } from '../../kernel/problems.ts'
import { requireReadableJson, requireReadableText } from '../../kernel/readable-input.ts'
import type { HttpServerOptions } from './options.ts'
import { shownFileName } from './shown-file-name.ts'

/** The longest form of ours, an initiative with a hundred partners, has some 900. */
const MOST_FIELDS = 2_000

export const MULTIPART_LIMITS = { files: 5, fields: 500, fieldSize: 1_000_000, headerPairs: 100 }

/** A form without files; counted before it is taken apart. */
export function parseForm(body: string): { fields: URLSearchParams } {
  if (body.split('&', MOST_FIELDS + 1).length > MOST_FIELDS) throw new Problem('http.too-many-fields', { limit: MOST_FIELDS })
  return { fields: new URLSearchParams(body) }
}

export async function readBody(
  request: FastifyRequest,
  described: HttpRequest,
  options: HttpServerOptions,
  route: HttpRoute,
  files: UploadedFile[],
): Promise<HttpRequest> {
  requireReadablePairs(described.query)
  requireReadableParams(described)
  if (request.method !== 'POST') return described
  if (request.isMultipart()) {
    if (!route.uploads) throw new Problem('http.body-not-accepted', { accepted: 'application/x-www-form-urlencoded' })
    if (!/;\s*boundary=/i.test(request.headers['content-type'] ?? ''))
      throw new Problem('http.request-not-readable', { found: 'multipart/form-data' })
    const form = await readParts(request, options, files)
    return { ...described, form, files: files.filter((file) => file.name !== '') }
  }
  const { body } = request
  if (isForm(body)) return { ...described, form: requireReadablePairs(body.fields) }
  requireReadableJson(body)
  return { ...described, json: body }
}

async function readParts(request: FastifyRequest, options: HttpServerOptions, files: UploadedFile[]): Promise<URLSearchParams> {
  const form = new URLSearchParams()
  await mkdir(options.uploadFolder, { recursive: true, mode: 0o700 })
  for await (const part of request.parts()) {
    if (part.type === 'file') files.push(await storeFile(part.fieldname, part.filename, part.file, options))
    else if (part.valueTruncated) throw new Problem('http.request-too-large', { found: part.fieldname.slice(0, 80) })
    else form.append(part.fieldname, String(part.value))
  }
  return requireReadablePairs(form)
}

function isForm(body: unknown): body is { fields: URLSearchParams } {
  return typeof body === 'object' && body !== null && 'fields' in body && body.fields instanceof URLSearchParams
}

function requireReadablePairs(pairs: URLSearchParams): URLSearchParams {
  for (const [name, value] of pairs) {
    requireReadableText(name)
    requireReadableText(value)
  }
  return pairs
}

/** No page, code or record has a control character in its address. */
function requireReadableParams({ params, path }: HttpRequest): void {
  if (Object.values(params).some((value) => /\p{Cc}/u.test(value))) throw new Problem('http.page-missing', { path })
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
  const shownName = shownFileName(name)
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
