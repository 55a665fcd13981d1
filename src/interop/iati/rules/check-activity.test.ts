import { describe, expect, test } from 'vitest'
import type { FileContext } from '../element.ts'
import { parseElement } from '../parse-element.ts'
import { checkActivity, checkOrganisation, isRejecting } from './check-activity.ts'

const NOW = Date.UTC(2026, 0, 15)

const CONTEXT: FileContext = { root: 'iati-activities', version: '2.03', namespaces: { x: 'http://a.example' }, attributes: {} }

/** An activity with nothing wrong in it, one element on each line. */
const ACTIVITY = `<iati-activity xml:lang="en" default-currency="EUR" last-updated-datetime="2025-06-01T00:00:00Z">
<iati-identifier>XM-EX-1-7</iati-identifier>
<reporting-org ref="XM-EX-1" type="40"><narrative>Agency</narrative></reporting-org>
<title><narrative>Wells</narrative></title>
<description type="1"><narrative>Digging wells</narrative></description>
<participating-org ref="XM-EX-1" role="3" type="40"/>
<activity-status code="2"/>
<activity-date type="2" iso-date="2024-01-01"/>
<recipient-country code="KE" percentage="60"/><recipient-country code="UG" percentage="40"/>
<sector vocabulary="1" code="14030"/>
<budget type="1" status="2"><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/><value value-date="2024-01-01">900.50</value></budget>
<transaction><transaction-type code="3"/><transaction-date iso-date="2024-05-01"/><value value-date="2024-05-01">400</value></transaction>
</iati-activity>`

function withChange(before: string, after: string): string {
  expect(ACTIVITY).toContain(before)
  return ACTIVITY.replace(before, after)
}

/** `level rule @ line element params`, as far as there is one. */
function told(xml: string, context = CONTEXT): string[] {
  return checkActivity(parseElement(xml, 1), context, NOW).map(
    ({ level, code, params, place }) =>
      `${level} ${code.slice(5)} @ ${[place?.line, place?.element, ...Object.values(params)].filter((part) => part !== undefined).join(' ')}`,
  )
}

test('an activity without an identifier is left out, and one with that of its organisation; nothing else is', () => {
  const without = checkActivity(parseElement(withChange('XM-EX-1-7', ' '), 1), CONTEXT, NOW)
  expect(without.map(({ code }) => code)).toEqual(['iati.identifier-missing'])
  expect(without.some(isRejecting)).toBe(true)
  const same = checkActivity(parseElement(withChange('XM-EX-1-7', 'XM-EX-1'), 1), CONTEXT, NOW)
  expect(same.map(({ code }) => code)).toEqual(['iati.identifier-of-organisation'])
  expect(same.some(isRejecting)).toBe(true)
  const empty = checkActivity(
    parseElement('<iati-activity><iati-identifier>A-1</iati-identifier></iati-activity>', 1),
    CONTEXT,
    NOW,
  )
  expect(empty.length).toBeGreaterThan(5)
  expect(empty.some(isRejecting)).toBe(false)
})

test('nothing is said about an activity with nothing wrong in it', () => {
  expect(told(ACTIVITY)).toEqual([])
})

test('a report names its line, the activity and the path with the number among its like', () => {
  const xml = withChange('<value value-date="2024-05-01">400', '<value value-date="2024-05-01">four').replace(
    '<transaction>',
    '<transaction><transaction-type code="2"/><transaction-date iso-date="2024-02-01"/><value value-date="2024-02-01">1</value></transaction>\n<transaction>',
  )
  expect(checkActivity(parseElement(xml, 101), CONTEXT, NOW)).toEqual([
    {
      code: 'iati.value-of-wrong-kind',
      level: 'error',
      params: { found: 'four', accepted: 'decimal' },
      place: { line: 113, activity: 'XM-EX-1-7', element: 'transaction[2]/value' },
    },
  ])
})

