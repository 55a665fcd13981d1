import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  getInitiative,
  getInitiativeOrigin,
  type InitiativeFacts,
  type ListedInitiative,
  listListings,
  moveInitiative,
  reviseInitiative,
  undoImportRun,
  withholdFields,
  withholdFromRecord,
} from '../../src/modules/registry/index.ts'
import { countsOf, draft, type Instance, openInstance, packageOf, publish, receive } from './two-instances.ts'

let agency: Instance
let forum: Instance
beforeAll(async () => {
  agency = await openInstance('Agency of the Republic')
  forum = await openInstance('Regional forum')
})
afterAll(async () => {
  await agency.close()
  await forum.close()
})

const WELLS: InitiativeFacts = {
  title: { orig: 'fr', texts: { fr: 'Puits du Sahel', ar: 'آبار الساحل' } },
  summary: { orig: 'fr', texts: { fr: 'SECRET-SUMMARY forages' } },
  kind: 'project',
  phase: 'implementation',
  hosts: ['BEN'],
  reportingOrg: { name: 'Agency' },
  contact: 'SECRET-CONTACT ada@example.org',
  note: 'SECRET-NOTE',
  kept: { Colonne: 'SECRET-KEPT' },
  partners: [
    { no: '1', name: 'SECRET-PARTNER', iso3: 'BRA', role: 'first_provider' },
    { no: '2', iso3: 'BEN', role: 'recipient' },
  ],
  contributions: [
    {
      no: '1',
      giver: '1',
      taker: '2',
      modality: 'grant_cash',
      nature: 'disbursement',
      period: { start: '2024-05-01' },
      money: { amount: '98765.43', currency: 'USD', valueDate: '2024-05-01' },
      description: 'SECRET-FLOW',
    },
  ],
  results: [{ level: 'output', statement: '12 wells', target: '12' }],
  documents: [{ title: 'Rapport', url: 'https://example.org/rapport' }],
}

const SCHOOLS: InitiativeFacts = {
  title: { orig: 'es', texts: { es: 'SECRET-TITLE Escuelas' } },
  kind: 'project',
  reportingOrg: { name: 'Agency' },
  hosts: ['GHA'],
  partners: [{ no: '1', iso3: 'GHA', role: 'recipient' }],
}

test('a package of an instance whose key nobody has compared is refused, and nothing is stored', async () => {
  await publish(agency, 'unknown-key', [{ identifier: 'U-1', facts: WELLS }])
  const file = await packageOf(agency, await draft(agency, 'collection=unknown-key'))
  const before = await countsOf(forum)
  await expect(receive(forum, file)).rejects.toMatchObject({
    code: 'releases.key-unknown',
    params: { instance: 'Agency of the Republic', fingerprint: agency.signer.fingerprint },
  })
  await expect(receive(forum, file, { trust: 'ab'.repeat(32) })).rejects.toMatchObject({ code: 'releases.key-not-this' })
  expect(await countsOf(forum)).toEqual(before)
})

test('what is withheld, everywhere or from one record, is in no byte of the package, and what never leaves is not either', async () => {
  await publish(agency, 'secrets', [
    { identifier: 'S-1', facts: WELLS, years: [2023, 2024] },
    { identifier: 'S-2', facts: SCHOOLS },
  ])
  const drafted = await draft(agency, 'collection=secrets')
  const { initiativeId } = (
    await agency.run(listListings, { filter: { values: { collection: ['secrets'] }, search: 'Escuelas' } })
  ).rows[0] ?? {
    initiativeId: '',
  }
  const withheld = await agency.run(withholdFields, {
    id: drafted.id,
    version: drafted.version,
    fields: ['summary', 'partners.name', 'contributions.money', 'contributions.description', 'identifiers', 'kept'],
  })
  const last = await agency.run(withholdFromRecord, {
    id: drafted.id,
    version: withheld.version,
    initiativeId,
    fields: ['title'],
  })
  const file = await packageOf(agency, last)
  const files = unzipSync(new Uint8Array(file))
  expect(Object.keys(files)).toHaveLength(6)
  const found = Object.entries(files).flatMap(([path, bytes]) =>
    ['SECRET', 'secret', 'forages', '98765', 'S-1', 'S-2', 'ada@', 'Escuelas', 'escuelas', 'Colonne']
      .filter((word) => Buffer.from(bytes).includes(word))
      .map((word) => `${path}: ${word}`),
  )
  expect(found).toEqual([])
  expect(file.includes('SECRET')).toBe(false)
  const lines = Buffer.from(files['data/initiatives.jsonl'] ?? [])
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map(({ facts }) => facts.title?.texts)).toEqual([{ fr: 'Puits du Sahel', ar: 'آبار الساحل' }, undefined])
  expect(lines[0].facts.contributions).toEqual([
    { giver: '1', taker: '2', modality: 'grant_cash', nature: 'disbursement', period: { start: '2024-05-01' }, no: '1' },
  ])
})

