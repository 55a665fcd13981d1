import { expect, test } from 'vitest'
import { mergeOrgs, registerOrg, undoMerge } from '../../directory/index.ts'
import { atRegistryDesk, type RegistryDesk } from '../testing/registry-desk.ts'
import { listListings } from './list-listings.ts'

async function countsByOrg(desk: RegistryDesk) {
  const { facets } = await desk.run(listListings, { filter: { values: { collection: ['demo'] } } })
  return Object.fromEntries(facets.org.map(({ value, count }) => [value, count]))
}

async function identifiersOf(desk: RegistryDesk, org: string) {
  const { rows } = await desk.run(listListings, { filter: { values: { collection: ['demo'], org: [org] } } })
  return rows.map(({ identifier }) => identifier).sort()
}

test('initiatives of two organisations that are found to be one are counted and found together, until that is undone', () =>
  atRegistryDesk(async (desk) => {
    const org = async (en: string) =>
      (await desk.run(registerOrg, { names: { orig: 'en', texts: { en } }, orgType: '10', countryCode: 'BEN' })).id
    const [first, second] = [await org('Agency for Cooperation'), await org('Bureau of Partnerships')]
    const partners = (...ids: string[]) => ids.map((orgId, index) => ({ no: String(index + 1), orgId, role: 'funder' as const }))
    await desk.import('demo', [
      { identifier: 'A', facts: { partners: partners(first) } },
      { identifier: 'B', facts: { partners: partners(second) } },
      { identifier: 'C', facts: { partners: partners(first, second) } },
    ])
    expect(await countsByOrg(desk)).toEqual({ [first]: 2, [second]: 2 })

    const merge = await desk.run(mergeOrgs, { keptId: first, mergedId: second, reason: 'The same body, entered twice' })
    expect(await countsByOrg(desk)).toEqual({ [first]: 3 })
    expect(await identifiersOf(desk, first)).toEqual(['A', 'B', 'C'])
    // An address from before the merge.
    expect(await identifiersOf(desk, second)).toEqual(['A', 'B', 'C'])

    await desk.run(undoMerge, { mergeId: merge.id, reason: 'Two bodies after all' })
    expect(await countsByOrg(desk)).toEqual({ [first]: 2, [second]: 2 })
    expect(await identifiersOf(desk, second)).toEqual(['B', 'C'])
  }))
