/**
 * A request and an answer without a web server: pages and the API are functions from one to the other, and one file in `app/`
 * joins them to the server that is in use.
 */
import type { Problem, ProblemKind } from './problems.ts'

export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  /** Path without query, for example /en/initiatives. */
  readonly path: string
  /** Parts of the path named in the route. */
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** Fields of a form, in the order in which they were sent; empty for a GET. */
  readonly form: URLSearchParams
  /** A JSON body of the API. */
  readonly json?: unknown
  readonly files: readonly UploadedFile[]
  readonly header: (name: string) => string | undefined
  /** Made for each request and sent back as `x-request-id`; one that came in is never believed. */
  readonly id?: string
  /** Of the client: the other end of the connection, or what a trusted proxy says. */
  readonly address?: string
  /** Reached over TLS, here or at a trusted proxy. */
  readonly secure?: boolean
  /** Scheme, host and port under which the client reached us; the host was checked. For addresses that leave the page. */
  readonly origin?: string
  /** Called by a page of another site that may use the API (SURSUR_CORS_ORIGINS): cookies are taken off, a key must say who it is. */
  readonly foreign?: boolean
  /** Cookies that came, under the names by which `HttpResponse.cookies` set them. */
  readonly cookies?: Readonly<Record<string, string>>
  /** Pattern of the route, for the log: it holds no value. */
  readonly route?: string
}

/** A file received and stored on disk, under a name of our own. */
export interface UploadedFile {
  readonly field: string
  /** Name as sent, without any path. For showing only. */
  readonly name: string
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | AsyncIterable<string | Uint8Array>
  readonly cookies?: readonly ResponseCookie[]
}

/**
 * A cookie of ours. Every one is HttpOnly and for all paths; over TLS also Secure and named `__Host-`, so that no neighbouring
 * host can plant one.
 */
export interface ResponseCookie {
  readonly name: string
  /** The empty text removes the cookie. */
  readonly value: string
  /** Absent: until the browser is closed. */
  readonly maxAgeSeconds?: number
  /** Lax unless said otherwise: a link from a mail finds the session, a form of another site does not. */
  readonly sameSite?: 'strict' | 'lax'
}

export interface HttpRoute {
  readonly method: 'GET' | 'POST'
  /** `/:lang/initiatives/:id`; a name with `*` takes the rest of the path. */
  readonly path: string
  /** Accepts files. */
  readonly uploads?: boolean
  /** Attempts to sign in and the like: counted per address and over all addresses before the route is asked. */
  readonly limit?: 'sign-in'
  /** Asked before the body is read and its files are stored: throws a Problem for whoever may not come here. */
  admit?(request: HttpRequest): Promise<void>
  handle(request: HttpRequest): Promise<HttpResponse>
}

/** Kinds of problems become status codes here and nowhere else (style section 6). */
const STATUS_OF_KIND: Readonly<Record<ProblemKind, number>> = {
  invalid: 422,
  refused: 403,
  missing: 404,
  conflict: 409,
}

/** Problems of the transport itself, for which HTTP has a status of its own. */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  'http.method-not-accepted': 405,
  'http.request-too-large': 413,
  'http.address-too-long': 414,
  'http.too-many-requests': 429,
  'credentials.busy': 503,
}

export function statusOfProblem({ code, kind }: Pick<Problem, 'code' | 'kind'>): number {
  return STATUS_OF_CODE[code] ?? STATUS_OF_KIND[kind]
}

/** What HTTP wants to hear beside the status. */
export function headersOfProblem({ code, params }: Pick<Problem, 'code' | 'params'>): Record<string, string> {
  if (code === 'http.too-many-requests' || code === 'credentials.busy') return { 'retry-after': String(params.seconds) }
  if (code === 'http.method-not-accepted') return { allow: String(params.accepted) }
  return {}
}

/** `location` is an own path; whatever a header cannot hold is written as in addresses. */
export function seeOther(location: string): HttpResponse {
  return { status: 303, headers: { location: inHeader(location) }, body: '' }
}

function inHeader(text: string): string {
  return text.toWellFormed().replace(/[^\x21-\x7e]+/g, encodeURIComponent)
}

/**
 * A path of this site that came from outside (`?to=/en/initiatives`), or nothing. A browser reads `//host` and `/\\host` as another
 * site, and takes tabs and line breaks out of an address before it reads it.
 */
export function ownPath(text: string | null | undefined): string | undefined {
  if (text === null || text === undefined || text.length > 2_000) return undefined
  return /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(text) && text.isWellFormed() ? text : undefined
}

/** The header that gives a download its name, in the two spellings of RFC 6266: one for old programs, one with every letter. */
export function contentDisposition(name: string, how: 'attachment' | 'inline' = 'attachment'): string {
  const plain = name.replace(/[^\w .()-]/g, '_')
  if (plain === name) return `${how}; filename="${name}"`
  const exact = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
  return `${how}; filename="${plain}"; filename*=UTF-8''${exact}`
}
