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
  // An amount is the same number without the zero at its end.
  expect(back).toEqual({
    ...facts,
    contributions: [
      facts.contributions?.[0],
      { no: '2', giver: '2', modality: 'grant_cash', money: { amount: '1200.5', currency: 'USD', valueDate: '2014-06-30' } },
    ],
  })
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
