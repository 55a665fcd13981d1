import { expect, test } from 'vitest'
import { sql } from '../../../database/db.ts'
import type { HttpRequest, HttpResponse } from '../../../kernel/http.ts'
import { loadGrants } from '../../../modules/access/index.ts'
import { createCollection, moveInitiative, registerInitiative } from '../../../modules/registry/index.ts'
import { atRegistryDesk, type RegistryDesk } from '../../../modules/registry/testing/registry-desk.ts'
import { type Actor, ANONYMOUS } from '../../../operations/index.ts'
import { pageRoute } from '../../site.tsx'
import { pageContext } from '../../testing/page-context.ts'
import { initiativePages } from '../initiatives/routes.tsx'
import { notificationPages } from '../notifications/routes.tsx'
import { workspacePages } from './routes.tsx'

const PAGES = [...workspacePages, ...notificationPages, ...initiativePages]

async function ask(desk: RegistryDesk, address: string, actor: Actor, form?: Record<string, string>): Promise<HttpResponse> {
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
  const context = pageContext(desk, actor)
  return pageRoute({ ...context, isFormTokenOf: () => true }, page).handle(request)
}

function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
  const match = new RegExp(`^${pattern.replace(/:([a-z]+)/g, '(?<$1>[^/]+)')}$`).exec(path)
  return match ? { ...match.groups } : undefined
}

async function somebody(desk: RegistryDesk, id: string, role: string, scope: string, scopeId: string | null): Promise<Actor> {
  await desk.database.run(sql`
    insert into users (id, email, name, lang, state, version, created_at, created_by, updated_at, updated_by)
    values (${id}, ${`${id}@example.org`}, ${id}, 'en', 'active', 1, now(), 'test', now(), 'test')
  `)
  await desk.database.run(sql`insert into user_secrets (user_id) values (${id})`)
  await desk.database.run(sql`
    insert into grants (id, user_id, role, scope, scope_id, starts_at, given_at, given_by)
    values (${id}, ${id}, ${role}, ${scope}, ${scopeId}, '2026-01-01', '2026-01-01', 'test')
  `)
  return { id, kind: 'user', name: id, grants: await loadGrants(desk.database, id) }
}

async function published(desk: RegistryDesk): Promise<string> {
  await desk.run(createCollection, { key: 'ours' })
  let record = await desk.run(registerInitiative, {
    collection: 'ours',
    facts: {
      title: { orig: 'en', texts: { en: 'Water <b>harvest</b>' } },
      kind: 'project',
      reportingOrg: { name: 'UN' },
      partners: [{ no: '1', iso3: 'KEN', role: 'recipient' }],
    },
    listed: [{ year: 2024 }],
  })
  for (const to of ['submitted', 'verified', 'published'] as const) {
    record = await desk.run(moveInitiative, { id: record.id, version: record.version, to })
  }
  return record.id
}

test('a stranger is led to sign in; a focal point comes straight to the own country, and to no other', () =>
  atRegistryDesk(async (desk) => {
    for (const address of ['/en/workspace', '/en/workspace/country/KEN', '/en/notifications']) {
      expect(await ask(desk, address, ANONYMOUS)).toMatchObject({ status: 303 })
    }
    const kenya = await somebody(desk, 'kenya', 'national_focal_point', 'country', 'KEN')
    expect(await ask(desk, '/en/workspace', kenya)).toMatchObject({
      status: 303,
      headers: { location: '/en/workspace/country/KEN' },
    })
    expect((await ask(desk, '/en/workspace/country/UGA', kenya)).status).toBe(403)
    expect((await ask(desk, '/en/workspace/planet/KEN', kenya)).status).toBe(404)
    const page = await ask(desk, '/en/workspace/country/KEN', kenya)
    expect(String(page.body)).toContain('href="/en/workspace" aria-current="page"')
  }))

test('the secretariat chooses any country or organisation, and has no entry in the menu', () =>
  atRegistryDesk(async (desk) => {
    const secretariat = await somebody(desk, 'desk', 'secretariat', 'instance', null)
    const page = String((await ask(desk, '/en/workspace', secretariat)).body)
    expect(page).toContain('Open a workspace')
    expect(page).not.toContain('aria-current="page">Workspace')
    expect(await ask(desk, '/en/workspace?country=KEN', secretariat)).toMatchObject({ status: 303 })
    expect(String((await ask(desk, '/en/workspace?org=Nobody', secretariat)).body)).toContain('No organization bears that name')
  }))

