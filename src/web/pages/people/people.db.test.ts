import { expect, test } from 'vitest'
import type { HttpRequest, HttpResponse } from '../../../kernel/http.ts'
import { getPerson, listPersons, readContact, recordConsent, registerPerson } from '../../../modules/directory/index.ts'
import { atDirectoryDesk, type DirectoryDesk, member } from '../../../modules/directory/testing/directory-desk.ts'
import { type Actor, ANONYMOUS, LOCAL_ADMINISTRATOR } from '../../../operations/index.ts'
import { pageRoute } from '../../site.tsx'
import { pageContext } from '../../testing/page-context.ts'
import { organisationPages } from '../organisations/routes.tsx'
import { peoplePages } from './routes.tsx'

const PAGES = [...peoplePages, ...organisationPages]

/** Asks for a page, or sends a form to it. */
async function ask(desk: DirectoryDesk, address: string, actor: Actor, form?: Record<string, string>): Promise<HttpResponse> {
  const url = new URL(address, 'http://localhost')
  const method = form === undefined ? 'GET' : 'POST'
  const path = url.pathname.replace(/^\/en/, '')
  const page = PAGES.find((one) => (one.method ?? 'GET') === method && paramsOf(one.path, path) !== undefined)
  if (!page) throw new Error(`no page at ${address}`)
  const request: HttpRequest = {
    method,
    path: url.pathname,
    params: { lang: 'en', ...paramsOf(page.path, path) },
    query: url.searchParams,
    form: new URLSearchParams(form),
    files: [],
    header: () => undefined,
  }
  return pageRoute(pageContext(desk, actor), page).handle(request)
}

function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
  const match = new RegExp(`^${pattern.replace(':id', '(?<id>[^/]+)')}$`).exec(path)
  return match ? { ...match.groups } : undefined
}

const AMINA = { name: 'Amina <b>Otieno</b>', contact: { email: 'amina@example.org' } }

test('a stranger is led to sign in, and a form of theirs writes nothing', () =>
  atDirectoryDesk(async (desk) => {
    expect(await ask(desk, '/en/people', ANONYMOUS)).toMatchObject({
      status: 303,
      headers: { location: '/en/sign-in?to=%2Fen%2Fpeople' },
    })
    expect(await ask(desk, '/en/people/new', ANONYMOUS, { name: 'X', visibility: 'public' })).toMatchObject({ status: 403 })
    expect(await desk.run(listPersons, {})).toMatchObject({ total: 0 })
  }))

test('the list says when there is nobody, and shows one and many as text', () =>
  atDirectoryDesk(async (desk) => {
    const list = async () => String((await ask(desk, '/en/people', LOCAL_ADMINISTRATOR)).body)
    expect(await list()).toContain('No person has been registered yet')
    await desk.run(registerPerson, AMINA)
    expect(await list()).toContain('Amina &lt;b>Otieno&lt;/b>')
    await desk.run(registerPerson, { name: 'Juma Kato' })
    expect(await list()).toContain('2 people.')
  }))

test('without consent the page says so, and gives no value; with consent the value comes after asking', () =>
  atDirectoryDesk(async (desk) => {
    const reader = member('reader')
    const { id } = await desk.run(registerPerson, AMINA)
    const page = String((await ask(desk, `/en/people/${id}`, reader)).body)
    expect(page).toContain('hidden: no consent')
    expect(page).not.toContain('amina@example.org')
    expect(page).not.toContain('Show contact data')
    const refused = await ask(desk, `/en/people/${id}/contact`, reader, {})
    expect(refused.status).toBe(403)
    expect(String(refused.body)).not.toContain('amina@example.org')
    await desk.run(recordConsent, {
      personId: id,
      purpose: 'directory',
      covers: ['email'],
      givenOn: '2026-11-01',
      source: 'Form 7',
    })
    const before = String((await ask(desk, `/en/people/${id}`, reader)).body)
    expect(before).toContain('Show contact data')
    expect(before).not.toContain('amina@example.org')
    expect(String((await ask(desk, `/en/people/${id}/contact`, reader, {})).body)).toContain('mailto:amina@example.org')
  }))

