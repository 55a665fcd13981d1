/** Records that never came from an IATI file: written with what is ours and read again, they say the same. */
import { describe, expect, test } from 'vitest'
import type { InitiativeFacts } from '../../../modules/registry/index.ts'
import type { FileContext, XmlElement } from '../element.ts'
import { elementsOf, firstElement } from '../element.ts'
import { OWN_ATTRIBUTES, OWN_ELEMENTS } from '../extension-elements.ts'
import { listedYearsOf, ownIdentifierOf, readExtensions, restoreKept } from '../extensions.ts'
import { factsOfActivity } from '../facts/facts-of-activity.ts'
import { parseElement } from '../parse-element.ts'
import { CHECK_IS_MISSING, schemaErrors } from './testing/check-schema.ts'
import { wholeText } from './testing/whole-text.ts'
import { activityXml, type WriteOptions } from './write-activity.ts'
import { activityFile } from './write-file.ts'

const NOW = '2026-11-25T08:00:00.000Z'
const OPTIONS: WriteOptions = { extensions: true, orgOf: () => undefined, labelOf: () => 'TRC', now: NOW }
const CONTEXT: FileContext = {
  root: 'iati-activities',
  version: '2.03',
  namespaces: { sur: 'urn:sursur:iati:1' },
  attributes: {},
}

const SMALLEST: InitiativeFacts = {
  title: { orig: 'es', texts: { es: 'Maíz' } },
  summary: { orig: 'es', texts: { es: 'Semillas mejoradas.' } },
  reportingOrg: { ref: 'CL-SUR-AGCID', orgId: 'agcid' },
  phase: 'implementation',
  plannedPeriod: { start: '2014' },
  partners: [{ no: 'p1', name: 'AGCID', role: 'first_provider', iso3: 'CHL' }],
}
const orgOf: WriteOptions['orgOf'] = (id) =>
  id === 'agcid' ? { name: { orig: 'es', texts: { es: 'AGCID' } }, orgType: '10', iso3: 'CHL' } : undefined
const multilateral: WriteOptions['orgOf'] = () => ({ name: { orig: 'en', texts: { en: 'FAO' } }, orgType: '40' })

describe('what is missing', () => {
  test.each([
    ['title', 'title'],
    ['summary', 'description'],
    ['phase', 'activity-status'],
    ['plannedPeriod', 'activity-date'],
    ['partners', 'participating-org'],
    ['reportingOrg', 'iati-identifier, reporting-org'],
  ] as const)('without %s the activity is left out, and the report says so', (field, missing) => {
    const { [field]: _, ...facts } = SMALLEST
    const { xml, problems } = activityXml({ id: 'r', identifier: 'X 1', facts, updatedAt: NOW }, { ...OPTIONS, orgOf })
    expect(xml).toBeUndefined()
    expect(problems).toEqual([{ code: 'iati.not-exportable', params: { missing }, place: { activity: 'X 1' }, level: 'error' }])
  })

  test('a reporting organisation of unknown type is not given one', () => {
    const { problems } = activityXml({ id: 'r', identifier: 'X 1', facts: SMALLEST, updatedAt: NOW }, OPTIONS)
    expect(problems[0]?.params.missing).toBe('reporting-org/@type, reporting-org/narrative')
  })
})

describe('names and dates', () => {
  test('the identifier of a record stands behind that of its reporting organisation, and is known again', () => {
    const activity = treeOf(SMALLEST)
    expect(firstElement(activity, 'iati-identifier')?.children).toEqual(['CL-SUR-AGCID-X-1'])
    expect(ownIdentifierOf(activity)).toBe('X 1')
  })

  test('a year is widened to a day and read back as a year', () => {
    const activity = treeOf(SMALLEST)
    expect(elementsOf(activity, 'activity-date').map(({ attributes }) => attributes)).toEqual([
      { type: '1', 'iso-date': '2014-01-01', 'sur:known-to': 'year' },
    ])
    expect(readBack(activity).plannedPeriod).toEqual({ start: '2014' })
  })

  test('the last change is never later than the export', () => {
    const { xml } = activityXml(
      { id: 'r', identifier: null, facts: SMALLEST, updatedAt: '2030-01-01T00:00:00.000Z' },
      { ...OPTIONS, orgOf },
    )
    expect(xml).toContain(`last-updated-datetime="${NOW}"`)
  })

  test('contact data, notes and kept columns are not written', () => {
    const facts = { ...SMALLEST, contact: 'Ana, ana@example.org', note: 'Ask Ana', kept: { Sala: '7' } }
    const { xml } = activityXml({ id: 'r', identifier: null, facts, updatedAt: NOW }, { ...OPTIONS, orgOf })
    expect(xml).not.toMatch(/Ana|Sala/)
  })
})

