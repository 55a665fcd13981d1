import { describe, expect, test } from 'vitest'
import { sql } from '../../../database/db.ts'
import { type Actor, ANONYMOUS } from '../../../operations/index.ts'
import {
  createCollection,
  getInitiativeLinks,
  getLinkProposal,
  type InitiativeFacts,
  linkInitiatives,
  listLinkProposals,
  listListings,
  proposeLinks,
  refuseLink,
  reviseInitiative,
  undoImportRun,
  unlinkInitiatives,
} from '../index.ts'
import { lookForLinks } from '../testing/propose-links.ts'
import { atRegistryDesk, type RegistryDesk } from '../testing/registry-desk.ts'

const LACKING = { code: 'operations.permission-lacking', kind: 'refused' }
const BECAUSE = { reason: 'The same harbour, reported by both' }

const HARBOUR: InitiativeFacts = {
  title: { orig: 'en', texts: { en: 'Cold rooms for the fishing harbour of Nacala' } },
  reportingOrg: { name: 'Agency of the South' },
  countries: [{ iso3: 'MOZ' }],
  plannedPeriod: { start: '2014-03-10', end: '2016-09-20' },
  budget: { amount: '735000', currency: 'USD' },
}
/** The same in Arabic, two weeks later, in euros at the rate of 2014 (0.753941 euros for a dollar): 735,000 x 0.753941 = 554,146.64. */
const IN_ARABIC: InitiativeFacts = {
  title: { orig: 'ar', texts: { ar: 'غرف تبريد لميناء الصيد في ناكالا' } },
  reportingOrg: { name: 'الوكالة' },
  countries: [{ iso3: 'MOZ' }],
  plannedPeriod: { start: '2014-03-24', end: '2016-10-05' },
  budget: { amount: '554146.64', currency: 'EUR' },
}
/** Another of the same country and years. */
const SCHOOLS: InitiativeFacts = {
  title: { orig: 'fr', texts: { fr: 'Écoles de sages-femmes' } },
  countries: [{ iso3: 'MOZ' }],
  plannedPeriod: { start: '2014-03-15', end: '2016-09-25' },
  budget: { amount: '91000', currency: 'USD' },
}

interface Given {
  readonly harbour: string
  readonly inArabic: string
  readonly schools: string
}

async function given(desk: RegistryDesk): Promise<Given> {
  await desk.import('south', [{ identifier: 'S-1', facts: HARBOUR }])
  await desk.import('arab', [
    { identifier: 'A-77', facts: IN_ARABIC },
    { identifier: 'A-78', facts: SCHOOLS },
  ])
  const rows = await desk.database.many<{ id: string; identifier: string }>(
    sql`select id, identifier from initiatives order by id`,
  )
  const idOf = (identifier: string) => rows.find((row) => row.identifier === identifier)?.id ?? ''
  return { harbour: idOf('S-1'), inArabic: idOf('A-77'), schools: idOf('A-78') }
}

/** A focal point of Mozambique's ministry owns what it was given; here only the first record. */
async function focalPointOf(desk: RegistryDesk, initiativeId: string): Promise<Actor> {
  await desk.database.run(sql`update initiatives set owner_org = 'entity-1' where id = ${initiativeId}`)
  await desk.database.run(sql`update listings set owner_org = 'entity-1' where initiative_id = ${initiativeId}`)
  const grant = { role: 'entity_focal_point', scope: 'entity', scopeId: 'entity-1', orgs: ['entity-1'], countries: [] } as const
  return { id: 'focal', kind: 'user', name: 'Focal', grants: [grant] }
}

async function refusal(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'done',
    (error: unknown) => error,
  )
}

