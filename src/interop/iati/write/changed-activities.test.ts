/** An activity that came from a file and was edited here: what was not edited is written as it came. */
import { describe, expect, test } from 'vitest'
import type { InitiativeFacts } from '../../../modules/registry/index.ts'
import { elementsOf, type FileContext, firstElement, type XmlElement } from '../element.ts'
import { readExtensions, restoreKept } from '../extensions.ts'
import { factsOfActivity } from '../facts/facts-of-activity.ts'
import { parseElement } from '../parse-element.ts'
import { activityXml } from './write-activity.ts'

const NOW = '2026-11-25T08:00:00.000Z'
const CONTEXT: FileContext = {
  root: 'iati-activities',
  version: '2.03',
  namespaces: { foo: 'urn:foo', sur: 'urn:sursur:iati:1' },
  attributes: {},
}
const SOURCE = `<iati-activity xml:lang="en" default-currency="USD">
  <iati-identifier>XX-1-A</iati-identifier>
  <reporting-org ref="XX-1" type="40" secondary-reporter="1"><narrative>One</narrative></reporting-org>
  <title><narrative>Title</narrative><narrative xml:lang="fr">Titre</narrative></title>
  <description type="1"><narrative>Summary</narrative></description>
  <description type="3"><narrative>Target groups</narrative></description>
  <participating-org ref="XX-1" role="1" crs-channel-code="41000"><narrative>One</narrative><narrative xml:lang="fr">Une</narrative></participating-org>
  <participating-org ref="XX-2" role="4" activity-id="XX-2-B"><narrative>Two</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="1" iso-date="2014-01-01"><narrative>Planned</narrative></activity-date>
  <sector code="31120" vocabulary="1" percentage="100"><narrative>Farming</narrative></sector>
  <policy-marker vocabulary="1" code="1" significance="2"/>
  <transaction ref="t-1"><transaction-type code="3"/><transaction-date iso-date="2014-02-01"/><value value-date="2014-02-01">10</value><description><narrative>First</narrative><narrative xml:lang="fr">Un</narrative></description><foo:note>kept</foo:note></transaction>
  <transaction ref="t-2"><transaction-type code="3"/><transaction-date iso-date="2014-03-01"/><value value-date="2014-03-01">20</value><tied-status code="5"/><foo:note>also</foo:note></transaction>
  <document-link url="https://example.org/a" format="text/html"><title><narrative>A</narrative></title><description><narrative>Long</narrative></description><category code="A02"/></document-link>
</iati-activity>`

const original = readPiece(SOURCE)

describe('an edited section', () => {
  test('a partner that was taken out does not come back', () => {
    const { activity } = written({ partners: original.facts.partners?.slice(1) })
    expect(elementsOf(activity, 'participating-org').map(({ attributes }) => attributes.ref)).toEqual(['XX-2'])
  })

  test('a role of the cooperation goes where IATI has none, and the rest of the partner stays', () => {
    const partners = original.facts.partners?.map((one, index) =>
      index === 0 ? { ...one, role: 'first_provider', iso3: 'CHL' } : one,
    )
    const { activity, facts } = written({ partners })
    const [first, second] = elementsOf(activity, 'participating-org')
    expect(first?.attributes).toEqual({ ref: 'XX-1', role: '4', 'crs-channel-code': '41000' })
    expect(first && elementsOf(first, 'narrative').length).toBe(2)
    expect(second?.attributes['activity-id']).toBe('XX-2-B')
    expect(facts.partners).toEqual(partners)
  })

  test('an amount is changed in its own transaction; the other one and what facts do not hold stay', () => {
    const contributions = original.facts.contributions?.map((one, index) =>
      index === 1 ? { ...one, money: { amount: '25', currency: 'EUR', valueDate: '2014-03-02' } } : one,
    )
    const { activity, facts } = written({ contributions })
    const [first, second] = elementsOf(activity, 'transaction')
    expect(first && elementsOf(first).map(({ name }) => name)).toEqual([
      'transaction-type',
      'transaction-date',
      'value',
      'description',
      'foo:note',
    ])
    const value = second && firstElement(second, 'value')
    expect(value?.attributes).toEqual({ 'value-date': '2014-03-02', currency: 'EUR' })
    expect(value?.children).toEqual(['25'])
    expect(second && firstElement(second, 'foo:note')?.children).toEqual(['also'])
    expect(facts.contributions).toEqual(contributions)
  })

  test('a new title keeps descriptions, markers and documents as they came', () => {
    const { activity, facts } = written({ title: { orig: 'en', texts: { en: 'New', fr: 'Titre' } } })
    expect(facts).toEqual({ ...original.facts, title: { orig: 'en', texts: { en: 'New', fr: 'Titre' } } })
    for (const name of ['description', 'policy-marker', 'document-link', 'reporting-org', 'activity-date'])
      expect(withoutLines(elementsOf(activity, name))).toEqual(withoutLines(elementsOf(original.activity, name)))
  })
})

