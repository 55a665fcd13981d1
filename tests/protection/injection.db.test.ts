/**
 * Every hostile text goes into every text field that a person can fill in, and comes back as the text it is: on the pages, from the
 * API, and in the files that leave the house.
 */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parse } from 'csv-parse/sync'
import readWorkbook from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngine } from '../../src/database/testing/test-database.ts'
import { HOSTILE_TEXTS, UNSTORABLE_TEXTS } from './hostile-texts.ts'
import { FROM_OUR_PAGE, HOST, type OpenSite, openSite } from './open-site.ts'

const HARMLESS = 'harmless'

/** On the other engine only the statements differ, so a sample of the texts is enough. */
/** A form sends each line end in its own way: texts that differ in nothing else are one. */
const withLineFeeds = (text: string) => text.replace(/\r\n?/g, '\n')
const DISTINCT = HOSTILE_TEXTS.filter(
  (text, index) => HOSTILE_TEXTS.findIndex((other) => withLineFeeds(other) === withLineFeeds(text)) === index,
)
const TEXTS = testEngine() === 'embedded' ? DISTINCT : DISTINCT.filter((_, index) => index % 10 === 0)

/** A text goes through several pages: minutes on a busy machine. */
const PATIENCE = 300_000

let site: OpenSite
/** Text of the title by the address of the record's page. */
const pages = new Map<string, string>()

beforeAll(async () => {
  site = await openSite()
  await api('registry/create-collection', { key: 'ours' })
  for (const text of [HARMLESS, ...TEXTS]) pages.set(await register(text), text)
}, PATIENCE)
afterAll(() => site.close())

async function api(operation: string, payload: object): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await site.server.inject({ method: 'POST', url: `/api/${operation}`, headers: FROM_OUR_PAGE, payload })
  return { status: answer.statusCode, body: answer.json() }
}

async function read(url: string): Promise<string> {
  const { statusCode, body } = await site.server.inject({ url, headers: { host: HOST } })
  expect([url, statusCode]).toEqual([url, 200])
  return body
}

async function sendForm(url: string, fields: Readonly<Record<string, string>>) {
  const payload = new URLSearchParams(fields).toString()
  const headers = { ...FROM_OUR_PAGE, 'content-type': 'application/x-www-form-urlencoded' }
  return site.server.inject({ method: 'POST', url, headers, payload })
}

/** Fields are trimmed, as people expect; nothing else is done to them. */
const kept = (text: string, limit = Number.POSITIVE_INFINITY) => text.slice(0, limit).toWellFormed().trim()

/** What of it stands in the record. */
const stored = (text: string, limit?: number) => withLineFeeds(kept(text, limit))

function formOf(text: string): Record<string, string> {
  const words = (names: readonly string[], limit?: number) => Object.fromEntries(names.map((name) => [name, kept(text, limit)]))
  return {
    collection: 'ours',
    'title.0.lang': 'en',
    'summary.0.lang': 'en',
    'objective.0.lang': 'en',
    'exchange.0.lang': 'en',
    'contributions.0.giver': '1',
    'documents.0.url': 'https://example.org/report',
    overrideType: 'SSC',
    ...words(['title.0.text', 'summary.0.text', 'objective.0.text', 'exchange.0.text', 'note', 'contact', 'overrideReason']),
    ...words(['contributions.0.description', 'results.0.statement']),
    ...words(['reportingOrg', 'partners.0.name', 'results.0.indicator', 'documents.0.title'], 500),
    ...words(['results.0.baseline', 'results.0.target', 'results.0.actual', 'identifier'], 200),
  }
}

/** A reason of one letter is no reason: such a text goes without the override. */
function acceptable(form: Record<string, string>): Record<string, string> {
  const { overrideType, overrideReason = '', ...rest } = form
  return overrideReason.length < 3 ? rest : { ...rest, overrideType: overrideType ?? '', overrideReason }
}

