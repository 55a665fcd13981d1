import { describe, expect, test } from 'vitest'
import { sql } from '../../../database/db.ts'
import { ANONYMOUS } from '../../../operations/index.ts'
import {
  getOrgQuery,
  getPerson,
  listLikelyDuplicates,
  listOrgMerges,
  listOrgs,
  loadShippedOrgs,
  mergeOrgs,
  previewMerge,
  registerPerson,
  resolveOrgNames,
  reviseOrg,
  undoMerge,
} from '../index.ts'
import { atDirectoryDesk, type DirectoryDesk, INSTANCE, member } from '../testing/directory-desk.ts'

const LACKING = { code: 'operations.permission-lacking', kind: 'refused' }
const secretariat = member('desk', { role: 'secretariat', ...INSTANCE })
const BECAUSE = { reason: 'The same body, entered twice' }

/** An agency entered twice: the second time with a French name, another spelling and an identifier. */
async function givenTwice(desk: DirectoryDesk) {
  const first = await desk.org('Agency for Cooperation', { countryCode: 'BEN', acronyms: { en: 'AC' } })
  const second = await desk.org('Benin Cooperation Agency', {
    names: { orig: 'en', texts: { en: 'Benin Cooperation Agency', fr: 'Agence de coopération' } },
    countryCode: 'BEN',
    iatiId: 'BJ-123',
    aliases: ['ABC'],
  })
  return { first, second }
}

describe('merging two organisations', () => {
  test('a stranger, a member and a focal point may not', () =>
    atDirectoryDesk(async (desk) => {
      const { first, second } = await givenTwice(desk)
      const focal = member('focal', {
        role: 'entity_focal_point',
        scope: 'entity',
        scopeId: first.id,
        orgs: [first.id, second.id],
        countries: [],
      })
      for (const actor of [ANONYMOUS, member('reader'), focal]) {
        const problem = await desk.refusal(mergeOrgs, { keptId: first.id, mergedId: second.id, ...BECAUSE }, actor)
        expect(problem).toMatchObject(LACKING)
      }
    }))

  test('6.1: the older id stays, whichever is named; names, aliases and identifiers flow into it and resolve', () =>
    atDirectoryDesk(async (desk) => {
      const { first, second } = await givenTwice(desk)
      const merge = await desk.run(mergeOrgs, { keptId: second.id, mergedId: first.id, ...BECAUSE }, secretariat)
      expect(merge).toMatchObject({ keptId: first.id, mergedId: second.id })
      expect(await desk.run(getOrgQuery, { org: first.id })).toMatchObject({
        names: { orig: 'en', texts: { en: 'Agency for Cooperation', fr: 'Agence de coopération' } },
        aliases: ['Benin Cooperation Agency', 'ABC'],
        iatiId: 'BJ-123',
        iatiIdBasis: 'stated',
        version: 2,
        duplicateOf: null,
      })
      expect(await desk.run(getOrgQuery, { org: second.id })).toMatchObject({ duplicateOf: first.id, version: 2 })
      expect((await desk.run(listOrgs, {})).rows.map(({ id }) => id)).toEqual([first.id])
      const found = await desk.run(resolveOrgNames, { names: ['Agence de coopération', 'BJ-123', 'Benin Cooperation Agency'] })
      expect(found.map((one) => one.status === 'found' && one.org.id)).toEqual([first.id, first.id, first.id])
      const events = await desk.database.many(sql`
        select record_id as id, action, reason from audit_events where operation = 'directory.merge-orgs' order by action
      `)
      expect(events).toEqual([
        { id: second.id, action: 'merged', reason: BECAUSE.reason },
        { id: first.id, action: 'received-merge', reason: BECAUSE.reason },
      ])
    }))

  test('parts, people and records merged before follow; a chain is one step long', () =>
    atDirectoryDesk(async (desk) => {
      const { first, second } = await givenTwice(desk)
      const third = await desk.org('Agency, third entry', { countryCode: 'BEN' })
      const part = await desk.org('Regional office', { parentId: second.id, ownerOrg: second.id })
      const person = await desk.run(registerPerson, {
        name: 'Amina Otieno',
        affiliations: [{ orgId: second.id }],
        ownerOrg: second.id,
      })
      await desk.run(mergeOrgs, { keptId: second.id, mergedId: third.id, ...BECAUSE })
      // Naming the merged one means the one to which it leads.
      await desk.run(mergeOrgs, { keptId: first.id, mergedId: third.id, ...BECAUSE })
      expect(await desk.run(getOrgQuery, { org: third.id })).toMatchObject({ duplicateOf: first.id })
      expect(await desk.run(getOrgQuery, { org: second.id })).toMatchObject({ duplicateOf: first.id })
      expect(await desk.run(getOrgQuery, { org: part.id })).toMatchObject({ parentId: first.id, ownerOrg: first.id })
      expect(await desk.run(getPerson, { id: person.id })).toMatchObject({
        ownerOrg: first.id,
        affiliations: [{ orgId: first.id }],
      })
      const again = await desk.refusal(mergeOrgs, { keptId: third.id, mergedId: second.id, ...BECAUSE })
      expect(again).toEqual({ code: 'directory.merge-needs-two', kind: 'invalid', params: { org: first.id } })
    }))

  test('a shipped organisation stays, and two shipped ones are two', () =>
    atDirectoryDesk(async (desk) => {
      const entered = await desk.org('UN Development Programme, Benin desk', { orgType: '40' })
      await desk.run(loadShippedOrgs, {})
      const undp = await desk.run(getOrgQuery, { org: 'undp' })
      const merge = await desk.run(mergeOrgs, { keptId: entered.id, mergedId: 'undp', ...BECAUSE })
      expect(merge).toMatchObject({ keptId: undp.id, mergedId: entered.id })
      const problem = await desk.refusal(mergeOrgs, { keptId: 'undp', mergedId: 'unicef', ...BECAUSE })
      expect(problem).toMatchObject({ code: 'directory.merge-of-shipped', kind: 'refused' })
      // A later load of what is shipped must not undo what a person decided.
      await desk.database.run(sql`update orgs set shipped_digest = 'older' where key = 'undp'`)
      await desk.run(loadShippedOrgs, {})
      expect((await desk.run(getOrgQuery, { org: 'undp' })).aliases).toContain('UN Development Programme, Benin desk')
    }))

  test('a part and its whole: the part takes the place; a grandchild is refused', () =>
    atDirectoryDesk(async (desk) => {
      const old = await desk.org('Old bureau')
      const whole = await desk.org('Ministry', { countryCode: 'BEN' })
      const middle = await desk.org('Directorate', { parentId: whole.id })
      const below = await desk.refusal(mergeOrgs, { keptId: whole.id, mergedId: middle.id, reason: '' })
      expect(below).toMatchObject({ code: 'operations.input-not-accepted' })
      await desk.run(reviseOrg, { id: old.id, version: 1, changes: { parentId: middle.id } })
      expect(await desk.refusal(mergeOrgs, { keptId: old.id, mergedId: whole.id, ...BECAUSE })).toEqual({
        code: 'directory.merge-would-loop',
        kind: 'conflict',
        params: { kept: 'Old bureau', merged: 'Ministry' },
      })
      await desk.run(mergeOrgs, { keptId: old.id, mergedId: middle.id, ...BECAUSE })
      expect(await desk.run(getOrgQuery, { org: old.id })).toMatchObject({ parentId: whole.id })
    }))

  test('the question before shows the same as the deed does', () =>
    atDirectoryDesk(async (desk) => {
      const { first, second } = await givenTwice(desk)
      await desk.run(registerPerson, { name: 'Amina Otieno', affiliations: [{ orgId: second.id }] })
      const ids = { keptId: second.id, mergedId: first.id }
      expect(await desk.refusal(previewMerge, ids, ANONYMOUS)).toMatchObject(LACKING)
      const preview = await desk.run(previewMerge, ids)
      expect(preview).toMatchObject({
        kept: { id: first.id },
        merged: { id: second.id },
        changes: ['aliases', 'iatiId', 'iatiIdBasis', 'names'],
        moves: { parts: 0, duplicates: 0, owned: 0, people: 1 },
      })
      await desk.run(mergeOrgs, { ...ids, ...BECAUSE })
      expect(await desk.run(getOrgQuery, { org: first.id })).toMatchObject(preview.after)
    }))
})

