/** Files that describe organisations: they come in, come in again, change, are undone, are left by a dead process, and go out again. */
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../../../database/db.ts'
import { MIGRATIONS_FOLDER } from '../../../database/migrate.ts'
import { newTestDatabase, type TestDatabase } from '../../../database/testing/test-database.ts'
import { Problem } from '../../../kernel/problems.ts'
import { auditWriter, policy } from '../../../modules/access/index.ts'
import { registerOrg } from '../../../modules/directory/index.ts'
import {
  applyImportRun,
  getImportRun,
  getRunValidity,
  listOrgPublications,
  listRunOrganisations,
  undoImportRun,
} from '../../../modules/registry/index.ts'
import { ANONYMOUS, createOperations, LOCAL_ADMINISTRATOR, type Operations } from '../../../operations/index.ts'
import { writeOrganisationFile } from '../../exports/organisation-file.ts'
import { importPublishedFile } from './import-published-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'sursur-organisations-'))
let database: TestDatabase
let operations: Operations

beforeAll(async () => {
  database = await newTestDatabase(MIGRATIONS_FOLDER)
  operations = createOperations({ database, clock: { now: () => new Date() }, policy, audit: auditWriter })
})
afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

const YEAR = '<period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/>'

/** An organisation with a budget, an expenditure with a line of its own, a document, and what the standard does not know. */
function organisation(identifier: string, { amount = '1000', name = 'Pump Fund' } = {}): string {
  return `<iati-organisation xml:lang="en" default-currency="USD" last-updated-datetime="2024-05-01T10:00:00Z">
  <organisation-identifier>${identifier}</organisation-identifier>
  <name><narrative>${name}</narrative></name>
  <reporting-org ref="${identifier}" type="60"><narrative>${name}</narrative></reporting-org>
  <total-budget status="2">${YEAR}<value value-date="2024-01-01">${amount}</value></total-budget>
  <recipient-country-budget><recipient-country code="KE"/>${YEAR}<value currency="EUR" value-date="2024-01-01">40</value></recipient-country-budget>
  <total-expenditure>${YEAR}<value value-date="2024-01-01">900</value><expense-line ref="7"><value value-date="2024-01-01">900</value><narrative>Pumps</narrative></expense-line></total-expenditure>
  <document-link url="https://a.example/report.pdf" format="application/pdf"><title><narrative>Report</narrative></title><category code="B01"/></document-link>
  <motto>Water first</motto>
</iati-organisation>`
}

function organisationFileOf(...organisations: readonly string[]): string {
  return `<?xml version="1.0"?>\n<iati-organisations version="2.03">\n${organisations.join('\n')}\n</iati-organisations>\n`
}

const ACTIVITIES = `<iati-activities version="2.03"><iati-activity xml:lang="en" default-currency="USD">
  <iati-identifier>XM-DAC-1-1-A</iati-identifier>
  <reporting-org ref="XM-DAC-1-1" type="10"><narrative>Pump Fund</narrative></reporting-org>
  <title><narrative>Pumps</narrative></title>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2020-01-01"/>
</iati-activity></iati-activities>`

let files = 0
function write(text: string | Buffer, ending = 'xml'): string {
  files += 1
  const path = join(folder, `file-${files}.${ending}`)
  writeFileSync(path, text)
  return path
}

function bring(portfolio: string, text: string | Buffer, more: { dryRun?: boolean; fileName?: string; ending?: string } = {}) {
  const { ending, ...request } = { fileName: 'organisations.xml', ...more }
  return importPublishedFile(operations, LOCAL_ADMINISTRATOR, { path: write(text, ending), portfolio, ...request })
}

const counted = (more: Partial<Record<'read' | 'created' | 'changed' | 'unchanged' | 'rejected', number>>) => ({
  read: 0,
  created: 0,
  changed: 0,
  unchanged: 0,
  rejected: 0,
  ...more,
})

