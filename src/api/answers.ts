/** Answers as JSON, with what HTTP says beside: a tag to ask again with, the next page, what the key has left. */
import { createHash } from 'node:crypto'
import type { HttpRequest, HttpResponse } from '../kernel/http.ts'
import type { KeyQuota } from '../modules/access/index.ts'
import type { Operation } from '../operations/index.ts'
import { fieldOf } from './read-input.ts'

export function jsonAnswer(output: unknown, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(output ?? null),
  }
}

/** With its tag; 304 without a body when the caller has just this answer. Kept by the caller alone: others may see other rows. */
export function revalidated(request: HttpRequest, answer: HttpResponse, output?: unknown): HttpResponse {
  const tag = tagOf(String(answer.body), output)
  const headers: Record<string, string> = {
    ...answer.headers,
    etag: tag,
    'cache-control': 'private, no-cache',
    vary: 'Authorization, Cookie',
  }
  const known = request.header('if-none-match')
  if (known === undefined || !isAmong(tag, known)) return { ...answer, headers }
  const { 'content-type': _, ...kept } = headers
  return { status: 304, headers: kept, body: '' }
}

/** Over every byte of the answer; that of a record begins with its version, which `If-Match` of a command gives back. */
function tagOf(body: string, output: unknown): string {
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 22)
  const version = versionOf(output)
  return version === undefined ? `"${digest}"` : `"${version}-${digest}"`
}

function versionOf(output: unknown): number | undefined {
  for (const at of [output, memberOf(output, 'record')]) {
    const version = memberOf(at, 'version')
    if (typeof version === 'number') return version
  }
  return undefined
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}

/** A proxy that compresses may have made the tag a weak one; for reading that is as good. */
function isAmong(tag: string, list: string): boolean {
  return list.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag)
}

/** Fields in which a list takes the `next` of the page before. */
const CURSOR_FIELDS = ['cursor', 'since'] as const

export function pageLink(request: HttpRequest, operation: Pick<Operation, 'input'>, output: unknown): Record<string, string> {
  const next = memberOf(output, 'next')
  const field = CURSOR_FIELDS.find((name) => fieldOf(operation, name) !== undefined)
  if (typeof next !== 'string' || field === undefined || memberOf(output, 'more') === false) return {}
  const query = new URLSearchParams(request.query)
  const whole = query.get('input')
  if (whole === null) query.set(field, next)
  else query.set('input', JSON.stringify({ ...(JSON.parse(whole) as object), [field]: next }))
  return { link: `<${request.path}?${query}>; rel="next"` }
}

/** As the IETF draft on rate limit headers writes them. */
export function quotaHeaders({ quota, left, resetSeconds }: KeyQuota): Record<string, string> {
  return { 'ratelimit-policy': `"hour";q=${quota};w=3600`, ratelimit: `"hour";r=${left};t=${resetSeconds}` }
}