/** Chile and Germany teach Paraguay: two providers, a recipient known by its country, an observer, and a party without a role. */
const RICH: InitiativeFacts = {
  ...SMALLEST,
  reportingOrg: { ref: 'CL-SUR-AGCID', name: 'AGCID' },
  kind: 'project',
  purpose: 'exchange',
  theme: 'resilience_building',
  regionalPublicGood: true,
  scale: 'country_country',
  identifiers: [
    { scheme: 'internal', value: '77' },
    { scheme: 'award', value: '00050669' },
  ],
  title: { orig: 'es', texts: { en: 'Maize', es: 'Maíz' }, state: { en: 'machine', es: 'original' } },
  objective: { orig: 'und', texts: { und: 'More maize' } },
  exchange: { orig: 'fr', texts: { fr: 'Un savoir', es: 'Un saber' } },
  actualPeriod: { start: '2014-03', end: '2015-06-30' },
  hosts: ['CHL'],
  engagedCountries: ['CHL', 'PRY', 'DEU'],
  regions: [{ code: 'lac' }],
  territorialFocus: ['MIC'],
  sectors: [
    { vocabulary: '1', code: '31120', share: 0.3333 },
    { vocabulary: '1', code: '31166', share: 0.6667 },
  ],
  goals: [
    { goal: '2', contribution: 'principal' },
    { goal: '17', target: '17.9', contribution: 'significant' },
  ],
  demandAreas: ['food_security'],
  supportCategories: ['knowledge_sharing'],
  agencyRoles: [{ role: 'knowledge_broker', org: 'FAO' }],
  partnerTypes: ['academia'],
  modalities: ['peer_review'],
  budget: { amount: '12000', currency: 'USD' },
  partners: [
    {
      no: 'p1',
      name: 'AGCID',
      ref: 'CL-SUR-AGCID',
      role: 'first_provider',
      iso3: 'CHL',
      partnerType: 'development_agency',
      agreed: true,
      contributesOwnResources: true,
      responsibilities: 'Teaches.\nPays its own experts.',
    },
    { no: 'p2', iso3: 'DEU', role: 'second_provider', partnerType: 'national_government' },
    { no: 'p3', name: 'WFP', role: 'observer', iso3: 'ITA' },
    { no: 'p4', iso3: 'PRY', role: 'recipient', contributesOwnResources: false },
    {
      no: 'p5',
      name: 'West African countries',
      unnamed: true,
      role: 'peer',
      collective: { group: 'west_africa', declaredBy: 'Report', memberIso3: ['BEN', 'GHA'] },
    },
    { no: 'p6', name: 'Somebody' },
  ],
  contributions: [
    {
      no: 'c1',
      giver: 'p1',
      taker: 'p4',
      modality: 'expert',
      nature: 'delivery',
      period: { start: '2014-05', end: '2014-06' },
      quantity: { value: '30', unit: 'person_day' },
      description: 'Three experts',
      valuations: [{ amount: '13800', currency: 'USD', basis: 'table', priceYear: 2014, source: 'Table' }],
    },
    { no: 'c2', giver: 'p1', taker: 'p4', modality: 'knowledge_exchange', description: 'Meetings', joint: true },
    {
      no: 'c3',
      giver: 'p2',
      modality: 'grant_cash',
      nature: 'disbursement',
      period: { start: '2014-07-01', end: '2014-07-01' },
      money: { amount: '5000.55', currency: 'EUR', valueDate: '2014-07' },
      country: 'PRY',
    },
    {
      no: 'c4',
      giverName: 'GIZ',
      nature: 'plan',
      period: { start: '2015', end: '2015' },
      money: { amount: '100', currency: 'EUR' },
    },
    { no: 'c5', giver: 'p2', nature: 'commitment', money: { amount: '7', currency: 'EUR' } },
  ],
  results: [
    { statement: 'Yields rise', level: 'outcome', attribution: 'contributed', giver: 'p1', taker: 'p4' },
    { statement: 'People are trained', level: 'output', indicator: 'Trained', baseline: '0', target: '20', actual: '25' },
  ],
  documents: [
    { url: 'https://example.org/a.pdf', category: 'A02', language: 'es', date: '2014' },
    { url: 'https://example.org/b', title: 'B' },
  ],
}