async function published(identifier: string) {
  const { publications, budgets, documents } = await operations.run(listOrgPublications, { identifier }, ANONYMOUS)
  return { publications, budgets: budgets.rows, documents: documents.rows }
}

async function written(collection: string, extensions = true): Promise<{ xml: string; written: number }> {
  const path = write('')
  const out = createWriteStream(path)
  const request = { collections: [collection], extensions, now: new Date('2026-01-01T00:00:00Z') }
  const { written: count } = await writeOrganisationFile(operations, ANONYMOUS, request, out)
  return { xml: readFileSync(path, 'utf8'), written: count }
}

describe('what is not stored', () => {
  test('an organisation without an identifier is left out and said; the other comes in', async () => {
    const nameless = organisation('XX-1').replace(/<organisation-identifier>.*<\/organisation-identifier>/, '')
    const report = await bring('partly', organisationFileOf(nameless, organisation('XX-2')))
    expect(report.organisations).toEqual(counted({ read: 2, created: 1, rejected: 1 }))
    expect(report.problems.find(({ code }) => code === 'iati.identifier-missing')?.place).toMatchObject({ line: 3 })
    expect(report).toMatchObject({ read: 0, created: 0, rejected: 0 })
  })

  test('the same organisation twice in a file: the second is left out and said', async () => {
    const report = await bring('twice', organisationFileOf(organisation('XX-1'), organisation('XX-1', { amount: '5' })))
    expect(report.organisations).toEqual(counted({ read: 2, created: 1, rejected: 1 }))
    expect(report.problems).toContainEqual({
      code: 'iati.organisation-repeated',
      params: { found: 'XX-1' },
      level: 'error',
      place: { file: 'organisations.xml', line: 13, activity: 'XX-1' },
    })
  })

  test('a rehearsal counts and writes nothing', async () => {
    const report = await bring('rehearsed', organisationFileOf(organisation('RE-1')), { dryRun: true })
    expect(report.organisations).toEqual(counted({ read: 1, created: 1 }))
    expect(report.runId).toBeNull()
    expect((await published('RE-1')).publications).toEqual([])
  })
})

