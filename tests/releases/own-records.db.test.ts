/** Whose records leave, who confirms that they may, and what the trail says (domain section 14). */
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signerOf } from '../../src/credentials/index.ts'
import { type Database, sql } from '../../src/database/db.ts'
import { withRollback } from '../../src/database/testing/rollback-database.ts'
import { openTestDatabase, type TestDatabase } from '../../src/database/testing/test-database.ts'
import { translatorFor } from '../../src/i18n/translator.ts'
import { openPackage } from '../../src/interop/releases/index.ts'
import { importFile } from '../../src/jobs/imports/import-file.ts'
import { createReleaseDesk } from '../../src/jobs/releases/release-desk.ts'
import { listAuditEvents } from '../../src/modules/access/index.ts'
import {
  abandonRelease,
  confirmRelease,
  draftRelease,
  ensureInstance,
  exportRelease,
  getRelease,
  type InitiativeRecord,
  listReleaseRecords,
  listReleases,
  moveInitiative,
  readReleaseFile,
  refreshRelease,
  registerInitiative,
  reviseInitiative,
  trustInstance,
  withholdFields,
  withholdFromRecord,
} from '../../src/modules/registry/index.ts'
import { type Actor, LOCAL_ADMINISTRATOR, type Operations, PROGRAM } from '../../src/operations/index.ts'
import { type AccessDesk, actorOf, addAccount, addGrant, factsOf, operationsOn, setUpAccessDesk } from '../access/access-desk.ts'
import { withFile } from './two-instances.ts'

let database: TestDatabase
let desk: AccessDesk
beforeAll(async () => {
  database = await openTestDatabase()
  desk = await setUpAccessDesk(database)
})
afterAll(() => database.close())

interface Office {
  readonly db: Database
  readonly operations: Operations
  person(id: string): Promise<Actor>
  /** A private record of the entity, published. */
  published(title: string): Promise<InitiativeRecord>
}

function inOffice(work: (office: Office) => Promise<void>): Promise<void> {
  return withRollback(database, async (db) => {
    const operations = operationsOn(db)
    await operations.run(ensureInstance, {}, PROGRAM)
    for (const id of ['ada', 'ben']) {
      await addAccount(db, id)
      await addGrant(db, id, { role: 'entity_focal_point', scope: 'entity', scopeId: desk.own.entity })
    }
    await work({
      db,
      operations,
      person: (id) => actorOf(db, id),
      async published(title) {
        const { collection, entity, country } = desk.own
        let record: InitiativeRecord = await operations.run(
          registerInitiative,
          { collection, facts: factsOf(title, [country], entity), ownerOrg: entity, visibility: 'private' },
          LOCAL_ADMINISTRATOR,
        )
        for (const to of ['submitted', 'verified', 'published'] as const)
          record = await operations.run(moveInitiative, { id: record.id, version: record.version, to }, LOCAL_ADMINISTRATOR)
        return record
      },
    })
  })
}

const SAID = { addressee: 'Forum', purpose: 'Exchange', licence: 'CC BY 4.0' }

async function drafted({ operations, person }: Office, by = 'ada', filter = '') {
  return operations.run(draftRelease, { ...SAID, filter }, await person(by))
}

async function titlesIn({ operations }: Office, id: string): Promise<string[]> {
  const { rows } = await operations.run(listReleaseRecords, { id, limit: 500 }, LOCAL_ADMINISTRATOR)
  return rows.map(({ title }) => title?.texts.en ?? '–')
}

test('whoever drafted it does not confirm it where a colleague can; the colleague does, and it leaves for nobody before', () =>
  inOffice(async (office) => {
    const { operations, person, published } = office
    await published('Wells')
    const { id, version } = await drafted(office)
    await expect(operations.run(exportRelease, { id }, await person('ada'))).rejects.toMatchObject({
      code: 'releases.state-not-for-this',
      params: { found: 'drafted' },
    })
    await expect(operations.run(confirmRelease, { id, version }, await person('ada'))).rejects.toMatchObject({
      code: 'access.own-work',
    })
    const confirmed = await operations.run(confirmRelease, { id, version }, await person('ben'))
    expect(confirmed).toMatchObject({ state: 'confirmed', confirmedBy: 'ben', version: 2 })
    await expect(
      operations.run(withholdFields, { id, version: 2, fields: ['title'] }, await person('ada')),
    ).rejects.toMatchObject({ code: 'releases.state-not-for-this', params: { found: 'confirmed', accepted: 'drafted' } })
  }))

