import { expect, test } from 'vitest'
import { translatorFor } from '../../../../i18n/translator.ts'
import type { InitiativeFacts } from '../../../../modules/registry/index.ts'
import { formOfRecord } from './facts-to-form.ts'
import { factsFromForm, LISTS, QUIET_FIELDS } from './form-to-facts.ts'
import { FormValues } from './form-values.ts'

const form = (fields: Record<string, string>) => new FormValues(new URLSearchParams(fields))
const read = (values: FormValues, before: InitiativeFacts = {}) =>
  factsFromForm(values.withoutEmptyRows(LISTS, QUIET_FIELDS), {
    t: translatorFor('en'),
    before,
    actorId: 'local-administrator',
    at: '2026-11-25T00:00:00Z',
    orgOf: (name) => (name === 'UNICEF' ? 'ORG1' : undefined),
  })

test('a row is added at the end and taken away from the middle, and nothing typed is lost', () => {
  const three = form({ 'partners.0.iso3': 'CHL', 'partners.1.iso3': 'PRY', 'partners.2.iso3': 'BOL', kind: 'project' })
  const two = three.withoutRow('partners', 1)
  expect(two.rows('partners').map((index) => two.row('partners', index)('iso3'))).toEqual(['CHL', 'BOL'])
  expect(two.withRow('partners', { no: '4' }).rowCount('partners')).toBe(3)
  expect(two.get('kind')).toBe('project')
})

test('R05a: facts survive the way to the form and back, also those that the form does not show', () => {
  const facts: InitiativeFacts = {
    identifiers: [{ scheme: 'iati', value: 'XM-1' }],
    kind: 'project',
    title: { orig: 'es', texts: { es: 'Arroz', en: 'Rice' }, state: { es: 'original', en: 'machine' } },
    plannedPeriod: { start: '2014-03', end: '2016' },
    hosts: ['PRY'],
    countries: [{ iso3: 'PRY', share: 1 }],
    sectors: [{ vocabulary: '1', code: '31120', share: 0.333 }],
    goals: [{ goal: '2' }, { goal: '17', target: '17.9', contribution: 'significant' }],
    humanitarian: false,
    partners: [
      { no: '1', iso3: 'CHL', role: 'first_provider', agreed: true },
      { no: '2', orgId: 'ORG1', role: 'funder', partnerType: 'multilateral', contributesOwnResources: true },
      { no: '3', name: 'Cooperativa <b>', iso3: 'PRY', role: 'recipient' },
    ],
    contributions: [
      {
        no: '1',
        giver: '1',
        taker: '3',
        modality: 'expert',
        quantity: { value: '30', unit: 'person_day' },
        valuations: [
          { amount: '13800', currency: 'USD', basis: 'table', priceYear: 2014 },
          { amount: '9000', currency: 'USD', basis: 'estimate' },
        ],
      },
      { no: '2', giver: '2', modality: 'grant_cash', money: { amount: '1200.50', currency: 'USD', valueDate: '2014-06-30' } },
    ],
    results: [{ statement: '40 officials trained', level: 'output', actual: '40' }],
    documents: [{ url: 'https://example.org/a.pdf', title: 'Report', category: 'A01', date: '2015' }],
    agencyRoles: [{ role: 'knowledge_broker', org: 'UNDP' }],
    kept: { Remarks: 'as printed' },
  }
  const values = formOfRecord({ facts, listed: [] }, new Map([['ORG1', 'UNICEF']]))
  const { facts: back, errors } = read(values, facts)
  expect(errors).toEqual([])
  // An amount that was left alone keeps the zero at its end.
  expect(back).toEqual(facts)
})

const PUBLISHED: InitiativeFacts = {
  title: { orig: 'en', texts: { en: 'Wells\n\nWells for all' } },
  summary: { orig: 'en', texts: { en: 'First line\nsecond line' } },
  reportingOrg: { orgId: 'ORG1', name: 'UNICEF HQ', ref: 'XM-DAC-41122' },
  regions: [{ vocabulary: '2', code: '998', share: 1 }],
  sectors: [{ vocabulary: '99', code: 'own:1', share: 1 }],
  locations: [{ ref: 'AF-KAN', latitude: '31.616944', longitude: '65.716944' }],
  related: [{ type: '1', identifier: 'XM-1-PARENT' }],
  humanitarianScopes: [{ type: '1', vocabulary: '1-2', code: 'EQ-2015-000048-NPL' }],
  partners: [
    { no: 'p1', orgId: 'ORG1', name: 'United Nations Children’s Fund', ref: 'XM-DAC-41122', role: 'funder' },
    { no: 'p2', name: 'UNICEF', ref: 'XI-1', role: 'implementer' },
  ],
  contributions: [
    {
      no: 't1',
      nature: 'receipt',
      giverName: 'Donor of donors',
      giverRef: 'BB-1',
      taker: 'p1',
      period: { start: '2014-01-01', end: '2014-12-31' },
      money: { amount: '-3000.00', currency: 'EUR', valueDate: '2014-01-01' },
      country: 'AFG',
      sectors: [{ vocabulary: '2', code: '111' }],
      published: { element: 'transaction', type: '1', flowType: '10' },
    },
  ],
  results: [
    { statement: 'Water', indicators: [{ measure: '1', periods: [{ target: '10', actual: '11' }] }], attribution: 'contributed' },
    { statement: 'Water', indicators: [{ measure: '2' }] },
  ],
  documents: [
    { url: 'https://example.org/a.pdf', category: 'A01' },
    { url: 'https://example.org/a.pdf', category: 'A02' },
  ],
  published: { scope: '4', aidTypes: [{ code: 'C01' }], currency: 'EUR' },
}
const ORGS = new Map([['ORG1', 'UNICEF']])

