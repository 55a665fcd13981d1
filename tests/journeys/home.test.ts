/** The start page: the reader's own work, the worked example beside it, sample data out and in, an empty installation. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Site, startSite } from './running-site.ts'

describe('With the sample data', () => {
  let site: Site
  beforeAll(async () => {
    site = await startSite()
  })
  afterAll(() => site.stop())

  test('three doors lead on, own counts leave the sample out, and each number of the example is a door (ruling 4)', async () => {
    const page = await site.newPage()
    await page.goto(site.at('/en'))
    expect(await page.locator('.doors > .panel').count()).toBe(3)
    expect(await page.locator('#find').textContent()).toContain('None of your own yet')
    const example = await page.locator('#example').textContent()
    for (const words of [
      '469',
      '133',
      '31%',
      '30.92%',
      '26%',
      'Reproduced',
      'Reproduced when rounded',
      'Not reproducible from the published rows',
    ])
      expect(example).toContain(words)
    expect(example).toContain('another cut of the data may exist')
    for (const link of await page
      .locator('#example a, .doors a')
      .evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href)))
      expect(`${link} ${(await fetch(link)).status}`).toBe(`${link} 200`)
  })

  test('an initiative of one’s own counts, a file that waits is named, in six languages', async () => {
    await fetch(site.at('/en/imports'), { method: 'POST', body: withFile('hôtes <b>.csv', 'title,country\nWells,Kenya\n') })
    for (const lang of ['en', 'ar', 'zh', 'fr', 'ru', 'es']) {
      const html = await (await fetch(site.at(`/${lang}`))).text()
      expect(html).toContain('hôtes &lt;b>.csv')
      expect(html).not.toContain('⟦')
    }
  })

  test('sample data go after a question, and come back', async () => {
    const page = await site.newPage()
    await page.goto(site.at('/en'))
    await page.click('text=Remove the sample data')
    await page.click('.button-danger')
    expect(await page.locator('main').textContent()).toContain('The sample data were removed')
    await page.click('text=Load the sample data')
    expect(await page.locator('#example').textContent()).toContain('469')
  })
})

describe('An empty installation', () => {
  let site: Site
  beforeAll(async () => {
    site = await startSite({ empty: true })
  })
  afterAll(() => site.stop())

  test('says what can be done and offers the example', async () => {
    const page = await site.newPage({ width: 360 })
    await page.goto(site.at('/en'))
    const text = await page.locator('main').textContent()
    expect(text).toContain('None of your own yet')
    expect(text).toContain('Load the sample data')
    expect(text).not.toContain('469')
  })
})

function withFile(name: string, content: string): FormData {
  const form = new FormData()
  form.append('file', new Blob([content]), name)
  return form
}
