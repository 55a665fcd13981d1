/** A request of the web server in our own words (kernel/http.ts). Nothing in here fails, whatever was sent. */
import type { FastifyRequest } from 'fastify'
import type { HttpRequest } from '../../kernel/http.ts'
import { clientAddress } from './address-of.ts'

interface OwnHosts {
  readonly corsOrigins?: readonly string[]
}

export function describeRequest(request: FastifyRequest, { corsOrigins = [] }: OwnHosts): HttpRequest {
  const secure = isSecure(request)
  const foreign = isForeign(request, corsOrigins)
  const route = request.routeOptions.url
  return {
    method: request.method === 'POST' ? 'POST' : 'GET',
    path: pathOf(request),
    params: (request.params ?? {}) as Record<string, string>,
    query: new URLSearchParams(request.url.split('?').slice(1).join('?')),
    form: new URLSearchParams(),
    files: [],
    header: (name) => headerOf(request, name, foreign),
    id: request.id,
    address: clientAddress(request),
    secure,
    origin: `${secure ? 'https' : 'http'}://${request.host}`,
    foreign,
    cookies: foreign ? {} : cookiesOf(request, secure),
    ...(route === undefined ? {} : { route }),
  }
}

export function isSecure(request: FastifyRequest): boolean {
  return request.protocol === 'https'
}

/** A page of another site that the settings let call the API. */
export function isForeign(request: FastifyRequest, corsOrigins: readonly string[]): boolean {
  const { origin } = request.headers
  return origin !== undefined && corsOrigins.includes(origin) && pathOf(request).startsWith('/api/')
}

export function pathOf(request: Pick<FastifyRequest, 'url'>): string {
  return request.url.split('?')[0] ?? '/'
}

/** Name of a cookie of ours as the browser has it. */
export function cookieName(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : name
}

/** Over TLS only those that a neighbouring host could not have planted. */
function cookiesOf(request: FastifyRequest, secure: boolean): Record<string, string> {
  const prefix = cookieName('', secure)
  return Object.fromEntries(
    Object.entries(request.cookies ?? {}).flatMap(([name, value]) =>
      name.startsWith(prefix) && value !== undefined ? [[name.slice(prefix.length), value]] : [],
    ),
  )
}

function headerOf(request: FastifyRequest, name: string, foreign: boolean): string | undefined {
  const lower = name.toLowerCase()
  if (foreign && lower === 'cookie') return undefined
  const value = request.headers[lower]
  return Array.isArray(value) ? value[0] : value
}
