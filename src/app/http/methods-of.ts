/** Which methods an address has, for the answer to one that it does not have. */
import type { HttpRoute } from '../../kernel/http.ts'

/** Gives the methods of the routes that would match the path; none for an address that is nowhere. */
export function methodsOf(routes: readonly Pick<HttpRoute, 'method' | 'path'>[]): (path: string) => readonly string[] {
  const patterns = routes.map(({ method, path }) => ({ method, pattern: patternOf(path) }))
  return (path) => {
    const found = new Set(patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))
    return [...(found.has('GET') ? ['GET', 'HEAD'] : []), ...(found.has('POST') ? ['POST'] : [])]
  }
}

function patternOf(path: string): RegExp {
  const parts = path.split(/(:\w+|\*)/).map((part) => {
    if (part === '*') return '.*'
    return part.startsWith(':') ? '[^/]+' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${parts.join('')}/?$`)
}
