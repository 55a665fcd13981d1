import { describe, expect, test } from 'vitest'
import { elementsOf, firstElement, type XmlElement } from '../element.ts'
import { parseElement } from '../parse-element.ts'
import { upgradeActivity, upgradeOrganisation } from './upgrade-activity.ts'

/** An activity of version 1 with these parts, upgraded. */
function upgraded(parts: string, version: string | undefined = '1.03') {
  return upgradeActivity(parseElement(`<iati-activity xml:lang="en"><title>Wells</title>${parts}</iati-activity>`, 1), version)
}

function written(element: XmlElement | undefined): string {
  if (element === undefined) return ''
  const attributes = Object.entries(element.attributes).map(([name, value]) => ` ${name}="${value}"`)
  const children = element.children.map((child) => (typeof child === 'string' ? child : written(child)))
  return `<${element.name}${attributes.join('')}>${children.join('')}</${element.name}>`
}

/** The parts of one name, as they are written after the upgrade. */
function upgradedPart(name: string, parts: string, version?: string): string {
  return elementsOf(upgraded(parts, version).activity, name).map(written).join('')
}

describe('what has no counterpart in 2.03 stays', () => {
  test('an element that version 2 does not know keeps its old name, at the end', () => {
    const { activity, notes } = upgraded('<total-cost currency="USD">500</total-cost><iati-identifier>A-1</iati-identifier>')
    expect(written(activity)).toBe(
      '<iati-activity xml:lang="en"><iati-identifier>A-1</iati-identifier><title><narrative>Wells</narrative></title>' +
        '<total-cost currency="USD">500</total-cost></iati-activity>',
    )
    expect(notes).toEqual(['narratives', 'element-order'])
  })

  test.each([
    [
      'activity-date',
      '<activity-date type="start" iso-date="2010-01-01"/>',
      '<activity-date type="start" iso-date="2010-01-01"></activity-date>',
    ],
    [
      'sector',
      '<sector vocabulary="WB" code="BX">Roads</sector>',
      '<sector vocabulary="WB" code="BX"><narrative>Roads</narrative></sector>',
    ],
    [
      'activity-status',
      '<activity-status code="2">Running</activity-status>',
      '<activity-status code="2">Running</activity-status>',
    ],
    [
      'participating-org',
      '<participating-org role="beneficiary">Town</participating-org>',
      '<participating-org role="beneficiary"><narrative>Town</narrative></participating-org>',
    ],
  ])('%s: %s', (name, before, expected) => {
    expect(upgradedPart(name, before)).toBe(expected)
  })
})

test('words that every object of a program answers to are only words', () => {
  const { activity } = upgraded('<constructor/><sector vocabulary="constructor" code="1"/>', 'constructor')
  expect(elementsOf(activity).map(written).join('')).toBe(
    '<title><narrative>Wells</narrative></title><sector vocabulary="constructor" code="1"></sector><constructor></constructor>',
  )
})

describe('an activity of version 2 is not touched', () => {
  const activity = parseElement('<iati-activity><title><narrative>Wells</narrative></title></iati-activity>', 1)

  test.each(['2.01', '2.02', '2.03'])('stated as %s it comes back as the same object, without a note', (version) => {
    const result = upgradeActivity(activity, version)
    expect(result.activity).toBe(activity)
    expect(result.notes).toEqual([])
  })

  test('without a version its shape decides, and that is noted', () => {
    const result = upgradeActivity(activity, undefined)
    expect(result.activity).toBe(activity)
    expect(result.notes).toEqual(['version-by-shape'])
  })

  test('a faulty part does not make it one of version 1: the fault is for the rules to find', () => {
    const faulty = parseElement(
      '<iati-activity><title>Wells</title><activity-date type="1" iso-date="2010-01-01"/></iati-activity>',
      1,
    )
    expect(upgradeActivity(faulty, '2.03').activity).toBe(faulty)
  })

  test('old texts and old codes under a new version make it one of version 1', () => {
    const { notes } = upgraded('<activity-date type="start-planned" iso-date="2010-01-01"/>', '2.03')
    expect(notes).toEqual(['version-by-shape', 'narratives', 'date-types'])
  })

  test('a version that never was leaves it to the shape', () => {
    expect(upgraded('', '1.0').notes).toEqual(['version-by-shape', 'narratives'])
  })
})

