/** Every page of the site, as the administrator sees it: no style and no script inside it, nothing from elsewhere, a policy around it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadSampleData } from '../../src/jobs/sample-data/load-sample-data.ts'
import { LOCAL_ADMINISTRATOR } from '../../src/operations/index.ts'
import { type Browser, OWNER, openBrowser } from './browser.ts'
import { type OpenSite, openSite } from './open-site.ts'

const PATIENCE = 300_000

/** Pages of one kind are made by one function: so many of each are enough. */
const OF_EACH_ROUTE = 3

let site: OpenSite
let browser: Browser

beforeAll(async () => {
  site = await openSite()
  await loadSampleData(site.app.operations, LOCAL_ADMINISTRATOR)
  browser = openBrowser(site)
  await browser.post('/en/setup', OWNER)
}, PATIENCE)
afterAll(() => site.close())

/** The route that an address belongs to. */
function routeOf(path: string): string | undefined {
  const given = (path.split('?')[0] ?? '').split('/')
  return site.routes.find(({ method, path: pattern }) => {
    const parts = pattern.split('/')
    return (
      method === 'GET' && parts.length === given.length && parts.every((part, at) => part.startsWith(':') || part === given[at])
    )
  })?.path
}

/** A report as one file, to be saved and opened without a server: its style must be inside. A policy of its own forbids script. */
const REPORT_FILE = '/:lang/reports/:key/file'

const FORBIDDEN: readonly (readonly [string, RegExp])[] = [
  ['a style inside', /<style\b|<[^>]*\sstyle=/i],
  ['a script inside', /<script\b(?![^>]*\ssrc="\/)/i],
  ['an event handler', /<[^>]*\son[a-z]+=/i],
  ['an address that runs', /\s(?:href|src|action|formaction)="(?:javascript|vbscript|data:text)/i],
  [
    'something from elsewhere',
    /<(?:script|img|iframe|object|embed|audio|video|source)\b[^>]*\s(?:src|data)="(?!\/(?!\/)|data:image)/i,
  ],
  ['a style sheet from elsewhere', /<link\b[^>]*rel="(?:stylesheet|icon|preload)"[^>]*href="(?!\/(?!\/))/i],
  ['a form that leads away', /<form\b[^>]*\saction="(?!\/(?!\/)|#)/i],
  ['a form for others without a token', /<form\b[^>]*method="post"[^>]*>(?!<input type="hidden" name="_form")/i],
  ['a window that the other page can steer', /<a\b(?=[^>]*target="_blank")(?![^>]*rel="[^"]*noopener)/i],
]

test('every kind of page, three of each, in English and Arabic', { timeout: PATIENCE }, async () => {
  const wanted = [
    '/en',
    '/ar',
    ...site.routes
      .filter(({ method, path }) => method === 'GET' && !/[:*]/.test(path.replace(':lang', '')))
      .map(({ path }) => path.replace(':lang', 'en')),
  ]
  const seen = new Map<string, number>()
  const asked = new Set<string>()
  const found: string[] = []
  for (let link = wanted.shift(); link !== undefined; link = wanted.shift()) {
    const route = routeOf(link)
    if (route === undefined || asked.has(link) || (seen.get(route) ?? 0) >= OF_EACH_ROUTE * (route === '/:lang' ? 2 : 1)) continue
    asked.add(link)
    seen.set(route, (seen.get(route) ?? 0) + 1)
    const { body, headers, statusCode } = await browser.get(link)
    if (statusCode >= 500) found.push(`${link}: ${statusCode}`)
    const policy = String(headers['content-security-policy'])
    const styled = route === REPORT_FILE ? /unsafe-eval|script-src/ : /unsafe/
    if (!/default-src 'none'.*object-src 'none'.*base-uri 'none'.*frame-ancestors 'none'/.test(policy) || styled.test(policy))
      found.push(`${link}: ${policy}`)
    if (headers['x-content-type-options'] !== 'nosniff') found.push(`${link}: may be sniffed`)
    if (body !== '' && headers['content-type'] === undefined) found.push(`${link}: of no type`)
    if (/^text\/(?!.*charset=utf-8)/.test(String(headers['content-type']))) found.push(`${link}: ${headers['content-type']}`)
    const isDownload = String(headers['content-disposition'] ?? '').startsWith('attachment')
    if (!String(headers['content-type']).startsWith('text/html') || isDownload) continue
    for (const [what, pattern] of route === REPORT_FILE ? FORBIDDEN.slice(1) : FORBIDDEN) {
      const [text] = pattern.exec(body) ?? []
      if (text !== undefined) found.push(`${link}: ${what}: ${text.slice(0, 120)}`)
    }
    for (const [, href = ''] of body.matchAll(/ href="(\/[^"#]*)/g)) {
      const next = href.replaceAll('&amp;', '&')
      if (/^\/(en|ar)(\/|$|\?)/.test(next)) wanted.push(next)
    }
  }
  expect(found).toEqual([])
  // Otherwise the links were not found, and little was looked at.
  expect(seen.size).toBeGreaterThan(60)
})
