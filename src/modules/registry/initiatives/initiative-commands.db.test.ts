import { describe, expect, test } from 'vitest'
import { sql } from '../../../database/db.ts'
import { type Actor, ANONYMOUS } from '../../../operations/index.ts'
import { registerOrg } from '../../directory/index.ts'
import {
  createCollection,
  getInitiative,
  getInitiativeHistory,
  type InitiativeFacts,
  type InitiativeRecord,
  listListings,
  moveInitiative,
  movePhase,
  type RecordState,
  registerInitiative,
  reviseInitiative,
} from '../index.ts'
import { atRegistryDesk, type RegistryDesk } from '../testing/registry-desk.ts'

const FACTS: InitiativeFacts = {
  title: { orig: 'en', texts: { en: 'Energy activities' } },
  kind: 'project',
  reportingOrg: { name: 'UNDP' },
  actualPeriod: { start: '2014' },
  hosts: ['GHA'],
  partners: [
    { no: '1', iso3: 'CHN', role: 'first_provider', partnerType: 'national_government' },
    { no: '2', iso3: 'DNK', role: 'second_provider', partnerType: 'national_government' },
    { no: '3', iso3: 'GHA', role: 'recipient', partnerType: 'national_government' },
  ],
  contributions: [{ no: '1', giver: '1', taker: '3', modality: 'knowledge_exchange' }],
}

async function given(desk: RegistryDesk, facts: InitiativeFacts = FACTS): Promise<InitiativeRecord> {
  await desk.run(createCollection, { key: 'ours' })
  return desk.run(registerInitiative, { collection: 'ours', identifier: 'E-1', facts, listed: [{ year: 2014 }] })
}

async function moved(desk: RegistryDesk, record: InitiativeRecord, ...states: RecordState[]): Promise<InitiativeRecord> {
  let current = record
  for (const to of states) current = await desk.run(moveInitiative, { id: current.id, version: current.version, to })
  return current
}

describe('registering an initiative', () => {
  test('stores the facts, computes the type, and lists it in its year as a draft', () =>
    atRegistryDesk(async (desk) => {
      const { id } = await given(desk)
      const view = await desk.run(getInitiative, { id })
      expect(view.cooperation.map(({ profile, type }) => [profile, type])).toEqual([
        ['un_default', 'TRC'],
        ['g77_only', 'TRC'],
        ['dac', 'TRC'],
        ['guidelines', 'TRC'],
      ])
      const { rows } = await desk.run(listListings, { filter: { values: { provider: ['CHN'] } } })
      expect(rows).toMatchObject([{ identifier: 'E-1', year: 2014, state: 'draft', cooperation: { un_default: 'TRC' } }])
    }))

  test.each([
    [
      'a partner twice in one role',
      {
        partners: [
          { no: '1', iso3: 'CHN', role: 'peer' },
          { no: '2', iso3: 'CHN', role: 'peer' },
        ],
      },
      'registry.partner-repeated',
    ],
    [
      'a gift to oneself',
      { partners: [{ no: '1', iso3: 'CHN' }], contributions: [{ no: 'a', giver: '1', taker: '1' }] },
      'registry.giver-is-taker',
    ],
    ['a giver who is no partner', { contributions: [{ no: 'a', giver: '9' }] }, 'registry.partner-unknown'],
    [
      'a grant without money',
      { partners: [{ no: '1', iso3: 'CHN' }], contributions: [{ no: 'a', giver: '1', modality: 'grant_cash' }] },
      'registry.money-missing',
    ],
    [
      'shares of 90 per cent',
      {
        countries: [
          { iso3: 'GHA', share: 0.5 },
          { iso3: 'ZMB', share: 0.4 },
        ],
      },
      'registry.shares-do-not-add-up',
    ],
    ['a role that no list knows', { partners: [{ no: '1', iso3: 'CHN', role: 'boss' }] }, 'registry.code-unknown'],
    ['the thirty-first of February', { actualPeriod: { start: '2014-02-31' } }, 'operations.input-not-accepted'],
    ['an end before the start', { actualPeriod: { start: '2015', end: '2014-06' } }, 'operations.input-not-accepted'],
    ['a link that is a script', { documents: [{ url: 'javascript:alert(1)' }] }, 'operations.input-not-accepted'],
  ] as const)('refuses %s and stores nothing', (_what, wrong, code) =>
    atRegistryDesk(async (desk) => {
      await desk.run(createCollection, { key: 'ours' })
      const facts = { ...FACTS, ...wrong, ...('contributions' in wrong ? {} : { contributions: undefined }) } as InitiativeFacts
      await expect(desk.run(registerInitiative, { collection: 'ours', facts })).rejects.toMatchObject({ code })
      expect(await desk.database.one(sql`select count(*)::int as count from initiatives`)).toEqual({ count: 0 })
    }),
  )

  test('an identifier is taken once per collection', () =>
    atRegistryDesk(async (desk) => {
      await given(desk)
      const again = desk.run(registerInitiative, { collection: 'ours', identifier: 'E-1', facts: {} })
      await expect(again).rejects.toMatchObject({ code: 'registry.identifier-taken' })
    }))

  test('a stranger may not', () =>
    atRegistryDesk(async (desk) => {
      await desk.run(createCollection, { key: 'ours' })
      await expect(desk.run(registerInitiative, { collection: 'ours', facts: {} }, ANONYMOUS)).rejects.toMatchObject({
        code: 'operations.permission-lacking',
      })
    }))

  test('sample collections take no hand entry', () =>
    atRegistryDesk(async (desk) => {
      await desk.run(createCollection, { key: 'samples', kind: 'sample' })
      await expect(desk.run(registerInitiative, { collection: 'samples', facts: {} })).rejects.toMatchObject({
        code: 'registry.collection-read-only',
      })
    }))
})