describe('texts become narratives', () => {
  test('with the language that the element had, and the line where it stood', () => {
    const activity = parseElement('<iati-activity>\n<title xml:lang="fr">Puits</title>\n</iati-activity>', 10)
    const title = firstElement(upgradeActivity(activity, '1.01').activity, 'title')
    expect(written(title)).toBe('<title><narrative xml:lang="fr">Puits</narrative></title>')
    expect(title && [title.line, firstElement(title, 'narrative')?.line]).toEqual([11, 11])
  })

  test('one title for each language becomes one title', () => {
    const { activity, notes } = upgraded('<title xml:lang="fr">Puits</title>')
    expect(written(firstElement(activity, 'title'))).toBe(
      '<title><narrative>Wells</narrative><narrative xml:lang="fr">Puits</narrative></title>',
    )
    expect(notes).toContain('languages-joined')
  })

  test('two organisations without identifier stay two, in whatever languages they are named', () => {
    expect(
      upgradedPart(
        'participating-org',
        '<participating-org role="Funding">A</participating-org><participating-org role="Funding" xml:lang="fr">B</participating-org>',
      ),
    ).toBe(
      '<participating-org role="1"><narrative>A</narrative></participating-org><participating-org role="1"><narrative xml:lang="fr">B</narrative></participating-org>',
    )
  })

  test('two descriptions in one language stay two', () => {
    expect(elementsOf(upgraded('<description>a</description><description>b</description>').activity, 'description')).toHaveLength(
      2,
    )
  })

  test('deep inside: a comment on a target of a period', () => {
    const result =
      '<result><indicator><period><target value="5"><comment>Villages</comment></target></period></indicator></result>'
    expect(upgradedPart('result', result)).toBe(result.replace('Villages', '<narrative>Villages</narrative>'))
  })
})

describe('codes', () => {
  test.each([
    ['participating-org', 'role', 'Accountable', '2'],
    ['participating-org', 'role', 'implementing', '4'],
    ['participating-org', 'type', 'Multilateral', '40'],
    ['activity-date', 'type', 'start-actual', '2'],
    ['activity-date', 'type', 'end-planned', '3'],
    ['activity-date', 'type', 'end-actual', '4'],
    ['sector', 'vocabulary', 'DAC', '1'],
    ['sector', 'vocabulary', 'DAC-3', '2'],
    ['sector', 'vocabulary', 'COFOG', '3'],
    ['sector', 'vocabulary', 'RO', '99'],
    ['sector', 'percentage', '33.3 %', '33.3'],
    ['recipient-country', 'percentage', '100%', '100'],
    ['policy-marker', 'vocabulary', 'DAC', '1'],
    ['policy-marker', 'code', '01', '1'],
    ['budget', 'type', 'Revised', '2'],
    ['description', 'type', 'objectives', '2'],
  ])('%s/@%s: %s is %s', (element, attribute, before, expected) => {
    const found = firstElement(upgraded(`<${element} ${attribute}="${before}"/>`).activity, element)
    expect(found?.attributes[attribute]).toBe(expected)
  })

  test.each([
    ['IF', '1'],
    ['C', '2'],
    ['D', '3'],
    ['E', '4'],
    ['IR', '5'],
    ['LR', '6'],
    ['R', '7'],
    ['QP', '8'],
    ['QS', '9'],
    ['CG', '10'],
  ])('transaction type %s is %s', (before, expected) => {
    expect(upgradedPart('transaction', `<transaction><transaction-type code="${before}"/></transaction>`)).toBe(
      `<transaction><transaction-type code="${expected}"></transaction-type></transaction>`,
    )
  })
})