async function register(text: string): Promise<string> {
  const answer = await sendForm('/en/initiatives/new', acceptable(formOf(text)))
  expect([text.slice(0, 60), answer.statusCode]).toEqual([text.slice(0, 60), 303])
  return String(answer.headers.location).split('?')[0] ?? ''
}

/** The skeleton of a page: each tag with the names of its attributes. Text can neither add to it nor take from it. */
function skeleton(html: string): string[] {
  return [...html.matchAll(/<(\/?[a-z][a-z0-9-]*)((?:\s+[^\s=>"'/]+(?:="[^"]*")?)*)\s*\/?>/g)].map(
    ([, tag, attributes = '']) =>
      `${tag} ${[...attributes.matchAll(/([^\s=]+)(?:="[^"]*")?/g)].map(([, name]) => name).join(' ')}`,
  )
}

/** What a reader of the page sees and can copy. */
function textOf(html: string): string {
  const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' }
  return html
    .replace(/<[^>]*>/g, '\n')
    .replace(/&(?:#(\d+)|(\w+));/g, (_, code, name) => named[name] ?? String.fromCodePoint(Number(code)))
}

describe('on the page of the record', () => {
  test('each text is there to be read, and adds no tag and no attribute', { timeout: PATIENCE }, async () => {
    const [harmless] = [...pages.keys()]
    const expected = skeleton(await read(`${harmless}/edit`)).length
    for (const [address, text] of pages) {
      expect([text, textOf(await read(address)).includes(stored(text))]).toEqual([text, true])
      const form = await read(`${address}/edit`)
      expect([text, skeleton(form).length]).toEqual([text, expected])
      expect([text, textOf(form).includes(stored(text))]).toEqual([text, true])
    }
  })

  test('a reason stands in the history as it was typed', { timeout: PATIENCE }, async () => {
    for (const [address, text] of pages) {
      const answer = await sendForm(`${address}/edit`, {
        ...acceptable(formOf(text)),
        theme: 'changed',
        version: '1',
        reason: kept(text, 500),
      })
      expect([text, answer.statusCode]).toEqual([text, 303])
      expect([text, textOf(await read(`${address}/history`)).includes(stored(text, 500))]).toEqual([text, true])
    }
  })
})

test('in the search box each text comes back as it was typed, adds no tag, and finds without failing', {
  timeout: PATIENCE,
}, async () => {
  const search = (text: string) => read(`/en/initiatives?q=${encodeURIComponent(text)}`)
  const known = new Set(
    skeleton(`${await read('/en/initiatives')} ${await search('nothing has this')} ${await search(HARMLESS)}`),
  )
  for (const text of TEXTS) {
    const body = await search(text)
    expect([text, skeleton(body).filter((tag) => !known.has(tag))]).toEqual([text, []])
    expect([text, textOf(body.replaceAll(/ value="([^"]*)"/g, '>$1<')).includes(kept(text))]).toEqual([text, true])
  }
})

describe('from the API and in files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sursur-injection-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const titles = () => [HARMLESS, ...TEXTS].map((text) => stored(text)).sort()

  async function download(extension: string): Promise<Buffer> {
    const { rawPayload } = await site.server.inject({
      url: `/en/initiatives.${extension}?collection=ours`,
      headers: { host: HOST },
    })
    return rawPayload
  }

  test('the API gives every field as it was typed', async () => {
    for (const [address, text] of pages) {
      const id = address.split('/').at(-1) ?? ''
      const { record } = JSON.parse(await read(`/api/registry/get-initiative?id=${id}`))
      const { title, summary, note, contact, partners, contributions, results, documents } = record.facts
      const words = [title.texts.en, summary.texts.en, note, contact, contributions[0].description, results[0].statement]
      expect(words).toEqual(words.map(() => stored(text)))
      expect([partners[0].name ?? stored(text, 500), documents[0].title]).toEqual([stored(text, 500), stored(text, 500)])
      expect([results[0].actual, record.identifier]).toEqual([stored(text, 200), stored(text, 200)])
    }
  })

  test('the JSON holds every title', async () => {
    const rows = JSON.parse((await download('json')).toString('utf8'))
    expect(rows.map(({ title }: { title: string }) => title).sort()).toEqual(titles())
  })

  test('the CSV holds every title, and none that a spreadsheet would run', async () => {
    const rows: Record<string, string>[] = parse(await download('csv'), { bom: true, columns: true })
    const cells = rows.map((row) => row.Title ?? '')
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([])
    const typed = new Set(titles())
    expect(cells.filter((cell) => !typed.has(cell) && !typed.has(cell.replace(/^'/, '')))).toEqual([])
    expect(cells).toHaveLength(typed.size)
  })

  test('the workbook holds every title as a text cell', async () => {
    const path = join(folder, 'list.xlsx')
    await pipeline(Readable.from([await download('xlsx')]), createWriteStream(path))
    const [sheet] = await readWorkbook(path)
    const [head, ...rows] = (sheet as unknown as { data: unknown[][] }).data
    const column = (head ?? []).indexOf('Title')
    const found = new Set(rows.map((row) => String(row[column])))
    expect(titles().filter((title) => !found.has(title))).toEqual([])
  })
})

describe('other places where text is typed', () => {
  test('the name and the source of a collection', { timeout: PATIENCE }, async () => {
    for (const [index, text] of TEXTS.entries()) {
      const answer = await sendForm('/en/collections', { key: `c-${index}`, name: kept(text, 200), source: kept(text, 200) })
      expect([text, answer.statusCode]).toEqual([text, 303])
    }
    const page = textOf(await read('/en/collections'))
    for (const text of TEXTS) expect([text, page.includes(kept(text, 200))]).toEqual([text, true])
  })

  test('the names of an organisation', { timeout: PATIENCE }, async () => {
    for (const text of TEXTS) {
      const name = kept(text, 200)
      const names = { orig: 'en', texts: { en: name } }
      const { status, body } = await api('directory/register-org', {
        names,
        aliases: [name],
        orgType: '10',
        anotherOfThatName: true,
      })
      expect([text, status, status === 200 ? '' : body]).toEqual([text, 200, ''])
      expect([text, textOf(await read(`/en/organisations/${body.id}`)).includes(name)]).toEqual([text, true])
    }
  })

  test('the title of a document, and the words of a value that it printed', { timeout: PATIENCE }, async () => {
    for (const [index, text] of TEXTS.entries()) {
      const words = { orig: 'en', texts: { en: kept(text, 200) } }
      const symbol = `TEST/${index}`
      const document = { symbol, kind: 'other', titles: words, body: kept(text, 200), note: words }
      expect([text, (await api('sources/register-document', document)).status]).toEqual([text, 200])
      const value = { document: symbol, key: `v_${index}`, label: words, value: '1', unit: 'count', note: words, para: '1' }
      const { status, body } = await api('sources/record-reported-value', value)
      expect([text, status, status === 200 ? '' : body]).toEqual([text, 200, ''])
      const page = textOf(await read(`/en/sources/${encodeURIComponent(symbol)}`))
      expect([text, page.includes(kept(text, 200))]).toEqual([text, true])
    }
  })

  test('the name of a way to read a file', async () => {
    for (const text of TEXTS) {
      const { status, body } = await api('registry/save-import-mapping', { name: kept(text, 100), mapping: [] })
      expect([text, status, status === 200 ? '' : body]).toEqual([text, 200, ''])
    }
  })
})

test('what cannot be stored is refused with its name, and nothing is written', async () => {
  for (const text of UNSTORABLE_TEXTS) {
    const { status, body } = await api('registry/create-collection', {
      key: 'refused',
      names: { orig: 'en', texts: { en: text } },
    })
    expect([status, body.code]).toEqual([422, 'http.character-not-accepted'])
  }
  expect(await read('/en/collections')).not.toContain('refused')
  expect(site.said).toEqual([])
})
