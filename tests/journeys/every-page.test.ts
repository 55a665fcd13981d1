/**
 * Every page that a visitor can reach from the start page, before the first account, as administrator and as a stranger, in English
 * and Arabic: it answers, is whole without script, weighs at most 100 kB, breaks no accessibility rule, and in Russian and Arabic
 * nothing is cut off at 360 pixels.
 */
import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Site, startSite } from './running-site.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** What a page and its style sheet may weigh on the line, compressed. */
const MOST_BYTES = 100_000
/** Crawling takes a while on a busy machine. */
const CRAWL_MS = 240_000
/** A rule or a width looked at on every page: two to three minutes on two cores that nobody else uses. */
const LOOK_MS = 600_000

/** Who looks: before the first account, signed in, and as a stranger. */
type Visitor = 'person' | 'administrator' | 'stranger'

const ACCOUNT = { name: 'Ruth Otieno', email: 'ruth.otieno@coop.example', password: 'seven violet kettles hum at dawn' }

let site: Site
/** Of the administrator; nothing until the account is made. */
let cookie = ''
const paths: Record<Visitor, string[]> = { person: [], administrator: [], stranger: [] }

beforeAll(async () => {
  site = await startSite()
  paths.person = await reachablePaths(['/en'])
}, CRAWL_MS)
afterAll(() => site.stop())

/**
 * Follows links from some pages. Of addresses that differ only in an identifier or a filter, two stand for all: three hundred
 * country pages are one page. What is of a kind with `known` pages is not looked at again.
 */
