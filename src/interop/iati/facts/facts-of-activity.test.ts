import { describe, expect, test } from 'vitest'
import type { FileContext } from '../element.ts'
import { parseElement } from '../parse-element.ts'
import { factsOfActivity } from './facts-of-activity.ts'
import type { FindOrg } from './reading.ts'

const CONTEXT: FileContext = { root: 'iati-activities', version: '2.03', namespaces: {}, attributes: {} }

/** What an activity in English with these parts states. */
function read(parts: string, attributes = 'xml:lang="en" default-currency="USD"', findOrg: FindOrg = () => undefined) {
  const activity = parseElement(`<iati-activity ${attributes}>\n${parts}</iati-activity>`, 1)
  return factsOfActivity(activity, { context: CONTEXT, findOrg })
}

const factsOf = (parts: string, attributes?: string) => read(parts, attributes).facts
const firstFlow = (parts: string, attributes?: string) => factsOf(parts, attributes).contributions?.[0]

describe('what an activity does not say is not in the facts', () => {
  test('an empty activity has nothing but its currency and language', () => {
    expect(read('')).toEqual({
      identifier: undefined,
      facts: { published: { currency: 'USD', language: 'en' } },
      statedAt: undefined,
      problems: [],
    })
  })

  test.each([
    ['an unknown country', '<recipient-country code="ZZ"/>'],
    ['a sector without a code', '<sector vocabulary="99"><narrative>Roads</narrative></sector>'],
    ['a title without words', '<title><narrative> </narrative></title>'],
    ['an address that is no web address', '<document-link url="ftp://a.example/x"/>'],
    ['a result that says nothing', '<result type="1"><indicator><title><narrative>x</narrative></title></indicator></result>'],
    ['a status that is a word of the program', '<activity-status code="constructor"/>'],
    ['a date of another kind', '<activity-date type="5" iso-date="2010-01-01"/>'],
  ])('%s', (_, parts) => {
    expect(Object.keys(factsOf(parts))).toEqual(['published'])
  })
})

describe('texts', () => {
  test('all languages are kept; that of the activity is the original', () => {
    const title = '<title><narrative xml:lang="FR">Eau</narrative><narrative>Water</narrative></title>'
    expect(factsOf(title).title).toEqual({ orig: 'en', texts: { fr: 'Eau', en: 'Water' } })
  })

  test('without the language of the activity the first narrative is the original, and a language that nobody states is unknown', () => {
    expect(factsOf('<title><narrative xml:lang="fr">Eau</narrative></title>').title?.orig).toBe('fr')
    expect(factsOf('<title><narrative>Water</narrative></title>', '').title).toEqual({ orig: 'und', texts: { und: 'Water' } })
  })

  test('descriptions: 1 or none the summary, 2 the objective; paragraphs stay, line breaks do not', () => {
    const { summary, objective } = factsOf(
      '<description><narrative>First\n  line.\n \n Second.</narrative></description><description type="2"><narrative>Aim</narrative></description>' +
        '<description type="1"><narrative>More</narrative></description><description type="3"><narrative>Farmers</narrative></description>',
    )
    expect(summary?.texts).toEqual({ en: 'First line.\n\nSecond.\n\nMore' })
    expect(objective?.texts).toEqual({ en: 'Aim' })
  })

  test('a text beyond the limit is cut, with a warning that names its length and place', () => {
    const { facts, problems } = read(
      `<iati-identifier>A-1</iati-identifier><title><narrative>${'x'.repeat(20_001)}</narrative></title>`,
    )
    expect(facts.title?.texts.en).toHaveLength(20_000)
    expect(problems).toEqual([
      {
        code: 'iati.text-cut',
        params: { length: 20_001, limit: 20_000 },
        place: { line: 2, element: 'title/narrative', activity: 'A-1' },
        level: 'warning',
      },
    ])
  })
})