test('the rows arrive equal, with their origin; the same package changes nothing; a later release changes the same records', async () => {
  const [wells] = await publish(agency, 'round', [
    { identifier: 'R-1', facts: WELLS, years: [2023, 2024] },
    { identifier: 'R-2', facts: SCHOOLS },
  ])
  const first = await packageOf(agency, await draft(agency, 'collection=round'))
  const trust = agency.signer.fingerprint
  expect(await receive(forum, first, { portfolio: 'round', trust })).toMatchObject({
    format: 'release',
    read: 3,
    created: 2,
    changed: 1,
  })
  const rowsOf = async (instance: Instance) =>
    (await instance.run(listListings, { filter: { values: { collection: ['round'] } } })).rows
  const stated = ({ id: _id, initiativeId: _initiative, ...row }: ListedInitiative) => row
  const rows = await rowsOf(forum)
  expect(rows.map(({ identifier, year, title }) => [identifier, year, title?.orig])).toEqual([
    ['R-1', 2023, 'fr'],
    ['R-1', 2024, 'fr'],
    ['R-2', null, 'es'],
  ])
  expect(rows.map(stated)).toEqual((await rowsOf(agency)).map(stated))
  const received = await forum.run(getInitiative, { id: rows[0]?.initiativeId ?? '' })
  const { contact: _contact, note: _note, kept: _kept, ...released } = WELLS
  expect(received.record.facts).toEqual(released)
  const { origin } = await forum.run(getInitiativeOrigin, { id: received.record.id })
  expect(origin).toMatchObject({
    instanceName: 'Agency of the Republic',
    licence: 'CC BY 4.0',
    record: wells?.id,
    recordVersion: wells?.version,
    fingerprint: trust,
  })

  expect(await receive(forum, first, { portfolio: 'round' })).toMatchObject({ created: 0, changed: 0, unchanged: 3 })

  let revised = await agency.run(reviseInitiative, {
    id: wells?.id ?? '',
    version: wells?.version ?? 0,
    facts: { ...WELLS, phase: 'closed' },
  })
  for (const to of ['verified', 'published'] as const)
    revised = await agency.run(moveInitiative, { id: revised.id, version: revised.version, to })
  const drafted = await draft(agency, 'collection=round')
  // The identifier is withheld this time, and so are amounts and names: what the forum knows of them stays.
  const withheld = await agency.run(withholdFields, {
    id: drafted.id,
    version: drafted.version,
    fields: ['identifiers', 'partners.name', 'contributions.money', 'summary', 'kept'],
  })
  const second = await packageOf(agency, withheld)
  const report = await receive(forum, second, { portfolio: 'round' })
  expect(report).toMatchObject({ created: 0 })
  const later = await forum.run(getInitiative, { id: received.record.id })
  expect(later.record.facts).toEqual({ ...released, phase: 'closed' })
  expect((await forum.run(getInitiativeOrigin, { id: received.record.id })).origin?.recordVersion).toBe(revised.version)

  await forum.run(undoImportRun, { runId: report.runId ?? '' })
  expect((await forum.run(getInitiative, { id: received.record.id })).record.facts.phase).toBe('implementation')
  expect((await forum.run(getInitiativeOrigin, { id: received.record.id })).origin?.recordVersion).toBe(wells?.version)
})

