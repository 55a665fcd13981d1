/** Reads the pages of a site for the words that its addresses and forms are made of, so that wrong requests are nearly right ones. */
import type { FastifyInstance } from 'fastify'
import type { HttpServerOptions } from '../../src/app/http-server.ts'
import { HOST } from './open-site.ts'

export interface Addresses {
  /** Values that a part of the path had, by the name of the part. */
  readonly params: Readonly<Record<string, readonly string[]>>
  /** Names of query parameters and form fields. */
  readonly names: readonly string[]
}

const LANGUAGES = ['en', 'ar', 'ru', 'zh']

/** Follows links for two rounds: enough to come to a record and to its own pages. */
export async function readAddresses(server: FastifyInstance, routes: HttpServerOptions['routes']): Promise<Addresses> {
  const params: Record<string, Set<string>> = { lang: new Set(LANGUAGES) }
  const names = new Set<string>(['input', 'q', 'page', 'from', 'cursor'])
  const seen = new Set<string>()
  let links = routes
    .filter(({ path, method }) => method === 'GET' && !/[:*]/.test(path.replace(':lang', '')))
    .map(({ path }) => path)
  for (let round = 0; round < 3; round += 1) {
    const found = new Set<string>()
    for (const link of links
      .map((path) => path.replace(':lang', 'en'))
      .filter((path) => !seen.has(path))
      .slice(0, 150)) {
      seen.add(link)
      const { body, headers } = await server.inject({ url: link, headers: { host: HOST } })
      if (!String(headers['content-type']).startsWith('text/html')) continue
      for (const [, name = ''] of body.matchAll(/ name="([^"]+)"/g)) names.add(name)
      for (const [, href = ''] of body.matchAll(/ (?:href|action)="(\/[^"#]*)/g)) found.add(href.replaceAll('&amp;', '&'))
    }
    for (const href of found) takeApart(href, routes, params, names)
    links = [...found].filter((href) => href.startsWith('/en'))
  }
  return { params: Object.fromEntries(Object.entries(params).map(([name, values]) => [name, [...values]])), names: [...names] }
}

function takeApart(
  href: string,
  routes: HttpServerOptions['routes'],
  params: Record<string, Set<string>>,
  names: Set<string>,
): void {
  const [path = '', query = ''] = href.split('?')
  for (const name of new URLSearchParams(query).keys()) names.add(name)
  for (const route of routes) {
    const parts = route.path.split('/')
    const given = path.split('/')
    if (parts.length !== given.length || !parts.every((part, at) => part.startsWith(':') || part === given[at])) continue
    parts.forEach((part, at) => {
      const name = part.slice(1)
      if (!part.startsWith(':') || name === 'lang') return
      params[name] ??= new Set()
      params[name].add(decodeURIComponent(given[at] ?? ''))
    })
  }
}
