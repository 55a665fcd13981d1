/**
 * From one instance to another, as people do it: an agency withholds what must stay, in French on a telephone without script; the
 * forum refuses a file with one changed byte, compares the key, imports, and shows where the rows come from.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Site, startSite } from './running-site.ts'

let agency: Site
let forum: Site
let folder: string
let file = ''

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sursur-release-journey-'))
  agency = await startSite({ environment: { SURSUR_NAME: 'Agence béninoise' } })
  forum = await startSite({ empty: true, environment: { SURSUR_NAME: 'Regional forum' } })
})
afterAll(async () => {
  await agency?.stop()
  await forum?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const fitsWidth = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)

/** Chooses the file where files are brought, and sends it. */
async function upload(page: Page, path: string): Promise<void> {
  await page.goto(forum.at('/en/imports'))
  await page.locator('input[type=file]').setInputFiles(path)
  await page.getByRole('button', { name: 'Upload and go on' }).click()
}

describe('a release', () => {
  test('of fifteen records, without roles and without one of them, is prepared, confirmed and written on a telephone', async () => {
    const page = await agency.newPage({ width: 360 })
    await page.goto(agency.at('/fr/initiatives?collection=report-2015'))
    await page.getByRole('link', { name: 'Céder ces lignes' }).click()
    await page.getByLabel('Destinataire').fill('Forum régional')
    await page.getByLabel('But').fill('Échange annuel')
    await page.getByLabel('Licence').fill('CC BY 4.0')
    await page.getByRole('button', { name: 'Préparer et voir chaque champ' }).click()
    expect(await fitsWidth(page)).toBe(true)
    expect(await page.textContent('main')).toContain('Ce qui part : 15 fiches')

    await page.getByLabel('Rôles des partenaires').uncheck()
    await page.getByRole('button', { name: 'Enregistrer les champs qui partent' }).click()
    expect(await page.textContent('main')).toContain('Les champs qui partent sont enregistrés')
    await page.getByRole('link', { name: /Centre d’excellence contre la faim/ }).click()
    await page.getByLabel('Toute la fiche reste').check()
    await page.getByRole('button', { name: 'Enregistrer ce qui part de cette fiche' }).click()
    expect(await page.textContent('main')).toContain('Ce qui part : 14 fiches')

    await page.getByRole('link', { name: 'Continuer vers la confirmation' }).click()
    expect(await fitsWidth(page)).toBe(true)
    await page.getByRole('button', { name: 'Confirmer que 14 fiches peuvent partir' }).click()
    await page.getByRole('button', { name: 'Écrire le paquet signé' }).click()
    const downloading = page.waitForEvent('download')
    await page.getByRole('link', { name: /Télécharger le paquet/ }).click()
    file = join(folder, 'paquet.zip')
    await (await downloading).saveAs(file)

    const parts = unzipSync(new Uint8Array(readFileSync(file)))
    for (const [path, bytes] of Object.entries(parts)) {
      expect(Buffer.from(bytes).includes('"role"'), path).toBe(false)
      expect(Buffer.from(bytes).includes('contre la faim'), path).toBe(false)
    }
  })

  test('with one changed byte is refused where it is brought, and nothing of it is there', async () => {
    const bytes = readFileSync(file)
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 3_000) ^ 1, bytes.length - 3_000)
    const changed = join(folder, 'changed.zip')
    writeFileSync(changed, bytes)
    const page = await forum.newPage()
    await upload(page, changed)
    expect(await page.textContent('main')).toContain('The package is not as it was written')
    expect(JSON.parse((await forum.run('registry', 'list-collections', '--json')).out)).toEqual([])
    const { code, said } = await forum.run('import', changed)
    expect(code).toBe(2)
    expect(said).toContain('releases.package-damaged')
  })

  test('comes in once the key was compared, with the same rows, and says where they come from', async () => {
    const key = JSON.parse((await agency.run('release', 'key', '--json')).out)
    const page = await forum.newPage()
    await upload(page, file)
    const shown = (await page.textContent('main')) ?? ''
    expect(shown).toContain('Agence béninoise')
    expect(shown.replaceAll(' ', '')).toContain(key.fingerprint.toUpperCase())
    await page.getByRole('button', { name: 'Import 14 records' }).click()
    expect(await page.textContent('main')).toContain('The fingerprint is not compared yet')
    await page.getByLabel('I have compared the fingerprint, and it is theirs').check()
    await page.getByRole('button', { name: 'Import 14 records' }).click()
    await page.waitForURL(/\/imports\/01/)
    await expect
      .poll(async () => {
        await page.reload()
        return page.textContent('main')
      })
      .toContain('14 rows are in')

    await page.goto(forum.at('/en/initiatives?collection=agence-beninoise'))
    await page.getByRole('link', { name: 'South-South cooperation on climate change' }).click()
    const record = (await page.textContent('main')) ?? ''
    expect(record).toContain('Received from another instance')
    expect(record).toContain('CC BY 4.0')

    const rowsOf = async (site: Site, collection: string) => {
      const { out } = await site.run(
        'export',
        '--portfolio',
        collection,
        '--format',
        'json',
        '--out',
        join(folder, `${collection}.json`),
        '--json',
      )
      expect(JSON.parse(out).format).toBe('json')
      const rows: Record<string, unknown>[] = JSON.parse(readFileSync(join(folder, `${collection}.json`), 'utf8'))
      return rows.map(({ identifier, title, partner, partnerCode }) => ({ identifier, title, partner, partnerCode }))
    }
    const sent = await rowsOf(agency, 'report-2015')
    const received = await rowsOf(forum, 'agence-beninoise')
    expect(received).toHaveLength(14)
    expect(sent.filter(({ identifier }) => received.some((row) => row.identifier === identifier))).toEqual(received)
  })
})