describe('proposing', () => {
  test('a stranger may not look for pairs, nor see them', () =>
    atRegistryDesk(async (desk) => {
      await given(desk)
      expect(await refusal(desk.run(proposeLinks, {}, ANONYMOUS))).toMatchObject(LACKING)
      expect(await refusal(desk.run(listLinkProposals, {}, ANONYMOUS))).toMatchObject(LACKING)
    }))

  test('an Arabic and an English report in two currencies are proposed with their reasons; another project is not', () =>
    atRegistryDesk(async (desk) => {
      const { harbour, inArabic } = await given(desk)
      expect(await lookForLinks(desk)).toEqual({ records: 3, likely: 1, created: 1, changed: 0, removed: 0 })
      const { rows } = await desk.run(listLinkProposals, {})
      expect(rows).toHaveLength(1)
      expect(rows[0]).toMatchObject({ oneId: harbour, otherId: inArabic, score: 60, doubts: [] })
      expect(rows[0]?.reasons).toEqual([
        { code: 'money-equal', points: 30, params: { percent: 0 } },
        { code: 'dates-near', points: 20, params: { start: 14, end: 15 } },
        { code: 'countries-same', points: 10, params: { countries: 'MOZ' } },
      ])
      expect(rows[0]?.one).toMatchObject({ collection: 'south', identifier: 'S-1' })
      const events = await desk.database.many(sql`
        select action, counts from audit_events where operation = 'registry.keep-link-proposals'
      `)
      expect(events).toEqual([{ action: 'proposed', counts: { records: 3, likely: 1, created: 1, changed: 0, removed: 0 } }])
    }))

  test('what is not likely any more goes, unless a person decided it', () =>
    atRegistryDesk(async (desk) => {
      const { harbour } = await given(desk)
      await lookForLinks(desk)
      const facts: InitiativeFacts = { ...HARBOUR, countries: [{ iso3: 'AGO' }] }
      await desk.run(reviseInitiative, { id: harbour, version: 1, facts })
      expect(await lookForLinks(desk)).toMatchObject({ created: 0, removed: 1 })
      expect((await desk.run(listLinkProposals, {})).total).toBe(0)
    }))

  test('one collection alone can be looked at, and one that does not exist is missing', () =>
    atRegistryDesk(async (desk) => {
      await given(desk)
      expect(await refusal(desk.run(proposeLinks, { collection: 'nowhere' }))).toMatchObject({
        code: 'registry.collection-missing',
      })
      await desk.run(createCollection, { key: 'empty' })
      expect(await lookForLinks(desk, { collection: 'empty' })).toMatchObject({ likely: 0, created: 0 })
      expect(await lookForLinks(desk, { collection: 'south' })).toMatchObject({ likely: 1, created: 1 })
      expect((await desk.run(listLinkProposals, { collection: 'arab' })).total).toBe(1)
      expect((await desk.run(listLinkProposals, { collection: 'empty' })).total).toBe(0)
    }))
})