describe('an organisation comes in', () => {
  test('budgets with period, money and dollars, and documents, stand with file and run', async () => {
    const report = await bring('fund', organisationFileOf(organisation('FU-1')))
    expect(report.organisations).toEqual(counted({ read: 1, created: 1 }))
    const { publications, budgets, documents } = await published('FU-1')
    expect(publications).toMatchObject([
      {
        identifier: 'FU-1',
        name: { orig: 'en', texts: { en: 'Pump Fund' } },
        collection: 'fund',
        runId: report.runId,
        fileName: 'organisations.xml',
        isWithdrawn: false,
      },
    ])
    const period = { start: '2024-01-01', end: '2024-12-31' }
    expect(budgets).toMatchObject([
      { kind: 'total', status: '2', period, money: { amount: '1000', currency: 'USD' }, usd: '1000' },
      { kind: 'recipient-country', period, money: { amount: '40', currency: 'EUR' }, recipient: { iso3: 'KEN' } },
      { kind: 'expenditure', period, money: { amount: '900', currency: 'USD' }, usd: '900' },
    ])
    // Euros of 2024 were worth more than dollars.
    expect(Number(budgets[1]?.usd)).toBeGreaterThan(40)
    expect(documents).toMatchObject([{ title: 'Report', url: 'https://a.example/report.pdf', category: 'B01' }])
  })

  test('the same again is unchanged, also with other spacing; what changed holds, and undoing brings back what was before', async () => {
    const first = organisationFileOf(organisation('CH-1'), organisation('CH-2'))
    await bring('changing', first)
    expect((await bring('changing', first)).organisations).toEqual(counted({ read: 2, unchanged: 2 }))
    const spaced = first.replaceAll('  <', '\n      <')
    expect((await bring('changing', spaced)).organisations).toEqual(counted({ read: 2, unchanged: 2 }))

    const second = organisationFileOf(organisation('CH-1', { amount: '2000' }), organisation('CH-2'))
    const changing = await bring('changing', second)
    expect(changing.organisations).toEqual(counted({ read: 2, changed: 1, unchanged: 1 }))
    expect((await published('CH-1')).budgets[0]?.money?.amount).toBe('2000')

    await operations.run(undoImportRun, { runId: changing.runId ?? '' }, LOCAL_ADMINISTRATOR)
    expect((await published('CH-1')).budgets[0]?.money?.amount).toBe('1000')
    expect((await published('CH-2')).publications).toHaveLength(1)
  })

  test('undoing what created it takes it away with its pieces; a run that a later one built on is not undone', async () => {
    const first = await bring('undone', organisationFileOf(organisation('UN-1')))
    const second = await bring('undone', organisationFileOf(organisation('UN-1', { amount: '2' })))
    const undo = (runId: string | null) => operations.run(undoImportRun, { runId: runId ?? '' }, LOCAL_ADMINISTRATOR)
    await expect(undo(first.runId)).rejects.toMatchObject({
      code: 'registry.organisation-changed-since',
      params: { count: 1, example: 'UN-1' },
    })
    await undo(second.runId)
    await undo(first.runId)
    expect((await published('UN-1')).publications).toEqual([])
    const left = await database.one<{ count: number }>(
      sql`select count(*)::int as count from source_blocks where run_id = any(${[first.runId, second.runId]}::text[])`,
    )
    expect(left.count).toBe(0)
  })

  test('an organisation that the next edition has no longer is marked, and comes back', async () => {
    const both = organisationFileOf(organisation('WI-1'), organisation('WI-2'))
    await bring('edition', both)
    const less = await bring('edition', organisationFileOf(organisation('WI-1')))
    expect((await published('WI-2')).publications).toMatchObject([{ isWithdrawn: true }])
    await bring('edition', both)
    expect((await published('WI-2')).publications).toMatchObject([{ isWithdrawn: false }])
    expect(less.withdrawn).toBe(0)
  })

  test('activities and organisations in one archive are counted apart, and the very same archive is not read again', async () => {
    const organisations = strToU8(organisationFileOf(organisation('AR-1')))
    const zip = Buffer.from(zipSync({ 'activities.xml': strToU8(ACTIVITIES), 'organisations.xml': organisations }))
    const more = { fileName: 'all.zip', ending: 'zip' }
    const report = await bring('archive', zip, more)
    expect(report).toMatchObject({ read: 1, created: 1, organisations: counted({ read: 1, created: 1 }) })
    expect(await bring('archive', zip, more)).toMatchObject({
      read: 1,
      unchanged: 1,
      withdrawn: 0,
      organisations: counted({ read: 1, unchanged: 1 }),
    })
    const { run } = await operations.run(getImportRun, { id: report.runId ?? '' }, LOCAL_ADMINISTRATOR)
    expect(run.organisations).toEqual(counted({ read: 1, created: 1 }))
  })

  test('a run that a dead process left goes on: what it had written counts as what it was, and is there once', async () => {
    const earlier = organisationFileOf(organisation('LE-1'))
    await bring('left', earlier)
    const file = organisationFileOf(organisation('LE-1', { amount: '7' }), organisation('LE-2'))
    const path = write(file)
    const request = { path, fileName: 'organisations.xml', portfolio: 'left' }
    // The process dies before the run is applied.
    const dying: Operations = {
      ...operations,
      run: (operation, ...rest) => {
        if (operation.name === applyImportRun.name) throw new Problem('registry.run-taken-over', { run: 'this' })
        return operations.run(operation, ...rest)
      },
    }
    await expect(importPublishedFile(dying, LOCAL_ADMINISTRATOR, request)).rejects.toMatchObject({
      code: 'registry.run-taken-over',
    })
    expect((await published('LE-1')).budgets[0]?.money?.amount).toBe('1000')
    expect((await published('LE-2')).publications).toEqual([])
    await database.run(sql`update import_runs set heartbeat_at = heartbeat_at - interval '1 minute' where state = 'staging'`)
    const report = await importPublishedFile(operations, LOCAL_ADMINISTRATOR, request)
    expect(report).toMatchObject({ resumed: true, organisations: counted({ read: 2, created: 1, changed: 1 }) })
    expect((await published('LE-1')).budgets[0]?.money?.amount).toBe('7')
    expect((await published('LE-2')).publications).toHaveLength(1)
  })

  test('what was wrong still holds after a file in which nothing changed', async () => {
    const text = organisationFileOf(organisation('VA-1').replace('iso-date="2024-12-31"', 'iso-date="2026-12-31"'))
    const first = await bring('validity', text)
    // White space before the root: another file, the same piece.
    const again = await bring('validity', text.replace('\n', '\n\n'))
    expect(again.organisations).toEqual(counted({ read: 1, unchanged: 1 }))
    const rulesOf = async (runId: string | null) =>
      (await operations.run(getRunValidity, { runId: runId ?? '' }, LOCAL_ADMINISTRATOR)).rules.map(({ code }) => code)
    expect(await rulesOf(first.runId)).toContain('iati.budget-too-long')
    expect(await rulesOf(again.runId)).toEqual(await rulesOf(first.runId))
  })
})

