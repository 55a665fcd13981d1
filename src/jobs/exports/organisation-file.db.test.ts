/** Published organisation files of many hands come in and go out again: valid by the schema of 2.03, and nothing that was said is lost. */
import { createWriteStream, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MIGRATIONS_FOLDER } from '../../database/migrate.ts'
import { newTestDatabase, type TestDatabase } from '../../database/testing/test-database.ts'
import { CHECK_IS_MISSING, schemaErrors } from '../../interop/iati/write/testing/check-schema.ts'
import { PACKAGE_ROOT } from '../../kernel/package-root.ts'
import { auditWriter, policy } from '../../modules/access/index.ts'
import { registerOrg } from '../../modules/directory/index.ts'
import { createCollection } from '../../modules/registry/index.ts'
import { ANONYMOUS, createOperations, LOCAL_ADMINISTRATOR, type Operations } from '../../operations/index.ts'
import { importPublishedFile } from '../imports/published/import-published-file.ts'
import { writeOrganisationFile } from './organisation-file.ts'

const SAMPLES = resolve(PACKAGE_ROOT, process.env.SURSUR_SHARED ?? '../shared', 'data', 'iati', 'robustness')
const folder = mkdtempSync(join(tmpdir(), 'sursur-organisation-file-'))
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

async function writeFileOf(collection: string, extensions = true) {
  const path = join(folder, `${collection}.xml`)
  const request = { collections: [collection], extensions, now: new Date() }
  const written = await writeOrganisationFile(operations, ANONYMOUS, request, createWriteStream(path))
  return { path, xml: readFileSync(path, 'utf8'), ...written }
}

function bring(path: string, portfolio: string) {
  return importPublishedFile(operations, LOCAL_ADMINISTRATOR, { path, fileName: basename(path), portfolio })
}

const INVALID = `<iati-organisations version="2.03"><iati-organisation motto="x">
  <organisation-identifier>GB-1</organisation-identifier>
  <reporting-org ref="GB-1" type="99"><narrative>Fund</narrative></reporting-org>
  <name><narrative>Fund</narrative></name>
  <total-budget><period-start iso-date="2024-01-01"/><value currency="EURO">many</value></total-budget>
  <old-part>kept</old-part>
</iati-organisation></iati-organisations>`

describe('what the schema does not allow', () => {
  test('plain, it is left out; with our elements, it stands beside and comes back in its place', async () => {
    const path = join(folder, 'invalid.xml')
    writeFileSync(path, INVALID)
    await bring(path, 'invalid')
    const plain = await writeFileOf('invalid', false)
    expect(plain.xml).not.toContain('old-part')
    expect(schemaErrors(plain.xml, 'organisations')).toBe('')
    const whole = await writeFileOf('invalid')
    expect(schemaErrors(whole.xml, 'organisations')).toBe('')
    expect((await bring(whole.path, 'invalid')).organisations).toMatchObject({ read: 1, unchanged: 1, changed: 0 })
  })

  test('a collection in which no organisation says anything gives nothing to write', async () => {
    await operations.run(createCollection, { key: 'empty' }, LOCAL_ADMINISTRATOR)
    expect(await writeFileOf('empty')).toMatchObject({ written: 0, leftOut: 0 })
  })

  test('the owner of a collection that published nothing is written as the directory knows it', async () => {
    const names = { orig: 'en', texts: { en: 'Water Office', fr: 'Office de l’eau' } }
    const org = await operations.run(registerOrg, { names, orgType: '10', iatiId: 'KE-GOV-7' }, LOCAL_ADMINISTRATOR)
    await operations.run(createCollection, { key: 'owned', ownerOrg: org.id }, LOCAL_ADMINISTRATOR)
    const { xml, written } = await writeFileOf('owned')
    expect(written).toBe(1)
    expect(schemaErrors(xml, 'organisations')).toBe('')
    expect(xml).toContain('<organisation-identifier>KE-GOV-7</organisation-identifier>')
    expect(xml).toContain('<narrative xml:lang="fr">Office de l’eau</narrative>')
  })
})

describe.skipIf(!existsSync(SAMPLES) || CHECK_IS_MISSING !== undefined)(
  `published samples${CHECK_IS_MISSING === undefined ? '' : ` (not here: ${CHECK_IS_MISSING})`}`,
  () => {
    // Each needs two imports and a check: the long form takes all of them, the usual one every third and the example of the standard.
    const all = existsSync(SAMPLES) ? filesOf(SAMPLES) : []
    const files = all.filter(
      (file, index) => process.env.SURSUR_LONG === '1' || index % 3 === 0 || file.includes('example-annotated'),
    )

    test('there are such files', () => {
      expect(files.length).toBeGreaterThan(30)
    })

    test('each that can be read goes out valid, and comes in again without a change', { timeout: 600_000 }, async () => {
      const lost: string[] = []
      let stored = 0
      for (const [index, path] of files.entries()) {
        const portfolio = `sample-${index}`
        const report = await bring(path, portfolio).catch(() => undefined)
        if (!report?.organisations || report.organisations.created === 0) continue
        const { xml, written, path: out } = await writeFileOf(portfolio)
        stored += report.organisations.created
        const errors = schemaErrors(xml, 'organisations')
        const again = await bring(out, portfolio)
        const isSame = written === report.organisations.created && again.organisations?.unchanged === written
        if (errors !== '' || !isSame) lost.push(`${basename(path)}: ${errors} ${JSON.stringify(again.organisations)}`)
      }
      expect(lost).toEqual([])
      expect(stored).toBeGreaterThan(30)
    })
  },
)

function filesOf(path: string): string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => join(path, name))
    .filter((file) => /\.xml$/.test(file) && readFileSync(file, 'utf8').includes('<iati-organisation'))
}