describe('the life of a record', () => {
  test('draft, submitted, verified, published; the public sees it only then', () =>
    atRegistryDesk(async (desk) => {
      const record = await given(desk)
      await expect(desk.run(getInitiative, { id: record.id }, ANONYMOUS)).rejects.toMatchObject({
        code: 'registry.initiative-missing',
      })
      const published = await moved(desk, record, 'submitted', 'verified', 'published')
      expect(published).toMatchObject({ state: 'published', version: 4, publishedVersion: 4 })
      expect((await desk.run(listListings, { filter: { values: {} } }, ANONYMOUS)).total).toBe(1)
    }))

  test('while a published record is revised the public keeps the published version, in the record and in the counts', () =>
    atRegistryDesk(async (desk) => {
      const published = await moved(desk, await given(desk), 'submitted', 'verified', 'published')
      const revised = await desk.run(reviseInitiative, { id: published.id, version: 4, facts: { ...FACTS, hosts: ['ZMB'] } })
      expect(revised.state).toBe('under_revision')
      const seen = await desk.run(getInitiative, { id: published.id }, ANONYMOUS)
      expect(seen.record.facts.hosts).toEqual(['GHA'])
      expect((await desk.run(listListings, { filter: { values: { host: ['GHA'] } } }, ANONYMOUS)).total).toBe(1)
      await moved(desk, revised, 'verified', 'published')
      expect((await desk.run(listListings, { filter: { values: { host: ['ZMB'] } } }, ANONYMOUS)).total).toBe(1)
    }))

  test('a record under revision keeps its public row, title and words until the new version is published; editors find it by its state', () =>
    atRegistryDesk(async (desk) => {
      const published = await moved(desk, await given(desk), 'submitted', 'verified', 'published')
      const facts = { ...FACTS, title: { orig: 'en', texts: { en: 'Confidential harbour' } } }
      const revised = await desk.run(reviseInitiative, {
        id: published.id,
        version: 4,
        facts,
        listed: [{ year: 2014 }, { year: 2015 }],
      })
      const verified = await moved(desk, revised, 'verified')
      const seen = await desk.run(listListings, { filter: { values: {} } }, ANONYMOUS)
      expect(seen.rows).toMatchObject([{ year: 2014, state: 'published', title: { texts: { en: 'Energy activities' } } }])
      expect((await desk.run(listListings, { filter: { values: {}, search: 'harbour' } }, ANONYMOUS)).total).toBe(0)
      expect((await desk.run(listListings, { filter: { values: { state: ['verified'] } } })).total).toBe(1)
      expect((await desk.run(getInitiative, { id: published.id })).record.listed.map(({ year }) => year)).toEqual([2014, 2015])
      await moved(desk, verified, 'published')
      const then = await desk.run(listListings, { filter: { values: {}, search: 'harbour' } }, ANONYMOUS)
      expect(then.rows.map(({ year }) => year)).toEqual([2014, 2015])
    }))

  test('an import of another year into a record under revision is kept and shown once it is published', () =>
    atRegistryDesk(async (desk) => {
      await desk.import('theirs', [{ identifier: 'X', facts: FACTS, listed: { year: 2014 } }])
      const [row] = (await desk.run(listListings, { filter: { values: { collection: ['theirs'] } } })).rows
      const id = row?.initiativeId ?? ''
      await desk.run(reviseInitiative, { id, version: 1, facts: { ...FACTS, hosts: ['ZMB'] } })
      expect(await desk.import('theirs', [{ identifier: 'X', facts: FACTS, listed: { year: 2015 } }])).toMatchObject({
        changed: 1,
      })
      expect((await desk.run(getInitiative, { id })).record.listed.map(({ year }) => year)).toEqual([2014, 2015])
      const { record } = await desk.run(getInitiative, { id })
      await moved(desk, record, 'verified', 'published')
      expect((await desk.run(listListings, { filter: { values: { collection: ['theirs'] } } }, ANONYMOUS)).total).toBe(2)
    }))

  test('the public reads published versions only, also as of a day; what was withdrawn stays withdrawn', () =>
    atRegistryDesk(async (desk) => {
      desk.setTime('2026-01-10T09:00:00Z')
      const published = await moved(desk, await given(desk), 'submitted', 'verified', 'published')
      desk.setTime('2026-02-10T09:00:00Z')
      const revised = await desk.run(reviseInitiative, { id: published.id, version: 4, facts: { ...FACTS, hosts: ['ZMB'] } })
      const seen = await desk.run(getInitiative, { id: published.id, asOf: '2026-03-01' }, ANONYMOUS)
      expect(seen.record.facts.hosts).toEqual(['GHA'])
      const withdrawn = await desk.run(moveInitiative, {
        id: published.id,
        version: revised.version,
        to: 'withdrawn',
        reason: 'error',
      })
      const draft = await desk.run(moveInitiative, { id: published.id, version: withdrawn.version, to: 'draft' })
      expect(draft.publishedVersion).toBeNull()
      await expect(desk.run(getInitiative, { id: published.id }, ANONYMOUS)).rejects.toMatchObject({
        code: 'registry.initiative-missing',
      })
      expect((await desk.run(listListings, { filter: { values: {} } }, ANONYMOUS)).total).toBe(0)
    }))

  test('moves that are not allowed say which are; taking something from view needs a reason', () =>
    atRegistryDesk(async (desk) => {
      const record = await given(desk)
      const jump = desk.run(moveInitiative, { id: record.id, version: 1, to: 'published' })
      await expect(jump).rejects.toMatchObject({
        code: 'registry.state-move-not-allowed',
        params: { from: 'draft', accepted: 'submitted, withdrawn' },
      })
      const silent = desk.run(moveInitiative, { id: record.id, version: 1, to: 'withdrawn' })
      await expect(silent).rejects.toMatchObject({ code: 'registry.reason-required' })
    }))

  test('what is published by hand needs title, kind, reporting organisation and a partner', () =>
    atRegistryDesk(async (desk) => {
      const record = await given(desk, { hosts: ['GHA'] })
      const submit = desk.run(moveInitiative, { id: record.id, version: 1, to: 'submitted' })
      await expect(submit).rejects.toMatchObject({
        details: [
          { params: { field: 'title' } },
          { params: { field: 'kind' } },
          { params: { field: 'reportingOrg' } },
          { params: { field: 'partners' } },
        ],
      })
    }))

  test('the phase of the work moves by its own rules; a closed one is reopened with a reason', () =>
    atRegistryDesk(async (desk) => {
      const record = await given(desk, { ...FACTS, phase: 'closed' })
      const silent = desk.run(movePhase, { id: record.id, version: 1, to: 'implementation' })
      await expect(silent).rejects.toMatchObject({ code: 'registry.reason-required' })
      const open = await desk.run(movePhase, { id: record.id, version: 1, to: 'implementation', reason: 'second stage' })
      const back = desk.run(movePhase, { id: record.id, version: open.version, to: 'pipeline' })
      await expect(back).rejects.toMatchObject({ code: 'registry.phase-move-not-allowed' })
    }))
})

