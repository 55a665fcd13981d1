/**
 * From a file to a checked list, as a person does it, without script: a raw French workbook with a title, two sheets and all its
 * quirks; files that cannot be accepted; undoing; importing the same file twice; cancelling 100,000 rows.
 */
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makePortfolio } from '../../bench/make-portfolio.mjs'
import { type WorkbookCell, writeXlsx } from '../../src/interop/tables/index.ts'
import { type Site, startSite } from './running-site.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let site: Site
let folder: string
let workbook: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sursur-journey-'))
  workbook = await frenchWorkbook()
  site = await startSite({ empty: true })
})
afterAll(async () => {
  await site.stop()
  rmSync(folder, { recursive: true, force: true })
})

const HEADINGS = ['Code', 'Intitulé du projet', 'Pays hôte', 'Pays partenaires', 'Date de début', 'Budget (USD)', 'Observations']

/** Two years on two sheets under one title, with a total and a source line, as ministries send them. */
async function frenchWorkbook(): Promise<string> {
  const path = join(folder, 'Projets Sud-Sud (final).xlsx')
  const sheet = (name: string, rows: WorkbookCell[][]) => ({
    name,
    rows: [['Direction de la coopération – liste des projets'], [], HEADINGS, ...rows, ['Source : ministère']],
  })
  await writeXlsx(
    [
      sheet('2013', [
        ['P-01', 'Eau en milieu rural', 'Sénégal', 'Mali, Burkina Faso', '15/03/2013', '1 200 000,50', ''],
        ['P-02', 'Sages-femmes', 'Côte d’Ivoire', 'Maroc', '01/02/2013', '850 000', '<img src=x onerror=alert(1)>'],
      ]),
      sheet('2014', [
        ['P-01', 'Eau en milieu rural', 'Sénégal', 'Mali', '15/03/2013', '1 300 000', ''],
        ['P-03', 'Coton', 'Tchad', 'Brésil', '13/13/2014', 'environ dix', '=1+1'],
      ]),
      { name: 'Notes', rows: [['Contact : bureau 12']] },
    ],
    createWriteStream(path),
  )
  return path
}

async function upload(page: Page, lang: string, ...paths: string[]): Promise<void> {
  await page.goto(site.at(`/${lang}/imports`))
  await page.setInputFiles('input[type=file]', paths)
  await page.click('main form[enctype] .button-primary')
}

/** The page of a run renews itself; without script the journey asks again. */
async function untilRead(page: Page): Promise<void> {
  for (let tries = 0; tries < 120 && (await page.locator('progress').count()) > 0; tries += 1) {
    await page.waitForTimeout(500)
    await page.reload()
  }
}

