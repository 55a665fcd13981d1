import { expect, test } from 'vitest'
import { createCollection } from '../collections/create-collection.ts'
import { registerInitiative } from '../initiatives/register-initiative.ts'
import { atRegistryDesk } from '../testing/registry-desk.ts'
import { getCountryProfile } from './country-profile.ts'
import { listListings } from './list-listings.ts'

test('R04: a country is provider and recipient, each with its first year; what states no role is counted beside', async () => {
  await atRegistryDesk(async (desk) => {
    await desk.run(createCollection, { key: 'own' })
    const chileTeaches = {
      partners: [
        { no: '1', iso3: 'CHL', role: 'first_provider' },
        { no: '2', iso3: 'PRY', role: 'recipient' },
      ],
    }
    await desk.run(registerInitiative, { collection: 'own', facts: chileTeaches, listed: [{ year: 2013 }, { year: 2014 }] })
    await desk.run(registerInitiative, {
      collection: 'own',
      facts: {
        partners: [
          { no: '1', iso3: 'BRA', role: 'first_provider' },
          { no: '2', iso3: 'CHL', role: 'recipient' },
        ],
      },
      listed: [{ year: 2009 }],
    })
    await desk.run(registerInitiative, { collection: 'own', facts: { hosts: ['CHL'], engagedCountries: ['PRY', 'CHL'] } })

    const { roles, listings, roleNotStated, withWhom } = await desk.run(getCountryProfile, { iso3: 'CHL' })
    expect(roles.provider).toEqual({ listings: 2, firstYear: 2013, lastYear: 2014 })
    expect(roles.recipient).toEqual({ listings: 1, firstYear: 2009, lastYear: 2009 })
    expect(roles.host).toEqual({ listings: 1, firstYear: null, lastYear: null })
    expect(roles.partner.listings).toBe(4)
    expect({ listings, roleNotStated }).toEqual({ listings: 4, roleNotStated: 1 })
    const { total } = await desk.run(listListings, { filter: { values: { country: ['CHL'] } } })
    expect(total).toBe(listings)
    expect(withWhom).toEqual([
      { iso3: 'PRY', listings: 3 },
      { iso3: 'BRA', listings: 1 },
    ])
  })
})

test('a country that no row names has noughts and no years', async () => {
  await atRegistryDesk(async (desk) => {
    const { listings, roles } = await desk.run(getCountryProfile, { iso3: 'TUV' })
    expect(listings).toBe(0)
    expect(roles.provider).toEqual({ listings: 0, firstYear: null, lastYear: null })
  })
})
