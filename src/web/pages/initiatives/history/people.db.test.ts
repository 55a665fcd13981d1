import { expect, test } from 'vitest'
import { sql } from '../../../../database/db.ts'
import type { HttpResponse } from '../../../../kernel/http.ts'
import { registerOrg } from '../../../../modules/directory/index.ts'
import { createCollection, registerInitiative, reviseInitiative } from '../../../../modules/registry/index.ts'
import { atRegistryDesk, type RegistryDesk } from '../../../../modules/registry/testing/registry-desk.ts'
import { type Actor, LOCAL_ADMINISTRATOR } from '../../../../operations/index.ts'
import { pageRoute } from '../../../site.tsx'
import { pageContext } from '../../../testing/page-context.ts'
import { initiativePages } from '../routes.tsx'

const ADA_ID = '01JADA00000000000000000000'
const ADA: Actor = { ...LOCAL_ADMINISTRATOR, id: ADA_ID }

function open(
  desk: RegistryDesk,
  path: '/initiatives/:id/history' | '/initiatives/:id/edit',
  id: string,
  actor: Actor,
  form?: Record<string, string>,
): Promise<HttpResponse> {
  const method = form === undefined ? 'GET' : 'POST'
  const page = initiativePages.find((one) => one.path === path && (one.method ?? 'GET') === method)
  if (!page) throw new Error(`no page at ${path}`)
  return pageRoute(pageContext(desk, actor), page).handle({
    method,
    path: `/en${path.replace(':id', id)}`,
    params: { lang: 'en', id },
    query: new URLSearchParams(),
    form: new URLSearchParams(form),
    files: [],
    header: () => undefined,
  })
}

async function revisedByAda(desk: RegistryDesk): Promise<{ id: string }> {
  await desk.database.run(sql`
    insert into users (id, email, name, lang, state, version, created_at, created_by, updated_at, updated_by)
    values (${ADA_ID}, 'ada@example.org', 'Ada <b>Obi</b>', 'en', 'active', 1, now(), 'test', now(), 'test')
  `)
  await desk.run(createCollection, { key: 'own' })
  const facts = { title: { orig: 'en', texts: { en: 'Water' } } }
  const { id } = await desk.run(registerInitiative, { collection: 'own', facts })
  await desk.run(reviseInitiative, { id, version: 1, facts: { ...facts, kind: 'project' } }, ADA)
  return { id }
}

test('whoever saved meanwhile is named, and no identifier is shown', () =>
  atRegistryDesk(async (desk) => {
    const { id } = await revisedByAda(desk)
    const typed = { version: '1', 'title.0.lang': 'en', 'title.0.text': 'Wells' }
    const answer = await open(desk, '/initiatives/:id/edit', id, LOCAL_ADMINISTRATOR, typed)
    expect(answer.status).toBe(409)
    expect(answer.body).toContain('Ada &lt;b>Obi&lt;/b>')
    expect(answer.body).not.toContain(ADA_ID)
  }))

test('the history names people, and leads to the audit trail for those who may read it', () =>
  atRegistryDesk(async (desk) => {
    const { id } = await revisedByAda(desk)
    const html = (await open(desk, '/initiatives/:id/history', id, LOCAL_ADMINISTRATOR)).body
    expect(html).toContain('<bdi>Ada &lt;b>Obi&lt;/b></bdi>')
    expect(html).toContain('<bdi>Person at this machine</bdi>')
    expect(html).not.toContain(ADA_ID)
    expect(html).toContain(`href="/en/audit?record=registry%2Finitiatives%2F${id}"`)
    // A focal point reads the history of the own records and not the trail.
    const names = { orig: 'en', texts: { en: 'Ministry' } }
    const org = await desk.run(registerOrg, { names, orgType: '10', countryCode: 'KEN' })
    const grant = { role: 'national_focal_point', scope: 'country', scopeId: 'KEN', orgs: [org.id], countries: ['KEN'] } as const
    const focalPoint: Actor = { id: 'ben', kind: 'user', name: 'Ben', grants: [grant] }
    const own = await desk.run(registerInitiative, { collection: 'own', facts: {}, ownerOrg: org.id }, ADA)
    const ofFocalPoint = await open(desk, '/initiatives/:id/history', own.id, focalPoint)
    expect(ofFocalPoint.status).toBe(200)
    expect(ofFocalPoint.body).toContain('<bdi>Ada &lt;b>Obi&lt;/b></bdi>')
    expect(ofFocalPoint.body).not.toContain('/en/audit?')
  }))