describe('the directory', () => {
  test('an organisation that is registered after the import is known by its identifier, in any spelling', async () => {
    const report = await bring('later', organisationFileOf(organisation('KE-NGO-55')))
    const of = () => operations.run(listRunOrganisations, { runId: report.runId ?? '' }, LOCAL_ADMINISTRATOR)
    expect(await of()).toMatchObject([{ identifier: 'KE-NGO-55', outcome: 'created', orgId: null }])
    const names = { orig: 'en', texts: { en: 'Pump Fund of Kenya' } }
    const org = await operations.run(registerOrg, { names, orgType: '22', iatiId: 'ke-ngo-55' }, LOCAL_ADMINISTRATOR)
    expect(await of()).toMatchObject([{ orgId: org.id }])
    const { publications } = await operations.run(listOrgPublications, { orgId: org.id }, ANONYMOUS)
    expect(publications).toMatchObject([{ identifier: 'KE-NGO-55', collection: 'later' }])
  })

  test('neither an organisation nor an identifier is asked for: said, not answered with everything', async () => {
    await expect(operations.run(listOrgPublications, {}, ANONYMOUS)).rejects.toMatchObject({
      code: 'registry.publication-not-named',
    })
  })
})

describe('a file goes out again', () => {
  test('whole: what has no place here stands in it as it came, and the import of it changes nothing', async () => {
    await bring('out', organisationFileOf(organisation('OU-1'), organisation('OU-2')))
    const { xml, written: count } = await written('out')
    expect(count).toBe(2)
    expect(xml).toContain(
      '<expense-line ref="7"><value value-date="2024-01-01">900</value><narrative>Pumps</narrative></expense-line>',
    )
    expect(xml).toContain('Water first')
    expect((await bring('out', xml)).organisations).toEqual(counted({ read: 2, unchanged: 2 }))
    const elsewhere = await bring('out-elsewhere', xml)
    expect(elsewhere.organisations).toEqual(counted({ read: 2, created: 2 }))
    const again = await written('out-elsewhere')
    expect(again.xml).toBe(xml)
  })

  test('what a run has not applied yet, or was undone, is not in it', async () => {
    const report = await bring('gone', organisationFileOf(organisation('GO-1')))
    await operations.run(undoImportRun, { runId: report.runId ?? '' }, LOCAL_ADMINISTRATOR)
    expect((await written('gone')).written).toBe(0)
  })
})
