import { expect, test } from 'vitest'
import { newId } from '../../../../kernel/ids.ts'
import { registerOrg } from '../../../../modules/directory/index.ts'
import {
  addOrganisations,
  applyImportRun,
  beginPublishedRun,
  createCollection,
  type OrganisationBudget,
  type OrganisationFacts,
} from '../../../../modules/registry/index.ts'
import { atRegistryDesk, type RegistryDesk } from '../../../../modules/registry/testing/registry-desk.ts'
import { type Actor, ANONYMOUS, LOCAL_ADMINISTRATOR } from '../../../../operations/index.ts'
import { type PageRequest, pageRoute, type WebContext } from '../../../site.tsx'
import { pageContext } from '../../../testing/page-context.ts'
import { runPage } from '../../imports/run/run-page.tsx'
import { undoPage } from '../../imports/run/undo-page.tsx'
import { organisationPages } from '../routes.tsx'

const HOLDER = 'the-only-process'
const PERIOD = { start: '2024-01-01', end: '2024-12-31' }

/** A run that describes these organisations, applied. */
async function publish(desk: RegistryDesk, organisations: Readonly<Record<string, OrganisationFacts>>, key = 'fund') {
  const begun = await desk.run(beginPublishedRun, {
    collection: { key },
    fileName: 'organisations.xml',
    fileDigest: newId(),
    fileBytes: 1_000,
    format: 'iati',
    series: 'organisations.xml',
    edition: 1,
    holder: HOLDER,
  })
  if (begun.kind !== 'begun') throw new Error(begun.kind)
  const runId = begun.begun.run.id
  const block = { id: newId(), fileName: 'organisations.xml', context: {}, content: Buffer.from('packed') }
  const read = Object.keys(organisations).length
  await desk.run(addOrganisations, {
    runId,
    holder: HOLDER,
    organisations: Object.entries(organisations).map(([identifier, facts]) => ({
      identifier,
      facts,
      contentDigest: newId(),
      source: { blockId: block.id, start: 0, length: 1, pieceDigest: newId(), statedAt: '2024-05-01T10:00:00Z' },
    })),
    blocks: [block],
    counts: { read: read + 1, created: read, changed: 0, unchanged: 0, rejected: 1 },
  })
  const published = { holder: HOLDER, digest: 'd', withdrawn: [], returned: [] }
  await desk.run(applyImportRun, { runId, published })
  return runId
}

const RUN_PAGES = [
  { path: '/imports/:id', handle: runPage },
  { path: '/imports/:id/undo', handle: (request: PageRequest) => undoPage(request) },
]

