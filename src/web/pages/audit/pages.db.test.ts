import { expect, test } from 'vitest'
import { sql } from '../../../database/db.ts'
import type { HttpRequest, HttpResponse } from '../../../kernel/http.ts'
import { recordRead } from '../../../modules/access/index.ts'
import { createCollection } from '../../../modules/registry/index.ts'
import { atRegistryDesk, type RegistryDesk } from '../../../modules/registry/testing/registry-desk.ts'
import { LOCAL_ADMINISTRATOR, PROGRAM } from '../../../operations/index.ts'
import { pageRoute } from '../../site.tsx'
import { pageContext } from '../../testing/page-context.ts'
import { auditPages } from './routes.tsx'

async function open(desk: RegistryDesk, address: string): Promise<HttpResponse> {
  const url = new URL(address, 'http://localhost')
  const [, lang = 'en', ...rest] = url.pathname.split('/')
  const page = auditPages.find(({ path }) => path === `/${rest.join('/')}`)
  if (!page) throw new Error(`no page at ${address}`)
  const request: HttpRequest = {
    method: 'GET',
    path: url.pathname,
    params: { lang },
    query: url.searchParams,
    form: new URLSearchParams(),
    files: [],
    header: () => undefined,
  }
  return pageRoute(pageContext(desk), page).handle(request)
}

async function textOf({ body }: HttpResponse): Promise<string> {
  if (typeof body === 'string' || body instanceof Uint8Array) return String(body)
  let text = ''
  for await (const piece of body) text += String(piece)
  return text
}

const HOSTILE = '"><script>alert(1)</script>'

test('a filter that cannot be accepted is said at its field, and what was typed stays as text', () =>
  atRegistryDesk(async (desk) => {
    const response = await open(desk, `/en/audit?from=${encodeURIComponent(HOSTILE)}`)
    const html = await textOf(response)
    expect(response.status).toBe(422)
    expect(html).toContain('is not a day. Write year, month and day')
    expect(html).not.toContain('<script')
    expect(await open(desk, '/en/audit.csv?from=never')).toMatchObject({ status: 422 })
  }))

test('the page shows who did what to which record, and where the chain stands', () =>
  atRegistryDesk(async (desk) => {
    await desk.run(createCollection, { key: 'own' })
    const html = await textOf(await open(desk, '/en/audit?operation=registry.create-collection'))
    const { hash } = await desk.database.one<{ hash: string }>(sql`select hash from audit_events`)
    expect(html).toContain('registry.create-collection')
    expect(html).toContain('Person at this machine')
    expect(html).toContain(hash)
    expect(html).toContain('Not verified yet')
    expect(html).toContain('href="/en/audit.jsonl?operation=registry.create-collection"')
    expect(await textOf(await open(desk, '/en/audit?outcome=refused'))).toContain('No event fits this selection')
  }))

test('a person is named, and found by name, address or identifier; the identifier stays on the page and in the files', () =>
  atRegistryDesk(async (desk) => {
    await desk.database.run(sql`
      insert into users (id, email, name, lang, state, version, created_at, created_by, updated_at, updated_by)
      values ('ada-1', 'ada@example.org', 'Ada Obi', 'en', 'active', 1, now(), 'test', now(), 'test')
    `)
    await desk.run(createCollection, { key: 'of-ada' }, { ...LOCAL_ADMINISTRATOR, id: 'ada-1' })
    await desk.run(createCollection, { key: 'of-the-program' }, PROGRAM)
    for (const person of ['Ada Obi', 'ada obi', 'ADA@example.org', 'ada-1']) {
      const html = await textOf(await open(desk, `/en/audit?${new URLSearchParams({ person })}`))
      expect(html).toContain('<bdi>Ada Obi</bdi>')
      expect(html).toContain('<code dir="ltr">ada-1</code>')
      expect(html).not.toContain('<bdi>The program</bdi>')
    }
    const ofProgram = await textOf(await open(desk, '/en/audit?person=The+program'))
    expect(ofProgram).toContain('<bdi>The program</bdi>')
    expect(ofProgram).not.toContain('<bdi>Ada Obi</bdi>')
    expect(await textOf(await open(desk, '/en/audit?person=Nobody'))).toContain('No event fits this selection')
    expect(await textOf(await open(desk, '/en/audit.csv?person=ada-1'))).toContain(',Ada Obi,ada-1,')
    expect(JSON.parse(await textOf(await open(desk, '/en/audit.jsonl?person=ada-1')))).toMatchObject({
      actorId: 'ada-1',
      actorName: 'Ada Obi',
    })
  }))

test('whatever an event holds is shown as text, and a table gives no formula to a spreadsheet', () =>
  atRegistryDesk(async (desk) => {
    const actor = { ...LOCAL_ADMINISTRATOR, id: `=cmd${HOSTILE}` }
    const ref = { module: 'directory', aggregate: 'persons', id: HOSTILE }
    await recordRead(desk.database, { operation: '=1+1', actor, at: new Date(), ref })
    expect(await textOf(await open(desk, '/ar/audit'))).not.toContain('<script')
    const csv = await textOf(await open(desk, '/en/audit.csv'))
    expect(csv).toContain("'=1+1")
    expect(csv).toContain(`"'=cmd""><script>`)
  }))

test('the file holds the events of the selection, oldest first, and its download is an event itself', () =>
  atRegistryDesk(async (desk) => {
    for (const key of ['a', 'b', 'c']) await desk.run(createCollection, { key })
    const lines = (await textOf(await open(desk, '/en/audit.jsonl'))).trim().split('\n')
    expect(lines.map((line) => JSON.parse(line).seq)).toEqual([1, 2, 3])
    const html = await textOf(await open(desk, '/en/audit?outcome=read'))
    expect(html).toContain('access.export-audit-trail')
  }))