describe('parts that are built differently', () => {
  test('another identifier: its own text, and an owner who is the reporter', () => {
    expect(
      upgradedPart(
        'other-identifier',
        '<reporting-org ref="GB-1" type="10"/><other-identifier owner-ref="GB-1" owner-name="DFID">43739</other-identifier>',
      ),
    ).toBe(
      '<other-identifier ref="43739" type="A1"><owner-org ref="GB-1"><narrative>DFID</narrative></owner-org></other-identifier>',
    )
  })

  test('another identifier of somebody else is of type A9', () => {
    expect(upgradedPart('other-identifier', '<other-identifier owner-ref="SE-6">7</other-identifier>')).toBe(
      '<other-identifier ref="7" type="A9"><owner-org ref="SE-6"></owner-org></other-identifier>',
    )
  })

  test('a web page becomes a document link, after the transactions', () => {
    const { activity } = upgraded('<activity-website>http://a.example/</activity-website><transaction/>')
    expect(written(elementsOf(activity).at(-1))).toBe(
      '<document-link url="http://a.example/" format="text/html"><title><narrative>http://a.example/</narrative></title><category code="A12"></category></document-link>',
    )
  })

  test.each([
    [
      '<activity-date type="start-planned">2011-03-31Z</activity-date>',
      '<activity-date iso-date="2011-03-31Z" type="1"></activity-date>',
    ],
    [
      '<activity-date type="start-planned" iso_date="2009-01-01"/>',
      '<activity-date iso-date="2009-01-01" type="1"></activity-date>',
    ],
    [
      '<activity-date type="start-planned" iso-date="2011-03-31">spring</activity-date>',
      '<activity-date type="1" iso-date="2011-03-31"><narrative>spring</narrative></activity-date>',
    ],
    [
      '<activity-date type="end-actual">soon</activity-date>',
      '<activity-date type="4"><narrative>soon</narrative></activity-date>',
    ],
  ])('date %s', (before, expected) => {
    expect(upgradedPart('activity-date', before)).toBe(expected)
  })

  test('an exact place: coordinates, country, gazetteer and kind of place', () => {
    expect(
      upgradedPart(
        'location',
        '<location><location-type code="PPL"/><coordinates latitude="-9.5" longitude="13.3" precision="1"/><name>Luanda</name>' +
          '<administrative country="AO"/><gazetteer-entry gazetteer-ref="GEO">2240449</gazetteer-entry></location>',
      ),
    ).toBe(
      '<location><location-id vocabulary="G1" code="2240449"></location-id><name><narrative>Luanda</narrative></name>' +
        '<administrative vocabulary="A4" code="AO"></administrative>' +
        '<point srsName="http://www.opengis.net/def/crs/EPSG/0/4326"><pos>-9.5 13.3</pos></point><exactness code="1"></exactness>' +
        '<feature-designation code="PPL"></feature-designation></location>',
    )
  })

  test('a precision, an administrative name and a gazetteer without an identifier stay', () => {
    expect(
      upgradedPart(
        'location',
        '<location><coordinates latitude="1" longitude="2" precision="2"/><administrative country="AO" adm1="7">Angola</administrative>' +
          '<gazetteer-entry gazetteer-ref="GEO">Geonames.org</gazetteer-entry></location>',
      ),
    ).toBe(
      '<location><administrative adm1="7" vocabulary="A4" code="AO">Angola</administrative>' +
        '<point srsName="http://www.opengis.net/def/crs/EPSG/0/4326"><pos>1 2</pos></point>' +
        '<coordinates precision="2"></coordinates><gazetteer-entry gazetteer-ref="GEO">Geonames.org</gazetteer-entry></location>',
    )
  })

  test('the language of a document, the other spelling of contacts, and a version in the activity', () => {
    expect(upgradedPart('document-link', '<document-link url="http://a.example/" language="fr"/>')).toBe(
      '<document-link url="http://a.example/"><language code="fr"></language></document-link>',
    )
    expect(
      upgradedPart('contact-info', '<contact-info><email>a@b.example</email><organization>Bank</organization></contact-info>'),
    ).toBe('<contact-info><organisation><narrative>Bank</narrative></organisation><email>a@b.example</email></contact-info>')
    const stated = parseElement('<iati-activity version="1.00"><title>a</title></iati-activity>', 1)
    expect(upgradeActivity(stated, '1.01').notes).toEqual(['narratives', 'activity-version'])
  })
})

test('an upgraded activity is one of version 2: a second upgrade changes nothing', () => {
  const { activity } = upgraded('<budget type="Original"/><reporting-org ref="A">B</reporting-org>', '1.05')
  expect(upgradeActivity(activity, '2.03').activity).toBe(activity)
  expect(upgradeActivity(activity, '1.05').activity).toEqual(activity)
})

test('an organisation of version 1: its identifier, name and budgets', () => {
  const { organisation, notes } = upgradeOrganisation(
    parseElement(
      '<iati-organisation><reporting-org ref="GB-1">DFID</reporting-org><iati-identifier>GB-1</iati-identifier><name>DFID</name>' +
        '<recipient-org-budget><recipient-org ref="X">Y</recipient-org></recipient-org-budget></iati-organisation>',
      1,
    ),
    '1.04',
  )
  expect(written(organisation)).toBe(
    '<iati-organisation><organisation-identifier>GB-1</organisation-identifier><name><narrative>DFID</narrative></name>' +
      '<reporting-org ref="GB-1"><narrative>DFID</narrative></reporting-org>' +
      '<recipient-org-budget><recipient-org ref="X"><narrative>Y</narrative></recipient-org></recipient-org-budget></iati-organisation>',
  )
  expect(notes).toEqual(['organisation-identifiers', 'narratives', 'element-order'])
})