describe('who', () => {
  const directory: FindOrg = (ref, names) =>
    ref === 'SE-0' || names.includes('Sida') ? { orgId: 'org-1', iso3: 'SWE' } : undefined

  test('one partner for each participating organisation, in their order, role and type as suggestions', () => {
    const { facts } = read(
      '<participating-org ref="SE-0" role="1" type="10"><narrative>Sweden</narrative></participating-org>' +
        '<participating-org role="4" type="22"><narrative xml:lang="fr">Ville</narrative><narrative>Town</narrative></participating-org>' +
        '<participating-org role="2"/><participating-org role="7" type="99"><narrative>Sida</narrative></participating-org>',
      'xml:lang="en"',
      directory,
    )
    expect(facts.partners).toEqual([
      { no: 'p1', orgId: 'org-1', name: 'Sweden', ref: 'SE-0', iso3: 'SWE', role: 'funder', partnerType: 'national_government' },
      { no: 'p2', name: 'Town', role: 'implementer', partnerType: 'cso' },
      { no: 'p3', unnamed: true, role: 'accountable' },
      { no: 'p4', orgId: 'org-1', name: 'Sida', iso3: 'SWE' },
    ])
  })

  test('who reports, and the identifiers', () => {
    const { identifier, facts } = read(
      '<iati-identifier> A-1 </iati-identifier><reporting-org ref="XM-1"><narrative>Bank</narrative></reporting-org>' +
        '<other-identifier ref="77" type="A1"/>',
    )
    expect(identifier).toBe('A-1')
    expect(facts.reportingOrg).toEqual({ name: 'Bank', ref: 'XM-1' })
    expect(facts.identifiers).toEqual([
      { scheme: 'iati', value: 'A-1' },
      { scheme: 'A1', value: '77' },
    ])
  })

  test('contact data are lines of a private text', () => {
    expect(
      factsOf(
        '<contact-info><organisation><narrative>Bank</narrative></organisation><email>a@b.example</email></contact-info>' +
          '<contact-info><telephone>1 2</telephone></contact-info>',
      ).contact,
    ).toBe('Bank\na@b.example\n\n1 2')
  })
})

describe('when and in which state', () => {
  test('planned and actual dates, status', () => {
    const facts = factsOf(
      '<activity-status code="4"/><activity-date type="1" iso-date="2010-01-01Z"/><activity-date type="3" iso-date="2012-12-31"/>' +
        '<activity-date type="2" iso-date="2010-02-01T00:00:00"/>',
    )
    expect(facts.plannedPeriod).toEqual({ start: '2010-01-01', end: '2012-12-31' })
    expect(facts.actualPeriod).toEqual({ start: '2010-02-01' })
    expect(facts.phase).toBe('closed')
  })

  test('an end before the start is left out, and said', () => {
    const { facts, problems } = read(
      '<activity-date type="2" iso-date="2012-01-01"/><activity-date type="4" iso-date="2011-01-01"/>',
    )
    expect(facts.actualPeriod).toEqual({ start: '2012-01-01' })
    expect(problems.map(({ code, params }) => [code, params])).toEqual([
      ['iati.end-before-start', { start: '2012-01-01', end: '2011-01-01' }],
    ])
  })

  test.each([
    ['2013-12-06T04:04:27', '2013-12-06T04:04:27.000Z'],
    ['2012-12-16 03:09:42', '2012-12-16T03:09:42.000Z'],
    ['2012-12-16T03:09:42.5+02:00', '2012-12-16T01:09:42.000Z'],
    ['2012-12-16', '2012-12-16T00:00:00.000Z'],
    ['yesterday', undefined],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['0000-01-01', undefined],
    ['0001-01-01T00:00:00+14:00', undefined],
    ['9999-12-31T23:59:59-01:00', undefined],
  ])('last updated %s is stated at %s', (written, expected) => {
    expect(read('', `last-updated-datetime="${written}"`).statedAt).toBe(expected)
  })
})

