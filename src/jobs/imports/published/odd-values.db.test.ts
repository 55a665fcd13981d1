/** Values that a table cannot hold end no import: the activity comes in with what it has besides, and what was left out is said. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '../../../database/db.ts'
import { MIGRATIONS_FOLDER } from '../../../database/migrate.ts'
import { newTestDatabase, type TestDatabase } from '../../../database/testing/test-database.ts'
import { systemClock } from '../../../kernel/clock.ts'
import { auditWriter, policy } from '../../../modules/access/index.ts'
import { createOperations, LOCAL_ADMINISTRATOR, type Operations } from '../../../operations/index.ts'
import { importFile } from '../import-file.ts'
import type { PublishedImportReport } from './import-published-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'sursur-odd-values-'))
let database: TestDatabase
let operations: Operations
let number = 0

beforeAll(async () => {
  database = await newTestDatabase(MIGRATIONS_FOLDER)
  operations = createOperations({ database, clock: systemClock, policy, audit: auditWriter })
})
afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

/** An activity of which `parts` is all that is odd. */
async function bring(parts: string, attributes = '', identifier = `X-${number + 1}`, namespace = 'urn:sursur:iati:1') {
  number += 1
  const path = join(folder, `odd-${number}.xml`)
  writeFileSync(
    path,
    `<iati-activities version="2.03" xmlns:sur="${namespace}"><iati-activity default-currency="USD" ${attributes}>
      <iati-identifier>${identifier}</iati-identifier><title><narrative xml:lang="en">Wells</narrative></title>${parts}
    </iati-activity></iati-activities>`,
  )
  const portfolio = `odd-${number}`
  const report = (await importFile(operations, LOCAL_ADMINISTRATOR, { path, portfolio })) as PublishedImportReport
  const stored = await database.many<{ identifier: string; facts: Record<string, unknown>; years: number[] }>(sql`
    select i.identifier, i.facts, array(select year from listings where initiative_id = i.id order by year) as years
    from initiatives as i
    join collections as c on c.id = i.collection_id
    where c.key = ${portfolio}
  `)
  return { report, stored: stored[0], codes: report.problems.map(({ code }) => code), parts: partsLeftOut(report) }
}

function partsLeftOut({ problems }: PublishedImportReport) {
  return problems.filter(({ code }) => code === 'iati.own-part-not-read').map(({ params }) => params.part)
}

test('an activity without an identifier is rejected, whatever else it says', async () => {
  const { report, stored } = await bring('<sur:initiative kind="x"/>', '', ' ')
  expect([report.read, report.rejected, stored]).toEqual([1, 1, undefined])
})

test.each([
  ['a year before the first', 'last-updated-datetime="0000-01-01"'],
  ['a moment that its time zone leads before the first year', 'last-updated-datetime="0001-01-01T00:00:00+14:00"'],
  ['a moment that its time zone leads beyond the last year', 'last-updated-datetime="9999-12-31T23:00:00-14:00"'],
])('%s', async (_, attributes) => {
  expect((await bring('', attributes)).report).toMatchObject({ created: 1, rejected: 0 })
})

test('budget support whose amount cannot be read is kept without a modality', async () => {
  const { stored } = await bring(
    '<transaction><transaction-type code="3"/><value>N/A</value><finance-type code="110"/><aid-type code="A01"/></transaction>',
  )
  expect(stored?.facts.contributions).toMatchObject([{ no: 't1', nature: 'disbursement' }])
})

test('an emoji at the end of what a message shows is not cut in two', async () => {
  const { report, codes } = await bring(
    `<sector code="${'x'.repeat(79)}\u{1f600}y"/><budget><value>${'1x'.repeat(50)}\u{1f600}</value></budget>`,
  )
  expect(report.created).toBe(1)
  expect(codes).toContain('iati.code-unknown')
})

test('a long identifier is cut, and its problems are found under it', async () => {
  const long = Array.from({ length: 3_000 }, (_, at) => String.fromCharCode(0x4e00 + ((at * 7919) % 20_000))).join('')
  const { report, stored } = await bring('<unknown/>', '', long)
  expect(stored?.identifier).toBe(long.slice(0, 300))
  expect(report.problems.every(({ place }) => place?.activity === undefined || place.activity === stored?.identifier)).toBe(true)
})