test.skipIf(CHECK_IS_MISSING !== undefined)('the file is valid by the schema, with and without what is ours', async () => {
  for (const extensions of [true, false]) {
    const items = [RICH, SMALLEST].map((facts, index) => ({
      record: { id: `r${index}`, identifier: null, facts: withReporter(facts), updatedAt: NOW },
    }))
    const text = await wholeText(activityFile(items, { ...OPTIONS, orgOf, extensions }))
    expect(schemaErrors(text)).toBe('')
  }
})

test('every attribute of ours that is written stands in the list of what is ours', () => {
  const known = new Map(OWN_ELEMENTS.map(({ name, attributes }) => [name, attributes.map((one) => one.name)]))
  const onPlain = OWN_ATTRIBUTES.map(({ name }) => name)
  const unknown: string[] = []
  const look = (element: XmlElement) => {
    for (const name of Object.keys(element.attributes)) {
      const list = element.name.startsWith('sur:') ? (known.get(element.name) ?? []) : onPlain
      if ((element.name.startsWith('sur:') || name.startsWith('sur:')) && !list.includes(name))
        unknown.push(`${element.name}/@${name}`)
    }
    for (const child of elementsOf(element)) look(child)
  }
  look(treeOf(RICH, {}, [{ year: 2013, groupKey: 'g1' }]))
  expect(unknown).toEqual([])
})