describe('where and about what', () => {
  test('countries of any code, Kosovo too, with exact shares; regions with their vocabulary', () => {
    const facts = factsOf(
      '<recipient-country code="MZ" percentage="33.33"/><recipient-country code="XK" percentage="7"/><recipient-region code="298" percentage="59.67"/>',
    )
    expect(facts.countries).toEqual([
      { iso3: 'MOZ', share: 0.3333 },
      { iso3: 'XKX', share: 0.07 },
    ])
    expect(facts.regions).toEqual([{ vocabulary: '1', code: '298', share: 0.5967 }])
  })

  test.each([
    ['1', '', 'global'],
    ['2', '', 'regional'],
    ['3', '<recipient-country code="BR"/><recipient-country code="MZ"/>', 'country_country'],
    ['3', '<recipient-country code="BR"/><recipient-country code="MZ"/><recipient-country code="AO"/>', undefined],
    ['4', '<recipient-country code="BR"/>', undefined],
  ])('scope %s with %s is of scale %s', (scope, parts, expected) => {
    expect(factsOf(`<activity-scope code="${scope}"/>${parts}`).scale).toBe(expected)
  })

  test('locations: name, position and administrative areas', () => {
    expect(
      factsOf(
        '<location ref="L1"><name><narrative>Luanda</narrative></name><administrative vocabulary="G1" level="1" code="2240444"/>' +
          '<point><pos>-8.80 13.24</pos></point></location><location><point><pos>north</pos></point></location>',
      ).locations,
    ).toEqual([
      {
        ref: 'L1',
        name: { orig: 'en', texts: { en: 'Luanda' } },
        latitude: '-8.80',
        longitude: '13.24',
        admin: [{ vocabulary: 'G1', level: '1', code: '2240444' }],
      },
      {},
    ])
  })

  test('goals from tags and from sectors, each once; our own tags are read elsewhere', () => {
    const facts = factsOf(
      '<sector vocabulary="7" code="3" percentage="100"/><sector code="12220" percentage="100"/><tag vocabulary="2" code="3"/>' +
        '<tag vocabulary="3" code="17.9"/><tag vocabulary="2" code="40"/><tag vocabulary="99" vocabulary-uri="urn:sursur:tags:1" code="FC01"/>',
    )
    expect(facts.goals).toEqual([{ goal: '3' }, { goal: '17', target: '17.9' }])
    expect(facts.sectors).toEqual([{ vocabulary: '1', code: '12220', share: 1 }])
    expect(facts.published?.tags).toEqual([{ vocabulary: '2', code: '40' }])
  })

  test('humanitarian flag and scope, related activities, defaults', () => {
    const facts = factsOf(
      '<humanitarian-scope type="1" vocabulary="1-2" code="EQ-2015-000048-NPL"/><collaboration-type code="8"/>' +
        '<default-flow-type code="10"/><default-finance-type code="110"/><default-aid-type code="C01"/><default-tied-status code="5"/>' +
        '<related-activity type="1" ref="A-0"/>',
      'xml:lang="en" humanitarian="1" hierarchy="2"',
    )
    expect(facts.humanitarian).toBe(true)
    expect(facts.humanitarianScopes).toEqual([{ type: '1', vocabulary: '1-2', code: 'EQ-2015-000048-NPL' }])
    expect(facts.related).toEqual([{ type: '1', identifier: 'A-0' }])
    expect(facts.published).toEqual({
      collaborationType: '8',
      flowType: '10',
      financeType: '110',
      aidTypes: [{ code: 'C01' }],
      tiedStatus: '5',
      language: 'en',
      hierarchy: '2',
    })
  })
})

