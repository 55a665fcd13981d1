/**
 * A request and an answer without a web server: pages and the API are functions from one to the other, and one file in `app/`
 * joins them to the server that is in use.
 */
import type { ProblemKind } from './problems.ts'

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
}

export interface HttpRoute {
  readonly method: 'GET' | 'POST'
  /** `/:lang/initiatives/:id`; a name with `*` takes the rest of the path. */
  readonly path: string
  /** Accepts files. */
  readonly uploads?: boolean
  handle(request: HttpRequest): Promise<HttpResponse>
}

/** Kinds of problems become status codes here and nowhere else (style section 6). */
export const STATUS_OF_PROBLEM: Readonly<Record<ProblemKind, number>> = {
  invalid: 422,
  refused: 403,
  missing: 404,
  conflict: 409,
}

export function seeOther(location: string): HttpResponse {
  return { status: 303, headers: { location }, body: '' }
}