describe('linking', () => {
  test('takes the right to edit both records', () =>
    atRegistryDesk(async (desk) => {
      const { harbour, inArabic } = await given(desk)
      const focal = await focalPointOf(desk, harbour)
      const input = { oneId: harbour, otherId: inArabic, ...BECAUSE }
      expect(await refusal(desk.run(linkInitiatives, input, focal))).toMatchObject(LACKING)
      expect(await refusal(desk.run(linkInitiatives, { ...input, oneId: inArabic, otherId: harbour }, focal))).toMatchObject(
        LACKING,
      )
      expect(await refusal(desk.run(linkInitiatives, input, ANONYMOUS))).toMatchObject(LACKING)
    }))

  test.each([
    ['a record with itself', ({ harbour }: Given) => ({ oneId: harbour, otherId: harbour, ...BECAUSE }), 'linking.same-record'],
    [
      'without a reason',
      ({ harbour, schools }: Given) => ({ oneId: harbour, otherId: schools, reason: ' ' }),
      'operations.input-not-accepted',
    ],
    [
      'with what is not there',
      ({ harbour }: Given) => ({ oneId: harbour, otherId: 'nothing', ...BECAUSE }),
      'registry.initiative-missing',
    ],
    [
      'led by a third record',
      ({ harbour, inArabic, schools }: Given) => ({ oneId: harbour, otherId: inArabic, leadingId: schools, ...BECAUSE }),
      'linking.leading-not-in-pair',
    ],
  ])('%s is not accepted', (_name, inputOf, code) =>
    atRegistryDesk(async (desk) => {
      expect(await refusal(desk.run(linkInitiatives, inputOf(await given(desk))))).toMatchObject({ code })
    }),
  )

  test('joins both under the record that came first, changes no listing, and the trail says who, what and why', () =>
    atRegistryDesk(async (desk) => {
      const { harbour, inArabic } = await given(desk)
      const before = await desk.run(listListings, {})
      const link = await desk.run(linkInitiatives, { oneId: inArabic, otherId: harbour, ...BECAUSE })
      expect(link).toMatchObject({ oneId: harbour, otherId: inArabic, leadingId: null, reason: BECAUSE.reason })
      expect(await desk.run(getInitiativeLinks, { id: inArabic })).toMatchObject({
        leadingId: harbour,
        others: [{ id: harbour, collection: 'south', identifier: 'S-1' }],
        mayUnlink: [link.id],
      })
      expect(await desk.run(listListings, {})).toEqual(before)
      expect(await refusal(desk.run(linkInitiatives, { oneId: harbour, otherId: inArabic, ...BECAUSE }))).toMatchObject({
        code: 'linking.already-linked',
      })
      const events = await desk.database.many(sql`
        select action, aggregate, record_id as id, reason, actor_id as actor from audit_events
        where operation = 'registry.link-initiatives' and outcome = 'done'
      `)
      expect(events).toEqual([
        { action: 'linked', aggregate: 'initiative_links', id: link.id, reason: BECAUSE.reason, actor: 'local-administrator' },
      ])
    }))

  test('a link taken away out of a group of three leaves the other link, whichever record led', () =>
    atRegistryDesk(async (desk) => {
      const { harbour, inArabic, schools } = await given(desk)
      const first = await desk.run(linkInitiatives, { oneId: harbour, otherId: inArabic, ...BECAUSE })
      await desk.run(linkInitiatives, { oneId: inArabic, otherId: schools, leadingId: schools, ...BECAUSE })
      const group = await desk.run(getInitiativeLinks, { id: harbour })
      expect([group.leadingId, group.others.map(({ id }) => id).sort()]).toEqual([schools, [inArabic, schools].sort()])

      await desk.run(unlinkInitiatives, { linkId: first.id, reason: 'Another harbour' })
      expect(await desk.run(getInitiativeLinks, { id: harbour })).toEqual({
        leadingId: harbour,
        others: [],
        links: [],
        mayUnlink: [],
      })
      expect(await desk.run(getInitiativeLinks, { id: inArabic })).toMatchObject({
        leadingId: schools,
        others: [{ id: schools }],
      })
      expect(await refusal(desk.run(unlinkInitiatives, { linkId: first.id, reason: 'Again' }))).toMatchObject({
        code: 'linking.link-missing',
      })
      const events = await desk.database.many(sql`
        select action, reason, before ->> 'oneId' as one from audit_events where operation = 'registry.unlink-initiatives' and outcome = 'done'
      `)
      expect(events).toEqual([{ action: 'unlinked', reason: 'Another harbour', one: harbour }])
    }))

  test('a member sees only as much of a group as of its records', () =>
    atRegistryDesk(async (desk) => {
      const { harbour, inArabic } = await given(desk)
      await desk.run(linkInitiatives, { oneId: harbour, otherId: inArabic, ...BECAUSE })
      expect((await desk.run(getInitiativeLinks, { id: inArabic }, ANONYMOUS)).others).toHaveLength(1)
      await desk.database.run(sql`update initiatives set visibility = 'group' where id = ${harbour}`)
      await desk.database.run(sql`update listings set visibility = 'group' where initiative_id = ${harbour}`)
      const seen = await desk.run(getInitiativeLinks, { id: inArabic }, ANONYMOUS)
      expect(seen).toEqual({ leadingId: inArabic, others: [], links: [], mayUnlink: [] })
    }))
})

