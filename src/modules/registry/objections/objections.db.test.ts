import { describe, expect, test } from 'vitest'
import { sql } from '../../../database/db.ts'
import type { Actor, Grant } from '../../../operations/index.ts'
import { ANONYMOUS } from '../../../operations/index.ts'
import { registerOrg } from '../../directory/index.ts'
import {
  answerObjection,
  createCollection,
  getInitiative,
  type InitiativeFacts,
  type InitiativeRecord,
  listObjections,
  moveInitiative,
  namedCountries,
  raiseObjection,
  registerInitiative,
  reviseInitiative,
  settleObjection,
} from '../index.ts'
import { atRegistryDesk, type RegistryDesk } from '../testing/registry-desk.ts'

const FACTS: InitiativeFacts = {
  title: { orig: 'en', texts: { en: 'Irrigation' } },
  kind: 'project',
  reportingOrg: { name: 'UNDP' },
  hosts: ['GHA'],
  partners: [
    { no: '1', iso3: 'CHN', role: 'first_provider' },
    { no: '2', iso3: 'KEN', role: 'recipient' },
  ],
}

const SAYS = { country: 'KEN', kind: 'role_wrong', text: 'We provided, we did not receive.' } as const

function focalPoint(iso3: string, orgs: readonly string[] = []): Actor {
  const grant: Grant = { role: 'national_focal_point', scope: 'country', scopeId: iso3, orgs, countries: [iso3] }
  return { id: `focal-${iso3.toLowerCase()}`, kind: 'user', name: iso3, grants: [grant] }
}

const MEMBER: Actor = { id: 'member', kind: 'user', name: 'A member', grants: [] }
const SECRETARIAT: Actor = {
  id: 'desk',
  kind: 'user',
  name: 'Secretariat',
  grants: [{ role: 'secretariat', scope: 'instance', scopeId: null, orgs: [], countries: [] }],
}

async function published(desk: RegistryDesk, ownerOrg?: string): Promise<InitiativeRecord> {
  await desk.run(createCollection, { key: 'ours' })
  let record = await desk.run(registerInitiative, {
    collection: 'ours',
    facts: FACTS,
    listed: [{ year: 2014 }],
    ...(ownerOrg ? { ownerOrg } : {}),
  })
  for (const to of ['submitted', 'verified', 'published'] as const) {
    record = await desk.run(moveInitiative, { id: record.id, version: record.version, to })
  }
  return record
}

describe('raising an objection', () => {
  test.each([
    ['a stranger', ANONYMOUS],
    ['a member without a role', MEMBER],
    ['the secretariat, which speaks for no country', SECRETARIAT],
    ['the focal point of another country', focalPoint('PER')],
  ])('is refused to %s', (_who, actor) =>
    atRegistryDesk(async (desk) => {
      const { id } = await published(desk)
      await expect(desk.run(raiseObjection, { initiativeId: id, ...SAYS }, actor)).rejects.toMatchObject({
        code: 'operations.permission-lacking',
      })
    }),
  )

  test('a country that the record does not name has none, and learns which are named', () =>
    atRegistryDesk(async (desk) => {
      const { id } = await published(desk)
      const wrong = desk.run(raiseObjection, { initiativeId: id, ...SAYS, country: 'PER' }, focalPoint('PER'))
      await expect(wrong).rejects.toMatchObject({
        code: 'objections.country-not-named',
        params: { country: 'PER', accepted: 'CHN, GHA, KEN' },
      })
    }))

  test('what the country may not see does not exist for it', () =>
    atRegistryDesk(async (desk) => {
      await desk.run(createCollection, { key: 'ours' })
      const draft = await desk.run(registerInitiative, { collection: 'ours', facts: FACTS })
      await expect(desk.run(raiseObjection, { initiativeId: draft.id, ...SAYS }, focalPoint('KEN'))).rejects.toMatchObject({
        code: 'registry.initiative-missing',
      })
    }))

  test('members read it; the public learns that the country disagrees, and not what it says', () =>
    atRegistryDesk(async (desk) => {
      const { id } = await published(desk)
      const raised = await desk.run(raiseObjection, { initiativeId: id, ...SAYS }, focalPoint('KEN'))
      expect(raised).toMatchObject({ state: 'open', version: 1, recordVersion: 4, country: 'KEN' })
      expect(await desk.run(listObjections, { initiativeId: id }, MEMBER)).toMatchObject([{ text: SAYS.text }])
      expect(await desk.run(listObjections, { initiativeId: id }, ANONYMOUS)).toEqual([])
      const view = await desk.run(getInitiative, { id }, ANONYMOUS)
      expect(view.disagreements).toEqual([{ country: 'KEN', count: 1 }])
      expect(JSON.stringify(view)).not.toContain(SAYS.text)
    }))

  test('one of each kind waits at a time', () =>
    atRegistryDesk(async (desk) => {
      const { id } = await published(desk)
      const kenya = focalPoint('KEN')
      const first = await desk.run(raiseObjection, { initiativeId: id, ...SAYS }, kenya)
      await expect(desk.run(raiseObjection, { initiativeId: id, ...SAYS }, kenya)).rejects.toMatchObject({
        code: 'objections.objection-waits',
        params: { id: first.id },
      })
      await desk.run(raiseObjection, { initiativeId: id, ...SAYS, kind: 'not_ours' }, kenya)
      await desk.run(settleObjection, { id: first.id, version: 1, to: 'withdrawn' }, kenya)
      expect(await desk.run(raiseObjection, { initiativeId: id, ...SAYS }, kenya)).toMatchObject({ state: 'open' })
    }))
})

