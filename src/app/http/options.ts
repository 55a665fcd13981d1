/** What the web server is told by the app. */
import type { HttpRequest, HttpResponse, HttpRoute } from '../../kernel/http.ts'
import type { RateLimits } from '../../kernel/rate-limits.ts'
import type { ResumableUploads } from './resumable-uploads.ts'

/** Milliseconds and counts in place of the usual ones; for tests, which cannot wait. */
export interface ConnectionLimits {
  readonly headersWithin?: number
  readonly formWithin?: number
  readonly mostOfOneAddress?: number
  /** Also counts this machine, which is not held off otherwise: proxies and administrators are there. */
  readonly countThisMachine?: boolean
}

export interface HttpServerOptions {
  readonly host: string
  readonly publicHost: string | undefined
  readonly startToken: string | undefined
  readonly uploadFolder: string
  readonly uploadLimitBytes: number
  readonly routes: readonly HttpRoute[]
  /** Certificate and key: the server speaks HTTPS. */
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer } | undefined
  /** Addresses and networks whose X-Forwarded headers are believed, or the number of proxies that every request passes. */
  readonly trustedProxy?: readonly string[] | number | undefined
  /** Sites whose pages may call `/api/`. */
  readonly corsOrigins?: readonly string[]
  readonly limits?: RateLimits
  readonly connections?: ConnectionLimits
  /** Takes files in parts. */
  readonly resumable?: ResumableUploads
  /** From the first account on, the start-up token is asked no more. */
  accountsExist?(): Promise<boolean>
  /** Turns a problem or a fault into the page or the JSON that the caller can read. */
  answerError(error: unknown, request: HttpRequest): HttpResponse
}