describe('refusing', () => {
  async function proposed(desk: RegistryDesk) {
    const ids = await given(desk)
    await lookForLinks(desk)
    const [proposal] = (await desk.run(listLinkProposals, {})).rows
    if (!proposal) throw new Error('nothing was proposed')
    return { ...ids, proposal }
  }

  test('takes the right to both; one of them is enough to look at the pair', () =>
    atRegistryDesk(async (desk) => {
      const { harbour, proposal } = await proposed(desk)
      const focal = await focalPointOf(desk, harbour)
      expect(await desk.run(getLinkProposal, { id: proposal.id }, focal)).toMatchObject({ mayDecide: false, state: 'proposed' })
      const input = { proposalId: proposal.id, version: 1 }
      expect(await refusal(desk.run(refuseLink, input, focal))).toMatchObject(LACKING)
      expect(await refusal(desk.run(refuseLink, { ...input, proposalId: 'nothing' }))).toMatchObject({
        code: 'linking.proposal-missing',
      })
    }))

  test('a refused pair does not come again; the question can be opened again; two who decide at once are told', () =>
    atRegistryDesk(async (desk) => {
      const { proposal } = await proposed(desk)
      await desk.run(refuseLink, { proposalId: proposal.id, version: 1, reason: 'Two harbours' })
      expect(await lookForLinks(desk)).toMatchObject({ created: 0, changed: 0, removed: 0 })
      expect((await desk.run(listLinkProposals, {})).total).toBe(0)
      expect((await desk.run(listLinkProposals, { state: 'refused' })).rows).toMatchObject([
        { decision: 'refused', decisionReason: 'Two harbours', decidedBy: 'local-administrator' },
      ])
      expect(await refusal(desk.run(refuseLink, { proposalId: proposal.id, version: 1, decision: 'unsure' }))).toMatchObject({
        code: 'linking.decided-meanwhile',
        params: { version: 1, found: 2 },
      })
      await desk.run(refuseLink, { proposalId: proposal.id, version: 2, decision: 'unsure' })
      expect((await desk.run(listLinkProposals, { state: 'unsure' })).total).toBe(1)
      await desk.run(refuseLink, { proposalId: proposal.id, version: 3, decision: 'open' })
      expect((await desk.run(listLinkProposals, {})).total).toBe(1)
      const events = await desk.database.many<{ action: string }>(sql`
        select action from audit_events where operation = 'registry.refuse-link' and outcome = 'done' order by seq
      `)
      expect(events.map(({ action }) => action)).toEqual(['refused', 'unsure', 'reopened'])
    }))

  test('what is linked is decided: it stands under linked, and goes back to where it was when the link goes', () =>
    atRegistryDesk(async (desk) => {
      const { proposal } = await proposed(desk)
      const link = await desk.run(linkInitiatives, { oneId: proposal.oneId, otherId: proposal.otherId, ...BECAUSE })
      expect(await desk.run(getLinkProposal, { id: proposal.id })).toMatchObject({ state: 'linked', link: { id: link.id } })
      expect((await desk.run(listLinkProposals, { state: 'linked' })).total).toBe(1)
      expect(await refusal(desk.run(refuseLink, { proposalId: proposal.id, version: 1 }))).toMatchObject({
        code: 'linking.linked-already-decided',
      })
      await desk.run(unlinkInitiatives, { linkId: link.id, reason: 'Two after all' })
      expect((await desk.run(listLinkProposals, {})).rows).toMatchObject([{ id: proposal.id, version: 1, decision: null }])
    }))
})

test('an import is not taken back over a link that a person made; without the link it is', () =>
  atRegistryDesk(async (desk) => {
    await desk.import('south', [{ identifier: 'S-1', facts: HARBOUR }])
    const run = await desk.import('arab', [{ identifier: 'A-77', facts: IN_ARABIC }])
    const [one, other] = await desk.database.many<{ id: string }>(sql`select id from initiatives order by id`)
    const { id: linkId } = await desk.run(linkInitiatives, { oneId: one?.id ?? '', otherId: other?.id ?? '', ...BECAUSE })
    expect(await refusal(desk.run(undoImportRun, { runId: run.id }))).toMatchObject({
      code: 'registry.run-decided-since',
      params: { count: 1 },
    })
    await desk.run(unlinkInitiatives, { linkId, reason: 'Two harbours' })
    expect(await desk.run(undoImportRun, { runId: run.id })).toMatchObject({ state: 'undone' })
  }))
