import { expect, test } from 'vitest'
import type { HttpRequest, HttpResponse } from '../../../../kernel/http.ts'
import { type ImportSchedule, listImportSchedules } from '../../../../modules/registry/index.ts'
import { atRegistryDesk, type RegistryDesk } from '../../../../modules/registry/testing/registry-desk.ts'
import { type Actor, ANONYMOUS, LOCAL_ADMINISTRATOR } from '../../../../operations/index.ts'
import { pageRoute } from '../../../site.tsx'
import { pageContext } from '../../../testing/page-context.ts'
import { importPages } from '../routes.tsx'

const FOREIGN: Actor = {
  id: 'foreign',
  kind: 'user',
  name: 'Foreign',
  grants: [{ role: 'entity_focal_point', scope: 'entity', scopeId: 'office', orgs: ['office'], countries: [] }],
}

interface Asked {
  readonly id?: string
  readonly actor?: Actor
  /** Sends a form. */
  readonly form?: Record<string, string>
}

async function ask(
  desk: RegistryDesk,
  pattern: string,
  { id, actor = LOCAL_ADMINISTRATOR, form }: Asked = {},
): Promise<HttpResponse> {
  const method = form === undefined ? 'GET' : 'POST'
  const page = importPages.find((one) => (one.method ?? 'GET') === method && one.path === pattern)
  if (!page) throw new Error(`no page at ${pattern}`)
  const request: HttpRequest = {
    method,
    path: `/en${pattern.replace(':id', id ?? '')}`,
    params: { lang: 'en', ...(id === undefined ? {} : { id }) },
    query: new URLSearchParams(),
    form: new URLSearchParams(form),
    files: [],
    header: () => undefined,
  }
  return pageRoute(pageContext(desk, actor), page).handle(request)
}

const WELLS = { address: 'https://house.example/wells.xml', collection: 'wells', every: 'daily', format: 'auto' }

const all = (desk: RegistryDesk): Promise<ImportSchedule[]> => desk.run(listImportSchedules, {})

test('strangers are led to sign in, others see nothing of it and change nothing', () =>
  atRegistryDesk(async (desk) => {
    expect(await ask(desk, '/imports/addresses/new', { actor: ANONYMOUS })).toMatchObject({ status: 303 })
    expect(await ask(desk, '/imports/addresses', { actor: ANONYMOUS, form: WELLS })).toMatchObject({ status: 403 })
    await ask(desk, '/imports/addresses', { form: WELLS })
    const [made] = await all(desk)
    const asked = { id: made?.id ?? '', actor: FOREIGN }
    expect((await ask(desk, '/imports/addresses/:id', asked)).status).toBe(403)
    expect((await ask(desk, '/imports/addresses/:id/remove', asked)).status).toBe(403)
    for (const form of [
      { do: 'pause', version: '1' },
      { ...WELLS, every: 'weekly', version: '1' },
    ]) {
      expect((await ask(desk, '/imports/addresses/:id', { ...asked, form })).status).toBe(403)
    }
    expect((await ask(desk, '/imports/addresses/:id/remove', { ...asked, form: { version: '1' } })).status).toBe(403)
    expect(await all(desk)).toEqual([made])
    expect((await ask(desk, '/imports/addresses/:id', { id: 'none' })).status).toBe(404)
  }))

test('what is missing or wrong is said at its field, and what was typed stays', () =>
  atRegistryDesk(async (desk) => {
    const empty = await ask(desk, '/imports/addresses', { form: { ...WELLS, address: '', every: '' } })
    expect(empty.status).toBe(422)
    expect(String(empty.body)).toContain('“Address of the file” is empty')
    expect(String(empty.body)).toContain('“How often” is empty')
    expect(String(empty.body)).toContain('value="wells"')
    const wrong = await ask(desk, '/imports/addresses', { form: { ...WELLS, address: 'file:///etc/"passwd' } })
    expect([wrong.status, String(wrong.body)]).toEqual([422, expect.stringContaining('file:///etc/&quot;passwd')])
    expect(await all(desk)).toEqual([])
  }))

test('scheduled, paused, changed, asked for and removed, each by its button; a second time it is said that it is there', () =>
  atRegistryDesk(async (desk) => {
    expect(await ask(desk, '/imports/addresses', { form: WELLS })).toMatchObject({
      status: 303,
      headers: { location: '/en/imports#addresses' },
    })
    const again = await ask(desk, '/imports/addresses', { form: WELLS })
    expect([again.status, String(again.body)]).toEqual([422, expect.stringContaining('is scheduled for wells already')])
    const [{ id }] = (await all(desk)) as [ImportSchedule]
    const send = (form: Record<string, string>) => ask(desk, '/imports/addresses/:id', { id, form })
    expect((await send({ do: 'pause', version: '1' })).status).toBe(303)
    expect((await all(desk))[0]).toMatchObject({ paused: true, version: 2 })
    // From a page that is older than the pause.
    const old = await send({ do: 'now', version: '1' })
    expect([old.status, String(old.body)]).toEqual([422, expect.stringContaining('was changed meanwhile')])
    await send({ do: 'resume', version: '2' })
    await send({ ...WELLS, address: 'https://house.example/all.xml', every: 'monthly', format: 'iati', version: '3' })
    expect((await all(desk))[0]).toMatchObject({
      address: 'https://house.example/all.xml',
      every: 'monthly',
      format: 'iati',
      paused: false,
      version: 4,
    })
    expect(String((await ask(desk, '/imports/addresses/:id/remove', { id })).body)).toContain('What was imported from it stays')
    await ask(desk, '/imports/addresses/:id/remove', { id, form: { version: '4' } })
    expect(await all(desk)).toEqual([])
  }))