test('records of the own organisation leave, also private ones, as they are published: no draft, no revision, nothing of others', () =>
  inOffice(async (office) => {
    const { operations, published } = office
    const wells = await published('Wells')
    const { country, entity } = desk.own
    await operations.run(
      reviseInitiative,
      { id: wells.id, version: wells.version, facts: factsOf('Wells, in preparation', [country], entity) },
      LOCAL_ADMINISTRATOR,
    )
    const { id } = await drafted(office)
    const titles = await titlesIn(office, id)
    expect(titles).toContain('Wells')
    expect(titles.filter((title) => /preparation|HIDDEN/.test(title))).toEqual([])
    const owners = await office.db.many<{ owner: string | null }>(sql`
      select distinct i.owner_org as owner from release_records as r join initiatives as i on i.id = r.initiative_id
      where r.release_id = ${id}
    `)
    expect(owners).toEqual([{ owner: entity }])
  }))

test('of the instance itself leaves what belongs to nobody, and what everybody sees; not what an organisation keeps', () =>
  inOffice(async (office) => {
    const { operations, published } = office
    await published('Kept at home')
    const { id } = await operations.run(draftRelease, { ...SAID, filter: '', ownerOrg: null }, LOCAL_ADMINISTRATOR)
    const titles = await titlesIn(office, id)
    expect(titles).not.toContain('Kept at home')
    expect(titles.length).toBeGreaterThan(0)
  }))

test('a selection without a record of one’s own is told so, and so is one of which every record stays', () =>
  inOffice(async (office) => {
    const { operations, person, published } = office
    await expect(drafted(office, 'ada', `collection=${desk.hidden.collection}`)).rejects.toMatchObject({ code: 'releases.empty' })
    const { id: initiativeId } = await published('Only this')
    const release = await drafted(office, 'ada', `collection=${desk.own.collection}&q=Only`)
    expect(release.records).toBe(1)
    const { version } = await operations.run(
      withholdFromRecord,
      { id: release.id, version: 1, initiativeId, whole: true },
      await person('ada'),
    )
    await expect(operations.run(confirmRelease, { id: release.id, version }, await person('ben'))).rejects.toMatchObject({
      code: 'releases.nothing-leaves',
    })
  }))

test('fields are counted with what stays; one that is not in the list is refused, and so is a version that somebody overtook', () =>
  inOffice(async (office) => {
    const { operations, person, published } = office
    const { id: initiativeId } = await published('Wells')
    await published('Wells again')
    const ada = await person('ada')
    const { id } = await drafted(office, 'ada', `collection=${desk.own.collection}&q=Wells`)
    await expect(operations.run(withholdFields, { id, version: 1, fields: ['contact'] }, ada)).rejects.toMatchObject({
      code: 'releases.field-unknown',
      params: { found: 'contact' },
    })
    await operations.run(withholdFromRecord, { id, version: 1, initiativeId, fields: ['title'] }, ada)
    await expect(operations.run(withholdFields, { id, version: 1, fields: [] }, ada)).rejects.toMatchObject({
      code: 'releases.changed-meanwhile',
      params: { version: 1, found: 2 },
    })
    await operations.run(withholdFields, { id, version: 2, fields: ['hosts'] }, ada)
    const view = await operations.run(getRelease, { id }, ada)
    const counts = new Map(view.fields.map(({ field, stated, leaving }) => [field, [stated, leaving]]))
    expect(counts.get('title')).toEqual([2, 1])
    expect(counts.get('hosts')).toEqual([2, 0])
    expect(view).toMatchObject({ leaving: 2, partly: 1, changedSince: 0, rights: ['edit', 'confirm'] })
  }))

test('what changes after the records were fixed is said, and leaves only when they are taken anew; what was withheld stays so', () =>
  inOffice(async (office) => {
    const { operations, person, published } = office
    const record = await published('Wells')
    const ada = await person('ada')
    const { id } = await drafted(office, 'ada', `collection=${desk.own.collection}&q=Wells`)
    await operations.run(withholdFromRecord, { id, version: 1, initiativeId: record.id, fields: ['hosts'] }, ada)
    const { country, entity } = desk.own
    let revised = await operations.run(
      reviseInitiative,
      { id: record.id, version: record.version, facts: factsOf('Wells, deeper', [country], entity) },
      LOCAL_ADMINISTRATOR,
    )
    for (const to of ['verified', 'published'] as const)
      revised = await operations.run(moveInitiative, { id: record.id, version: revised.version, to }, LOCAL_ADMINISTRATOR)
    expect((await operations.run(getRelease, { id }, ada)).changedSince).toBe(1)
    expect(await titlesIn(office, id)).toEqual(['Wells'])
    await operations.run(refreshRelease, { id, version: 2 }, ada)
    expect(await titlesIn(office, id)).toEqual(['Wells, deeper'])
    const view = await operations.run(getRelease, { id }, ada)
    expect(view).toMatchObject({ changedSince: 0, partly: 1 })
  }))

