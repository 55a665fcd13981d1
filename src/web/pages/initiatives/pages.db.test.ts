import { expect, test } from 'vitest'
import { sql } from '../../../database/db.ts'
import type { HttpRequest, HttpResponse } from '../../../kernel/http.ts'
import { createCollection, type InitiativeFacts, listListings, registerInitiative } from '../../../modules/registry/index.ts'
import { atRegistryDesk, type RegistryDesk } from '../../../modules/registry/testing/registry-desk.ts'
import { pageRoute } from '../../site.tsx'
import { pageContext } from '../../testing/page-context.ts'
import { initiativePages } from './routes.tsx'

const ATTACK = '<script>alert(1)</script>" onload="x'
const FACTS: InitiativeFacts = {
  title: { orig: 'en', texts: { en: ATTACK } },
  partners: [{ no: '1', name: ATTACK, iso3: 'CHL', role: 'first_provider' }],
  documents: [{ url: 'https://example.org/"><script>', title: ATTACK }],
  kept: { [ATTACK]: ATTACK },
}

async function answer(
  desk: RegistryDesk,
  method: 'GET' | 'POST',
  address: string,
  form = new URLSearchParams(),
): Promise<HttpResponse> {
  const url = new URL(address, 'http://localhost')
  const context = pageContext(desk)
  const inPath = url.pathname.split('/').slice(2)
  const page = initiativePages.find((one) => {
    const parts = one.path.split('/').slice(1)
    return (
      (one.method ?? 'GET') === method &&
      parts.length === inPath.length &&
      parts.every((part, at) => part.startsWith(':') || part === inPath[at])
    )
  })
  if (!page) throw new Error(`no page at ${address}`)
  const names = page.path.split('/').slice(1)
  const params = Object.fromEntries(
    names.flatMap((part, at) => (part.startsWith(':') ? [[part.slice(1), inPath[at] ?? '']] : [])),
  )
  const request: HttpRequest = {
    method,
    path: url.pathname,
    params: { lang: url.pathname.split('/')[1] ?? 'en', ...params },
    query: url.searchParams,
    form,
    files: [],
    header: () => undefined,
  }
  return pageRoute(context, page).handle(request)
}

test('what a source wrote is text on every page', async () => {
  await atRegistryDesk(async (desk) => {
    await desk.run(createCollection, { key: 'own' })
    const { id } = await desk.run(registerInitiative, { collection: 'own', facts: FACTS })
    for (const address of [
      '/en/initiatives',
      `/en/initiatives/${id}`,
      `/ar/initiatives/${id}/edit`,
      `/fr/initiatives/${id}/history`,
    ]) {
      const { status, body } = await answer(desk, 'GET', address)
      expect(status).toBe(200)
      expect(body).not.toContain('<script>')
      expect(body).toContain('&lt;script>')
    }
  })
})

test('a form that is not accepted answers 422 with what was typed and a summary of errors in the reader’s language', async () => {
  await atRegistryDesk(async (desk) => {
    await desk.run(createCollection, { key: 'own' })
    const form = new URLSearchParams({
      collection: 'own',
      'title.0.lang': 'en',
      'title.0.text': 'Rice',
      'listed.0.year': '20x6',
      'documents.0.url': 'javascript:alert(1)',
    })
    const { status, body } = await answer(desk, 'POST', '/ru/initiatives/new', form)
    expect(status).toBe(422)
    expect(body).toContain('value="20x6"')
    expect(body).toContain('value="Rice"')
    expect(body).toContain('«20x6» не является годом')
    expect(body).toContain('href="#field-listed-0-year"')
    expect(body).toContain('href="#field-documents-0-url"')
  })
})

test('a published record of a sample collection offers no form and no button that changes it', async () => {
  await atRegistryDesk(async (desk) => {
    await desk.run(createCollection, { key: 'own' })
    const { id } = await desk.run(registerInitiative, { collection: 'own', facts: FACTS })
    expect((await answer(desk, 'GET', `/en/initiatives/${id}`)).body).toContain(`/initiatives/${id}/move`)
    await desk.database.run(sql`update collections set read_only = true, kind = 'sample' where key = 'own'`)
    const { body } = await answer(desk, 'GET', `/en/initiatives/${id}`)
    expect(body).not.toContain(`/initiatives/${id}/move`)
    expect(body).toContain('banner-data')
    expect((await answer(desk, 'GET', `/en/initiatives/${id}/edit`)).status).toBe(403)
  })
})

