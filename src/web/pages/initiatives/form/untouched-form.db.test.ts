import { expect, test } from 'vitest'
import type { HttpResponse } from '../../../../kernel/http.ts'
import { createCollection, getInitiative, type InitiativeFacts, registerInitiative } from '../../../../modules/registry/index.ts'
import { atRegistryDesk, type RegistryDesk } from '../../../../modules/registry/testing/registry-desk.ts'
import { type PageDefinition, pageRoute } from '../../../site.tsx'
import { pageContext } from '../../../testing/page-context.ts'
import { editPage } from './pages.tsx'
import { reviseFromForm } from './save.tsx'

function answer(
  desk: RegistryDesk,
  handle: PageDefinition['handle'],
  id: string,
  form = new URLSearchParams(),
): Promise<HttpResponse> {
  return pageRoute(pageContext(desk), { path: '/initiatives/:id/edit', handle }).handle({
    method: form.size > 0 ? 'POST' : 'GET',
    path: `/en/initiatives/${id}/edit`,
    params: { lang: 'en', id },
    query: new URLSearchParams(),
    form,
    files: [],
    header: () => undefined,
  })
}

const unescaped = (text: string) =>
  text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#39;', "'").replaceAll('&amp;', '&')

const CONTROLS = /<input\b([^>]*)>|<(select|textarea)\b([^>]*)>([\s\S]*?)<\/\2>/g

/** What a browser sends of a form in which nobody touched anything. */
function fieldsOf(html: string): URLSearchParams {
  const sent = new URLSearchParams()
  for (const [, input, kind, others, body = ''] of html.matchAll(CONTROLS)) {
    const attributes = input ?? others ?? ''
    const of = (name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1]
    const name = of('name')
    if (name === undefined || name === 'q') continue
    const isChoice = ['checkbox', 'radio'].includes(of('type') ?? '')
    if (isChoice && !/\schecked\b/.test(attributes)) continue
    const chosen = /<option\b(?=[^>]*\sselected\b)[^>]*\svalue="([^"]*)"/.exec(body)?.[1]
    const value = kind === 'select' ? chosen : kind === 'textarea' ? body : of('value')
    sent.append(unescaped(name), unescaped(value ?? '').replaceAll('\n', '\r\n'))
  }
  return sent
}

const PUBLISHED: InitiativeFacts = {
  identifiers: [{ scheme: 'iati', value: 'XM-1-1' }],
  kind: 'project',
  title: { orig: 'pt', texts: { pt: 'Poços', en: 'Wells' } },
  summary: { orig: 'en', texts: { en: 'First line\nsecond line <b>' } },
  reportingOrg: { name: 'Pump Fund', ref: 'XM-1' },
  phase: 'implementation',
  countries: [{ iso3: 'AFG', share: 0.333 }],
  regions: [{ vocabulary: '1', code: '998', share: 0.667 }],
  sectors: [
    { vocabulary: '1', code: '14030', share: 1 },
    { vocabulary: '99', code: 'own:1', share: 1 },
  ],
  goals: [{ goal: '6' }],
  humanitarian: false,
  locations: [{ latitude: '31.6', longitude: '65.7' }],
  related: [{ type: '1', identifier: 'XM-1' }],
  partners: [{ no: 'p1', name: 'Pump Fund', ref: 'XM-1', role: 'funder', partnerType: 'foundation' }],
  contributions: [
    {
      no: 'b1',
      nature: 'plan',
      giver: 'p1',
      period: { start: '2004-04-01', end: '2005-03-31' },
      money: { amount: '500000.00', currency: 'GBP', valueDate: '2004-04-01' },
      published: { element: 'budget', type: '1' },
    },
    {
      no: 't1',
      nature: 'receipt',
      giverName: 'Donor',
      takerRef: 'XM-1',
      modality: 'grant_cash',
      period: { start: '2004-04-01' },
      money: { amount: '-12.50', currency: 'USD', valueDate: '2004-04-01' },
      description: 'reversal\nof an error',
      published: { element: 'transaction', type: '1' },
    },
  ],
  results: [{ level: 'output', statement: 'Wells dug', indicators: [{ measure: '1', periods: [{ target: '5', actual: '6' }] }] }],
  documents: [{ title: 'Plan', url: 'https://example.org/plan', category: 'A02', language: 'pt', date: '2004-01-01' }],
  published: { scope: '4', currency: 'GBP' },
  contact: 'Pump Fund\n+44 1',
  note: 'one\ntwo',
}

test('the form of a published activity, saved untouched, changes nothing of it', () =>
  atRegistryDesk(async (desk) => {
    await desk.run(createCollection, { key: 'own' })
    const { id } = await desk.run(registerInitiative, { collection: 'own', facts: PUBLISHED })
    const before = (await desk.run(getInitiative, { id })).record.facts
    const page = await answer(desk, (request) => editPage(request, {}), id)
    const sent = fieldsOf(String(page.body))
    expect(sent.get('contributions.1.nature')).toBe('receipt')
    expect(await answer(desk, reviseFromForm, id, sent)).toMatchObject({ status: 303 })
    expect((await desk.run(getInitiative, { id })).record.facts).toEqual(before)
  }))