describe('taking a merge back', () => {
  test('a stranger may not, and an unknown merge is missing', () =>
    atDirectoryDesk(async (desk) => {
      expect(await desk.refusal(undoMerge, { mergeId: 'none', reason: 'x' }, ANONYMOUS)).toMatchObject(LACKING)
      expect(await desk.refusal(undoMerge, { mergeId: 'none', reason: 'x' })).toMatchObject({
        code: 'directory.merge-missing',
        kind: 'missing',
      })
    }))

  test('both records are as before, what was moved goes back, and the trail shows both ways', () =>
    atDirectoryDesk(async (desk) => {
      const { first, second } = await givenTwice(desk)
      const part = await desk.org('Regional office', { parentId: second.id })
      const person = await desk.run(registerPerson, { name: 'Amina Otieno', affiliations: [{ orgId: second.id }] })
      const { id } = await desk.run(mergeOrgs, { keptId: first.id, mergedId: second.id, ...BECAUSE })
      expect(await desk.run(undoMerge, { mergeId: id, reason: 'They are two' }, secretariat)).toMatchObject({ left: 0 })
      const without = ({ version: _v, updatedAt: _a, updatedBy: _b, ...rest }: typeof first) => rest
      expect(without(await desk.run(getOrgQuery, { org: first.id }))).toEqual(without(first))
      expect(without(await desk.run(getOrgQuery, { org: second.id }))).toEqual(without(second))
      expect(await desk.run(getOrgQuery, { org: part.id })).toMatchObject({ parentId: second.id })
      expect(await desk.run(getPerson, { id: person.id })).toMatchObject({ affiliations: [{ orgId: second.id }] })
      const actions = await desk.database.many<{ action: string }>(sql`
        select action from audit_events where operation = 'directory.undo-merge' order by action
      `)
      expect(actions.map(({ action }) => action)).toEqual(['changed', 'gave-merge-back', 'unmerged'])
      expect((await desk.refusal(undoMerge, { mergeId: id, reason: 'again' })).code).toBe('directory.merge-already-undone')
      expect(await desk.run(listOrgMerges, { orgId: second.id })).toMatchObject([{ id, reason: BECAUSE.reason }])
    }))

  test('is refused with the fields when what the merge wrote was changed since; other changes stay', () =>
    atDirectoryDesk(async (desk) => {
      const { first, second } = await givenTwice(desk)
      const { id } = await desk.run(mergeOrgs, { keptId: first.id, mergedId: second.id, ...BECAUSE })
      await desk.run(reviseOrg, { id: first.id, version: 2, changes: { partOfUnSystem: true } })
      await desk.run(reviseOrg, { id: first.id, version: 3, changes: { aliases: [] } })
      const problem = await desk.refusal(undoMerge, { mergeId: id, reason: 'They are two' })
      expect(problem).toMatchObject({
        code: 'directory.merged-record-changed',
        kind: 'conflict',
        params: { org: 'Agency for Cooperation', fields: 'aliases', by: 'local-administrator' },
      })
      await desk.run(reviseOrg, { id: first.id, version: 4, changes: { aliases: ['Benin Cooperation Agency', 'ABC'] } })
      await desk.run(undoMerge, { mergeId: id, reason: 'They are two' })
      expect(await desk.run(getOrgQuery, { org: first.id })).toMatchObject({ partOfUnSystem: true, aliases: [], iatiId: null })
    }))

  test('of two merges the later one is taken back first', () =>
    atDirectoryDesk(async (desk) => {
      const { first, second } = await givenTwice(desk)
      const third = await desk.org('Agency, third entry')
      const early = await desk.run(mergeOrgs, { keptId: second.id, mergedId: third.id, ...BECAUSE })
      const late = await desk.run(mergeOrgs, { keptId: first.id, mergedId: second.id, ...BECAUSE })
      expect(await desk.refusal(undoMerge, { mergeId: early.id, reason: 'x' })).toEqual({
        code: 'directory.merge-followed-by-another',
        kind: 'conflict',
        params: { merge: early.id, later: late.id },
      })
      await desk.run(undoMerge, { mergeId: late.id, reason: 'x' })
      expect(await desk.run(getOrgQuery, { org: third.id })).toMatchObject({ duplicateOf: second.id })
      await desk.run(undoMerge, { mergeId: early.id, reason: 'x' })
      expect(await desk.run(listOrgs, {})).toMatchObject({ total: 3 })
    }))

  test('an identifier that another organisation took meanwhile stays with that one', () =>
    atDirectoryDesk(async (desk) => {
      const { first, second } = await givenTwice(desk)
      const { id } = await desk.run(mergeOrgs, { keptId: first.id, mergedId: second.id, ...BECAUSE })
      await desk.run(reviseOrg, { id: first.id, version: 2, changes: { iatiId: null } })
      const taker = await desk.org('Taker', { iatiId: 'BJ-123' })
      expect((await desk.refusal(undoMerge, { mergeId: id, reason: 'x' })).code).toBe('directory.merged-record-changed')
      await desk.run(reviseOrg, { id: taker.id, version: 1, changes: { iatiId: null } })
    }))
})

