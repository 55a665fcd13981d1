/** Searches that follow imports: when one is asked for, who does it, and that beginning it anew changes nothing. */
import { describe, expect, test } from 'vitest'
import { sql } from '../../../database/db.ts'
import { PROGRAM } from '../../../operations/index.ts'
import {
  getLinkSearch,
  type InitiativeFacts,
  listLinkProposals,
  proposeLinks,
  refuseLink,
  runLinkSearches,
  undoImportRun,
} from '../index.ts'
import { lookForLinks } from '../testing/propose-links.ts'
import { atRegistryDesk, type RegistryDesk } from '../testing/registry-desk.ts'
import { findLinkProposals, keepLinkProposals, takeLinkSearch } from './link-search-steps.ts'

const HARBOUR: InitiativeFacts = {
  title: { orig: 'en', texts: { en: 'Cold rooms for the fishing harbour of Nacala' } },
  reportingOrg: { name: 'Agency of the South' },
  countries: [{ iso3: 'MOZ' }],
  plannedPeriod: { start: '2014-03-10', end: '2016-09-20' },
  budget: { amount: '735000', currency: 'USD' },
}
const BY_OTHERS: InitiativeFacts = {
  ...HARBOUR,
  reportingOrg: { name: 'Bank' },
  plannedPeriod: { start: '2014-03-24', end: '2016-10-05' },
}

function searches({ database }: RegistryDesk) {
  return database.many<{ collection: string | null; state: string }>(sql`
    select c.key as collection, s.state from link_searches as s left join collections as c on c.id = s.collection_id order by s.id
  `)
}

async function linkCount({ database }: RegistryDesk): Promise<number> {
  return (await database.one<{ count: number }>(sql`select count(*)::int as count from initiative_links`)).count
}

async function twoReports(desk: RegistryDesk): Promise<void> {
  await desk.import('south', [{ identifier: 'S-1', facts: HARBOUR }])
  await desk.import('bank', [{ identifier: 'B-1', facts: BY_OTHERS }])
}

describe('after an import', () => {
  test('nothing is looked for where the collection stands alone, where the others are samples, or where nothing changed', () =>
    atRegistryDesk(async (desk) => {
      await desk.import('south', [{ identifier: 'S-1', facts: HARBOUR }])
      await desk.database.run(sql`update collections set kind = 'sample'`)
      await desk.import('bank', [{ identifier: 'B-1', facts: BY_OTHERS }])
      expect(await searches(desk)).toEqual([])
      await desk.database.run(sql`update collections set kind = 'working'`)
      await desk.import('bank', [{ identifier: 'B-1', facts: BY_OTHERS }])
      expect(await searches(desk)).toEqual([])
    }))

  test('pairs with other collections are proposed by themselves; nothing is linked', () =>
    atRegistryDesk(async (desk) => {
      await twoReports(desk)
      expect(await searches(desk)).toEqual([{ collection: 'bank', state: 'waiting' }])
      await desk.import('bank', [{ identifier: 'B-2', facts: { ...BY_OTHERS, budget: { amount: '5', currency: 'USD' } } }])
      expect(await searches(desk)).toEqual([{ collection: 'bank', state: 'waiting' }])
      expect(await runLinkSearches(desk)).toBe(1)
      expect(await desk.run(getLinkSearch, {})).toMatchObject({ state: 'done', collection: 'bank', records: 3, created: 1 })
      expect((await desk.run(listLinkProposals, {})).total).toBe(1)
      expect(await linkCount(desk)).toBe(0)
      expect(await runLinkSearches(desk)).toBe(0)
    }))

  test('a pair that a person refused is not proposed again by the next import', () =>
    atRegistryDesk(async (desk) => {
      await twoReports(desk)
      await runLinkSearches(desk)
      const [proposal] = (await desk.run(listLinkProposals, {})).rows
      await desk.run(refuseLink, { proposalId: proposal?.id ?? '', version: 1 })
      await desk.import('bank', [{ identifier: 'B-1', facts: { ...BY_OTHERS, budget: { amount: '735001', currency: 'USD' } } }])
      expect(await runLinkSearches(desk)).toBe(1)
      expect((await desk.run(listLinkProposals, {})).total).toBe(0)
      expect((await desk.run(listLinkProposals, { state: 'refused' })).total).toBe(1)
    }))

  test('an import that is taken back takes its waiting search along', () =>
    atRegistryDesk(async (desk) => {
      await desk.import('south', [{ identifier: 'S-1', facts: HARBOUR }])
      const run = await desk.import('bank', [{ identifier: 'B-1', facts: BY_OTHERS }])
      await desk.run(undoImportRun, { runId: run.id })
      expect(await searches(desk)).toEqual([])
    }))

  test('a search of everything takes the place of those that wait', () =>
    atRegistryDesk(async (desk) => {
      await twoReports(desk)
      await desk.run(proposeLinks, {})
      expect(await searches(desk)).toEqual([{ collection: null, state: 'waiting' }])
      await desk.import('bank', [{ identifier: 'B-3', facts: BY_OTHERS }])
      expect(await searches(desk)).toEqual([{ collection: null, state: 'waiting' }])
    }))
})

