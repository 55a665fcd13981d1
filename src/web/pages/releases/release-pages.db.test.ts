import { expect, test } from 'vitest'
import type { HttpResponse } from '../../../kernel/http.ts'
import { ensureInstance, moveInitiative, registerInitiative } from '../../../modules/registry/index.ts'
import { atRegistryDesk, type RegistryDesk } from '../../../modules/registry/testing/registry-desk.ts'
import { type Actor, PROGRAM } from '../../../operations/index.ts'
import { type PageDefinition, pageRoute, type WebContext } from '../../site.tsx'
import { pageContext } from '../../testing/page-context.ts'
import { releaseKeyRoute, releasePages } from './routes.tsx'

const KEY = {
  instanceId: 'here',
  instanceName: 'Agency <b>',
  algorithm: 'Ed25519',
  publicKey: 'AAAA',
  fingerprint: '3f2a'.repeat(16),
}

interface Asked {
  readonly method?: 'GET' | 'POST'
  readonly params?: Record<string, string>
  readonly form?: readonly (readonly [string, string])[]
  readonly query?: Record<string, string>
  readonly lang?: string
  readonly actor?: Actor
}

function contextOf(desk: RegistryDesk, actor?: Actor): WebContext {
  return { ...pageContext({ run: desk.run }, actor), releases: { publicKey: async () => KEY } } as unknown as WebContext
}

async function ask(desk: RegistryDesk, path: string, asked: Asked = {}): Promise<HttpResponse & { readonly text: string }> {
  const { method = asked.form ? 'POST' : 'GET', params = {}, form = [], query, lang = 'en', actor } = asked
  const page = releasePages.find((one: PageDefinition) => one.path === path && (one.method ?? 'GET') === method)
  if (!page) throw new Error(`There is no page ${path}`)
  const response = await pageRoute(contextOf(desk, actor), page).handle({
    method,
    path: `/${lang}${path}`,
    params: { lang, ...params },
    query: new URLSearchParams(query),
    form: new URLSearchParams(form.map(([name, value]) => [name, value])),
    files: [],
    header: () => undefined,
  })
  return { ...response, text: String(response.body) }
}

async function publish(desk: RegistryDesk): Promise<string> {
  let record = await desk.run(registerInitiative, {
    collection: 'ours',
    identifier: 'W-1',
    facts: {
      title: { orig: 'en', texts: { en: 'Wells <script>' } },
      kind: 'project',
      reportingOrg: { name: 'Agency' },
      partners: [{ no: '1', name: 'Ministry', iso3: 'BEN', role: 'recipient' }],
    },
  })
  for (const to of ['submitted', 'verified', 'published'] as const)
    record = await desk.run(moveInitiative, { id: record.id, version: record.version, to })
  return record.id
}

function atAgency(work: (desk: RegistryDesk, initiative: string) => Promise<void>): Promise<void> {
  return atRegistryDesk(async (desk) => {
    await desk.run(ensureInstance, {}, PROGRAM)
    await desk.import('ours', [])
    await work(desk, await publish(desk))
  })
}

const SAID = [
  ['addressee', 'Forum'],
  ['purpose', 'Exchange'],
  ['licence', 'CC BY 4.0'],
] as const

async function draft(desk: RegistryDesk): Promise<string> {
  const { headers } = await ask(desk, '/releases/new', { form: [['collection', 'ours'], ...SAID] })
  return (headers.location ?? '').split('/').at(-1) ?? ''
}

test('a stranger is asked to sign in, and sees the key all the same', () =>
  atAgency(async (desk) => {
    const actor: Actor = { id: 'anonymous', kind: 'anonymous', name: '' }
    expect((await ask(desk, '/releases', { actor })).headers.location).toContain('/en/sign-in')
    const key = await ask(desk, '/releases/key', { actor })
    expect(key.status).toBe(200)
    expect(key.text).toContain('3F2A 3F2A')
    expect(key.text).toContain('Agency &lt;b>')
    expect(key.text).not.toContain('trusted here')
    const json = await releaseKeyRoute(contextOf(desk)).handle({} as never)
    expect(JSON.parse(String(json.body))).toEqual(KEY)
  }))

