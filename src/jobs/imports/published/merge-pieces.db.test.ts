/** What a file says anew: contact data that the publisher takes back go, and what stands beside an edit that it takes over is kept. */
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
import { mergeSections } from './merge-pieces.ts'

const folder = mkdtempSync(join(tmpdir(), 'sursur-contacts-'))
let database: TestDatabase
let operations: Operations

beforeAll(async () => {
  database = await newTestDatabase(MIGRATIONS_FOLDER)
  operations = createOperations({ database, clock: systemClock, policy, audit: auditWriter })
})
afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

async function bring(portfolio: string, parts: string, title = 'Wells') {
  const path = join(folder, `${portfolio}.xml`)
  writeFileSync(
    path,
    `<iati-activities version="2.03" xmlns:sur="urn:sursur:iati:1" xmlns:x="urn:x"><iati-activity>
      <iati-identifier>X-1</iati-identifier><title><narrative xml:lang="en">${title}</narrative></title>${parts}
    </iati-activity></iati-activities>`,
  )
  const report = (await importFile(operations, LOCAL_ADMINISTRATOR, { path, portfolio })) as PublishedImportReport
  const { contact } = await database.one<{ contact: string | null }>(sql`
    select i.facts ->> 'contact' as contact
    from initiatives as i
    join collections as c on c.id = i.collection_id
    where c.key = ${portfolio}
  `)
  return { created: report.created, changed: report.changed, unchanged: report.unchanged, conflicts: report.conflicts, contact }
}

const EMAIL = '<contact-info><email>a@b.example</email></contact-info>'

test('an address that a person edited stays as edited, and is no conflict; one that nobody edited goes with the publisher', () => {
  expect(mergeSections({ contact: 'a' }, { contact: 'b' }, { contact: 'c' })).toEqual({
    facts: { contact: 'b' },
    conflicting: [],
  })
  expect(mergeSections({ contact: 'a' }, { contact: 'a' }, {})).toEqual({ facts: {}, conflicting: [] })
  expect(mergeSections({ note: 'a' }, { note: 'b' }, { note: 'c' })).toEqual({ facts: { note: 'b' }, conflicting: ['note'] })
})

test('a publisher who takes an address out of the file, and nothing else, takes it out of the record', async () => {
  expect(await bring('publisher', EMAIL)).toMatchObject({ created: 1, contact: 'a@b.example' })
  expect(await bring('publisher', '')).toMatchObject({ changed: 1, unchanged: 0, conflicts: 0, contact: null })
})

test('an export of ours, which never shows it, takes nothing out', async () => {
  expect(await bring('own-export', EMAIL)).toMatchObject({ created: 1, contact: 'a@b.example' })
  expect(await bring('own-export', '<sur:initiative/>')).toMatchObject({ changed: 0, unchanged: 1, contact: 'a@b.example' })
  const more = '<description><narrative xml:lang="en">Deep ones</narrative></description><sur:initiative/>'
  expect(await bring('own-export', more)).toMatchObject({ changed: 1, conflicts: 0, contact: 'a@b.example' })
})

test('a publisher who takes over what a person edited, and says more beside it, is kept; an export of ours is nothing new', async () => {
  await bring('taken-over', '')
  await database.run(sql`
    update initiatives
    set facts = jsonb_set(facts, '{title,texts,en}', '"Pumps"')
    where collection_id = (select id from collections where key = 'taken-over')
  `)
  expect(await bring('taken-over', '<x:old/><sur:initiative/>', 'Pumps')).toMatchObject({ changed: 0, unchanged: 1 })
  expect(await bring('taken-over', '<x:new/>', 'Pumps')).toMatchObject({ changed: 1, unchanged: 0, conflicts: 0 })
})