test('everything that a published file said survives a form in which nothing was touched', () => {
  // As a browser sends it: a field of one line without line ends, others with those of the network.
  const sent = new URLSearchParams()
  const values = formOfRecord({ facts: PUBLISHED, listed: [] }, ORGS)
  for (const [name, value] of values.entries()) {
    sent.append(name, name.startsWith('title.') ? value.replaceAll('\n', '') : value.replaceAll('\n', '\r\n'))
  }
  const { facts, errors } = read(new FormValues(sent), PUBLISHED)
  expect(errors).toEqual([])
  expect(facts).toEqual(PUBLISHED)
})

test('what belongs to a removed result goes with it, and a party that was renamed loses the identifier of the other', () => {
  const values = formOfRecord({ facts: PUBLISHED, listed: [] }, ORGS).withoutRow('results', 0)
  expect(read(values, PUBLISHED).facts.results).toEqual([{ statement: 'Water', indicators: [{ measure: '2' }] }])
  const renamed = new URLSearchParams([...values.entries()])
  renamed.set('partners.1.name', 'Somebody else')
  expect(read(new FormValues(renamed), PUBLISHED).facts.partners?.[1]).toEqual({
    no: 'p2',
    name: 'Somebody else',
    role: 'implementer',
  })
})

test('of sixty transactions fifty are shown, and the others stay as they are', () => {
  const contributions = Array.from({ length: 60 }, (_, index) => ({
    no: String(index + 1),
    nature: 'disbursement' as const,
    money: { amount: '1.10', currency: 'USD' },
    published: { element: 'transaction' as const, type: '3' },
  }))
  const values = formOfRecord({ facts: { contributions }, listed: [] }, new Map())
  expect(values.rowCount('contributions')).toBe(50)
  expect(read(values, { contributions }).facts.contributions).toEqual(contributions)
  const more = values.withRow('contributions', { no: '51', giver: '1', modality: 'expert' })
  const numbers = read(more, { contributions }).facts.contributions?.map(({ no }) => no) ?? []
  expect(new Set(numbers).size).toBe(61)
})

test('a changed original makes its translations older than it', () => {
  const before: InitiativeFacts = { title: { orig: 'es', texts: { es: 'Arroz', en: 'Rice' } } }
  const { facts } = read(
    form({ 'title.0.lang': 'es', 'title.0.text': 'Arroz y agua', 'title.1.lang': 'en', 'title.1.text': 'Rice' }),
    before,
  )
  expect(facts.title?.state).toEqual({ es: 'original', en: 'stale' })
})

test.each([
  ['1,200', 'contributions.0.amount', { 'contributions.0.giver': '1', 'contributions.0.amount': '1,200' }],
  ['a currency is missing', 'contributions.0.currency', { 'contributions.0.giver': '1', 'contributions.0.amount': '5' }],
  ['nobody gives', 'contributions.0.giver', { 'contributions.0.modality': 'expert' }],
  [
    '30 February',
    'plannedPeriod.start',
    { 'plannedPeriod.start-year': '2014', 'plannedPeriod.start-month': '02', 'plannedPeriod.start-day': '30' },
  ],
  ['end before start', 'actualPeriod.end', { 'actualPeriod.start-year': '2015', 'actualPeriod.end-year': '2014' }],
  ['120 per cent', 'countries.0.share', { 'countries.0.iso3': 'PRY', 'countries.0.share': '120' }],
  ['a year of three digits', 'listed.0.year', { 'listed.0.year': '214' }],
  [
    'one language twice',
    'title.1.lang',
    { 'title.0.lang': 'en', 'title.0.text': 'a', 'title.1.lang': 'en', 'title.1.text': 'b' },
  ],
  ['a type without a reason', 'overrideReason', { overrideType: 'SSC' }],
])('what cannot be read is said at its field: %s', (_name, field, fields) => {
  const [error] = read(form(fields as Record<string, string>)).errors
  expect(error?.field).toBe(field)
  expect(error?.message).not.toContain('registry.')
})

test('a row in which nobody typed anything states nothing', () => {
  const { facts } = read(form({ 'partners.0.no': '1', 'partners.0.iso3': '', 'title.0.lang': 'en', 'title.0.text': ' ' }))
  expect(facts).toEqual({})
})