describe('history', () => {
  test('keeps every version, who made it and when, and shows the record as of a day', () =>
    atRegistryDesk(async (desk) => {
      desk.setTime('2026-01-10T09:00:00Z')
      const record = await given(desk)
      desk.setTime('2026-03-20T09:00:00Z')
      await desk.run(reviseInitiative, {
        id: record.id,
        version: 1,
        facts: { ...FACTS, hosts: ['ZMB'] },
        reason: 'host was wrong',
      })
      const versions = await desk.run(getInitiativeHistory, { id: record.id })
      expect(versions.map(({ version, actorId, action }) => ({ version, actorId, action }))).toEqual([
        { version: 2, actorId: 'local-administrator', action: 'changed' },
        { version: 1, actorId: 'local-administrator', action: 'created' },
      ])
      const then = await desk.run(getInitiative, { id: record.id, asOf: '2026-02-01' })
      expect([then.record.facts.hosts, then.asOf?.version]).toEqual([['GHA'], 1])
      await expect(desk.run(getInitiative, { id: record.id, asOf: '2026-01-01' })).rejects.toMatchObject({
        code: 'registry.initiative-missing',
      })
    }))

  test('the audit event names the changed fields only, with the reason', () =>
    atRegistryDesk(async (desk) => {
      const record = await given(desk)
      await desk.run(reviseInitiative, {
        id: record.id,
        version: 1,
        facts: { ...FACTS, hosts: ['ZMB'] },
        reason: 'host was wrong',
      })
      const event = await desk.database.one<{ before: object; after: object; reason: string }>(sql`
        select before, after, reason from audit_events where record_id = ${record.id} order by id desc limit 1
      `)
      expect(event.before).toMatchObject({ facts: { hosts: ['GHA'] }, version: 1 })
      expect(event.after).toMatchObject({ facts: { hosts: ['ZMB'] }, version: 2 })
      expect(Object.keys(event.after).sort()).toEqual(['facts', 'updatedAt', 'version'])
      expect(event.reason).toBe('host was wrong')
    }))
})