describe('flows', () => {
  const value = '<value value-date="2014-05-01">10.50</value>'

  test('a transaction in full', () => {
    expect(
      firstFlow(
        '<participating-org ref="SE-0" role="1"/><transaction ref="T-9" humanitarian="0"><transaction-type code="3"/><transaction-date iso-date="2014-05-02"/>' +
          `<value currency="sek" value-date="2014-05-01">1200</value><description><narrative>First part</narrative></description>` +
          '<provider-org ref="SE-0" provider-activity-id="SE-0-1"/><receiver-org ref="MZ-1"><narrative>Town</narrative></receiver-org>' +
          '<disbursement-channel code="1"/><sector vocabulary="2" code="140"/><recipient-country code="MZ"/><flow-type code="10"/>' +
          '<finance-type code="110"/><aid-type code="A01"/><tied-status code="5"/></transaction>',
      ),
    ).toEqual({
      no: 't1',
      giver: 'p1',
      takerName: 'Town',
      takerRef: 'MZ-1',
      modality: 'budget_support',
      nature: 'disbursement',
      period: { start: '2014-05-02', end: '2014-05-02' },
      money: { amount: '1200', currency: 'SEK', valueDate: '2014-05-01' },
      description: 'First part',
      country: 'MOZ',
      sectors: [{ vocabulary: '2', code: '140' }],
      published: {
        element: 'transaction',
        type: '3',
        ref: 'T-9',
        financeType: '110',
        flowType: '10',
        aidTypes: [{ code: 'A01' }],
        tiedStatus: '5',
        disbursementChannel: '1',
        humanitarian: false,
        giverActivity: 'SE-0-1',
      },
    })
  })

  test.each([
    ['1', 'receipt'],
    ['2', 'commitment'],
    ['4', 'disbursement'],
    ['5', 'repayment'],
    ['7', 'repayment'],
    ['8', 'equity'],
    ['10', 'guarantee'],
    ['11', 'incoming_commitment'],
    ['12', 'pledge'],
    ['13', 'incoming_pledge'],
    ['99', undefined],
  ])('transaction type %s is %s', (type, nature) => {
    expect(firstFlow(`<transaction><transaction-type code="${type}"/></transaction>`)?.nature).toBe(nature)
  })

  test.each(['3', '4'])('through channel %s an expenditure is a delivery in kind', (channel) => {
    const flow = `<transaction><transaction-type code="4"/><disbursement-channel code="${channel}"/></transaction>`
    expect(firstFlow(flow)?.nature).toBe('delivery')
  })

  test('one contribution for each element, budgets first, numbered by kind', () => {
    const { contributions } = factsOf(
      `<transaction>${value}</transaction><budget type="2" status="1"><period-start iso-date="2014-01-01"/><period-end iso-date="2014-12-31"/>${value}</budget>` +
        `<planned-disbursement><period-start iso-date="2014-01-01"/>${value}</planned-disbursement><transaction/>`,
    )
    expect(contributions).toEqual([
      {
        no: 'b1',
        nature: 'plan',
        period: { start: '2014-01-01', end: '2014-12-31' },
        money: { amount: '10.5', currency: 'USD', valueDate: '2014-05-01' },
        published: { element: 'budget', type: '2', status: '1' },
      },
      {
        no: 'p1',
        nature: 'plan',
        period: { start: '2014-01-01' },
        money: { amount: '10.5', currency: 'USD', valueDate: '2014-05-01' },
        published: { element: 'planned-disbursement' },
      },
      { no: 't1', money: { amount: '10.5', currency: 'USD', valueDate: '2014-05-01' }, published: { element: 'transaction' } },
      { no: 't2', published: { element: 'transaction' } },
    ])
  })

  test.each([
    ['A01', '110', 'budget_support'],
    ['B03', '110', 'pooled_contribution'],
    ['D01', '110', 'expert'],
    ['C01', '110', undefined],
    ['C01', '421', undefined],
    ['E01', '110', undefined],
  ])('aid type %s with finance type %s of the activity is %s', (aid, finance, modality) => {
    const parts = `<default-finance-type code="${finance}"/><default-aid-type code="${aid}"/><budget>${value}</budget>`
    expect(firstFlow(parts)?.modality).toBe(modality)
  })

  test('a flow whose amount is missing or not readable is none of money, whatever its codes say; of experts it may be', () => {
    const flow = (aid: string, amount: string) =>
      firstFlow(
        `<transaction><finance-type code="110"/><aid-type code="${aid}"/><value currency="USD">${amount}</value></transaction>`,
      )
    expect(['', 'N/A', '1e400', '10'].map((amount) => flow('A01', amount)?.modality)).toEqual([
      undefined,
      undefined,
      undefined,
      'budget_support',
    ])
    expect(flow('D01', '')?.modality).toBe('expert')
  })

  test.each([
    ['1,234,567.80', '1234567.8', ['iati.amount-with-separators']],
    ["1'000", '1000', ['iati.amount-with-separators']],
    ['-5', '-5', []],
    ['+05.10', '5.1', []],
    ['1.5e3', '1500', []],
    ['123456789012345678901234567890.123456789', '123456789012345678901234567890.123456789', []],
    ['1.234,56', undefined, ['iati.amount-not-read']],
    ['12,34', undefined, ['iati.amount-not-read']],
    ['EUR 5', undefined, ['iati.amount-not-read']],
    ['9'.repeat(201), undefined, ['iati.amount-not-read']],
    ['', undefined, []],
  ])('the amount %s is %s', (written, amount, codes) => {
    const { facts, problems } = read(`<transaction><value>${written}</value></transaction>`)
    expect(facts.contributions?.[0]?.money?.amount).toBe(amount)
    expect(problems.map(({ code }) => code)).toEqual(codes)
  })

  test('a value without currency is of no currency, and that is said', () => {
    const { facts, problems } = read('<transaction><value>5</value></transaction>', 'xml:lang="en"')
    expect(facts.contributions?.[0]?.money).toEqual({ amount: '5', currency: 'XXX' })
    expect(problems).toEqual([
      {
        code: 'iati.currency-not-stated',
        params: { found: '' },
        place: { line: 2, element: 'transaction/value' },
        level: 'warning',
      },
    ])
  })
})

