/**
 * The registry in a browser without script: find, share and download a list; register, correct, publish and look back at an
 * initiative; two people who edit at once.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Site, startSite } from './running-site.ts'

let site: Site

beforeAll(async () => {
  site = await startSite()
})
afterAll(() => site.stop())

const SAMPLE = '/en/initiatives?collection=undp-2014'

describe('a list', () => {
  test('shows nothing of the samples until they are asked for, and then says that they are samples', async () => {
    const page = await site.newPage()
    await page.goto(site.at('/en/initiatives'))
    expect(await page.locator('table').count()).toBe(0)
    await page.getByRole('link', { name: /sample collection: UNDP list 2014/ }).click()
    expect(page.url()).toContain('collection=undp-2014')
    expect(await page.locator('.banner-data').count()).toBe(1)
    expect(await page.locator('.pagination p').textContent()).toContain('1–50 of 469')
  })

  test('145 regional projects of 2014 are found by filter, and the address alone finds them again (R05a)', async () => {
    const page = await site.newPage()
    await page.goto(site.at(SAMPLE))
    await page.check('input[name=scale][value=regional]')
    await page.getByRole('button', { name: 'Show results' }).click()
    expect(await page.locator('.pagination p').textContent()).toContain('1–50 of 145')
    expect(await page.locator('.pagination p').textContent()).toContain('not stated')

    const colleague = await site.newPage()
    await colleague.goto(page.url())
    expect(await colleague.locator('.pagination p').textContent()).toContain('of 145')
    expect(await colleague.locator('.chips').textContent()).toContain('Regional')
  })

  test('a cited address says what it gave on that day and what it gives now', async () => {
    const page = await site.newPage()
    await page.goto(site.at(`${SAMPLE}&scale=regional`))
    const address = (await page.locator('.cite a').getAttribute('href')) ?? ''
    expect(address).toMatch(/scale=regional&unit=listing&cited=\d{4}-\d\d-\d\d&rows=145$/)
    await page.goto(address.replace('rows=145', 'rows=144'))
    expect(await page.locator('.notice').textContent()).toContain('144 rows. Now it gives 145.')
  })

  test('the download holds the rows of the screen, in its language, with the codes beside the names', async () => {
    const query = '?collection=undp-2014&scale=regional'
    const csv = await (await fetch(site.at(`/fr/initiatives.csv${query}`))).text()
    const [header = '', first = '', ...rest] = csv.trim().split('\r\n')
    expect(header).toContain('Pays hôte,Pays hôte (code)')
    expect(first).toContain('Angola,AGO')
    expect(rest.length + 1).toBe(145)
    const json: { identifier: string }[] = await (await fetch(site.at(`/en/initiatives.json${query}`))).json()
    const page = await site.newPage()
    await page.goto(site.at(`/en/initiatives${query}`))
    const shown = await page.locator('tbody th a').allTextContents()
    expect(json.slice(0, 50).map(({ identifier }) => identifier)).toEqual(shown)
    const xlsx = await fetch(site.at(`/ar/initiatives.xlsx${query}`))
    expect(new TextDecoder().decode((await xlsx.arrayBuffer()).slice(0, 2))).toBe('PK')
    const lines = (await (await fetch(site.at(`/en/initiatives.jsonl${query}`))).text()).trim().split('\n')
    expect(lines).toHaveLength(145)
  })
})

describe('an initiative', () => {
  let address: string

  test('is registered with rows added without script; what was typed is never lost', async () => {
    const page = await site.newPage()
    await page.goto(site.at('/en/collections'))
    await page.fill('#field-name', 'Our work')
    await page.fill('#field-key', 'Our Work')
    await page.locator('main form button.button-primary').last().click()
    expect(await page.locator('.error-summary li').count()).toBe(1)
    expect(await page.inputValue('#field-name')).toBe('Our work')
    await page.fill('#field-key', 'our-work')
    await page.locator('main form button.button-primary').last().click()
    expect(page.url()).toContain('collection=our-work')

    await page.goto(site.at('/en/initiatives/new?collection=our-work'))
    await page.fill('#field-title-0-text', '<b>Rice</b> & "water"')
    await page.check('input[name=kind][value=project]')
    await page.selectOption('#field-partners-0-iso3', 'CHL')
    await page.selectOption('#field-partners-0-role', 'first_provider')
    await page.getByRole('button', { name: 'Add a partner' }).click()
    expect(await page.inputValue('#field-title-0-text')).toBe('<b>Rice</b> & "water"')
    await page.selectOption('#field-partners-1-iso3', 'PRY')
    await page.selectOption('#field-partners-1-role', 'recipient')
    await page.selectOption('#field-contributions-0-modality', 'expert')
    await page.selectOption('#field-contributions-0-giver', '1')
    await page.selectOption('#field-contributions-0-taker', '1')
    await page.fill('#field-contributions-0-quantity', '1,5')
    const refused = page.waitForResponse((response) => response.request().method() === 'POST')
    await page.getByRole('button', { name: 'Register as a draft' }).click()
    expect((await refused).status()).toBe(422)
    expect(await page.locator('.error-summary a').getAttribute('href')).toBe('#field-contributions-0-quantity')

    await page.fill('#field-contributions-0-quantity', '30')
    await page.selectOption('#field-contributions-0-unit', 'person_day')
    await page.getByRole('button', { name: 'Register as a draft' }).click()
    expect(await page.locator('.error-summary').textContent()).toContain('giver and receiver are the same partner')
    await page.selectOption('#field-contributions-0-taker', '2')
    await page.getByRole('button', { name: 'Register as a draft' }).click()
    expect(await page.locator('h1').textContent()).toBe('<b>Rice</b> & "water"')
    expect(await page.locator('h1 b').count()).toBe(0)
    address = page.url().split('?')[0] ?? ''
  })

  test('says its type under each profile, and which three facts to add next (R15)', async () => {
    const page = await site.newPage()
    await page.goto(address)
    expect(await page.locator('.panel h3').first().textContent()).toContain('South-South cooperation')
    expect(await page.locator('#completeness li').count()).toBe(3)
    await page.locator('#completeness li a').first().click()
    expect(page.url()).toMatch(/\/edit#field-scale$/)
    expect(await page.locator('#field-scale').count()).toBe(1)
  })

  test('of two people who edit at once, the second sees both versions and loses nothing', async () => {
    const [mine, theirs] = [await site.newPage(), await site.newPage()]
    await mine.goto(`${address}/edit`)
    await theirs.goto(`${address}/edit`)
    await theirs.fill('#field-reportingOrg', 'UNDP')
    await save(theirs)
    await mine.fill('#field-note', 'from the ministry')
    const answer = mine.waitForResponse((response) => response.request().method() === 'POST')
    await save(mine)
    expect((await answer).status()).toBe(409)
    expect(await mine.locator('.notice table').textContent()).toContain('United Nations Development Programme')
    expect(await mine.inputValue('#field-note')).toBe('from the ministry')
    await mine.fill('#field-reportingOrg', 'UNDP')
    await save(mine)
    expect(mine.url()).toContain('done=saved')
  })

  test('is submitted, confirmed and published; a withdrawal needs a reason', async () => {
    const page = await site.newPage()
    await page.goto(address)
    for (const [move, state] of [
      ['Submit for review', 'Submitted'],
      ['Confirm after review', 'Verified'],
      ['Publish', 'Published'],
    ] as const) {
      await pressMove(page, move)
      expect(await page.locator('.provenance .state').textContent()).toBe(state)
    }
    await pressMove(page, 'Withdraw')
    expect(await page.locator('.error-summary').textContent()).toContain('needs a reason')
  })

  test('is seen as it was: every version with what changed, and the record as of a date', async () => {
    const page = await site.newPage()
    await page.goto(`${address}/history`)
    expect(await page.locator('.timeline > li').count()).toBe(6)
    expect(await page.locator('.timeline').textContent()).toContain('from the ministry')
    await page.locator('.timeline-title a').last().click()
    expect(await page.locator('.notice').first().textContent()).toContain('version 1')
    expect(await page.locator('.state').textContent()).toBe('Draft')
    expect((await page.goto(`${address}?asOf=1999-01-01`))?.status()).toBe(404)
  })

  test('counts in the profile of its countries as provider and as recipient (R04)', async () => {
    const page = await site.newPage()
    await page.goto(site.at('/en/countries/CHL'))
    expect(await page.locator('tr', { hasText: 'Provider' }).first().textContent()).toBe('Provider1not statednot stated')
    await page.locator('tr', { hasText: 'Provider' }).first().getByRole('link').click()
    expect(await page.locator('tbody tr').count()).toBe(1)
  })
})

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save' }).last().click()
}

async function pressMove(page: Page, move: string): Promise<void> {
  await page.locator(`form[aria-label="${move}"] button.button`).click()
}
