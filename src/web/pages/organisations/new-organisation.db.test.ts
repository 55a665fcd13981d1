import { expect, test } from 'vitest'
import type { HttpRequest, HttpResponse } from '../../../kernel/http.ts'
import { atRegistryDesk, type RegistryDesk } from '../../../modules/registry/testing/registry-desk.ts'
import { type Actor, ANONYMOUS, LOCAL_ADMINISTRATOR } from '../../../operations/index.ts'
import { pageRoute } from '../../site.tsx'
import { pageContext } from '../../testing/page-context.ts'
import { organisationPages } from './routes.tsx'

async function send(desk: RegistryDesk, form: Record<string, string>, actor: Actor = LOCAL_ADMINISTRATOR): Promise<HttpResponse> {
  const page = organisationPages.find(({ method, path }) => method === 'POST' && path === '/organisations/new')
  if (!page) throw new Error('no page')
  const request: HttpRequest = {
    method: 'POST',
    path: '/en/organisations/new',
    params: { lang: 'en' },
    query: new URLSearchParams(),
    form: new URLSearchParams(form),
    files: [],
    header: () => undefined,
  }
  return pageRoute({ ...pageContext(desk, actor), isFormTokenOf: () => true }, page).handle(request)
}

const MINISTRY = { orgName: 'Ministry of Health', lang: 'en', acronym: 'MoH', kind: '10', country: 'BEN', iati: '' }

test('an organisation is refused to strangers, keeps what was typed when not accepted, and is then shown', () =>
  atRegistryDesk(async (desk) => {
    expect((await send(desk, MINISTRY, ANONYMOUS)).status).toBe(403)

    const refused = await send(desk, { ...MINISTRY, kind: '', iati: 'a b/c' })
    expect(refused.status).toBe(422)
    expect(refused.body).toContain('value="Ministry of Health"')
    expect(refused.body).toContain('value="a b/c"')
    expect(refused.body).toContain('Choose the type of the organization.')
    expect(refused.body).toContain('href="#field-kind"')

    expect((await send(desk, { ...MINISTRY, orgName: ' ' })).body).toContain('Write the name of the organization')

    const done = await send(desk, MINISTRY)
    expect(done).toMatchObject({ status: 303 })
    expect(done.headers?.location).toMatch(/^\/en\/organisations\/[0-9A-Z]{26}$/)

    const known = await send(desk, MINISTRY)
    expect(known.status).toBe(409)
    expect(known.body).toContain('name="another"')
    expect(await send(desk, { ...MINISTRY, another: 'yes' })).toMatchObject({ status: 303 })
  }))
