import { describe, expect, test } from 'vitest'
import { type Db, sql } from '../../../database/db.ts'
import { type Actor, ANONYMOUS } from '../../../operations/index.ts'
import { loadGrants } from '../../access/index.ts'
import { registerOrg } from '../../directory/index.ts'
import {
  createCollection,
  exportWorkspaceRecords,
  getWorkspace,
  type InitiativeFacts,
  listWaiting,
  listWorkspaceRecords,
  moveInitiative,
  type RecordState,
  raiseObjection,
  registerInitiative,
} from '../index.ts'
import { atRegistryDesk, type RegistryDesk } from '../testing/registry-desk.ts'

const facts = (title: string | null, more: Partial<InitiativeFacts> = {}): InitiativeFacts => ({
  ...(title === null ? {} : { title: { orig: 'en', texts: { en: title } } }),
  kind: 'project',
  reportingOrg: { name: 'Ministry' },
  hosts: ['KEN'],
  partners: [
    { no: '1', iso3: 'KEN', role: 'first_provider' },
    { no: '2', iso3: 'UGA', role: 'recipient' },
  ],
  ...more,
})

async function person(db: Db, id: string, role: string, scope: string, scopeId: string | null, endsAt: string | null = null) {
  await db.run(sql`
    insert into users (id, email, name, lang, state, version, created_at, created_by, updated_at, updated_by)
    values (${id}, ${`${id}@example.org`}, ${id}, 'en', 'active', 1, now(), 'test', now(), 'test')
    on conflict do nothing
  `)
  await db.run(sql`
    insert into grants (id, user_id, role, scope, scope_id, starts_at, ends_at, given_at, given_by)
    values (${`${id}-${role}-${scopeId}`}, ${id}, ${role}, ${scope}, ${scopeId}, '2026-01-01', ${endsAt}, '2026-01-01', 'test')
  `)
  return { id, kind: 'user', name: id, grants: await loadGrants(db, id) } satisfies Actor
}

const REASONED: readonly RecordState[] = ['returned']

async function record(
  desk: RegistryDesk,
  author: Actor | undefined,
  ownerOrg: string,
  content: InitiativeFacts,
  ...to: RecordState[]
) {
  let current = await desk.run(
    registerInitiative,
    { collection: 'ours', facts: content, listed: [{ year: 2024 }], ownerOrg },
    author,
  )
  for (const state of to) {
    const reason = REASONED.includes(state) ? { reason: 'Incomplete.' } : {}
    current = await desk.run(moveInitiative, { id: current.id, version: current.version, to: state, ...reason })
  }
  return current
}

/** The ministry of Kenya with two focal points, the ministry of Uganda, the secretariat; records in several states. */
async function atMinistry(
  work: (desk: RegistryDesk, people: Readonly<Record<string, Actor>>, orgs: Readonly<Record<string, string>>) => Promise<void>,
) {
  await atRegistryDesk(async (desk) => {
    const db = desk.database
    const org = async (name: string, countryCode: string) =>
      (await desk.run(registerOrg, { names: { orig: 'en', texts: { en: name } }, orgType: '10', countryCode })).id
    const [kenya, uganda] = [await org('Ministry of Kenya', 'KEN'), await org('Ministry of Uganda', 'UGA')]
    const people = {
      amina: await person(db, 'amina', 'national_focal_point', 'country', 'KEN'),
      juma: await person(db, 'juma', 'national_focal_point', 'country', 'KEN', new Date(Date.now() + 86_400_000).toISOString()),
      uganda: await person(db, 'uganda', 'national_focal_point', 'country', 'UGA'),
      desk: await person(db, 'desk', 'secretariat', 'instance', null),
    }
    desk.setTime(new Date().toISOString())
    await desk.run(createCollection, { key: 'ours', ownerOrg: kenya })
    await record(desk, people.amina, kenya, facts('Draft'))
    await record(desk, people.amina, kenya, facts('By Amina'), 'submitted')
    await record(desk, people.juma, kenya, facts('By Juma', { goals: [{ goal: '2' }] }), 'submitted')
    await record(desk, people.amina, kenya, facts('Returned'), 'submitted', 'returned')
    await record(desk, people.amina, kenya, facts('Published'), 'submitted', 'verified', 'published')
    await record(desk, undefined, uganda, facts('Of Uganda', { hosts: ['UGA'] }), 'submitted', 'verified', 'published')
    await record(desk, undefined, uganda, facts('Hidden', { hosts: ['UGA'] }))
    await work(desk, people, { kenya, uganda })
  })
}

const KENYA = { kind: 'country', id: 'KEN' } as const