test('what the receiver knows from elsewhere under the same identifier stays beside what the package states', async () => {
  await publish(forum, 'known', [
    {
      identifier: 'K-1',
      facts: {
        title: { orig: 'fr', texts: { fr: 'Puits du Sahel' } },
        kind: 'project',
        reportingOrg: { name: 'Agency' },
        partners: [{ no: '1', name: 'Ministère', iso3: 'BRA', role: 'first_provider' }],
        contributions: [
          {
            no: '1',
            giver: '1',
            modality: 'grant_cash',
            nature: 'disbursement',
            period: { start: '2024-05-01' },
            money: { amount: '111', currency: 'USD' },
          },
        ],
        budget: { amount: '500', currency: 'EUR' },
      },
    },
  ])
  await publish(agency, 'known', [{ identifier: 'K-1', facts: WELLS }])
  const drafted = await draft(agency, 'collection=known')
  const withheld = await agency.run(withholdFields, {
    id: drafted.id,
    version: drafted.version,
    fields: ['partners.name', 'contributions.money', 'contributions.description', 'summary', 'kept'],
  })
  const file = await packageOf(agency, withheld)
  expect(await receive(forum, file, { portfolio: 'known' })).toMatchObject({ created: 0, changed: 1, warnings: 0 })
  const { rows } = await forum.run(listListings, { filter: { values: { collection: ['known'] } } })
  const { record } = await forum.run(getInitiative, { id: rows[0]?.initiativeId ?? '' })
  expect(record.facts.budget).toEqual({ amount: '500', currency: 'EUR' })
  expect(record.facts.contributions?.map(({ money }) => money)).toEqual([{ amount: '111', currency: 'USD' }])
  expect(record.facts.partners?.map(({ name, iso3, role }) => [name, iso3, role])).toEqual([
    ['Ministère', 'BRA', 'first_provider'],
    [undefined, 'BEN', 'recipient'],
  ])
  expect(record.facts.phase).toBe('implementation')
})

test('records of two collections that share an identifier stay two records', async () => {
  await publish(agency, 'first', [{ identifier: 'X-1', facts: WELLS }])
  await publish(agency, 'second', [{ identifier: 'X-1', facts: SCHOOLS }])
  const file = await packageOf(agency, await draft(agency, 'collection=first&collection=second'))
  expect(await receive(forum, file, { portfolio: 'both' })).toMatchObject({ created: 2, changed: 0 })
  const { rows } = await forum.run(listListings, { filter: { values: { collection: ['both'] } } })
  expect(rows).toHaveLength(2)
  expect(await receive(forum, file, { portfolio: 'both' })).toMatchObject({ created: 0, changed: 0, unchanged: 2 })
})

test('the same selection in the same state gives the same bytes of content, and no part of the archive has a time', async () => {
  await publish(agency, 'again', [
    { identifier: 'A-1', facts: WELLS },
    { identifier: 'A-2', facts: SCHOOLS },
  ])
  const files = []
  for (let round = 0; round < 2; round += 1) {
    const file = await packageOf(agency, await draft(agency, 'collection=again'))
    files.push(file)
    // Time and date of the first part: midnight of 1 January 1980.
    expect(file.readUInt32LE(10)).toBe(0x0021_0000)
  }
  const [first = {}, second = {}] = files.map((file) => unzipSync(new Uint8Array(file)))
  const differing = Object.keys(first).filter((path) => !Buffer.from(first[path] ?? []).equals(Buffer.from(second[path] ?? [])))
  // Those that hold the id of the release, and what signs them.
  expect(differing).toEqual(['signature.json', 'manifest.json', 'origin.json', 'datapackage.json'])
})

test('an instance does not import what it has released itself', async () => {
  await publish(agency, 'own', [{ facts: WELLS }])
  const file = await packageOf(agency, await draft(agency, 'collection=own'))
  await expect(receive(agency, file, { trust: agency.signer.fingerprint })).rejects.toMatchObject({
    code: 'releases.own-package',
  })
})