describe('A raw French workbook becomes a checked list', () => {
  test('in four actions of a person, well within ten minutes', async () => {
    const page = await site.newPage()
    const startedAt = performance.now()
    await upload(page, 'fr', workbook) // 1 choose, 2 send
    expect(new URL(page.url()).pathname).toMatch(/^\/fr\/imports\/new\/[0-9a-f]{64}$/)
    const text = await page.locator('main').textContent()
    expect(text).toContain('XLSX')
    expect(await page.locator('input[name=sheet]:checked').count()).toBe(2)
    // Both sheets have the same headings: they are matched once.
    expect(await page.locator('select[name^="field."]').count()).toBe(HEADINGS.length)
    const fields = await page
      .locator('select[name^="field."]')
      .evaluateAll((all) => all.map((one) => (one as HTMLSelectElement).value))
    expect(fields).toEqual(['identifier', 'title', 'hosts', 'partnerCountries', 'startDate', 'budgetAmount', 'notes'])
    expect(await page.inputValue('input[name="year.0"]')).toBe('2013')
    expect(await page.inputValue('input[name=new-key]')).toBe('projets-sud-sud-final')

    await page.click('button[value=check]') // 3 check
    const checked = await page.locator('main').textContent()
    expect(checked).toContain('13/13/2014')
    expect(checked).toContain('environ dix')
    await page.click('main form .button-primary') // 4 import
    await untilRead(page)
    const report = await page.locator('main').textContent()
    expect(report).toContain('4 lignes sont importées')
    expect(await page.locator('main img').count()).toBe(0)
    await page.click('main .notice .button-primary')
    expect(await page.locator('main tbody tr').count()).toBe(4) // Two years of P-01 are two listings.
    expect((performance.now() - startedAt) / 1000).toBeLessThan(60)
  })

  test('what a person changes on the columns stays, whatever button is pressed; a mapping is saved and used again', async () => {
    const page = await site.newPage()
    const path = join(folder, 'autre.csv')
    writeFileSync(path, 'Réf;Titre;Lieu\nA;Puits;Kenya\nB;Semences;Kenya\n')
    await upload(page, 'fr', path)
    await page.selectOption('select[name="field.0.2"]', 'hosts')
    await page.selectOption('select[name="field.0.0"]', 'sourceId')
    await page.fill('input[name=mapping-name]', 'Bureau de Nairobi')
    await page.click('button[value=save]')
    expect(await page.inputValue('select[name="field.0.0"]')).toBe('sourceId')
    await page.selectOption('select[name="field.0.0"]', 'kept')
    await page.selectOption('select[name=saved]', 'Bureau de Nairobi')
    await page.click('button[value=use]')
    expect(await page.inputValue('select[name="field.0.0"]')).toBe('sourceId')
    expect(await page.inputValue('select[name="field.0.2"]')).toBe('hosts')
  })
})

describe('Several files at once', () => {
  test('wait under their names; one of them can be put away', async () => {
    const page = await site.newPage()
    const paths = ['one.csv', 'two.csv'].map((name) => join(folder, name))
    for (const path of paths) writeFileSync(path, `title,country\n${path},Kenya\n`)
    await upload(page, 'en', ...paths)
    expect(new URL(page.url()).pathname).toBe('/en/imports')
    const waiting = () => page.locator('#waiting tbody th').allTextContents()
    expect(await waiting()).toEqual(expect.arrayContaining(['one.csv', 'two.csv']))
    await page.click('[aria-label="Discard the file one.csv"]')
    expect(await waiting()).not.toContain('one.csv')
    expect(await waiting()).toContain('two.csv')
  })
})

describe('A list as a file', () => {
  test('holds from the command line what the screen downloads, byte for byte, in every format', async () => {
    for (const format of ['csv', 'json', 'jsonl']) {
      const path = join(folder, `list.${format}`)
      const told = await site.run(
        'export',
        '--portfolio',
        'projets-sud-sud-final',
        '--filter',
        'host=SEN',
        '--out',
        path,
        '--json',
      )
      expect(JSON.parse(told.out)).toEqual({ file: path, format, rows: 2, snapshotHash: expect.stringMatching(/^[0-9a-f]{64}$/) })
      const screen = await fetch(site.at(`/en/initiatives.${format}?collection=projets-sud-sud-final&host=SEN`))
      expect(readFileSync(path)).toEqual(Buffer.from(await screen.arrayBuffer()))
    }
    expect((await site.run('export', '--out', join(folder, 'list.doc'))).code).toBe(2)
    expect((await site.run('export', '--out', join(folder, 'x.csv'), '--portfolio', 'none')).code).toBe(4)
  })
})

describe('A second import of the same file', () => {
  test('is told before, and changes nothing', async () => {
    const page = await site.newPage()
    await upload(page, 'en', workbook)
    expect(await page.locator('main').textContent()).toContain('This very file was imported')
    await page.click('button[value=check]')
    expect(await page.locator('main').textContent()).toContain('Every row is there already')
    await page.click('main form .button-primary')
    await untilRead(page)
    expect(await page.locator('main').textContent()).toContain('Unchanged: 4 rows were there already')
  })
})