describe('everything that plain 2.03 loses', () => {
  test('is read back, section by section', () => {
    const back = readBack(treeOf(RICH))
    for (const [section, value] of Object.entries(RICH))
      expect([section, back[section as keyof InitiativeFacts]]).toEqual([section, value])
    expect(
      Object.keys(back).filter((section) => back[section as keyof InitiativeFacts] !== undefined && !(section in RICH)),
    ).toEqual([])
  })

  test('roles become those of IATI; observers and parties without a role stand beside', () => {
    const activity = treeOf(RICH)
    expect(elementsOf(activity, 'participating-org').map(({ attributes }) => attributes.role)).toEqual(['4', '1', '4', '4'])
    expect(elementsOf(activity, 'sur:partner').map(({ attributes }) => attributes.no)).toEqual(['p3', 'p6'])
  })

  test('a valued thing in kind is a delivery with a note of its value; a described one is no transaction', () => {
    const transactions = elementsOf(treeOf(RICH), 'transaction')
    expect(transactions.map((one) => firstElement(one, 'transaction-type')?.attributes.code)).toEqual(['3', '3'])
    expect(transactions.map((one) => firstElement(one, 'value')?.children)).toEqual([['13800'], ['5000.55']])
    expect(transactions.map((one) => firstElement(one, 'disbursement-channel')?.attributes.code)).toEqual(['4', undefined])
    expect(transactions.map((one) => firstElement(one, 'aid-type')?.attributes.code)).toEqual(['D02', 'C01'])
  })

  test('a thing in kind without words of its own is named in every language, that of the activity first', () => {
    const [first, ...others] = RICH.contributions ?? []
    const contributions = first ? [{ ...first, description: undefined }, ...others] : []
    const activity = treeOf({ ...RICH, contributions, published: { language: 'fr' } })
    const note = elementsOf(activity, 'transaction').map((one) => firstElement(one, 'description'))[0]
    const texts = elementsOf(note ?? activity, 'narrative').map(({ attributes, children }) => [
      attributes['xml:lang'],
      ...children,
    ])
    expect(texts.map(([lang]) => lang)).toEqual(['fr', 'ar', 'zh', 'en', 'ru', 'es'])
    expect(texts[0]).toEqual(['fr', 'Experts\u00a0: 30 (Jour-personne)'])
    expect(texts[2]).toEqual(['zh', '专家：30（人日）'])
    expect(texts[3]).toEqual(['en', 'Experts: 30 (Person-day)'])
    expect(readBack(activity).contributions).toEqual(RICH.contributions && JSON.parse(JSON.stringify(contributions)))
  })

  test('8 is written for triangular cooperation only', () => {
    expect(codesOf(treeOf(RICH), 'collaboration-type')).toEqual(['8'])
    expect(codesOf(treeOf(RICH, { labelOf: () => 'MSS' }), 'collaboration-type')).toEqual(['1'])
    expect(codesOf(treeOf(RICH, { labelOf: () => 'MSS', orgOf: multilateral }), 'collaboration-type')).toEqual(['4'])
    expect(codesOf(treeOf(SMALLEST, { labelOf: () => 'SSC' }), 'collaboration-type')).toEqual([])
  })

  test('tags of our vocabulary name the framework, the role of the agency, the category and the scale', () => {
    const own = elementsOf(treeOf(RICH), 'tag').filter(({ attributes }) => attributes['vocabulary-uri'] === 'urn:sursur:tags:1')
    expect(own.map(({ attributes }) => attributes.code)).toEqual([
      'FC02',
      'agency-role.knowledge_broker',
      'support-category.knowledge_sharing',
      'scale.country_country',
    ])
  })

  test('the years in which the initiative was listed are read back', () => {
    const listed = [
      { year: 2013, groupKey: 'g1' },
      { year: null, groupKey: null },
    ]
    expect(listedYearsOf(treeOf(RICH, {}, listed))).toEqual(listed)
  })

  test('without elements of ours, what the schema does not allow of an original is lost, and the report counts and names it', () => {
    const text = `<iati-activity hierarchy="top"><iati-identifier>A-1</iati-identifier>
      <reporting-org ref="A" type="10"><narrative>A</narrative></reporting-org><title><narrative>T</narrative></title>
      <description><narrative>D</narrative></description><participating-org ref="A" role="1"/><activity-status code="2"/>
      <activity-date type="1" iso-date="2014-01-01"/><activity-date type="3" iso-date="2014-02-30"/><budget-plan/></iati-activity>`
    const activity = parseElement(text, 1)
    const original = { activity, facts: {}, namespaces: {} }
    const record = { id: 'r', identifier: 'A-1', facts: {}, updatedAt: NOW }
    expect(activityXml(record, { ...OPTIONS, original }).problems).toEqual([])
    const plain = activityXml(record, { ...OPTIONS, original, extensions: false })
    expect(plain.xml).not.toMatch(/2014-02-30|budget-plan|hierarchy/)
    expect(plain.problems).toEqual([
      {
        code: 'iati.parts-left-out',
        params: { count: 3, parts: '@hierarchy, activity-date[2], budget-plan[1]' },
        place: { activity: 'A-1' },
        level: 'warning',
      },
    ])
  })

  test('without extensions there is no element, attribute or tag of ours', () => {
    const text = textOfActivity(RICH, { extensions: false })
    expect(text).not.toMatch(/[<\s]sur:/)
    expect(elementsOf(parseElement(text, 1), 'tag').map(({ attributes }) => attributes.code)).toEqual(['2', '17.9'])
  })
})

type Listed = readonly { year: number | null; groupKey: string | null }[]

/** The type of the reporting organisation is known to the directory only. */
function withReporter(facts: InitiativeFacts): InitiativeFacts {
  return { ...facts, reportingOrg: { ...facts.reportingOrg, orgId: 'agcid' } }
}

function textOfActivity(facts: InitiativeFacts, options: Partial<WriteOptions> = {}, listed: Listed = []): string {
  const { xml, problems } = activityXml(
    { id: 'r', identifier: 'X 1', facts: withReporter(facts), updatedAt: NOW, listed },
    { ...OPTIONS, orgOf, ...options },
  )
  if (xml === undefined) throw new Error(JSON.stringify(problems))
  return xml
}

function treeOf(facts: InitiativeFacts, options: Partial<WriteOptions> = {}, listed: Listed = []): XmlElement {
  return restoreKept(parseElement(textOfActivity(facts, options, listed), 1))
}

function readBack(activity: XmlElement): InitiativeFacts {
  const { facts } = factsOfActivity(activity, { context: CONTEXT, findOrg: () => undefined })
  return { ...facts, ...readExtensions(activity, facts) }
}

function codesOf(activity: XmlElement, name: string): (string | undefined)[] {
  return elementsOf(activity, name).map(({ attributes }) => attributes.code)
}
