/** What leaves of a record whose change waits for review: what was published, and nothing that came with the change. */
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '../../database/db.ts'
import { MIGRATIONS_FOLDER } from '../../database/migrate.ts'
import { newTestDatabase, type TestDatabase } from '../../database/testing/test-database.ts'
import { systemClock } from '../../kernel/clock.ts'
import { auditWriter, policy } from '../../modules/access/index.ts'
import { createOperations, LOCAL_ADMINISTRATOR, type Operations } from '../../operations/index.ts'
import { importFile } from '../imports/import-file.ts'
import { writePublishedFile } from './published-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'sursur-published-file-'))
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

async function bring(title: string, more = ''): Promise<void> {
  const path = join(folder, 'in.xml')
  writeFileSync(
    path,
    `<iati-activities version="2.03" xmlns:x="urn:x"><iati-activity xml:lang="en" default-currency="USD">
      <iati-identifier>X-1</iati-identifier>
      <reporting-org ref="XX-1" type="40"><narrative>Un</narrative></reporting-org>
      <title><narrative>${title}</narrative></title>
      <description><narrative>Wells</narrative></description>
      <participating-org role="4"><narrative>Un</narrative></participating-org>
      <activity-status code="2"/>
      <activity-date type="1" iso-date="2014-01-01"/>${more}
    </iati-activity></iati-activities>`,
  )
  await importFile(operations, LOCAL_ADMINISTRATOR, { path, portfolio: 'wells' })
}

async function exported(): Promise<string> {
  const out = join(folder, 'out.xml')
  const request = { filter: { values: { collection: ['wells'] } }, extensions: false, now: new Date() }
  await writePublishedFile(operations, LOCAL_ADMINISTRATOR, request, createWriteStream(out))
  return readFileSync(out, 'utf8')
}

test('neither the words nor the other elements of a change that waits for review leave', async () => {
  await bring('Published', '<x:seen/>')
  await database.run(sql`update collections set entry_state = 'submitted' where key = 'wells'`)
  await bring('Unreviewed', '<x:seen/><x:secret/>')
  const { state } = await database.one<{ state: string }>(sql`select state from initiatives where identifier = 'X-1'`)
  expect(state).toBe('under_revision')
  const text = await exported()
  expect(text).toContain('Published')
  expect(text).toContain('x:seen')
  expect(text).not.toMatch(/Unreviewed|x:secret/)
})

test('without the published version, the record is left out', async () => {
  await database.run(sql`
    update record_versions set version = 99
    where aggregate = 'initiatives' and version = 1 and record_id = (select id from initiatives where identifier = 'X-1')
  `)
  expect(await exported()).not.toContain('X-1')
})

test('an address that was left out on the way out is not taken out of the record on the way in', async () => {
  const path = join(folder, 'contact.xml')
  const contact = '<contact-info><email>a@b.example</email></contact-info>'
  writeFileSync(path, readFileSync(join(folder, 'in.xml'), 'utf8').replace('X-1', 'X-2').replace('<x:seen/>', contact))
  await importFile(operations, LOCAL_ADMINISTRATOR, { path, portfolio: 'contact' })
  const out = join(folder, 'contact-out.xml')
  const request = { filter: { values: { collection: ['contact'] } }, extensions: true, now: new Date() }
  await writePublishedFile(operations, LOCAL_ADMINISTRATOR, request, createWriteStream(out))
  expect(readFileSync(out, 'utf8')).not.toContain('a@b.example')
  const report = await importFile(operations, LOCAL_ADMINISTRATOR, { path: out, portfolio: 'contact' })
  expect(report).toMatchObject({ created: 0, changed: 0, unchanged: 1 })
})