test('searching a country leads to everything in which it took part, and to sample collections where the own data have nothing', async () => {
  await atRegistryDesk(async (desk) => {
    await desk.run(createCollection, { key: 'own' })
    await desk.run(createCollection, { key: 'lists' })
    await desk.run(registerInitiative, { collection: 'own', facts: { hosts: ['JAM'], engagedCountries: ['CUB', 'JAM'] } })
    await desk.run(registerInitiative, {
      collection: 'lists',
      facts: { hosts: ['BEN'], title: { orig: 'en', texts: { en: 'Rice' } } },
    })
    await desk.database.run(sql`update collections set read_only = true, kind = 'sample' where key = 'lists'`)

    const cuba = await answer(desk, 'GET', '/en/initiatives?q=Cuba')
    expect(cuba.body).toContain('Initiatives in which Cuba took part: 1')
    expect(cuba.body).toContain('href="/en/initiatives?country=CUB"')
    expect(cuba.body).toContain('href="/en/countries/CUB"')

    const benin = await answer(desk, 'GET', '/es/initiatives?q=Benin')
    expect(benin.body).toContain('href="/es/initiatives?collection=lists&amp;country=BEN"')

    const congo = await answer(desk, 'GET', '/en/initiatives?q=Congo')
    expect(congo.body).toContain('href="/en/countries/COG"')
    expect(congo.body).toContain('href="/en/countries/COD"')

    const rice = await answer(desk, 'GET', '/en/initiatives?q=rice')
    expect(rice.body).toContain('href="/en/initiatives?collection=lists&amp;q=rice"')
    expect(rice.body).toContain('1 row in the sample collection')
  })
})

test('an address with an unknown filter says which filters there are', async () => {
  await atRegistryDesk(async (desk) => {
    await desk.run(createCollection, { key: 'own' })
    const { body } = await answer(desk, 'GET', '/en/initiatives?contry=CUB&host=Cuba')
    expect(body).toContain('“\u2068contry\u2069” is not a filter')
    expect(body).toContain('collection, year, country, host')
    expect(body).toContain('href="/en/initiatives?host=CUB"')
  })
})

test('a form with nothing by which to know the initiative is refused at the title; a partner or an identifier is enough', async () => {
  await atRegistryDesk(async (desk) => {
    await desk.run(createCollection, { key: 'own' })
    const empty = { collection: 'own', 'title.0.lang': 'en', 'title.0.text': ' ', 'partners.0.no': '1', scale: 'regional' }
    const { status, body } = await answer(desk, 'POST', '/en/initiatives/new', new URLSearchParams(empty))
    expect(status).toBe(422)
    expect(body).toContain('href="#field-title-0-text"')
    expect(body).toContain('id="field-title-0-text"')
    expect(body).toContain('at least a title, a partner or an identifier')
    expect((await desk.run(listListings, {})).total).toBe(0)
    for (const known of [{ identifier: 'K-1' }, { 'partners.0.iso3': 'CUB', 'partners.0.role': 'recipient' }])
      expect((await answer(desk, 'POST', '/en/initiatives/new', new URLSearchParams({ ...empty, ...known }))).status).toBe(303)
  })
})

test('with several collections the person chooses one on the form', async () => {
  await atRegistryDesk(async (desk) => {
    await desk.run(createCollection, { key: 'own' })
    await desk.run(createCollection, { key: 'other' })
    expect((await answer(desk, 'GET', '/en/initiatives/new')).body).toContain('id="field-collection"')
    const form = new URLSearchParams({ 'title.0.lang': 'en', 'title.0.text': 'Rice' })
    const refused = await answer(desk, 'POST', '/en/initiatives/new', form)
    expect(refused.status).toBe(422)
    expect(refused.body).toContain('href="#field-collection"')
    expect(refused.body).toContain('value="Rice"')
    form.set('collection', 'other')
    expect((await answer(desk, 'POST', '/en/initiatives/new', form)).status).toBe(303)
  })
})

test('"as of" a day before the first version says when the record began; without a date it says that one is needed', async () => {
  await atRegistryDesk(async (desk) => {
    await desk.run(createCollection, { key: 'own' })
    const { id } = await desk.run(registerInitiative, { collection: 'own', facts: FACTS })
    const early = await answer(desk, 'GET', `/en/initiatives/${id}?asOf-year=2014&asOf-month=&asOf-day=`)
    expect(early.status).toBe(404)
    expect(early.body).toMatch(/registered on 24 Nov 2026.*there is no earlier version/)
    expect(early.body).toContain(`/en/initiatives/${id}?asOf=2026-11-24`)
    const empty = await answer(desk, 'GET', `/en/initiatives/${id}?asOf-year=&asOf-month=&asOf-day=`)
    expect(empty.status).toBe(422)
    expect(empty.body).toContain('A date is needed')
    expect((await answer(desk, 'GET', `/en/initiatives/${id}?asOf=20x4`)).body).toContain('“20x4” is not a date')
    expect((await answer(desk, 'GET', '/en/initiatives/none?asOf=2014')).status).toBe(404)
  })
})