describe('the workspace of a country', () => {
  test('is refused to strangers and to the focal point of another country; the secretariat opens any', () =>
    atMinistry(async (desk, people) => {
      for (const actor of [ANONYMOUS, people.uganda]) {
        for (const operation of [getWorkspace, listWorkspaceRecords, exportWorkspaceRecords]) {
          const call = desk.run(operation as typeof listWorkspaceRecords, { ...KENYA, list: 'reported' }, actor)
          await expect(call).rejects.toMatchObject({ code: 'operations.permission-lacking' })
        }
      }
      expect(await desk.run(getWorkspace, KENYA, people.desk)).toMatchObject({ reportedTotal: 5 })
    }))

  test('counts by hand: what names it, what it reported, what waits, what is missing', () =>
    atMinistry(async (desk, people) => {
      const workspace = await desk.run(getWorkspace, KENYA, people.amina)
      expect(workspace.named).toMatchObject({ listings: 6, filter: { values: { country: ['KEN'] } } })
      expect(workspace.named.roles).toEqual([
        { role: 'host', count: 5 },
        { role: 'provider', count: 6 },
        { role: 'recipient', count: 0 },
        { role: 'partner', count: 6 },
      ])
      expect(workspace.reported).toEqual([
        { state: 'draft', count: 1 },
        { state: 'submitted', count: 2 },
        { state: 'returned', count: 1 },
        { state: 'published', count: 1 },
      ])
      expect(workspace.waiting).toEqual([
        { key: 'to-verify', count: 1 },
        { key: 'own-to-verify', count: 1 },
        { key: 'state-returned', count: 1 },
        { key: 'state-draft', count: 1 },
        { key: 'roles', count: 1 },
      ])
      expect(workspace.gaps).toContainEqual({ field: 'goals', count: 4 })
      expect(workspace.gaps).toContainEqual({ field: 'sectors', count: 5 })
      expect(workspace.gaps.map(({ field }) => field)).not.toContain('title')
      expect(workspace.scope.holders.map(({ userName }) => userName)).toEqual(['amina', 'juma'])
      expect(JSON.stringify(workspace)).not.toContain('Hidden')
    }))

  test('every number is the length of its list and of its download', () =>
    atMinistry(async (desk, people) => {
      for (const list of ['reported', 'state-submitted', 'to-verify', 'own-to-verify', 'gap-goals']) {
        const page = await desk.run(listWorkspaceRecords, { ...KENYA, list }, people.amina)
        expect([list, page.rows.length]).toEqual([list, page.total])
        const inFile: string[] = []
        for await (const batch of await desk.run(exportWorkspaceRecords, { ...KENYA, list }, people.amina)) {
          inFile.push(...batch.map(({ initiativeId }) => initiativeId))
        }
        expect(inFile.sort()).toEqual(page.rows.map(({ id }) => id).sort())
      }
      const [mine] = (await desk.run(listWorkspaceRecords, { ...KENYA, list: 'own-to-verify' }, people.amina)).rows
      expect(mine?.title?.texts.en).toBe('By Amina')
    }))

  test('objections: raised by it, and of others against its records', () =>
    atMinistry(async (desk, people) => {
      const says = { kind: 'not_ours', text: 'No.' } as const
      const ids = await desk.database.many<{ id: string; title: string }>(
        sql`select id, title_text as title from initiatives where state = 'published'`,
      )
      const idOf = (title: string) => ids.find((one) => one.title === title)?.id ?? ''
      await desk.run(raiseObjection, { initiativeId: idOf('Of Uganda'), country: 'KEN', ...says }, people.amina)
      await desk.run(raiseObjection, { initiativeId: idOf('Published'), country: 'UGA', ...says }, people.uganda)
      const { raised, received, waiting } = await desk.run(getWorkspace, KENYA, people.amina)
      expect(raised.map(({ initiativeId }) => initiativeId)).toEqual([idOf('Of Uganda')])
      expect(received.map(({ country }) => country)).toEqual(['UGA'])
      expect(waiting).toContainEqual({ key: 'objections-to-answer', count: 1 })
    }))

  test('a country that is none, or an organisation that is gone, is missing', () =>
    atMinistry(async (desk, people) => {
      for (const key of [{ kind: 'country', id: 'XXX' } as const, { kind: 'entity', id: 'none' } as const]) {
        await expect(desk.run(getWorkspace, key, people.desk)).rejects.toMatchObject({ code: 'workspace.scope-missing' })
      }
    }))
})

test('what waits for me: in each of my scopes, and for the secretariat in the whole registry', () =>
  atMinistry(async (desk, people) => {
    expect(await desk.run(listWaiting, {}, people.uganda)).toEqual([
      { scope: { kind: 'country', id: 'UGA' }, names: null, waiting: [{ key: 'state-draft', count: 1 }] },
    ])
    expect(await desk.run(listWaiting, {}, people.desk)).toEqual([
      { scope: null, names: null, waiting: [{ key: 'to-verify', count: 2 }] },
    ])
    await expect(desk.run(listWaiting, {}, ANONYMOUS)).rejects.toMatchObject({ code: 'operations.permission-lacking' })
  }))