test('what is missing in the form is named, and what was typed stays', () =>
  atAgency(async (desk) => {
    const answer = await ask(desk, '/releases/new', {
      form: [
        ['addressee', 'Forum'],
        ['filter', 'host=XXX'],
      ],
    })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('Purpose: nothing is written')
    expect(answer.text).toContain('Licence: nothing is written')
    expect(answer.text).toContain('value="Forum"')
    const none = await ask(desk, '/releases/new', { form: [['collection', 'nothing-here'], ...SAID] })
    expect([none.status, none.text.includes('no published record of yours')]).toEqual([422, true])
  }))

test('every field is listed with counts and examples; what is unmarked stays, and the summary says so in each language', () =>
  atAgency(async (desk) => {
    const id = await draft(desk)
    const before = (await ask(desk, '/releases/:id', { params: { id } })).text
    for (const text of ['Wells &lt;script>', 'Ministry', 'BEN', 'W-1', '1 of 1 records', 'name="leaves" value="partners.name"'])
      expect(before).toContain(text)
    const shown = [...before.matchAll(/name="shown" value="([^"]+)"/g)].map(([, field]) => field ?? '')
    const saved = await ask(desk, '/releases/:id/fields', {
      params: { id },
      form: [
        ['version', '1'],
        ...shown.map((field) => ['shown', field] as const),
        ...shown.filter((field) => field !== 'partners.name').map((field) => ['leaves', field] as const),
      ],
    })
    expect(saved.headers.location).toBe(`/en/releases/${id}?done=fields`)
    const after = (await ask(desk, '/releases/:id', { params: { id } })).text
    expect(after).toContain('0 of 1 records')
    // The columns of the source stay withheld, although no record states any.
    expect(after).toContain('Names and identifiers of partners and Columns of the source without a place here')
    for (const lang of ['ar', 'es', 'fr', 'ru', 'zh'])
      expect((await ask(desk, '/releases/:id', { params: { id }, lang })).text, lang).not.toContain('⟦')
  }))

test('one record shows all that it says; when it stays whole, nothing is left to confirm', () =>
  atAgency(async (desk, initiative) => {
    const id = await draft(desk)
    const params = { id, initiative }
    const page = (await ask(desk, '/releases/:id/records/:initiative', { params })).text
    expect(page).toContain('Ministry')
    const saved = await ask(desk, '/releases/:id/records/:initiative', {
      params,
      form: [
        ['version', '1'],
        ['whole', 'yes'],
      ],
    })
    expect(saved.headers.location).toBe(`/en/releases/${id}?done=record#records`)
    const refused = await ask(desk, '/releases/:id/confirm', { params: { id }, form: [['version', '2']] })
    expect([refused.status, refused.text.includes('Every record is withheld')]).toEqual([422, true])
  }))

test('a confirmation of what somebody changed meanwhile is refused with both versions; the right one goes on to writing', () =>
  atAgency(async (desk) => {
    const id = await draft(desk)
    expect((await ask(desk, '/releases/:id/confirm', { params: { id } })).text).toContain('Confirm that 1 record may leave')
    const overtaken = await ask(desk, '/releases/:id/confirm', { params: { id }, form: [['version', '7']] })
    expect([overtaken.status, overtaken.text.includes('you saw version 7, it is now 1')]).toEqual([409, true])
    const confirmed = await ask(desk, '/releases/:id/confirm', { params: { id }, form: [['version', '1']] })
    expect(confirmed.headers.location).toBe(`/en/releases/${id}?done=confirmed`)
    const page = (await ask(desk, '/releases/:id', { params: { id }, query: { done: 'confirmed' } })).text
    expect(page).toContain('Write the signed package')
    expect(page).not.toContain('name="leaves"')
    expect((await ask(desk, '/releases', {})).text).toContain('Confirmed')
  }))
