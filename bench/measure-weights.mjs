/** What a first visit to each page transfers: the page with all that it needs, compressed, in English and Arabic. */
import { join } from 'node:path'
import { startProgram } from './program.mjs'

const LIMIT_KB = 100
/** Pages looked at per route: three lists weigh differently, the four hundredth initiative does not. */
const PAGES_PER_ROUTE = 40

const ENTRANCES = ['en', 'ar'].flatMap((lang) => [
  `/${lang}`,
  `/${lang}/initiatives?collection=undp-2014`,
  `/${lang}/initiatives?collection=report-2015`,
])

export async function measureWeights(results, folder) {
  const program = await startProgram({ folder: join(folder, 'start') })
  try {
    const routes = await listRoutes()
    const heaviest = await visitRoutes(program, routes)
    for (const { path: route } of routes) {
      const found = heaviest.get(route)
      if (found)
        results.add({ group: 'weight', name: route, value: found.kilobytes, unit: 'kB', limit: LIMIT_KB, note: found.path })
      else results.say(`  no link leads to a page of ${route}`)
    }
  } finally {
    await program.stop()
  }
}

/** Every page that can be opened, as the program itself lists them: `/:lang/initiatives/:id`. */
async function listRoutes() {
  const { webRoutes } = await import('../dist/web/routes.js')
  return webRoutes({})
    .filter(({ method, path }) => method === 'GET' && path.startsWith('/:lang') && !/\.[a-z]+$/.test(path))
    .map(({ path }) => ({
      path,
      parts: path.split('/'),
      // A route of plain words wins over one with names: /initiatives/new is not an initiative.
      names: path.split('/').filter((part) => part.startsWith(':')).length,
    }))
    .sort((a, b) => a.names - b.names)
}

function routeOf(path, routes) {
  const parts = path.split('?')[0].split('/')
  const fits = (route) =>
    route.parts.length === parts.length && route.parts.every((part, at) => part.startsWith(':') || part === parts[at])
  return routes.find(fits)?.path
}

/** The heaviest page of each route, by following the links of the site. */
async function visitRoutes(program, routes) {
  const waiting = [...ENTRANCES]
  const known = new Set(waiting)
  const seen = new Map()
  const heaviest = new Map()
  while (waiting.length > 0) {
    const path = waiting.shift()
    const route = routeOf(path, routes)
    if (route === undefined || (seen.get(route) ?? 0) >= PAGES_PER_ROUTE) continue
    seen.set(route, (seen.get(route) ?? 0) + 1)
    const page = await program.get(path)
    if (page.status !== 200 || !String(page.headers['content-type']).startsWith('text/html')) continue
    const html = page.body.toString()
    const kilobytes = (page.bytes + (await bytesOfAssets(program, html))) / 1000
    if (kilobytes > (heaviest.get(route)?.kilobytes ?? 0)) heaviest.set(route, { kilobytes, path })
    for (const next of linksOf(html)) {
      if (known.has(next)) continue
      known.add(next)
      waiting.push(next)
    }
  }
  return heaviest
}

function linksOf(html) {
  return [...html.matchAll(/<a [^>]*href="([^"#]+)/g)]
    .map(([, link]) => link.replaceAll('&amp;', '&'))
    .filter((link) => /^\/(en|ar)(\/|\?|$)/.test(link))
}

const weights = new Map()

async function bytesOfAssets(program, html) {
  const links = [...html.matchAll(/<(?:link|script|img|use|image)\b[^>]*?(?:href|src)="(\/[^"#]+)"[^>]*>/g)]
    .filter(([tag]) => !/rel="(?:alternate|canonical|next|prev)"/.test(tag))
    .map(([, address]) => address.replaceAll('&amp;', '&'))
  let bytes = 0
  for (const address of new Set(links)) {
    if (!weights.has(address)) weights.set(address, (await program.get(address)).bytes)
    bytes += weights.get(address) ?? 0
  }
  return bytes
}