test.each([
  [
    'a currency of four letters',
    '<sur:initiative/><sur:contribution no="1" giver="a" taker="b" amount="5" currency="EURO"/>',
    ['contributions'],
  ],
  [
    'an amount in words',
    '<sur:initiative/><sur:contribution no="1" giver="a" taker="b" amount="five" currency="EUR"/>',
    ['contributions'],
  ],
  ['who gives to nobody', '<sur:initiative/><sur:contribution no="1" amount="5" currency="EUR"/>', ['contributions']],
  ['a nature of no list', '<sur:initiative/><sur:contribution no="1" giver="a" taker="b" nature="gift"/>', ['contributions']],
  ['one number twice', '<sur:initiative/><sur:partner no="a"/><sur:partner no="a"/>', ['partners']],
  [
    'a country in words',
    '<sur:initiative><sur:host code="Kenya"/></sur:initiative><sur:partner no="a" country="Kenya"/>',
    ['hosts', 'partners'],
  ],
  ['a kind of no list', '<sur:initiative kind="x"/>', ['kind']],
  ['an address that would run', '<sur:initiative/><sur:document url="javascript:alert(1)"/>', ['documents']],
])('of our own elements, %s is left out and said', async (_, parts, expected) => {
  const { report, stored, parts: leftOut } = await bring(parts)
  expect(report).toMatchObject({ created: 1, rejected: 0 })
  expect(leftOut).toEqual(expected)
  expect(Object.keys(stored?.facts ?? {})).not.toEqual(expect.arrayContaining(expected))
})

test('of what an export had set aside, what is no element is left alone and said', async () => {
  const { report, stored, parts } = await bring('<sur:kept path="title[1]">&lt;x</sur:kept>')
  expect([report.created, report.rejected, parts]).toEqual([1, 0, ['title[1]']])
  expect(stored?.facts.title).toEqual({ orig: 'en', texts: { en: 'Wells' } })
})

test('elements of somebody else who uses our prefix are not read as ours', async () => {
  const parts =
    '<sur:initiative identifier="Z"><sur:listed year="2014"/></sur:initiative><sur:kept path="title[1]">&lt;x</sur:kept>'
  const { report, stored, parts: leftOut } = await bring(parts, '', 'X-THEIRS', 'urn:somebody:else')
  expect([report.created, leftOut]).toEqual([1, []])
  expect([stored?.identifier, stored?.years]).toEqual(['X-THEIRS', [null]])
})

test('years that no list has, and one year twice, are one listing each', async () => {
  const { stored } = await bring(
    '<sur:initiative><sur:listed year="2014"/><sur:listed year="2014"/><sur:listed year="99999"/><sur:listed year="7"/></sur:initiative>',
  )
  expect(stored?.years).toEqual([2014, null])
})

test('an identifier of ours that is too long does not count', async () => {
  const { stored } = await bring(`<sur:initiative identifier="${'y'.repeat(301)}"/>`, '', 'X-OWN')
  expect(stored?.identifier).toBe('X-OWN')
})

test('the answer of a server under the name of a file is refused as no XML; half characters in a table are replaced', async () => {
  const path = join(folder, 'answer.xml')
  writeFileSync(path, '{"error": "not found"}')
  await expect(importFile(operations, LOCAL_ADMINISTRATOR, { path, portfolio: 'answer' })).rejects.toMatchObject({
    code: 'iati.not-xml',
    params: { found: 'JSON' },
  })
  const table = join(folder, 'table.json')
  writeFileSync(table, '[{"id": "A\\u0000", "title": "Wells\\ud800"}, {"id": "B", "title": "Pumps"}]')
  await importFile(operations, LOCAL_ADMINISTRATOR, { path: table, portfolio: 'halves' })
  const rows = await database.many<{ identifier: string; title: string }>(sql`
    select i.identifier, i.title_text as title from initiatives as i join collections as c on c.id = i.collection_id
    where c.key = 'halves' order by i.identifier
  `)
  expect(rows).toEqual([
    { identifier: 'A', title: 'Wells\ufffd' },
    { identifier: 'B', title: 'Pumps' },
  ])
})

test('an activity that has grown too large is left out and not taken for withdrawn', async () => {
  const path = join(folder, 'grows.xml')
  const activity = (identifier: string, text: string) =>
    `<iati-activity><iati-identifier>${identifier}</iati-identifier><title><narrative>${text}</narrative></title></iati-activity>`
  const bringBoth = async (text: string) => {
    writeFileSync(path, `<iati-activities version="2.03">${activity('G-1', 'Wells')}${activity('G-2', text)}</iati-activities>`)
    return (await importFile(operations, LOCAL_ADMINISTRATOR, { path, portfolio: 'grows' })) as PublishedImportReport
  }
  expect(await bringBoth('Pumps')).toMatchObject({ created: 2, rejected: 0, withdrawn: 0 })
  expect(await bringBoth('Pumps '.repeat(800_000))).toMatchObject({ unchanged: 1, rejected: 1, withdrawn: 0 })
})