test('an objection by form: what is missing is named and what was typed stays; then it stands, as text, with its answer', () =>
  atRegistryDesk(async (desk) => {
    const id = await published(desk)
    const kenya = await somebody(desk, 'kenya', 'national_focal_point', 'country', 'KEN')
    const secretariat = await somebody(desk, 'desk', 'secretariat', 'instance', null)
    const form = { country: 'KEN', kind: 'role_wrong', text: 'Not so <script>alert(1)</script>' }
    expect((await ask(desk, `/en/initiatives/${id}/objections`, secretariat, form)).status).toBe(403)
    const refused = await ask(desk, `/en/initiatives/${id}/objections`, kenya, { ...form, kind: '' })
    expect(refused.status).toBe(422)
    expect(String(refused.body)).toContain('Not so &lt;script>')
    const sent = await ask(desk, `/en/initiatives/${id}/objections`, kenya, form)
    expect(sent).toMatchObject({ status: 303 })
    const seen = String((await ask(desk, `/en/initiatives/${id}`, secretariat)).body)
    expect(seen).toContain('Not so &lt;script>alert(1)&lt;/script>')
    expect(seen).toContain('Send the answer')
    const strangers = String((await ask(desk, `/en/initiatives/${id}`, ANONYMOUS)).body)
    expect(strangers).toContain('Kenya disagrees with a statement of this record.')
    expect(strangers).not.toContain('Not so')
    const objection = /name="id" value="([^"]+)"/.exec(seen)?.[1] ?? ''
    const answer = { id: objection, version: '1', [`answer-${objection}`]: 'It is so.' }
    expect((await ask(desk, `/en/initiatives/${id}/objections/answer`, secretariat, answer)).status).toBe(303)
    expect((await ask(desk, `/en/initiatives/${id}/objections/answer`, secretariat, answer)).status).toBe(409)
    const settle = { id: objection, version: '2', to: 'open' }
    expect(String((await ask(desk, `/en/initiatives/${id}/objections/settle`, kenya, settle)).body)).toContain(
      'Say why the answer does not settle the matter.',
    )
    expect((await ask(desk, `/en/initiatives/${id}/objections/settle`, kenya, { ...settle, to: 'closed' })).status).toBe(303)
    expect(String((await ask(desk, '/en/workspace/country/KEN', kenya)).body)).toContain('Water &lt;b>harvest&lt;/b>')
  }))

test('notifications: new ones say so and name what may still be seen; marking and the digest are remembered', () =>
  atRegistryDesk(async (desk) => {
    const id = await published(desk)
    const kenya = await somebody(desk, 'kenya', 'national_focal_point', 'country', 'KEN')
    expect(String((await ask(desk, '/en/notifications', kenya)).body)).toContain('No notification yet')
    await desk.database.run(sql`
      insert into notifications (id, user_id, kind, cause, params, module, aggregate, record_id, created_at)
      values ('1', 'kenya', 'objection-answered', 'a', '{"country": "KEN", "objection": "not_ours"}', 'registry', 'initiatives', ${id}, now()),
             ('2', 'kenya', 'record-published', 'b', '{}', 'registry', 'initiatives', 'gone', now()),
             ('3', 'kenya', 'role-given', 'c', '{"role": "broker", "scope": "instance"}', 'access', 'grants', 'g', now())
    `)
    const page = String((await ask(desk, '/en/notifications', { ...kenya, unread: 3 })).body)
    expect(page).toContain('The objection of Kenya was answered: We have no part in this')
    expect(page).toContain('Water &lt;b>harvest&lt;/b>')
    expect(page).toContain('(no longer shown to you)')
    expect(page).toContain('3 new notifications')
    expect((await ask(desk, '/en/notifications/read', kenya, { id: '1' })).status).toBe(303)
    expect(String((await ask(desk, '/en/notifications', kenya)).body).match(/<strong>New /g)).toHaveLength(2)
    await ask(desk, '/en/notifications/read', kenya, {})
    expect(String((await ask(desk, '/en/notifications', kenya)).body)).not.toContain('<strong>New ')
    await ask(desk, '/en/notifications/digest', kenya, { digest: 'weekly' })
    expect(String((await ask(desk, '/en/notifications', kenya)).body)).toMatch(/value="weekly"[^>]*checked/)
    expect((await ask(desk, '/en/notifications/digest', kenya, { digest: 'hourly' })).status).toBe(422)
  }))
