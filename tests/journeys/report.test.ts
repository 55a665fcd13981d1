/**
 * The report in a browser without script: from a number to its rows in two clicks, the card that explains it, the file that opens
 * by itself without server and network, and the check that stops a number typed by hand.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PACKAGE_ROOT } from '../../src/kernel/package-root.ts'
import { type Site, startSite } from './running-site.ts'

const KEY = 'mainstreaming-2015'

let site: Site
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sursur-report-'))
  site = await startSite()
})
afterAll(async () => {
  await site.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('the report of 2015', () => {
  test('R90: 469 leads to its rows in two clicks and within a second', async () => {
    const page = await site.newPage()
    await page.goto(site.at(`/en/reports/${KEY}`))
    const number = page.locator('#p31 a.n-figure', { hasText: '469' })
    const startedAt = Date.now()
    await number.click()
    expect(await page.locator('.card-value').textContent()).toBe('469')
    await page.getByRole('link', { name: 'See the 469 rows' }).click()
    expect(await page.locator('.pagination p').textContent()).toContain('1–50 of 469')
    expect(Date.now() - startedAt).toBeLessThan(1_000)
  })

  test('a quoted number leads to the value as printed, its paragraph and the figures beside it', async () => {
    const page = await site.newPage()
    await page.goto(site.at(`/en/reports/${KEY}`))
    await page.locator('#p31 a.n-reported', { hasText: '469' }).click()
    expect(page.url()).toContain('/sources/values/undp_ssc_projects@2014')
    expect(await page.locator('main').textContent()).toContain('Reproduced')
    await page.locator('.card dd a').first().click()
    expect(page.url()).toContain('#p30')
  })

  test('the card of Figure II shows both readings, the printed value and the verdict in words', async () => {
    const page = await site.newPage()
    await page.goto(site.at('/en/figures/undp-2014/2014/scale.regional.all-rows'))
    const text = (await page.locator('main').textContent()) ?? ''
    for (const part of ['30.92%', '145 of 469', '145 of 464', 'Reproduced when rounded', '31%', '0 of 145'])
      expect(text).toContain(part)
  })

  test('a further filter of the list carries through to figures and cards', async () => {
    const page = await site.newPage()
    await page.goto(site.at('/en/figures?collection=undp-2014&year=2014&region=africa'))
    await page.locator('.door-large a').first().click()
    expect(page.url()).toContain('region=africa')
    expect(await page.locator('.card-value').textContent()).toBe('135')
  })
})

describe('the report as one file', () => {
  test('opens by itself in Arabic and English: 469 leads to its card and its rows, with no request to anywhere', async () => {
    for (const lang of ['en', 'ar']) {
      const file = join(folder, `${lang}.html`)
      const built = await site.run('report', 'build', KEY, '--lang', lang, '--format', 'html', '--out', file, '--json')
      expect(built.code).toBe(0)
      expect(JSON.parse(built.out)).toMatchObject({ key: KEY, lang, format: 'html' })
      const page = await site.newPage()
      const requests: string[] = []
      page.on('request', (request) => requests.push(request.url()))
      const address = pathToFileURL(file).href
      await page.goto(address)
      await page.locator('#p31 a.n-figure', { hasText: '469' }).click()
      await page.locator('.nc:target a.go').click()
      expect(await page.locator('.set:target').isVisible()).toBe(true)
      expect(await page.locator('#rows-1 tbody tr:visible').count()).toBe(469)
      await page.goto(`${address}#f-undp-2014-scale.regional.all-rows`)
      await page.locator('.nc:target a.go').click()
      expect(await page.locator('#rows-1 tbody tr:visible').count()).toBe(145)
      expect(requests.filter((url) => !url.startsWith(address))).toEqual([])
    }
  })

  test('is also shown by the site, with its own style', async () => {
    const page = await site.newPage()
    await page.goto(site.at(`/zh/reports/${KEY}/file`))
    expect(
      await page
        .locator('.para')
        .first()
        .evaluate((element) => getComputedStyle(element).position),
    ).toBe('relative')
  })
})

describe('report check', () => {
  test('the shipped report passes; a planted numeral stops it with exit code 2', async () => {
    const passed = await site.run('report', 'check', KEY, '--json')
    const check = JSON.parse(passed.out)
    expect(passed.code).toBe(0)
    expect(Object.keys(check.languages).sort()).toEqual(['ar', 'en', 'es', 'fr', 'ru', 'zh'])
    for (const language of Object.values(check.languages) as { unbound: unknown[]; boundToQueries: number }[]) {
      expect(language.unbound).toEqual([])
      expect(language.boundToQueries).toBeGreaterThanOrEqual(30)
    }
    const file = join(folder, 'en.json')
    const texts = readFileSync(join(PACKAGE_ROOT, 'report-templates', KEY, 'texts', 'en.json'), 'utf8')
    writeFileSync(file, texts.replace('Every number here', 'Every one of 469 numbers here'))
    const stopped = await site.run('report', 'check', KEY, '--template', file, '--json')
    expect(stopped.code).toBe(2)
    expect(JSON.parse(stopped.out).unbound.map(({ text }: { text: string }) => text)).toContain('469')
  })
})