describe('What cannot be accepted gets a message that says what was found and what would be accepted', () => {
  const post = (path: string, body: FormData | URLSearchParams) =>
    fetch(site.at(path), { method: 'POST', body, redirect: 'manual' })
  const file = (name: string, content: string) => {
    const form = new FormData()
    form.append('file', new Blob([content]), name)
    return form
  }

  test('no file, a PDF, an empty file, a page of HTML', async () => {
    for (const [form, words] of [
      [new FormData(), 'No file was chosen'],
      [file('list.csv', '%PDF-1.7 …'), 'is PDF'],
      [file('empty.csv', ''), 'The file is empty'],
      [file('table.xls', '<html><table></table></html>'), 'is HTML'],
    ] as const) {
      const answer = await post('/en/imports', form)
      expect(answer.status).toBe(422)
      expect(await answer.text()).toContain(words)
    }
  })

  test('a field filled twice, no sheet heading, a currency, a year and a key that are none: each at its field, nothing lost', async () => {
    const sent = await post('/en/imports', file('a.csv', 'Title,Country,Amount (USD)\nWells,Kenya,5\n'))
    const address = new URL(sent.headers.get('location') ?? '', site.address).pathname
    const answer = await post(
      address,
      new URLSearchParams({
        'heading.0': 'first',
        'year.0': '14',
        'field.0.0': 'title',
        'field.0.1': 'title',
        'field.0.2': 'budgetAmount',
        'currency.0.2': 'dollars',
        'new-key': 'Not A Key',
        'new-name': 'My wells',
        do: 'check',
      }),
    )
    expect(answer.status).toBe(422)
    const html = await answer.text()
    for (const words of [
      '“first” does not say rows',
      '“14” is not a year',
      'both fill Title',
      '“DOLLARS”',
      'Not A Key',
      'My wells',
    ])
      expect(html).toContain(words)
  })

  test('a file or a run that is not there', async () => {
    expect((await fetch(site.at(`/en/imports/new/${'0'.repeat(64)}`))).status).toBe(404)
    expect((await fetch(site.at('/en/imports/new/..%2f..%2fetc%2fpasswd'))).status).toBe(404)
    expect((await fetch(site.at('/en/imports/01NOSUCHRUN'))).status).toBe(404)
  })
})

describe('An import can be taken back as a whole', () => {
  test('after a question; its rows are gone and the run says so', async () => {
    const page = await site.newPage()
    const path = join(folder, 'to-undo.csv')
    writeFileSync(path, 'id,title,country\nU-1,Wells,Kenya\nU-2,Seeds,Ghana\n')
    await upload(page, 'en', path)
    await page.fill('input[name=new-key]', 'to-undo')
    await page.click('button[value=check]')
    await page.click('main form .button-primary')
    await untilRead(page)
    await page.click('text=Undo this import')
    expect(await page.locator('main').textContent()).toContain('2 initiatives that it created will be removed')
    await page.click('.button-danger')
    expect(await page.locator('main').textContent()).toContain('The import was undone')
    await page.goto(site.at('/en/initiatives?collection=to-undo'))
    expect(await page.locator('main tbody tr').count()).toBe(0)
  })

  test('is refused when an initiative was changed since, and says which', async () => {
    const page = await site.newPage()
    const first = join(folder, 'first.csv')
    const second = join(folder, 'second.csv')
    writeFileSync(first, 'id,title,country\nV-1,Wells,Kenya\n')
    writeFileSync(second, 'id,title,country\nV-1,Deep wells,Kenya\n')
    await upload(page, 'en', first)
    await page.fill('input[name=new-key]', 'refused-undo')
    await page.click('button[value=check]')
    await page.click('main form .button-primary')
    await untilRead(page)
    const run = new URL(page.url()).pathname
    expect((await site.run('import', second, '--portfolio', 'refused-undo')).code).toBe(0)
    const answer = await fetch(site.at(`${run}/undo`), { method: 'POST', body: new URLSearchParams() })
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('Nothing was undone')
  })
})