test('the form keeps what was typed, names what is not clear, and keeps contact data that it does not show', () =>
  atDirectoryDesk(async (desk) => {
    const office = await desk.org('Office for Cooperation')
    const typed = {
      name: 'Amina Otieno',
      'affiliations.0.org': 'Ofice for Cooperation',
      'affiliations.0.from-year': '2014',
      'contact.email': 'amina@example.org',
      visibility: 'network',
    }
    const refused = await ask(desk, '/en/people/new', LOCAL_ADMINISTRATOR, typed)
    expect(refused.status).toBe(422)
    expect(String(refused.body)).toContain('Like it are: Office for Cooperation')
    expect(String(refused.body)).toContain('value="amina@example.org"')
    const added = await ask(desk, '/en/people/new', LOCAL_ADMINISTRATOR, { ...typed, 'add-row': 'affiliations' })
    expect(String(added.body)).toContain('name="affiliations.1.org"')

    const saved = await ask(desk, '/en/people/new', LOCAL_ADMINISTRATOR, {
      ...typed,
      'affiliations.0.org': 'office for cooperation',
    })
    expect(saved.status).toBe(303)
    const id = /people\/([^?]+)/.exec(saved.headers.location ?? '')?.[1] ?? ''
    expect(await desk.run(getPerson, { id })).toMatchObject({ affiliations: [{ orgId: office.id, from: '2014', to: null }] })

    const edit = { name: 'Amina A. Otieno', version: '1', visibility: 'network', languages: 'sw', 'contact.email': '' }
    expect(await ask(desk, `/en/people/${id}/edit`, LOCAL_ADMINISTRATOR, edit)).toMatchObject({ status: 303 })
    expect((await desk.run(readContact, { id })).contact).toHaveLength(1)
    const stale = await ask(desk, `/en/people/${id}/edit`, LOCAL_ADMINISTRATOR, edit)
    expect(stale.status).toBe(409)
    expect(String(stale.body)).toContain('You started from version 1')
  }))

test('a consent with a day that is none comes back with the message at the field', () =>
  atDirectoryDesk(async (desk) => {
    const { id } = await desk.run(registerPerson, AMINA)
    const form = {
      purpose: 'directory',
      covers: 'email',
      'givenOn-year': '2026',
      'givenOn-month': '02',
      'givenOn-day': '30',
      source: 'x',
    }
    const refused = await ask(desk, `/en/people/${id}/consent`, LOCAL_ADMINISTRATOR, form)
    expect(refused.status).toBe(422)
    expect(String(refused.body)).toContain('id="field-givenOn-error"')
    const good = await ask(desk, `/en/people/${id}/consent`, LOCAL_ADMINISTRATOR, { ...form, 'givenOn-day': '3' })
    expect(good).toMatchObject({ status: 303, headers: { location: `/en/people/${id}?done=consent#consents` } })
  }))

test('organisations: compare, merge, be led to the kept one, take it back', () =>
  atDirectoryDesk(async (desk) => {
    const kept = await desk.org('Agency for Cooperation', { countryCode: 'BEN' })
    const merged = await desk.org('Agency for Cooperations', { countryCode: 'BEN' })
    expect((await ask(desk, '/en/organisations/merge', member('reader'))).status).toBe(403)
    const admin = LOCAL_ADMINISTRATOR
    expect(String((await ask(desk, '/en/organisations/merge', admin)).body)).toContain(`one=${kept.id}&amp;other=${merged.id}`)
    const compare = String((await ask(desk, `/en/organisations/merge/compare?one=${merged.id}&other=${kept.id}`, admin)).body)
    expect(compare).toContain('“Agency for Cooperation” is the older record and stays')
    const form = { one: merged.id, other: kept.id }
    expect((await ask(desk, '/en/organisations/merge/compare', admin, { ...form, reason: ' ' })).status).toBe(422)
    const done = await ask(desk, '/en/organisations/merge/compare', admin, { ...form, reason: 'One body' })
    expect(done.headers.location).toContain(`/en/organisations/${kept.id}?merge=`)
    const old = await ask(desk, `/en/organisations/${merged.id}`, ANONYMOUS)
    expect(old).toMatchObject({ status: 303, headers: { location: `/en/organisations/${kept.id}` } })
    const merge = /merge=(.+)$/.exec(done.headers.location ?? '')?.[1] ?? ''
    const question = String((await ask(desk, `/en/organisations/merge/undo?merge=${merge}`, admin)).body)
    expect(question).toContain('“Agency for Cooperations” was merged into “Agency for Cooperation”')
    const undone = await ask(desk, '/en/organisations/merge/undo', admin, { merge, reason: 'Two bodies' })
    expect(undone.headers.location).toBe(`/en/organisations/${merged.id}?undone=yes`)
    expect((await ask(desk, `/en/organisations/${merged.id}`, ANONYMOUS)).status).toBe(200)
  }))