test('results with indicators; a period with broken down values has an entry for each', () => {
  expect(
    factsOf(
      '<result type="2"><title><narrative>Wells used</narrative></title><indicator measure="1" ascending="1"><title><narrative>People</narrative></title>' +
        '<reference vocabulary="9" code="6.1.1"/><baseline year="2010" value="0"/><period><period-start iso-date="2011-01-01"/>' +
        '<period-end iso-date="2011-12-31"/><target value="9"/><actual value="5"/><actual value="3"/></period></indicator></result>',
    ).results,
  ).toEqual([
    {
      level: 'outcome',
      statement: 'Wells used',
      indicators: [
        {
          title: { orig: 'en', texts: { en: 'People' } },
          measure: '1',
          ascending: true,
          references: [{ vocabulary: '9', code: '6.1.1' }],
          baselines: [{ year: '2010', value: '0' }],
          periods: [
            { period: { start: '2011-01-01', end: '2011-12-31' }, target: '9', actual: '5' },
            { period: { start: '2011-01-01', end: '2011-12-31' }, actual: '3' },
          ],
        },
      ],
    },
  ])
})

test('documents: the first category and language; an address beyond the limit is left out, and said', () => {
  const { facts, problems } = read(
    '<document-link url="https://a.example/1"><title><narrative>Plan</narrative></title><category code="A02"/><category code="A05"/>' +
      `<language code="FR"/><document-date iso-date="2015-03-01"/></document-link><document-link url="https://a.example/${'x'.repeat(2000)}"/>`,
  )
  expect(facts.documents).toEqual([
    { title: 'Plan', url: 'https://a.example/1', category: 'A02', language: 'fr', date: '2015-03-01' },
  ])
  expect(problems.map(({ code }) => code)).toEqual(['iati.address-too-long'])
})