async function page(
  desk: RegistryDesk,
  path: string,
  { params = {}, query = {}, actor = ANONYMOUS as Actor, lang = 'en' } = {},
): Promise<string> {
  const definition =
    RUN_PAGES.find((one) => one.path === path) ?? organisationPages.find((one) => one.path === path && !one.method)
  if (!definition) throw new Error(`no page ${path}`)
  // Pages of a run ask whether its file is still here; nothing else of the jobs.
  const imports = { of: () => ({ has: async () => false }), reportOf: () => undefined }
  const context = { ...pageContext(desk, actor), imports } as unknown as WebContext
  const { status, headers, body } = await pageRoute(context, definition).handle({
    method: 'GET',
    path,
    params: { lang, ...params },
    query: new URLSearchParams(query),
    form: new URLSearchParams(),
    files: [],
    header: () => undefined,
  })
  if (status === 303) return String(headers?.location)
  if (typeof body === 'string') return body
  const chunks: Buffer[] = []
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

const FACTS: OrganisationFacts = {
  name: { orig: 'en', texts: { en: 'Pump Fund' } },
  budgets: [
    { kind: 'total', status: '2', period: PERIOD, money: { amount: '1000', currency: 'USD', valueDate: '2024-01-01' } },
    { kind: 'recipient-country', period: PERIOD, money: { amount: '7', currency: 'XXX' }, recipient: { iso3: 'KEN' } },
    { kind: 'recipient-org', status: '1', period: PERIOD },
  ],
  documents: [
    { title: 'Annual report', url: 'https://a.example/report.pdf', category: 'B01', language: 'fr', date: '2024-03-01' },
  ],
}

test('an organisation that published nothing says so, and the page of an unknown identifier is not there', () =>
  atRegistryDesk(async (desk) => {
    const { id } = await desk.run(registerOrg, { names: { orig: 'en', texts: { en: 'Quiet Office' } }, orgType: '40' })
    expect(await page(desk, '/organisations/:id', { params: { id } })).toContain(
      'No file in which this organisation describes itself',
    )
    expect(await page(desk, '/organisations/published', { query: { identifier: 'XX-0' } })).toContain('XX-0')
  }))

test('budgets with dollars, recipients and what is not known, and documents with links, stand on the page of the organisation', () =>
  atRegistryDesk(async (desk) => {
    const runId = await publish(desk, { 'KE-NGO-1': FACTS })
    const before = await page(desk, '/organisations/published', { query: { identifier: 'KE-NGO-1' } })
    expect(before).toContain('The directory has no organisation with this identifier')
    expect(before).toContain('Annual report')

    const names = { orig: 'en', texts: { en: 'Pump Fund of Kenya' } }
    const { id } = await desk.run(registerOrg, { names, orgType: '22', iatiId: 'KE-NGO-1' })
    const there = await page(desk, '/organisations/published', { query: { identifier: 'KE-NGO-1' } })
    expect(there).toBe(`/en/organisations/${id}#published`)
    const shown = (await page(desk, '/organisations/:id', { params: { id } })).replaceAll('\u00a0', ' ')
    for (const text of ['Total budget', 'Committed', 'Kenya', 'no rate', 'organisations.xml', 'USD 1,000', '>fund<'])
      expect([text, shown.includes(text)]).toEqual([text, true])
    expect(shown).toContain('<a href="https://a.example/report.pdf" rel="noreferrer"><bdi>Annual report</bdi></a>')
    // Who may not see imports reads the day alone.
    expect(shown).not.toContain(`/imports/${runId}`)
    expect(await page(desk, '/organisations/:id', { params: { id }, actor: LOCAL_ADMINISTRATOR })).toContain(`/imports/${runId}`)
  }))

test('many budgets come page by page, and all of them as a file', () =>
  atRegistryDesk(async (desk) => {
    const budgets = Array.from(
      { length: 1_030 },
      (_, index): OrganisationBudget => ({ kind: 'total', money: { amount: String(100_001 + index), currency: 'USD' } }),
    )
    await publish(desk, { 'XX-9': { budgets } })
    const query = { identifier: 'XX-9' }
    const first = await page(desk, '/organisations/published', { query })
    expect([first.includes('100,050'), first.includes('100,051')]).toEqual([true, false])
    expect(first.length).toBeLessThan(100_000)
    const second = await page(desk, '/organisations/published', { query: { ...query, budgets: '50' } })
    expect([second.includes('100,050'), second.includes('100,051')]).toEqual([false, true])
    const file = await page(desk, '/organisations/published.csv', { query })
    const lines = file.trim().split('\r\n')
    expect(lines).toHaveLength(1_031)
    expect(lines[1]).toBe('XX-9,Total budget,total,,,,,,,100001,USD,100001,organisations.xml')
    expect(lines.at(-1)).toContain(',101030,USD,')
  }))

test('the page of a run counts organisations apart and leads to each of them', () =>
  atRegistryDesk(async (desk) => {
    const runId = await publish(desk, { 'KE-NGO-1': FACTS, 'KE-NGO-2': { documents: [] } })
    const shown = await page(desk, '/imports/:id', { params: { id: runId }, actor: LOCAL_ADMINISTRATOR })
    expect(shown).toContain('2 organisations are in')
    expect(shown).toContain('1 organisation was left out because of errors')
    expect(shown).toContain('/en/organisations/published?identifier=KE-NGO-2')
    expect(shown).toContain('not in the directory')
    const undo = await page(desk, '/imports/:id/undo', { params: { id: runId }, actor: LOCAL_ADMINISTRATOR })
    expect(undo).toContain('What it brought about 2 organisations will be taken back.')
  }))

test('what is imported into a collection of one office is not shown to the public', () =>
  atRegistryDesk(async (desk) => {
    const { id } = await desk.run(registerOrg, {
      names: { orig: 'en', texts: { en: 'Office' } },
      orgType: '40',
      iatiId: 'XM-DAC-5-5',
    })
    await desk.run(createCollection, { key: 'inner', ownerOrg: id, visibility: 'group' })
    await publish(desk, { 'XM-DAC-5-5': FACTS }, 'inner')
    expect(await page(desk, '/organisations/:id', { params: { id } })).not.toContain('Annual report')
    expect(await page(desk, '/organisations/:id', { params: { id }, actor: LOCAL_ADMINISTRATOR })).toContain('Annual report')
  }))
