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

function written(edits: Partial<InitiativeFacts>) {
  const { xml, problems } = activityXml(
    { id: 'r', identifier: 'XX-1-A', facts: { ...original.facts, ...edits }, updatedAt: '2026-01-02T00:00:00.000Z' },
    { original: { ...original, namespaces: { foo: 'urn:foo' } }, extensions: true, orgOf: () => undefined, now: NOW },
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