async function reachablePaths(
  from: readonly string[],
  { visitor = 'person', known = [] }: { visitor?: Visitor; known?: readonly string[] } = {},
): Promise<string[]> {
  const seen = new Map<string, number>(known.map((path) => [kindOf(path), 2]))
  const asked = new Set<string>()
  const found: string[] = []
  const queue = [...from]
  while (queue.length > 0) {
    const path = queue.shift() ?? ''
    const kind = kindOf(path)
    const isEnough = (seen.get(kind) ?? 0) >= 2 && !from.includes(path)
    if (isEnough || asked.has(path)) continue
    asked.add(path)
    const response = await fetch(site.at(path), { redirect: 'manual', headers: headersOf(visitor) })
    // Files are not pages: a report as one file comes as HTML too, but as a download.
    const isFile = response.headers.get('content-disposition')?.startsWith('attachment') ?? false
    if (isFile || !(response.headers.get('content-type') ?? '').includes('text/html')) {
      await response.body?.cancel()
      continue
    }
    seen.set(kind, (seen.get(kind) ?? 0) + 1)
    found.push(path)
    const html = await response.text()
    for (const [, href = ''] of html.matchAll(/href="(\/en[^"#]*)/g)) queue.push(href.replaceAll('&amp;', '&'))
  }
  return found
}

function kindOf(path: string): string {
  const [place = '', query = ''] = path.split('?')
  const shape = place
    .replace(/\/api\/.+/, '/api/:operation')
    .replace(/\/(?!(en|new|edit|history|check|values|collections)\b)[^/]*(\d|[A-Z])[^/]*/g, '/:id')
  return `${shape}?${[...new URLSearchParams(query).keys()].sort().slice(0, 1).join('&')}`
}

/** Those that show the others nothing new. */
function onlyOf(found: readonly string[], known: readonly string[]): string[] {
  const kinds = new Set(known.map(kindOf))
  return found.filter((path) => !kinds.has(kindOf(path)))
}

describe('every page', () => {
  test('there are pages to look at', () => expect(paths.person.length).toBeGreaterThan(15))
  checkPagesOf('person')
})

describe('every further page of a signed-in administrator', () => {
  beforeAll(async () => {
    cookie = await makeFirstAccount(site)
    const found = await reachablePaths(['/en/account'], { visitor: 'administrator', known: paths.person })
    paths.administrator = onlyOf(found, paths.person)
  }, CRAWL_MS)

  test('there are those of the account and of the administration', () => {
    const own = ['/en/account', '/en/account/second-factor', '/en/account/keys', '/en/account/my-data', '/en/account/delete']
    expect(paths.administrator).toEqual(expect.arrayContaining([...own, '/en/users', '/en/users/new', '/en/users/outbox']))
  })
  checkPagesOf('administrator')
})

describe('every page that a stranger reaches', () => {
  let found: string[] = []
  beforeAll(async () => {
    found = await reachablePaths(['/en', '/en/sign-in', '/en/password/forgot'], { visitor: 'stranger' })
    paths.stranger = onlyOf(found, paths.person)
  }, CRAWL_MS)

  test('is public, or the way to sign in', async () => {
    const answers = await Promise.all(found.map(async (path) => ({ path, status: (await fetch(site.at(path))).status })))
    expect(answers.filter(({ status }) => status !== 200)).toEqual([])
    expect(found.filter((path) => /\/(account|users|audit|imports)\b/.test(path.split('?')[0] ?? ''))).toEqual([])
    expect(paths.stranger).toEqual(expect.arrayContaining(['/en/sign-in', '/en/password/forgot']))
  })
  checkPagesOf('stranger')
})

async function makeFirstAccount(running: Site): Promise<string> {
  const answer = await fetch(running.at('/en/setup'), {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: running.address },
    body: new URLSearchParams({ ...ACCOUNT, lang: 'en' }),
  })
  const cookieSet = answer.headers.getSetCookie().map((one) => one.split(';')[0])
  expect({ status: answer.status, cookies: cookieSet.length }).toEqual({ status: 303, cookies: 1 })
  return cookieSet.join('; ')
}

function headersOf(visitor: Visitor): Record<string, string> {
  return visitor === 'administrator' ? { cookie } : {}
}

/** A browser in which the visitor looks. */
async function browserOf(visitor: Visitor, options: { width?: number } = {}): Promise<Page> {
  const page = await site.newPage({ ...options, script: true })
  const [name = '', value = ''] = (headersOf(visitor).cookie ?? '').split('=')
  if (name !== '') await page.context().addCookies([{ name, value, url: site.address }])
  return page
}

function checkPagesOf(visitor: Visitor): void {
  test('answers', async () => {
    const headers = headersOf(visitor)
    const answers = await Promise.all(
      paths[visitor].map(async (path) => ({ path, status: (await fetch(site.at(path), { headers })).status })),
    )
    expect(answers.filter(({ status }) => status !== 200)).toEqual([])
  })

  test('weighs at most 100 kB with its style sheet, and brings no script that it needs', async () => {
    const start = await (await fetch(site.at('/en'))).text()
    const style = await weightOf(site, start.match(/href="(\/assets\/[^"]+\.css)"/)?.[1] ?? '')
    const heavy: string[] = []
    for (const path of paths[visitor]) {
      const bytes = style + (await weightOf(site, path, headersOf(visitor)))
      if (bytes > MOST_BYTES) heavy.push(`${path} ${bytes}`)
    }
    expect(heavy).toEqual([])
  })

  for (const lang of ['en', 'ar']) {
    test(
      `breaks no serious accessibility rule (${lang})`,
      async () => {
        const page = await browserOf(visitor)
        const broken: string[] = []
        for (const path of paths[visitor]) {
          await page.goto(site.at(path.replace(/^\/en/, `/${lang}`)))
          for (const { id, nodes } of await violationsOf(page)) broken.push(`${path}: ${id} at ${nodes}`)
        }
        expect(broken).toEqual([])
      },
      LOOK_MS,
    )
  }

  for (const lang of ['ru', 'ar']) {
    test(
      `cuts nothing off and does not scroll sideways at 360 pixels (${lang})`,
      async () => {
        const page = await browserOf(visitor, { width: 360 })
        const cut: string[] = []
        for (const path of paths[visitor]) {
          await page.goto(site.at(path.replace(/^\/en/, `/${lang}`)))
          for (const what of await page.evaluate(cutOffTexts)) cut.push(`${path}: ${what}`)
        }
        expect(cut).toEqual([])
      },
      LOOK_MS,
    )
  }
}

/** Bytes of the body on the line, as a browser asks for it. */
function weightOf(running: Site, path: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    get(running.at(path), { headers: { 'accept-encoding': 'gzip', ...headers } }, (answer) => {
      let bytes = 0
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      answer.on('end', () => resolve(bytes))
    }).on('error', reject)
  })
}

async function violationsOf(page: Page): Promise<{ id: string; nodes: string }[]> {
  await page.evaluate(AXE)
  return page.evaluate(async () => {
    const axe = (
      globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }> }
      }
    ).axe
    const { violations } = await axe.run()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => ({
        id,
        nodes: nodes
          .slice(0, 3)
          .map(({ target }) => target.join(' '))
          .join(', '),
      }))
  })
}

/** Runs in the page: texts wider than their box where the box hides the rest, and a page wider than the window. */
function cutOffTexts(): string[] {
  const found: string[] = []
  const { documentElement } = document
  if (documentElement.scrollWidth > documentElement.clientWidth + 1) found.push(`page is ${documentElement.scrollWidth} wide`)
  for (const element of document.querySelectorAll<HTMLElement>(
    'h1, h2, h3, p, a, button, label, legend, th, td, dt, dd, li, summary',
  )) {
    const style = getComputedStyle(element)
    const hides = style.overflowX === 'hidden' || style.overflowX === 'clip'
    if (hides && element.scrollWidth > element.clientWidth + 1 && !element.classList.contains('visually-hidden')) {
      found.push(`${element.tagName.toLowerCase()} "${(element.textContent ?? '').trim().slice(0, 40)}"`)
    }
  }
  return found
}