test('a record that was withdrawn since does not leave, neither with the confirmation nor after it', () =>
  inOffice(async (office) => {
    const { operations, person, published } = office
    const record = await published('Wells')
    const { id, version } = await drafted(office, 'ada', `collection=${desk.own.collection}&q=Wells`)
    const { id: other } = await drafted(office, 'ada', `collection=${desk.own.collection}&q=Wells`)
    await operations.run(confirmRelease, { id: other, version: 1 }, await person('ben'))
    await operations.run(
      moveInitiative,
      { id: record.id, version: record.version, to: 'withdrawn', reason: 'The partner asked for it.' },
      LOCAL_ADMINISTRATOR,
    )
    const refused = { code: 'releases.records-withdrawn', params: { count: 1 } }
    await expect(operations.run(confirmRelease, { id, version }, await person('ben'))).rejects.toMatchObject(refused)
    await expect(operations.run(exportRelease, { id: other }, await person('ada'))).rejects.toMatchObject(refused)
  }))

test('an abandoned release leaves never, and others do not see that there was one; the trail says who did what', () =>
  inOffice(async (office) => {
    const { operations, person, published, db } = office
    await published('Wells')
    const { id } = await drafted(office)
    await operations.run(abandonRelease, { id, version: 1, reason: 'Not agreed.' }, await person('ben'))
    await expect(operations.run(confirmRelease, { id, version: 2 }, await person('ada'))).rejects.toMatchObject({
      code: 'releases.state-not-for-this',
    })
    await addAccount(db, 'eve')
    await addGrant(db, 'eve', { role: 'entity_focal_point', scope: 'entity', scopeId: desk.hidden.entity })
    const eve = await person('eve')
    expect(await operations.run(listReleases, {}, eve)).toEqual([])
    await expect(operations.run(getRelease, { id }, eve)).rejects.toMatchObject({ code: 'operations.permission-lacking' })
    const events = await operations.run(listAuditEvents, { module: 'registry', aggregate: 'releases', id }, LOCAL_ADMINISTRATOR)
    expect(events.map(({ action, actorId }) => [action, actorId]).sort()).toEqual([
      ['abandoned', 'ben'],
      ['drafted', 'ada'],
    ])
  }))

test('a focal point writes, takes and receives within the own scope; whom to trust says the secretariat, once', () =>
  inOffice(async (office) => {
    const { operations, person, published, db } = office
    await published('Wells')
    const ada = await person('ada')
    const { id, version } = await drafted(office, 'ada', `collection=${desk.own.collection}&q=Wells`)
    const confirmed = await operations.run(confirmRelease, { id, version }, await person('ben'))
    const signer = signerOf(Buffer.alloc(32, 5))
    const releases = createReleaseDesk(operations, 'Agency', () => signer)
    const written = await releases.write(confirmed, translatorFor('en'), ada)
    expect(written).toMatchObject({ state: 'written', writtenBy: 'ada' })
    const file = await buffer(await operations.run(readReleaseFile, { id }, ada))
    expect(file.length).toBe(written.fileBytes)
    await addAccount(db, 'eve')
    await addGrant(db, 'eve', { role: 'entity_focal_point', scope: 'entity', scopeId: desk.hidden.entity })
    await expect(operations.run(readReleaseFile, { id }, await person('eve'))).rejects.toMatchObject({
      code: 'operations.permission-lacking',
    })
    // From here on it is another instance that reads the file.
    await db.run(sql`update release_instance set id = 'another'`)
    const importAs = (actor: Actor, trust?: string) =>
      withFile(file, (path) =>
        importFile(operations, actor, {
          path,
          fileName: 'p.zip',
          portfolio: 'theirs',
          ...(trust === undefined ? {} : { trust }),
        }),
      )
    await expect(importAs(ada)).rejects.toMatchObject({ code: 'releases.key-unknown' })
    await expect(importAs(ada, signer.fingerprint)).rejects.toMatchObject({ code: 'operations.permission-lacking' })
    const { fingerprint, publicKey } = signer
    const { id: instanceId } = (await withFile(file, openPackage)).origin.instance
    await operations.run(trustInstance, { instanceId, name: 'Agency', fingerprint, publicKey }, LOCAL_ADMINISTRATOR)
    expect(await importAs(ada)).toMatchObject({ created: 1, portfolio: 'theirs' })
    const read = await operations.run(listAuditEvents, { module: 'registry', aggregate: 'releases', id }, LOCAL_ADMINISTRATOR)
    expect(read.filter(({ action }) => action === 'read')).toHaveLength(1)
  }))
