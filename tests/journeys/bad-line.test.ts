/**
 * A file over a line of 64 kbit/s that loses one segment in twenty and is cut three times: it arrives whole, what had arrived is not
 * sent again, and the person chooses the file once and presses one button. With SURSUR_LONG=1 the file has 5 MB, else 500 kB. The
 * browser keeps to the Content-Security-Policy of the site.
 */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenSite, openSite } from '../protection/open-site.ts'
import { type BadLine, type BadLineSettings, startBadLine } from './bad-line.ts'

const LONG = process.env.SURSUR_LONG === '1'
const BYTES = LONG ? 5_000_000 : 500_000
const BYTES_PER_SECOND = 64_000 / 8

let site: OpenSite
let folder: string
let browser: Browser
let serverPort: number
const lines: BadLine[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sursur-bad-line-'))
  site = await openSite()
  await site.server.listen({ host: '127.0.0.1', port: 0 })
  serverPort = (site.server.server.address() as AddressInfo).port
  browser = await chromium.launch({
    executablePath: process.env.SURSUR_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-sync',
    ],
  })
})
afterAll(async () => {
  await browser?.close()
  for (const line of lines) await line.close()
  await site?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function openLine(settings: Partial<BadLineSettings>): Promise<BadLine> {
  const line = await startBadLine({
    to: serverPort,
    bytesPerSecond: 1_000_000,
    lostOfThousand: 0,
    cutAt: [],
    cutSeconds: 3,
    ...settings,
  })
  lines.push(line)
  return line
}

/** A table of the wanted size whose rows do not pack. */
function tableOf(bytes: number, name: string): { path: string; sha256: string } {
  const rows = ['id,title,country,notes']
  let length = rows.join('\n').length + 1
  for (let number = 1; length < bytes; number += 1) {
    const row = `L-${number},Wells ${number},Kenya,${createHash('sha256').update(`${number}`).digest('hex')}`
    rows.push(row)
    length += row.length + 1
  }
  const text = `${rows.join('\n')}\n`
  const path = join(folder, name)
  writeFileSync(path, text)
  return { path, sha256: createHash('sha256').update(text).digest('hex') }
}

async function openImports(port: number, query = ''): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(`http://localhost:${port}/en/imports${query}`)
  return page
}

test(
  'over 64 kbit/s with losses and three cuts a file arrives whole, and nothing is chosen or typed a second time',
  async () => {
    const { path, sha256 } = tableOf(BYTES, 'portfolio.csv')
    const size = readFileSync(path).length
    const line = await openLine({
      bytesPerSecond: BYTES_PER_SECOND,
      lostOfThousand: 50,
      cutAt: [0.2, 0.5, 0.8].map((share) => Math.round(share * size)),
    })
    const page = await openImports(line.port, '?collection=wells-of-kenya')
    const startedAt = performance.now()
    await page.setInputFiles('input[type=file]', path)
    await page.click('#choose .button-primary')
    await page.waitForURL(/\/imports\/new\//, { timeout: 1_800_000, waitUntil: 'commit' })
    const seconds = Math.round((performance.now() - startedAt) / 1000)
    const address = new URL(page.url())
    // The address of the next step names the content, and where the person came from.
    expect(address.pathname).toBe(`/en/imports/new/${sha256}`)
    expect(address.searchParams.get('collection')).toBe('wells-of-kenya')
    const counts = line.counts()
    expect(counts.cuts).toBe(3)
    expect(counts.stalls).toBeGreaterThan(10)
    console.log(JSON.stringify({ size, sent: line.sent(), ratio: Number((line.sent() / size).toFixed(3)), seconds, ...counts }))
    // Only what was on the way at a cut, and headers, go twice.
    expect(line.sent()).toBeLessThan(size * 1.25)
  },
  LONG ? 1_900_000 : 240_000,
)

test('after the page was left in the middle, the same file goes on where it was', async () => {
  const { path, sha256 } = tableOf(400_000, 'left.csv')
  const line = await openLine({ bytesPerSecond: 100_000 })
  const page = await openImports(line.port)
  await page.setInputFiles('input[type=file]', path)
  await page.click('#choose .button-primary')
  await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) > 100_000)
  const offsets: number[] = []
  page.on('request', (request) => {
    if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']))
  })
  await page.reload()
  offsets.length = 0
  expect(await page.locator('#choose').textContent()).toContain('left.csv\u2069 was not sent to the end')
  await page.setInputFiles('input[type=file]', path)
  await page.click('#choose .button-primary')
  await page.waitForURL(`**/imports/new/${sha256}`)
  expect(offsets[0]).toBeGreaterThan(100_000)
  expect(offsets).toEqual([...offsets].sort((one, other) => one - other))
})

test('it can be paused, goes on by itself when the line is back, and can be cancelled', async () => {
  const { path } = tableOf(300_000, 'wells.csv')
  const line = await openLine({ bytesPerSecond: 60_000 })
  const page = await openImports(line.port)
  await page.setInputFiles('input[type=file]', path)
  await page.click('#choose .button-primary')
  await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) > 0)
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.waitForSelector('text=Paused.')
  const arrived = () => page.locator('progress').evaluate((bar) => (bar as HTMLProgressElement).value)
  const before = await arrived()
  await page.waitForTimeout(2_000)
  expect(await arrived()).toBe(before)
  await page.getByRole('button', { name: 'Go on', exact: true }).click()
  line.cut(true)
  await page.waitForSelector('text=The line was cut')
  line.cut(false)
  await page.waitForFunction((least) => (document.querySelector('progress')?.value ?? 0) > least, 100_000)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.waitForSelector('text=Cancelled.')
  expect(new URL(page.url()).pathname).toBe('/en/imports')
})

test('what is no table is said at the file, as for a file that came whole', async () => {
  const path = join(folder, 'list.pdf')
  writeFileSync(path, `%PDF-1.7 ${'x'.repeat(100)}`)
  const page = await openImports(serverPort)
  await page.setInputFiles('input[type=file]', path)
  await page.click('#choose .button-primary')
  await page.waitForSelector('.error-summary')
  expect(await page.locator('main').textContent()).toContain('is PDF')
})

test('a session that ends in the middle costs nothing: after signing in beside, the page goes on by itself', async () => {
  const { path, sha256 } = tableOf(600_000, 'evening.csv')
  const line = await openLine({ bytesPerSecond: 60_000 })
  const page = await openImports(line.port, '?collection=wells-of-kenya')
  const email = 'ruth.otieno@coop.example'
  const password = 'seven violet kettles hum at dawn'
  await page.goto(`http://localhost:${line.port}/en/account`)
  await page.fill('input[name=name]', 'Ruth Otieno')
  await page.fill('input[name=email]', email)
  await page.fill('input[name=password]', password)
  await page.click('main form[method=post] .button-primary')
  await page.goto(`http://localhost:${line.port}/en/imports?collection=wells-of-kenya`)
  await page.setInputFiles('input[type=file]', path)
  await page.click('#choose .button-primary')
  await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) > 0)

  await page.context().clearCookies()
  await page.waitForSelector('text=You have been signed out')
  const beside = await page.context().newPage()
  await beside.goto(`http://localhost:${line.port}${await page.locator('.progress a').getAttribute('href')}`)
  await beside.fill('input[name=email]', email)
  await beside.fill('input[name=password]', password)
  await beside.click('main form[method=post] .button-primary')

  await page.waitForURL(`**/imports/new/${sha256}?collection=wells-of-kenya`)
})
