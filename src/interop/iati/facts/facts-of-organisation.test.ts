import { describe, expect, test } from 'vitest'
import type { FileContext } from '../element.ts'
import { parseElement } from '../parse-element.ts'
import { factsOfOrganisation } from './facts-of-organisation.ts'
import type { FindOrg } from './reading.ts'

const CONTEXT: FileContext = {
  root: 'iati-organisations',
  version: '2.03',
  namespaces: {},
  attributes: { 'generated-datetime': '2024-05-01T10:00:00Z' },
}

/** What an organisation in English with these parts states. */
function read(parts: string, attributes = 'xml:lang="en" default-currency="EUR"', findOrg: FindOrg = () => undefined) {
  const organisation = parseElement(`<iati-organisation ${attributes}>\n${parts}</iati-organisation>`, 1)
  return factsOfOrganisation(organisation, { context: CONTEXT, findOrg })
}

const YEAR = '<period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/>'
const PERIOD = { start: '2024-01-01', end: '2024-12-31' }

describe('what an organisation does not say is not in the facts', () => {
  test('an empty organisation has no facts, and the moment of its file', () => {
    const { identifier, facts, statedAt, problems } = read('')
    expect({ identifier, facts, problems }).toEqual({ identifier: undefined, facts: {}, problems: [] })
    expect(new Date(statedAt ?? '').toISOString()).toBe('2024-05-01T10:00:00.000Z')
  })

  test.each([
    ['a budget without period, amount and recipient', '<total-budget status="1"/>'],
    ['a name without words', '<name><narrative> </narrative></name>'],
    ['a reporting organisation that is not named', '<reporting-org/>'],
    ['an element that is a word of the program', '<constructor/>'],
    ['an address that is no web address', '<document-link url="ftp://a.example/x"/>'],
    [
      'a budget for a country that does not exist',
      '<recipient-country-budget><recipient-country code="ZZ"/></recipient-country-budget>',
    ],
  ])('%s', (_, parts) => {
    expect(read(parts).facts).toEqual({})
  })

  test('an amount that cannot be read is left out, and said with the line, the element and the organisation', () => {
    const { facts, problems } = read(
      `<organisation-identifier>XX-1</organisation-identifier>\n<total-budget>${YEAR}<value>many</value></total-budget>`,
    )
    expect(facts.budgets).toEqual([{ kind: 'total', period: PERIOD }])
    expect(problems).toEqual([
      {
        code: 'iati.amount-not-read',
        params: { found: 'many' },
        level: 'warning',
        place: { line: 3, element: 'total-budget/value', activity: 'XX-1' },
      },
    ])
  })

  test('an amount without any currency is kept apart from every real one, and said', () => {
    const { facts, problems } = read(`<total-budget>${YEAR}<value>5</value></total-budget>`, '')
    expect(facts.budgets).toEqual([{ kind: 'total', period: PERIOD, money: { amount: '5', currency: 'XXX' } }])
    expect(problems.map(({ code }) => code)).toEqual(['iati.currency-not-stated'])
  })

  test('an end before the start is left out, and said', () => {
    const { facts, problems } = read(
      '<total-expenditure><period-start iso-date="2024-01-01"/><period-end iso-date="2023-12-31"/></total-expenditure>',
    )
    expect(facts.budgets).toEqual([{ kind: 'expenditure', period: { start: '2024-01-01' } }])
    expect(problems.map(({ code }) => code)).toEqual(['iati.end-before-start'])
  })
})

describe('who the organisation is', () => {
  test('names in all languages, who reports with its type, and when it was stated', () => {
    const { identifier, facts, statedAt } = read(
      '<organisation-identifier> XX-1 </organisation-identifier>' +
        '<name><narrative>Water Agency</narrative><narrative xml:lang="fr">Agence de l’eau</narrative></name>' +
        '<reporting-org ref="XX-1" type="10"><narrative>Water Agency</narrative></reporting-org>',
      'xml:lang="en" last-updated-datetime="2024-03-02T00:00:00Z"',
      (ref) => (ref === 'XX-1' ? { orgId: 'org-1' } : undefined),
    )
    expect(identifier).toBe('XX-1')
    expect(facts.name).toEqual({ orig: 'en', texts: { en: 'Water Agency', fr: 'Agence de l’eau' } })
    expect(facts.reportingOrg).toEqual({ orgId: 'org-1', ref: 'XX-1', name: 'Water Agency', type: '10' })
    expect(new Date(statedAt ?? '').toISOString()).toBe('2024-03-02T00:00:00.000Z')
  })

  test('documents are those of activities: address, title, category, language, date', () => {
    const { facts } = read(
      '<document-link url="https://a.example/plan.pdf" format="application/pdf"><title><narrative>Plan</narrative></title>' +
        '<category code="B02"/><language code="en"/><document-date iso-date="2024-02-05"/></document-link>',
    )
    expect(facts.documents).toEqual([
      { title: 'Plan', url: 'https://a.example/plan.pdf', category: 'B02', language: 'en', date: '2024-02-05' },
    ])
  })
})

describe('budgets and expenditure', () => {
  test('all five kinds, in the order of the file, each with its recipient', () => {
    const { facts, problems } = read(
      `<total-budget status="2">${YEAR}<value currency="USD" value-date="2024-01-02">1000.50</value>
         <budget-line ref="1"><value>400</value></budget-line></total-budget>
       <recipient-org-budget>${YEAR}<recipient-org ref="YY-2"><narrative>Partner</narrative></recipient-org><value>20</value></recipient-org-budget>
       <recipient-region-budget>${YEAR}<recipient-region code="298"><narrative>Africa</narrative></recipient-region><value>30</value></recipient-region-budget>
       <recipient-country-budget>${YEAR}<recipient-country code="KE"/><value>40</value></recipient-country-budget>
       <total-expenditure>${YEAR}<value>0.10</value></total-expenditure>`,
      undefined,
      (ref) => (ref === 'YY-2' ? { orgId: 'org-2' } : undefined),
    )
    expect(problems).toEqual([])
    const eur = (amount: string) => ({ amount, currency: 'EUR' })
    expect(facts.budgets).toEqual([
      { kind: 'total', status: '2', period: PERIOD, money: { amount: '1000.5', currency: 'USD', valueDate: '2024-01-02' } },
      { kind: 'recipient-org', period: PERIOD, money: eur('20'), recipient: { orgId: 'org-2', ref: 'YY-2', name: 'Partner' } },
      {
        kind: 'recipient-region',
        period: PERIOD,
        money: eur('30'),
        recipient: { region: { vocabulary: '1', code: '298' }, name: 'Africa' },
      },
      { kind: 'recipient-country', period: PERIOD, money: eur('40'), recipient: { iso3: 'KEN' } },
      { kind: 'expenditure', period: PERIOD, money: eur('0.1') },
    ])
  })

  test('an amount longer than a number of the machine stays exact', () => {
    const { facts } = read(`<total-budget>${YEAR}<value>12345678901234567890.01</value></total-budget>`)
    expect(facts.budgets?.[0]?.money).toEqual({ amount: '12345678901234567890.01', currency: 'EUR' })
  })
})
