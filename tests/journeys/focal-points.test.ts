/**
 * A focal point from the gap to the confirmation, as people do it on a telephone without script, in English and in Arabic: the gap list
 * leads to the form, the letter holds a link, the person confirms without an account, and the list is shorter by one.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Site, startSite } from './running-site.ts'

let site: Site

beforeAll(async () => {
  site = await startSite({ empty: true })
})
afterAll(() => site.stop())

const send = (page: Page) => page.click('main form[method=post] .button-primary')
const mainOf = (page: Page) => page.locator('main').innerText()
/** Nothing is cut off: the page is no wider than the telephone. */
const isNarrow = (page: Page) => page.evaluate('document.documentElement.scrollWidth <= 360') as Promise<boolean>

async function gapsOf(): Promise<string[]> {
  const lines = (await (await fetch(site.at('/en/focal-points/gaps.jsonl'))).text()).trim().split('\n')
  return lines.map((line) => JSON.parse(line).countryCode)
}

const CASES = [
  { lang: 'en', country: 'KEN', person: 'Amina Otieno', dir: 'ltr', state: 'Active' },
  { lang: 'ar', country: 'EGY', person: 'ليلى حسن', dir: 'rtl', state: 'نشط' },
] as const

describe.each(CASES)('In $lang, at 360 pixels', ({ lang, country, person, dir, state }) => {
  let page: Page
  let before: string[]

  beforeAll(async () => {
    page = await site.newPage({ width: 360, height: 740 })
    before = await gapsOf()
  })

  test('the gap leads to the form, which says at the field what is missing and keeps what was typed', async () => {
    expect(before).toContain(country)
    await page.goto(site.at(`/${lang}/focal-points/gaps`))
    expect(await page.getAttribute('html', 'dir')).toBe(dir)
    expect(await isNarrow(page)).toBe(true)
    expect(await page.locator('main tbody tr').count()).toBe(before.length)
    await page.click(`main a[href*="country=${country}"]`)
    expect(await page.inputValue('select[name=countryCode]')).toBe(country)
    await page.fill('input[name=person]', person)
    await page.fill('input[name=mechanismName]', 'Cooperation Unit')
    await page.selectOption('select[name=mechanismType]', 'unit')
    await page.check(`input[name=languages][value=${lang}]`)
    await send(page)
    expect(await page.locator('.error-summary a[href$="source"]').count()).toBe(1)
    expect(await page.inputValue('input[name=person]')).toBe(person)
    expect(await isNarrow(page)).toBe(true)
    await page.fill('input[name=source]', 'Note verbale 14')
    await send(page)
    expect(page.url()).toContain('done=named')
    expect(await mainOf(page)).toContain(person)
    expect(await isNarrow(page)).toBe(true)
  })

  test('without an address mail is refused in words; the letter is in the language of the person', async () => {
    const record = page.url().split('?')[0] ?? ''
    await page.click('main form[action$="/ask"] .button-secondary')
    expect(await page.locator('.notice-bad').count()).toBe(1)
    await page.goto(record)
    await page.click('main form[action$="/letter"] .button-secondary')
    expect(await page.getAttribute('#letter', 'dir')).toBe(dir)
    expect(await page.locator('#letter svg.qr').count()).toBe(1)
    expect(await isNarrow(page)).toBe(true)
    const link = await page.locator('#link').innerText()

    const theirs = await site.newPage({ width: 360, height: 740 })
    await theirs.goto(site.at(new URL(link).pathname + new URL(link).search))
    expect(await mainOf(theirs)).toContain(person)
    expect(await isNarrow(theirs)).toBe(true)
    await theirs.click('main button[value=confirmed]')
    expect(theirs.url()).toContain('done=confirmed')
    await theirs.goto(site.at(new URL(link).pathname + new URL(link).search))
    expect(await theirs.locator('main button[value=confirmed]').count()).toBe(0)

    await page.goto(record)
    expect(await mainOf(page)).toContain(state)
  })

  test('the gap list, on the page and in every file, is shorter by that one', async () => {
    const after = await gapsOf()
    expect(before.filter((code) => !after.includes(code))).toEqual([country])
    await page.goto(site.at(`/${lang}/focal-points/gaps`))
    expect(await page.locator('main tbody tr').count()).toBe(before.length - 1)
    const csv = (await (await fetch(site.at(`/${lang}/focal-points/gaps.csv`))).text()).trim().split('\n')
    expect(csv.length - 1).toBe(before.length - 1)
    const json = await (await fetch(site.at(`/${lang}/focal-points/gaps.json`))).json()
    expect(json.length ?? json.rows.length).toBe(before.length - 1)
    expect((await fetch(site.at(`/${lang}/focal-points/gaps.xlsx`))).status).toBe(200)
  })
})