/** Focal point of one organisation. */
function focalOf(orgId: string): Actor {
  const grant = { role: 'entity_focal_point', scope: 'entity', scopeId: orgId, orgs: [orgId], countries: [] } as const
  return { id: `focal-${orgId}`, kind: 'user', name: 'Focal', grants: [grant] }
}

async function givenOrg(desk: RegistryDesk, en: string): Promise<string> {
  return (await desk.run(registerOrg, { names: { orig: 'en', texts: { en } }, orgType: '22' })).id
}

describe('the organisation to which a record belongs', () => {
  test('must be there and in the own scope; nobody registers for a foreign one', () =>
    atRegistryDesk(async (desk) => {
      const [mine, foreign] = [await givenOrg(desk, 'Mine'), await givenOrg(desk, 'Foreign')]
      await desk.run(createCollection, { key: 'ours' })
      const register = (ownerOrg: string | null, actor?: Actor) =>
        desk.run(registerInitiative, { collection: 'ours', facts: FACTS, ownerOrg }, actor)
      const lacking = { code: 'operations.permission-lacking' }
      await expect(register(foreign, focalOf(mine))).rejects.toMatchObject(lacking)
      await expect(register('made up', focalOf(mine))).rejects.toMatchObject(lacking)
      const missing = { code: 'registry.owner-missing', params: { org: 'made up' }, place: { field: 'ownerOrg' } }
      await expect(register('made up')).rejects.toMatchObject(missing)
      await expect(desk.run(createCollection, { key: 'theirs', ownerOrg: 'made up' })).rejects.toMatchObject(missing)
      await expect(desk.run(createCollection, { key: 'theirs', ownerOrg: foreign }, focalOf(mine))).rejects.toMatchObject(lacking)
      expect(await register(mine, focalOf(mine))).toMatchObject({ ownerOrg: mine })
      expect(await register(null)).toMatchObject({ ownerOrg: null })
    }))

  test('a country of the own scope is not enough', () =>
    atRegistryDesk(async (desk) => {
      const [mine, foreign] = [await givenOrg(desk, 'Ministry'), await givenOrg(desk, 'Foreign')]
      await desk.run(createCollection, { key: 'ours' })
      const grant = { role: 'national_focal_point', scope: 'country', scopeId: 'GHA', orgs: [mine], countries: ['GHA'] } as const
      const ghana: Actor = { id: 'ghana', kind: 'user', name: 'Ghana', grants: [grant] }
      const register = (ownerOrg: string) => desk.run(registerInitiative, { collection: 'ours', facts: FACTS, ownerOrg }, ghana)
      await expect(register(foreign)).rejects.toMatchObject({ code: 'operations.permission-lacking' })
      expect(await register(mine)).toMatchObject({ ownerOrg: mine })
    }))
})