describe('a process that dies in the middle', () => {
  const step = { holder: 'first' }

  test('is waited for as long as it gives a sign of life, then another begins anew, and the result is the same', () =>
    atRegistryDesk(async (desk) => {
      await twoReports(desk)
      const search = await desk.run(takeLinkSearch, step, PROGRAM)
      const searchId = search?.id ?? ''
      const { links } = await desk.run(findLinkProposals, { collection: 'bank' }, PROGRAM)
      await desk.run(
        keepLinkProposals,
        { searchId, ...step, found: { records: 2, likely: 1, pairs: 2 }, links: JSON.parse(JSON.stringify(links)) },
        PROGRAM,
      )
      expect(await desk.run(getLinkSearch, {})).toMatchObject({ state: 'keeping', pairsKept: 1, pairsFound: 2 })
      desk.setTime('2026-11-24T12:00:14Z')
      expect(await runLinkSearches(desk)).toBe(0)
      desk.setTime('2026-11-24T12:00:16Z')
      expect(await runLinkSearches(desk)).toBe(1)
      expect(await desk.run(getLinkSearch, {})).toMatchObject({ state: 'done', created: 1, changed: 0, pairsKept: 1 })
      expect(await desk.run(keepLinkProposals, { searchId, ...step, gone: ['x'] }, PROGRAM)).toEqual({ isHeld: false })
      expect(await lookForLinks(desk)).toMatchObject({ created: 0, changed: 0, removed: 0 })
    }))

  test('what a person decided while pairs were compared stays', () =>
    atRegistryDesk(async (desk) => {
      await twoReports(desk)
      await runLinkSearches(desk)
      const [proposal] = (await desk.run(listLinkProposals, {})).rows
      const id = proposal?.id ?? ''
      await desk.run(proposeLinks, {})
      const search = await desk.run(takeLinkSearch, step, PROGRAM)
      await desk.run(refuseLink, { proposalId: id, version: 1 })
      await desk.run(keepLinkProposals, { searchId: search?.id ?? '', ...step, gone: [id] }, PROGRAM)
      expect((await desk.run(listLinkProposals, { state: 'refused' })).total).toBe(1)
    }))

  test('a pair of which one record went meanwhile is left out', () =>
    atRegistryDesk(async (desk) => {
      await twoReports(desk)
      const search = await desk.run(takeLinkSearch, step, PROGRAM)
      const { links } = await desk.run(findLinkProposals, {}, PROGRAM)
      await desk.database.run(sql`delete from initiatives where identifier = 'B-1'`)
      const input = { searchId: search?.id ?? '', ...step, links: JSON.parse(JSON.stringify(links)), end: {} }
      expect(await desk.run(keepLinkProposals, input, PROGRAM)).toEqual({ isHeld: true })
      expect(await desk.run(getLinkSearch, {})).toMatchObject({ state: 'done', created: 0 })
    }))
})

test('a search that is ended from outside is left for the next one', () =>
  atRegistryDesk(async (desk) => {
    await twoReports(desk)
    const stopped = new AbortController()
    stopped.abort()
    expect(await runLinkSearches(desk, { signal: stopped.signal })).toBe(0)
    expect(await searches(desk)).toEqual([{ collection: 'bank', state: 'waiting' }])
  }))