describe('structure', () => {
  test.each([
    ['<activity-status code="2"/>\n', '', ['error element-missing @ 1 activity-status']],
    ['<title>', '<title><narrative>A</narrative></title><title>', ['error element-repeated @ 4 title[2] title']],
    ['<title>', '<foo/><title>', ['error element-unknown @ 4 foo foo']],
    ['<title>', '<x:foo/><title>', []],
    ['<title>', '<foo xmlns="http://a.example"/><title>', []],
    ['type="40"><narr', '><narr', ['error attribute-missing @ 3 reporting-org type']],
    ['<activity-status code="2"/>', '<activity-status code=""/>', ['error attribute-missing @ 7 activity-status code']],
    ['<title>', '<title lang="en">', ['warning attribute-unknown @ 4 title lang']],
    ['<title>', '<title x:lang="en">', []],
    ['<title>', '<y:foo xmlns:y="http://a.example"/><title>', []],
    ['<title>', '<y:foo/><title>', ['error prefix-unbound @ 4 y:foo y:foo']],
    ['<title>', '<title y:lang="en">', ['error prefix-unbound @ 4 title y:lang']],
    [
      '<activity-status code="2"/>',
      '<activity-status code="2">On</activity-status>',
      ['error text-unexpected @ 7 activity-status On'],
    ],
    [
      'iso-date="2024-01-01"/>',
      'iso-date="2024-02-30"/>',
      ['error value-of-wrong-kind @ 8 activity-date/@iso-date 2024-02-30 date'],
    ],
    ['last-updated-datetime="2025-06-01T00:00:00Z"', 'hierarchy="one"', ['error value-of-wrong-kind @ 1 @hierarchy one int']],
  ])('%s as %s', (before, after, expected) => {
    expect(told(withChange(before, after))).toEqual(expected)
  })

  test('one warning says that the order is another one', () => {
    const xml = ACTIVITY.replace(/<activity-status .*\n/, '').replace('<budget', '<activity-status code="2"/><budget')
    expect(told(xml)).toEqual(['warning element-order @ 10 activity-status activity-status sector'])
  })

  test('the words beside a code of version 1 are no fault', () => {
    const xml = withChange('<activity-status code="2"/>', '<activity-status code="2">On</activity-status>')
    expect(told(xml, { ...CONTEXT, version: '1.03' })).toEqual([])
  })

  test('the same in many places is shown ten times and counted once', () => {
    const more =
      '<transaction><transaction-type code="3"/><transaction-date iso-date="2024-05-01"/><value value-date="">1</value></transaction>'
    const found = told(withChange('<transaction>', `${more.repeat(12)}<transaction>`))
    expect(found).toHaveLength(11)
    expect(found.at(-1)).toBe('error further-places @ 12 transaction/value/@value-date 2 iati.value-of-wrong-kind')
  })
})

describe('codes', () => {
  test.each([
    ['code="14030"', 'code="99999"', ['warning code-unknown @ 10 sector/@code 99999 sector']],
    ['code="14030"', 'code="140"', ['warning code-unknown @ 10 sector/@code 140 sector']],
    ['vocabulary="1" code="14030"', 'vocabulary="2" code="140"', []],
    ['vocabulary="1" code="14030"', 'vocabulary="8" code="6.A"', []],
    ['vocabulary="1" code="14030"', 'vocabulary="12" code="anything"', []],
    ['code="KE"', 'code="ke"', ['warning code-unknown @ 9 recipient-country[1]/@code ke Country']],
    ['<title><narrative>', '<title><narrative xml:lang="PT-br">', []],
    ['default-currency="EUR"', 'default-currency="EURO"', ['warning code-unknown @ 1 @default-currency EURO Currency']],
  ])('%s as %s', (before, after, expected) => {
    expect(told(withChange(before, after))).toEqual(expected)
  })

  test('a withdrawn code is told, but not where the activity was last updated before that day', () => {
    // Vocabulary 1 of budget items was withdrawn on 2018-04-18.
    const items =
      '<country-budget-items vocabulary="1"><budget-item code="1.1.1" percentage="100"/></country-budget-items><budget type'
    const xml = withChange('<budget type', items)
    expect(told(xml)).toEqual([
      'warning code-withdrawn @ 11 country-budget-items/@vocabulary 1 BudgetIdentifierVocabulary 2018-04-18',
    ])
    const before = xml.replace('2025-06-01T', '2018-04-01T').replaceAll('2024-', '2017-')
    expect(told(before)).toEqual([])
  })
})

describe('identifiers', () => {
  test.each([
    ['XM-EX-1-7', 'XM-EX-1-7/8', ['error identifier-characters @ 2 iati-identifier XM-EX-1-7/8']],
    ['XM-EX-1-7', ' XM-EX-1-7', ['warning identifier-spaces @ 2 iati-identifier XM-EX-1-7']],
    ['XM-EX-1-7', 'XM-EX-17', ['warning identifier-prefix @ 2 iati-identifier XM-EX-17 XM-EX-1-']],
    [
      '<participating-org ref="XM-EX-1"',
      '<participating-org ref="N/A"',
      ['error identifier-characters @ 6 participating-org/@ref N/A'],
    ],
    ['<participating-org ref="XM-EX-1"', '<participating-org', ['error organisation-unnamed @ 6 participating-org']],
  ])('%s as %s', (before, after, expected) => {
    expect(told(withChange(before, after))).toEqual(expected)
  })

  test('a former identifier of the organisation is a right beginning', () => {
    const xml = withChange('XM-EX-1-7', 'OLD-1-7').replace(
      '<activity-status',
      '<other-identifier ref="OLD-1" type="B1"/><activity-status',
    )
    expect(told(xml)).toEqual([])
  })
})