describe('answering and settling', () => {
  test('the owner answers, the country opens it again with a reason, then closes it; each step is audited', () =>
    atRegistryDesk(async (desk) => {
      const org = await desk.run(registerOrg, { names: { orig: 'en', texts: { en: 'Agency' } }, orgType: '40' })
      const record = await published(desk, org.id)
      const owner: Actor = {
        id: 'owner',
        kind: 'user',
        name: 'Owner',
        grants: [{ role: 'entity_focal_point', scope: 'entity', scopeId: org.id, orgs: [org.id], countries: [] }],
      }
      const kenya = focalPoint('KEN')
      const { id } = await desk.run(raiseObjection, { initiativeId: record.id, ...SAYS }, kenya)
      await expect(desk.run(answerObjection, { id, version: 1, text: 'Ours.' }, kenya)).rejects.toMatchObject({
        code: 'operations.permission-lacking',
      })
      await expect(desk.run(answerObjection, { id, version: 1, text: 'x', recordVersion: 9 }, owner)).rejects.toMatchObject({
        code: 'objections.version-not-there',
      })
      await desk.run(answerObjection, { id, version: 1, text: 'The letter of 2014 says so.', recordVersion: 4 }, owner)
      await expect(desk.run(answerObjection, { id, version: 1, text: 'Late.' }, SECRETARIAT)).rejects.toMatchObject({
        code: 'objections.objection-changed-meanwhile',
      })
      await expect(desk.run(settleObjection, { id, version: 2, to: 'closed' }, owner)).rejects.toMatchObject({
        code: 'operations.permission-lacking',
      })
      await expect(desk.run(settleObjection, { id, version: 2, to: 'open' }, kenya)).rejects.toMatchObject({
        code: 'objections.remark-required',
      })
      await desk.run(settleObjection, { id, version: 2, to: 'open', remark: 'The letter is of 2013.' }, kenya)
      await desk.run(answerObjection, { id, version: 3, text: 'Corrected.' }, SECRETARIAT)
      const closed = await desk.run(settleObjection, { id, version: 4, to: 'closed' }, kenya)
      expect(closed).toMatchObject({ state: 'closed', answer: 'Corrected.', remark: 'The letter is of 2013.', version: 5 })
      await expect(desk.run(settleObjection, { id, version: 5, to: 'withdrawn' }, kenya)).rejects.toMatchObject({
        code: 'objections.move-not-allowed',
      })
      const events = await desk.database.many<{ action: string }>(
        sql`select action from audit_events where aggregate = 'objections' and outcome = 'done' order by seq`,
      )
      expect(events.map(({ action }) => action)).toEqual(['raised', 'answered', 'reopened', 'answered', 'closed'])
      expect((await desk.run(getInitiative, { id: record.id }, ANONYMOUS)).disagreements).toEqual([])
    }))

  test('a host does not answer its own objection, another host of the record does', () =>
    atRegistryDesk(async (desk) => {
      const record = await published(desk)
      const { id } = await desk.run(raiseObjection, { initiativeId: record.id, ...SAYS, country: 'GHA' }, focalPoint('GHA'))
      await expect(desk.run(answerObjection, { id, version: 1, text: 'Ours.' }, focalPoint('GHA'))).rejects.toMatchObject({
        code: 'operations.permission-lacking',
      })
      expect(await desk.run(answerObjection, { id, version: 1, text: 'So it is.' }, SECRETARIAT)).toMatchObject({
        state: 'answered',
      })
    }))

  test('it stays through a revision and an import that change the record', () =>
    atRegistryDesk(async (desk) => {
      await desk.import('theirs', [{ identifier: 'X', facts: FACTS, listed: { year: 2014 } }])
      const { initiative } = await desk.database.one<{ initiative: string }>(sql`select id as initiative from initiatives`)
      await desk.run(raiseObjection, { initiativeId: initiative, ...SAYS }, focalPoint('KEN'))
      await desk.import('theirs', [{ identifier: 'X', facts: { ...FACTS, hosts: ['ZMB'] }, listed: { year: 2015 } }])
      const { record } = await desk.run(getInitiative, { id: initiative })
      await desk.run(reviseInitiative, { id: initiative, version: record.version, facts: { ...FACTS, hosts: ['GHA'] } })
      expect(await desk.run(listObjections, { initiativeId: initiative }, MEMBER)).toMatchObject([{ state: 'open' }])
    }))
})

test('every way of naming a country counts: host, engaged, benefiting, partner, member of a group', () => {
  const facts: InitiativeFacts = {
    hosts: ['GHA'],
    engagedCountries: ['TGO'],
    countries: [{ iso3: 'BEN' }],
    partners: [
      { no: '1', iso3: 'GHA' },
      { no: '2', collective: { memberIso3: ['MLI'] } },
    ],
  }
  expect(namedCountries(facts)).toEqual(['BEN', 'GHA', 'MLI', 'TGO'])
})