describe('words and codes that the source says in several elements', () => {
  test('a goal that a sector says does not come back when it was taken out; the others stay where they were said', () => {
    const source = readPiece(
      SOURCE.replace(
        '<policy-marker',
        '<sector vocabulary="7" code="3" percentage="100"/><sector vocabulary="8" code="3.8"/><tag vocabulary="2" code="6"><narrative>Water</narrative></tag><policy-marker',
      ),
    )
    expect(source.facts.goals).toEqual([{ goal: '3' }, { goal: '3', target: '3.8' }, { goal: '6' }])
    const { activity, facts } = written({ goals: [{ goal: '3' }, { goal: '6' }] }, source)
    expect(facts.goals).toEqual([{ goal: '3' }, { goal: '6' }])
    expect(elementsOf(activity, 'sector').map(({ attributes }) => attributes.vocabulary)).toEqual(['1', '7'])
    expect(elementsOf(activity, 'tag').map((tag) => firstElement(tag, 'narrative')?.children)).toEqual([['Water']])
    for (const goals of [undefined, [{ goal: '6' }, { goal: '3' }], [{ goal: '3', contribution: 'principal' as const }]])
      expect(written({ goals }, source).facts.goals).toEqual(goals)
  })

  test('a goal that was not touched stays a sector, with its share', () => {
    const source = readPiece(SOURCE.replace('<policy-marker', '<sector vocabulary="7" code="3" percentage="100"/><policy-marker'))
    const { activity } = written({ scale: 'global' }, source)
    expect(elementsOf(activity, 'sector').map(({ attributes }) => attributes.percentage)).toEqual(['100', '100'])
    expect(elementsOf(activity, 'tag').some(({ attributes }) => attributes.vocabulary === '2')).toBe(false)
  })

  test('two descriptions that are one text here are replaced by the one that a person wrote', () => {
    const source = readPiece(
      SOURCE.replace('<description type="3">', '<description><narrative>More</narrative></description><description type="3">'),
    )
    expect(source.facts.summary?.texts).toEqual({ en: 'Summary\n\nMore' })
    const summary = { orig: 'en', texts: { en: 'All of it' } }
    expect(written({ summary }, source).facts.summary).toEqual(summary)
    const without = written({ summary: undefined }, source)
    expect(without.facts.summary).toBeUndefined()
    expect(elementsOf(without.activity, 'description').length).toBe(1)
  })

  test('an end before its start goes with the period that a person took out', () => {
    const source = readPiece(
      SOURCE.replace(
        '<sector',
        '<activity-date type="3" iso-date="2013-01-01"/><activity-date type="2" iso-date="2014-05-01"/><sector',
      ),
    )
    expect(source.facts.plannedPeriod).toEqual({ start: '2014-01-01' })
    expect(written({ plannedPeriod: undefined }, source).facts.plannedPeriod).toBeUndefined()
  })

  test('spaces that do not break and paragraphs of an edited text stay', () => {
    const summary = { orig: 'en', texts: { en: 'Five\u00a0years.\n\nTwo places.' } }
    expect(written({ summary }).facts.summary).toEqual(summary)
    const result =
      '<result type="1"><title><narrative>Wells</narrative></title><indicator measure="1"><title><narrative>Wells</narrative></title></indicator></result>'
    const source = readPiece(SOURCE.replace('</iati-activity>', `${result}</iati-activity>`))
    const results = source.facts.results?.map((one) => ({ ...one, statement: 'Wells\u00a0dug' }))
    expect(written({ results }, source).facts.results).toEqual(results)
  })
})

test('nothing edited: the activity as it came, with the day of its last change', () => {
  const { activity } = written({})
  expect(activity.attributes['last-updated-datetime']).toBe('2026-01-02T00:00:00.000Z')
  expect(withoutLines(elementsOf(activity))).toEqual(withoutLines(elementsOf(original.activity)))
})

test('prefixes that the source bound at its root are bound at the activity', () => {
  expect(written({}).activity.attributes['xmlns:foo']).toBe('urn:foo')
})

function readPiece(text: string): { activity: XmlElement; facts: InitiativeFacts } {
  const activity = restoreKept(parseElement(text, 1))
  const { facts } = factsOfActivity(activity, { context: CONTEXT, findOrg: () => undefined })
  const complete = { ...facts, ...readExtensions(activity, facts) }
  return { activity, facts: JSON.parse(JSON.stringify(complete)) }
}

function written(edits: Partial<InitiativeFacts>, source = original) {
  const { xml, problems } = activityXml(
    { id: 'r', identifier: 'XX-1-A', facts: { ...source.facts, ...edits }, updatedAt: '2026-01-02T00:00:00.000Z' },
    { original: { ...source, namespaces: { foo: 'urn:foo' } }, extensions: true, orgOf: () => undefined, now: NOW },
  )
  if (xml === undefined) throw new Error(JSON.stringify(problems))
  return readPiece(xml)
}

/** Blanks between elements and line numbers do not count. */
function withoutLines(elements: readonly XmlElement[]): unknown[] {
  return elements.map(({ name, attributes, children }) => [
    name,
    attributes,
    children.flatMap((child) => (typeof child === 'string' ? (child.trim() === '' ? [] : [child]) : withoutLines([child]))),
  ])
}
