import { expect, test } from 'vitest'
import { sql } from '../../../database/db.ts'
import { ANONYMOUS } from '../../../operations/index.ts'
import { exportOpenRows, linkInitiatives, listListings, listOpenCollections, unlinkInitiatives } from '../index.ts'
import { atRegistryDesk, type RegistryDesk } from '../testing/registry-desk.ts'
import { countInitiatives } from './linked-records.ts'

const facts = (title: string) => ({ title: { orig: 'en', texts: { en: title } }, hosts: ['GHA'] })

async function idOf(desk: RegistryDesk, identifier: string): Promise<string> {
  return (await desk.database.one<{ id: string }>(sql`select id from initiatives where identifier = ${identifier}`)).id
}

/** Two lists: three records in one, two in the other. */
async function given(desk: RegistryDesk): Promise<void> {
  await desk.import(
    'north',
    ['N-1', 'N-2', 'N-3'].map((identifier) => ({ identifier, facts: facts(identifier) })),
  )
  await desk.import(
    'south',
    ['S-1', 'S-2'].map((identifier) => ({ identifier, facts: facts(identifier) })),
  )
}

async function link(desk: RegistryDesk, one: string, other: string): Promise<string> {
  const given = { oneId: await idOf(desk, one), otherId: await idOf(desk, other), reason: 'The same work' }
  return (await desk.run(linkInitiatives, given)).id
}

const countsOf = async (desk: RegistryDesk) =>
  (await desk.run(listOpenCollections, {}, ANONYMOUS))
    .filter(({ key }) => key === 'north' || key === 'south')
    .map(({ key, listings, records, initiatives, alsoBefore }) => [key, listings, records, initiatives, alsoBefore])

test('no link, and records that are not public, change no count', () =>
  atRegistryDesk(async (desk) => {
    await given(desk)
    expect(countInitiatives(0, [])).toBe(0)
    expect(await countsOf(desk)).toEqual([
      ['north', 3, 3, 3, 0],
      ['south', 2, 2, 2, 0],
    ])
    await link(desk, 'N-1', 'N-2')
    // Before the counts are asked again: a link alone tells them that something changed.
    await desk.database.run(sql`update listings set visibility = 'private' where identifier = 'N-2'`)
    expect((await countsOf(desk))[0]).toEqual(['north', 2, 2, 2, 0])
  }))

test('records that are one initiative count once in their collection and once over all, and the counting unit stays the listing', () =>
  atRegistryDesk(async (desk) => {
    await given(desk)
    const marks = async () => (await desk.run(listOpenCollections, {}, ANONYMOUS)).map(({ mark }) => mark)
    const before = await marks()
    await link(desk, 'N-1', 'N-2')
    const between = await link(desk, 'N-2', 'S-1')
    // N-1, N-2 and S-1 are one: north has that one and N-3, south has it too, and S-2.
    expect(await countsOf(desk)).toEqual([
      ['north', 3, 3, 2, 0],
      ['south', 2, 2, 2, 1],
    ])
    expect((await desk.run(listListings, {}, ANONYMOUS)).total).toBe(5)
    expect(await marks()).not.toEqual(before)

    const named: [string | null, string | null][] = []
    for await (const { initiatives } of await desk.run(exportOpenRows, {}, ANONYMOUS))
      for (const { identifier, sameAs } of initiatives) named.push([identifier, sameAs])
    const leading = await idOf(desk, 'N-1')
    expect(Object.fromEntries(named)).toEqual({ 'N-1': leading, 'N-2': leading, 'N-3': null, 'S-1': leading, 'S-2': null })

    await desk.run(unlinkInitiatives, { linkId: between, reason: 'Another harbour' })
    expect(await countsOf(desk)).toEqual([
      ['north', 3, 3, 2, 0],
      ['south', 2, 2, 2, 0],
    ])
  }))
