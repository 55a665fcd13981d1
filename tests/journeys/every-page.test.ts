/**
 * Every page that a visitor can reach from the start page, in English and Arabic: it answers, is whole without script, weighs at most
 * 100 kB, breaks no accessibility rule, and in Russian and Arabic nothing is cut off at 360 pixels.
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

let site: Site
let paths: string[]

beforeAll(async () => {
  site = await startSite()
  paths = await reachablePaths(site, '/en')
})
afterAll(() => site.stop())

/**
 * Follows links from the start page. Of addresses that differ only in an identifier or a filter, two stand for all: three hundred
 * country pages are one page.
 */
async function reachablePaths(running: Site, from: string): Promise<string[]> {
  const seen = new Map<string, number>()
  const found: string[] = []
  const queue = [from]
  while (queue.length > 0) {
    const path = queue.shift() ?? ''
    const kind = kindOf(path)
    if ((seen.get(kind) ?? 0) >= 2 || found.includes(path)) continue
    const response = await fetch(running.at(path), { redirect: 'manual' })
    // Files are not pages: a report as one file comes as HTML too, but as a download.
    const isFile = response.headers.get('content-disposition')?.startsWith('attachment') ?? false
    if (isFile || !(response.headers.get('content-type') ?? '').includes('text/html')) continue
    seen.set(kind, (seen.get(kind) ?? 0) + 1)
    found.push(path)
    const html = await response.text()
    for (const [, href = ''] of html.matchAll(/href="(\/en[^"#]*)/g)) queue.push(href.replaceAll('&amp;', '&'))
  }
  return found
}

function kindOf(path: string): string {
  const [place = '', query = ''] = path.split('?')
  const shape = place.replace(/\/(?!(en|new|edit|history|check|values|collections)\b)[^/]*(\d|[A-Z])[^/]*/g, '/:id')
  return `${shape}?${[...new URLSearchParams(query).keys()].sort().slice(0, 1).join('&')}`
}

describe('every page', () => {
  test('there are pages to look at, and each answers', async () => {
    expect(paths.length).toBeGreaterThan(15)
    const answers = await Promise.all(paths.map(async (path) => ({ path, status: (await fetch(site.at(path))).status })))
    expect(answers.filter(({ status }) => status !== 200)).toEqual([])
  })

  test('weighs at most 100 kB with its style sheet, and brings no script that it needs', async () => {
    const style = await weightOf(
      site,
      (await (await fetch(site.at('/en'))).text()).match(/href="(\/assets\/[^"]+\.css)"/)?.[1] ?? '',
    )
    const heavy: string[] = []
    for (const path of paths) {
      const bytes = style + (await weightOf(site, path))
      if (bytes > MOST_BYTES) heavy.push(`${path} ${bytes}`)
    }
    expect(heavy).toEqual([])
  })

  for (const lang of ['en', 'ar']) {
    test(`breaks no serious accessibility rule (${lang})`, async () => {
      const page = await site.newPage({ script: true })
      const broken: string[] = []
      for (const path of paths) {
        await page.goto(site.at(path.replace(/^\/en/, `/${lang}`)))
        for (const { id, nodes } of await violationsOf(page)) broken.push(`${path}: ${id} at ${nodes}`)
      }
      expect(broken).toEqual([])
    })
  }

  for (const lang of ['ru', 'ar']) {
    test(`cuts nothing off and does not scroll sideways at 360 pixels (${lang})`, async () => {
      const page = await site.newPage({ width: 360, script: true })
      const cut: string[] = []
      for (const path of paths) {
        await page.goto(site.at(path.replace(/^\/en/, `/${lang}`)))
        for (const what of await page.evaluate(cutOffTexts)) cut.push(`${path}: ${what}`)
      }
      expect(cut).toEqual([])
    })
  }
})

/** Bytes of the body on the line, as a browser asks for it. */
function weightOf(running: Site, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(running.at(path), { headers: { 'accept-encoding': 'gzip' } }, (answer) => {
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