describe('Every step of an import', () => {
  test('breaks no serious accessibility rule in English and Arabic and weighs at most 100 kB', async () => {
    const page = await site.newPage()
    const path = join(folder, 'to-look-at.csv')
    writeFileSync(path, 'id,title,country,start,amount (USD)\nW-1,Wells,Kongo,13/13/2014,ten\nW-1,Seeds,Ghana,2014,5\n')
    await upload(page, 'en', path)
    const match = new URL(page.url()).pathname
    await page.fill('input[name=new-key]', 'looked-at')
    await page.click('button[value=check]')
    await page.click('main form .button-primary')
    await untilRead(page)
    const run = new URL(page.url()).pathname
    const looking = await site.newPage({ script: true })
    const broken: string[] = []
    for (const path of [
      '/en',
      '/en/imports',
      match,
      `${match}/check`,
      run,
      `${run}/problems`,
      `${run}/undo`,
      '/en/sample-data/remove',
    ]) {
      for (const lang of ['en', 'ar']) {
        const address = path.replace(/^\/en/, `/${lang}`)
        const answer = await fetch(site.at(address), { headers: { 'accept-encoding': 'gzip' } })
        const bytes = gzipSync(await answer.text()).length
        if (answer.status !== 200 || bytes > 80_000) broken.push(`${address}: ${answer.status}, ${bytes} bytes`)
        await looking.goto(site.at(address))
        broken.push(...(await seriousViolations(looking)).map((rule) => `${address}: ${rule}`))
      }
    }
    expect(broken).toEqual([])
  })
})

async function seriousViolations(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }> }
    }
    const { violations } = await axe.run()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
  })
}

describe('Templates', () => {
  test('a filled one, in Arabic, comes back in with every column known', async () => {
    const page = await site.newPage()
    const answer = await fetch(site.at('/ar/imports/template.xlsx?collection=projets-sud-sud-final'))
    const path = join(folder, 'template-ar.xlsx')
    writeFileSync(path, Buffer.from(await answer.arrayBuffer()))
    await upload(page, 'ar', path)
    expect(await page.locator('input[name=sheet]:checked').count()).toBe(1)
    const fields = await page
      .locator('select[name^="field."]')
      .evaluateAll((all) => all.map((one) => (one as HTMLSelectElement).value))
    expect(fields).toContain('identifier')
    // Two cells of the workbook could not be read; their texts are kept in columns of their own.
    expect(fields.filter((field) => field === 'kept').length).toBe(2)
    await page.selectOption('select[name=collection]', 'projets-sud-sud-final')
    await page.click('button[value=check]')
    const outcome = await page.locator('main .summary-card dd').allInnerTexts()
    expect(outcome).toEqual(['0', '4', '0', '0'])
    for (const lang of ['en', 'zh']) {
      const blank = await fetch(site.at(`/${lang}/imports/template.xlsx`))
      expect(blank.status).toBe(200)
      expect((await blank.arrayBuffer()).byteLength).toBeGreaterThan(5_000)
    }
  })
})

describe('100,000 rows', () => {
  test('show their progress and can be cancelled; nothing of them stays', async () => {
    const page = await site.newPage()
    const path = join(folder, 'large.csv')
    await makePortfolio(100_000, path)
    expect(statSync(path).size).toBeGreaterThan(10_000_000)
    await upload(page, 'en', path)
    await page.click('button[value=check]')
    const checked = await page.locator('main').textContent()
    expect(checked).toContain('The first 2,000 rows were checked')
    expect(checked).toContain('Import about 100,000 rows')
    await page.click('main form .button-primary')
    await page.waitForTimeout(1_500)
    await page.reload()
    expect(await page.locator('progress').getAttribute('max')).toBe('100000')
    await page.click('text=Cancel this import')
    expect(await page.locator('main').textContent()).toContain('The import was cancelled')
    await page.goto(site.at('/en/initiatives?collection=large'))
    expect(await page.locator('main tbody tr').count()).toBe(0)
    // The file is still there, and the way back leads to its columns.
    await page.goto(site.at('/en/imports'))
    await page.click('text=large.csv')
    expect(await page.locator('main').textContent()).toContain('Try again with this file')
  })
})