describe('likely duplicates', () => {
  test('a stranger is told none', () =>
    atDirectoryDesk(async (desk) => {
      expect(await desk.refusal(listLikelyDuplicates, {}, ANONYMOUS)).toMatchObject(LACKING)
    }))

  test('none, equal names, a shared identifier, and names alike in one country and type', () =>
    atDirectoryDesk(async (desk) => {
      expect(await desk.run(listLikelyDuplicates, {})).toEqual([])
      const crs = { otherIds: [{ scheme: 'crs-channel', id: '41114' }] }
      const a = await desk.org('Fund for Water', { ...crs, countryCode: 'BEN' })
      const b = await desk.org('Fonds de l’eau', crs)
      const c = await desk.org('Institute of Tropical Agriculture', { countryCode: 'KEN' })
      const d = await desk.org('Institute for Tropical Agriculture', { countryCode: 'KEN' })
      await desk.org('Institute of Tropical Agriculture', { countryCode: 'UGA' })
      await desk.org('Institut of Tropical Agriculture', { countryCode: 'KEN', orgType: '80' })
      const e = await desk.org('FUND for water', { anotherOfThatName: true })
      const pairs = await desk.run(listLikelyDuplicates, {})
      expect(pairs.map(({ one, other, because }) => [one.id, other.id, because])).toEqual([
        [a.id, b.id, 'identifier'],
        [a.id, e.id, 'name'],
        [c.id, d.id, 'alike'],
      ])
      expect(await desk.run(listLikelyDuplicates, { orgId: c.id })).toMatchObject([{ one: { id: c.id }, other: { id: d.id } }])
      await desk.run(mergeOrgs, { keptId: c.id, mergedId: d.id, ...BECAUSE })
      expect(await desk.run(listLikelyDuplicates, { orgId: c.id })).toEqual([])
    }))
})