describe('texts', () => {
  test.each([
    ['<narrative>Wells</narrative>', '<narrative> </narrative>', ['error text-missing @ 4 title']],
    ['<narrative>Wells</narrative>', '<narrative>Wells</narrative><narrative xml:lang="fr"/>', []],
    ['<narrative>Agency</narrative>', '<narrative/>', ['warning text-missing @ 3 reporting-org/narrative']],
    [' xml:lang="en"', '', ['error language-missing @ 3 reporting-org/narrative']],
  ])('%s as %s', (before, after, expected) => {
    expect(told(withChange(before, after))).toEqual(expected)
  })
})

describe('parts of other subjects', () => {
  test.each([
    [
      ' default-currency="EUR"',
      '',
      ['error currency-missing @ 11 budget/value', 'error currency-missing @ 12 transaction/value'],
    ],
    ['<sector vocabulary="1" code="14030"/>', '<sector vocabulary="99" code="W"/>', ['error own-code-unexplained @ 10 sector W']],
    ['<budget', '<policy-marker code="1"/><budget', ['error attribute-missing @ 11 policy-marker significance']],
    [
      '<budget',
      '<default-aid-type code="C01"/><default-aid-type code="B01" vocabulary="1"/><budget',
      ['warning aid-type-repeated @ 11 default-aid-type[2] 1'],
    ],
    ['<budget', '<default-aid-type code="C01"/><default-aid-type code="1" vocabulary="2"/><budget', []],
    [
      '<budget',
      '<humanitarian-scope type="1" vocabulary="1-2" code="EQ"/><budget',
      ['warning humanitarian-not-marked @ 11 humanitarian-scope'],
    ],
    ['<sector', '<location><point srsName="x"><pos>-1.3 36.8</pos></point></location><sector', []],
    [
      '<sector',
      '<location><point srsName="x"><pos>136.8 1.3</pos></point></location><sector',
      ['warning position-not-read @ 10 location/point/pos 136.8 1.3'],
    ],
  ])('%s as %s', (before, after, expected) => {
    expect(told(withChange(before, after))).toEqual(expected)
  })
})

describe('results', () => {
  const result = (measure: string, inside: string) =>
    withChange(
      '</iati-activity>',
      `<result type="1"><title><narrative>R</narrative></title><indicator measure="${measure}"><title><narrative>I</narrative></title>${inside}</indicator></result></iati-activity>`,
    )
  const period = (target: string) =>
    `<period><period-start iso-date="2024-01-01"/><period-end iso-date="2024-06-30"/>${target}</period>`

  test.each([
    ['1', '<baseline year="2023"/>', ['error measured-value-missing @ 13 result/indicator/baseline/@value 1']],
    ['1', '<baseline year="2023" value="3"/>', []],
    ['5', '<baseline year="2023" value="3"/>', ['error measured-value-unexpected @ 13 result/indicator/baseline/@value 3']],
    ['2', period('<target/>'), ['error measured-value-missing @ 13 result/indicator/period/target/@value 2']],
    ['5', period('<target/><actual/>'), []],
  ])('measure %s with %s', (measure, inside, expected) => {
    expect(told(result(measure, inside))).toEqual(expected)
  })

  test('references stand at the result or at the indicator', () => {
    const reference = '<reference vocabulary="99" code="1"/>'
    const xml = result('1', reference).replace('<indicator', `${reference}<indicator`)
    expect(told(xml)).toEqual(['error reference-at-both-levels @ 13 result/indicator/reference'])
  })
})

describe('organisations', () => {
  const ORGANISATION = `<iati-organisation default-currency="EUR" xml:lang="en">
<organisation-identifier>XM-EX-1</organisation-identifier>
<name><narrative>Agency</narrative></name>
<reporting-org ref="XM-EX-1" type="40"><narrative>Agency</narrative></reporting-org>
<total-budget><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/><value value-date="2024-01-01">5</value>
<budget-line><value value-date="2024-03-01">5</value><narrative>All</narrative></budget-line></total-budget>
</iati-organisation>`
  const context: FileContext = { ...CONTEXT, root: 'iati-organisations' }
  const toldOf = (xml: string) =>
    checkOrganisation(parseElement(xml, 1), context, NOW).map(({ code, place }) => `${code.slice(5)} ${place?.element}`)

  test.each([
    ['', '', []],
    ['XM-EX-1</org', '</org', ['identifier-missing organisation-identifier']],
    ['2024-03-01', '2025-03-01', ['date-outside-period total-budget/budget-line/value/@value-date']],
    ['2024-12-31', '2025-02-01', ['budget-too-long total-budget']],
    ['<name><narrative>Agency</narrative></name>', '<name/>', ['element-missing name']],
  ])('%s as %s', (before, after, expected) => {
    expect(ORGANISATION).toContain(before)
    expect(toldOf(ORGANISATION.replace(before, after))).toEqual(expected)
  })
})
