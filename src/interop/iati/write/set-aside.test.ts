/** What the schema does not allow is set aside, and put back when the file is read again. */
import { describe, expect, test } from 'vitest'
import { elementsOf, firstElement, textOf } from '../element.ts'
import { restoreKept } from '../extensions.ts'
import { parseElement } from '../parse-element.ts'
import { element } from './make-element.ts'
import { ACTIVITY_SCHEMA, ORGANISATION_SCHEMA } from './schema.ts'
import { escapeText, serialiseElement } from './serialise.ts'
import { setAside } from './set-aside.ts'

const OPTIONS = { namespaces: { foo: 'urn:foo' }, keeps: true, fillsEmpty: true }
const HEAD =
  '<iati-identifier>A-1</iati-identifier><reporting-org ref="A" type="10"><narrative>A</narrative></reporting-org>' +
  '<title><narrative>T</narrative></title><description><narrative>D</narrative></description>' +
  '<participating-org ref="A" role="1"/><activity-status code="2"/><activity-date type="1" iso-date="2014-01-01"/>'

function aside(body: string, attributes = '') {
  return setAside(parseElement(`<iati-activity${attributes}>${body}</iati-activity>`, 1), ACTIVITY_SCHEMA, OPTIONS)
}

function keptOf(body: string, attributes = '') {
  return elementsOf(aside(body, attributes).element, 'sur:kept').map((kept) => [
    kept.attributes.path,
    kept.attributes.shown,
    kept.children.join(''),
  ])
}

describe('what is not valid', () => {
  test('a date that does not exist takes its element out of sight, and its text is kept', () => {
    const bad = '<activity-date type="3" iso-date="2014-02-30"/>'
    expect(keptOf(HEAD + bad)).toEqual([['activity-date[2]', undefined, bad]])
  })

  test('an attribute that the schema does not know is cut from what is shown', () => {
    const bad = '<participating-org role="4" provider-activity-id="B-2"><narrative>B</narrative></participating-org>'
    expect(keptOf(HEAD + bad)).toEqual([['participating-org[2]', 'true', bad]])
    const [, shown] = elementsOf(aside(HEAD + bad).element, 'participating-org')
    expect(shown?.attributes).toEqual({ role: '4' })
  })

  test('a second copy of what may stand once, and an element that no schema knows, are kept whole', () => {
    expect(keptOf(`${HEAD}<activity-scope code="1"/><activity-scope code="2"/><budget-plan>x</budget-plan>`)).toEqual([
      ['activity-scope[2]', undefined, '<activity-scope code="2"/>'],
      ['budget-plan[1]', undefined, '<budget-plan>x</budget-plan>'],
    ])
  })

  test('attributes of the activity are kept by name', () => {
    expect(keptOf(HEAD, ' hierarchy="top" version="2.03"')).toEqual([
      ['@hierarchy', undefined, 'top'],
      ['@version', undefined, '2.03'],
    ])
  })

  test('a value without a value date is shown with the day of its flow', () => {
    const { element: shown } = aside(
      `${HEAD}<transaction><transaction-type code="3"/><transaction-date iso-date="2015-03-04"/><value>5</value></transaction>`,
    )
    const transaction = firstElement(shown, 'transaction')
    expect(transaction && firstElement(transaction, 'value')?.attributes).toEqual({ 'value-date': '2015-03-04' })
  })

  test('elements of other namespaces stay, unless nothing binds their prefix', () => {
    expect(keptOf(`${HEAD}<foo:x y="1"/><bar:x/>`)).toEqual([['bar:x[1]', undefined, '<bar:x/>']])
  })
})

describe('what is missing', () => {
  test('a date or an identifier has no empty form', () => {
    expect(aside('<title><narrative>T</narrative></title>').missing).toEqual(['iati-identifier', 'activity-date'])
  })

  test('other required parts stand empty, and reading finds nothing there', () => {
    const body = '<iati-identifier>A-1</iati-identifier><activity-date type="1" iso-date="2014-01-01"/>'
    const { element: shown, missing } = aside(body)
    expect(missing).toEqual([])
    expect(serialiseElement({ ...shown, children: elementsOf(shown).filter(({ name }) => name !== 'sur:kept') })).toBe(
      '<iati-activity><iati-identifier>A-1</iati-identifier><reporting-org ref="" type=""><narrative/></reporting-org>' +
        '<title><narrative/></title><description><narrative/></description><participating-org role=""/>' +
        '<activity-status code=""/><activity-date type="1" iso-date="2014-01-01"/></iati-activity>',
    )
    expect(serialiseElement(restoreKept(shown))).toBe(`<iati-activity>${body}</iati-activity>`)
  })

  test('without a place for what is set aside nothing of it is written', () => {
    const tree = parseElement(`<iati-activity>${HEAD}<x/></iati-activity>`, 1)
    const { element: plain } = setAside(tree, ACTIVITY_SCHEMA, { ...OPTIONS, keeps: false, fillsEmpty: false })
    expect(serialiseElement(plain)).toBe(`<iati-activity>${HEAD}</iati-activity>`)
  })
})

test('what was set aside comes back in its place', () => {
  const body = `${HEAD.replace('<activity-status code="2"/>', '<activity-status/><activity-status code="2"/>')}<sector/><sector code="1"/><sector code="2" x="y"/>`
  const { element: shown } = aside(body, ' hierarchy="top"')
  const back = restoreKept(parseElement(serialiseElement(shown), 1))
  expect(back.attributes.hierarchy).toBe('top')
  expect(elementsOf(back, 'activity-status').map(({ attributes }) => attributes.code)).toEqual([undefined, '2'])
  expect(elementsOf(back, 'sector').map(({ attributes }) => attributes)).toEqual([{}, { code: '1' }, { code: '2', x: 'y' }])
  expect(elementsOf(back, 'sur:kept')).toEqual([])
})

test('an activity with nothing set aside comes back as the same object', () => {
  const activity = parseElement(`<iati-activity>${HEAD}<foo:x/></iati-activity>`, 1)
  expect(restoreKept(activity)).toBe(activity)
})

test('foreign children of a document of an organisation stand before its countries', () => {
  const { element: shown } = setAside(
    parseElement(
      '<iati-organisation><document-link url="https://a.example/" format="text/html"><title><narrative>T</narrative></title>' +
        '<category code="B01"/><recipient-country code="KE"/><foo:x/></document-link></iati-organisation>',
      1,
    ),
    ORGANISATION_SCHEMA,
    OPTIONS,
  )
  const link = firstElement(shown, 'document-link')
  expect(link && elementsOf(link).map(({ name }) => name)).toEqual(['title', 'category', 'foo:x', 'recipient-country'])
})

describe('text', () => {
  test('characters that XML cannot hold are left out, pairs and line ends stay', () => {
    expect(escapeText('a\u0000\u0008b\ud800c\ud83d\ude00\n\r<&>')).toBe('abc\ud83d\ude00\n&#13;&lt;&amp;&gt;')
  })

  test('line ends of attributes survive being read again', () => {
    const text = serialiseElement(element('x', { a: 'one\ntwo\t"three"' }, ['y']))
    expect(text).toBe('<x a="one&#10;two&#9;&quot;three&quot;">y</x>')
    expect(parseElement(text, 1).attributes.a).toBe('one\ntwo\t"three"')
    expect(textOf(parseElement(text, 1))).toBe('y')
  })
})
