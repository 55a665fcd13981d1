import { expect, test } from 'vitest'
import { sql } from '../../../database/db.ts'
import type { HttpRequest } from '../../../kernel/http.ts'
import { createCollection, registerInitiative } from '../../../modules/registry/index.ts'
import { atRegistryDesk, type RegistryDesk } from '../../../modules/registry/testing/registry-desk.ts'
import { pageRoute } from '../../site.tsx'
import { pageContext } from '../../testing/page-context.ts'
import { countryPages } from './routes.tsx'

async function read(desk: RegistryDesk, address: string): Promise<string> {
  const url = new URL(address, 'http://localhost')
  const context = pageContext(desk)
  const [lang = 'en', , iso3] = url.pathname.slice(1).split('/')
  const page = countryPages.find(({ path }) => path.includes(':iso3') === (iso3 !== undefined))
  if (!page) throw new Error(`no page at ${address}`)
  const request: HttpRequest = {
    method: 'GET',
    path: url.pathname,
    params: { lang, ...(iso3 === undefined ? {} : { iso3 }) },
    query: url.searchParams,
    form: new URLSearchParams(),
    files: [],
    header: () => undefined,
  }
  return String((await pageRoute(context, page).handle(request)).body)
}

test('without own data the sample collections are counted, which is said, and the own data are one step away', async () => {
  await atRegistryDesk(async (desk) => {
    await desk.run(createCollection, { key: 'lists' })
    await desk.run(registerInitiative, { collection: 'lists', facts: { hosts: ['BEN'] } })
    await desk.database.run(sql`update collections set read_only = true, kind = 'sample' where key = 'lists'`)
    const all = await read(desk, '/en/countries')
    expect(all).toContain('this page counts the sample collections')
    expect(all).toContain('href="/en/countries/BEN?collection=lists"')
    expect(all).toContain('banner-data')
    // Beside the button of the page, the footer of every page leads to the organizations.
    expect(all.match(/href="\/en\/organisations"/g)).toHaveLength(2)
    const own = await read(desk, '/en/countries?collection=')
    expect(own).not.toContain('this page counts the sample collections')
    expect(own).toContain('No row names a country yet')
    expect(own).not.toContain('<table')

    await desk.run(createCollection, { key: 'own' })
    await desk.run(registerInitiative, { collection: 'own', facts: { hosts: ['CUB'] } })
    const mine = await read(desk, '/en/countries')
    expect(mine).toContain('href="/en/countries/CUB"')
    expect(mine).not.toContain('BEN')
  })
})

test('the page of a country leads with the rows in which it took part in any role, and with the list of them', async () => {
  await atRegistryDesk(async (desk) => {
    await desk.run(createCollection, { key: 'own' })
    await desk.run(registerInitiative, { collection: 'own', facts: { hosts: ['CUB'], engagedCountries: ['JAM', 'CUB'] } })
    await desk.run(registerInitiative, { collection: 'own', facts: { hosts: ['JAM'], engagedCountries: ['CUB'] } })
    const page = await read(desk, '/en/countries/CUB')
    expect(page).toContain('href="/en/initiatives?country=CUB"')
    expect(page).toContain('Cuba took part in 2 rows, in any role.')
    const all = await read(desk, '/en/countries')
    expect(all).toContain('In any part')
    expect(all).toMatch(/<a href="\/en\/initiatives\?country=JAM">2<\/a>/)
  })
})
