import { expect, test } from 'vitest'
import { sql } from '../../../database/db.ts'
import { type Actor, ANONYMOUS } from '../../../operations/index.ts'
import { registerOrg } from '../../directory/index.ts'
import {
  createCollection,
  getInitiative,
  getInitiativeHistory,
  type InitiativeFacts,
  moveInitiative,
  registerInitiative,
  reviseInitiative,
} from '../index.ts'
import { atRegistryDesk, type RegistryDesk } from '../testing/registry-desk.ts'

const FACTS: InitiativeFacts = {
  title: { orig: 'en', texts: { en: 'Wells' } },
  kind: 'project',
  reportingOrg: { name: 'Office' },
  partners: [{ no: '1', iso3: 'CHN', role: 'first_provider', partnerType: 'national_government' }],
  contact: 'amina@example.org',
}

const MEMBER: Actor = { id: 'member', kind: 'user', name: 'Member', grants: [] }

async function givenPublished(desk: RegistryDesk) {
  const { id: org } = await desk.run(registerOrg, { names: { orig: 'en', texts: { en: 'Office' } }, orgType: '22' })
  await desk.run(createCollection, { key: 'ours', ownerOrg: org })
  let { id, version } = await desk.run(registerInitiative, { collection: 'ours', facts: FACTS })
  for (const to of ['submitted', 'verified', 'published'] as const) {
    version = (await desk.run(moveInitiative, { id, version, to })).version
  }
  const grant = { role: 'entity_focal_point', scope: 'entity', scopeId: org, orgs: [org], countries: [] } as const
  return { id, version, focal: { id: 'focal', kind: 'user', name: 'Focal', grants: [grant] } satisfies Actor }
}

test('the contact is shown neither to a stranger nor to a member, only to those who may edit the record', () =>
  atRegistryDesk(async (desk) => {
    const { id, focal } = await givenPublished(desk)
    for (const actor of [ANONYMOUS, MEMBER]) {
      expect(JSON.stringify(await desk.run(getInitiative, { id }, actor))).not.toContain('amina')
    }
    expect((await desk.run(getInitiative, { id }, focal)).record.facts.contact).toBe('amina@example.org')
    const [newest] = await desk.run(getInitiativeHistory, { id }, focal)
    expect(newest?.snapshot.facts.contact).toBe('amina@example.org')
  }))

test('the audit trail holds digests of it, and the values where they can be erased', () =>
  atRegistryDesk(async (desk) => {
    const { id, version } = await givenPublished(desk)
    await desk.run(reviseInitiative, { id, version, facts: { ...FACTS, contact: 'juma@example.org' } })
    const events = await desk.database.many<{ text: string }>(
      sql`select e::text as text from audit_events as e where record_id = ${id}`,
    )
    expect(events).toHaveLength(5)
    expect(events.filter(({ text }) => /amina|juma/.test(text))).toEqual([])
    const values = sql`
      select p.field, p.before, p.after
      from audit_personal_values as p
      join audit_events as e on e.id = p.event_id
      where e.record_id = ${id}
      order by e.seq
    `
    expect(await desk.database.many(values)).toEqual([
      { field: 'facts.contact', before: null, after: '"amina@example.org"' },
      { field: 'facts.contact', before: '"amina@example.org"', after: '"juma@example.org"' },
    ])
  }))
