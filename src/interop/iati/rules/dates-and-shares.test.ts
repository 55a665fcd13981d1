import { describe, expect, test } from 'vitest'
import { parseElement } from '../parse-element.ts'
import { checkActivity } from './check-activity.ts'

const NOW = Date.UTC(2026, 0, 15, 9)

/** Rules of dates and shares alone: the activities here lack everything else. */
const ABOUT = /date|period|budget-too|share|stated|update/

function told(inside: string, attributes = ''): string[] {
  const xml = `<iati-activity ${attributes}><iati-identifier>A-1</iati-identifier>${inside}</iati-activity>`
  const context = { root: 'iati-activities', version: '2.03', namespaces: {}, attributes: {} } as const
  return checkActivity(parseElement(xml, 1), context, NOW)
    .filter(({ code }) => ABOUT.test(code))
    .map(({ level, code, params }) => [level, code.slice(5), ...Object.values(params)].join(' '))
}

/** So that the levels of sectors and recipients are stated. */
const STATED = '<recipient-country code="KE"/><sector code="14030"/>'

const date = (type: number, day: string) => `<activity-date type="${type}" iso-date="${day}"/>`

describe('dates', () => {
  test.each([
    ['no start', date(3, '2024-01-01'), ['error start-date-missing']],
    ['a planned start', date(1, '2024-01-01'), []],
    [
      'a planned end before the start',
      date(1, '2024-01-02') + date(3, '2024-01-01'),
      ['error period-order 2024-01-02 2024-01-01'],
    ],
    [
      'an actual end before the start',
      date(2, '2024-01-02') + date(4, '2024-01-01'),
      ['error period-order 2024-01-02 2024-01-01'],
    ],
    ['a planned end before the actual start', date(2, '2024-01-02') + date(3, '2024-01-01'), []],
    ['start and end on one day', date(1, '2024-01-01') + date(3, '2024-01-01'), []],
    ['a planned end in the future', date(1, '2024-01-01') + date(3, '2030-01-01'), []],
    ['an actual start in the future', date(2, '2026-01-20'), ['error date-in-future 2026-01-20']],
    ['today', date(2, '2026-01-15'), []],
  ])('%s', (_, inside, expected) => {
    expect(told(inside + STATED)).toEqual(expected)
  })

  test('it is tomorrow already on the other side of the earth, from 10 o’clock UTC on', () => {
    const xml = parseElement(`<iati-activity>${date(2, '2026-01-16')}</iati-activity>`, 1)
    const context = { root: 'iati-activities', version: '2.03', namespaces: {}, attributes: {} } as const
    const isFuture = (hour: number) =>
      checkActivity(xml, context, Date.UTC(2026, 0, 15, hour)).some(({ code }) => code === 'iati.date-in-future')
    expect([isFuture(9), isFuture(10)]).toEqual([true, false])
  })

  test('what has happened is not later than the last update, and that is not in the future', () => {
    const inside = date(2, '2024-05-02') + STATED
    expect(told(inside, 'last-updated-datetime="2024-05-01T10:00:00Z"')).toEqual([
      'error date-after-update 2024-05-02 2024-05-01',
    ])
    expect(told(inside, 'last-updated-datetime="2024-05-02T00:00:00Z"')).toEqual([])
    expect(told(inside, 'last-updated-datetime="2027-05-02T00:00:00Z"')).toEqual(['error update-in-future 2027-05-02T00:00:00Z'])
  })

  test('transactions have happened: their dates are looked at like those of the activity', () => {
    const transaction =
      '<transaction><transaction-date iso-date="2026-03-01"/><value value-date="2025-01-01">1</value></transaction>'
    expect(told(date(2, '2024-01-01') + STATED + transaction)).toEqual(['error date-in-future 2026-03-01'])
  })
})

describe('budgets', () => {
  const budget = (start: string, end: string) =>
    `${date(1, '2019-01-01')}${STATED}<budget><period-start iso-date="${start}"/><period-end iso-date="${end}"/></budget>`

  test.each([
    ['2019-01-01', '2020-01-01', []],
    ['2019-01-01', '2020-01-02', ['error budget-too-long 2019-01-01 2020-01-02']],
    ['2020-02-29', '2021-02-28', []],
    ['2020-02-29', '2021-03-01', ['error budget-too-long 2020-02-29 2021-03-01']],
    ['2019-02-01', '2019-01-31', ['error period-order 2019-02-01 2019-01-31']],
    ['2019-02-30', '2029-01-01', ['error value-of-wrong-kind 2019-02-30 date']],
  ])('from %s to %s', (start, end, expected) => {
    expect(told(budget(start, end)).filter((one) => !one.includes('wrong-kind'))).toEqual(
      expected.filter((one) => !one.includes('wrong-kind')),
    )
  })
})

describe('shares', () => {
  const START = date(1, '2024-01-01')
  const sector = (percentage: string, vocabulary = '1') =>
    `<sector vocabulary="${vocabulary}" code="1" percentage="${percentage}"/>`
  const country = (percentage: string) => `<recipient-country code="KE" percentage="${percentage}"/>`
  const region = (percentage: string, vocabulary = '1') =>
    `<recipient-region vocabulary="${vocabulary}" code="298" percentage="${percentage}"/>`
  const place = '<recipient-country code="KE"/>'
  const aim = '<sector code="14030"/>'

  test.each([
    ['sectors of 60 and 50', place + sector('60') + sector('50'), ['error share-sum 110 sectors 1']],
    ['sectors of 60 and 40', place + sector('60') + sector('40'), []],
    ['three thirds', place + sector('33.33') + sector('33.33') + sector('33.33'), ['warning share-sum 99.99 sectors 1']],
    ['decimals that floating point cannot hold', place + sector('70.1') + sector('29.8') + sector('0.1'), []],
    ['two vocabularies of 100 each', place + sector('100') + sector('100', '2'), []],
    ['one of 99', place + sector('99'), ['error share-sum 99 sectors 1']],
    ['one without a percentage', place + aim, []],
    ['two of which one has none', place + sector('50') + aim, ['error share-missing']],
    [
      'a percentage below 0',
      place + sector('-10') + sector('110'),
      ['error share-out-of-range -10', 'error share-out-of-range 110'],
    ],
    ['countries and regions together', country('40') + region('60') + aim, []],
    ['countries and regions of 140', country('80') + region('60') + aim, ['error share-sum 140 recipients 1']],
    ['regions of two vocabularies, each with the countries', country('40') + region('60') + region('60', '99') + aim, []],
    [
      'budget items of 50',
      `${place + aim}<country-budget-items vocabulary="4"><budget-item code="1" percentage="50"/></country-budget-items>`,
      ['error share-sum 50 budget-items 4'],
    ],
  ])('%s', (_, inside, expected) => {
    expect(told(START + inside)).toEqual(expected)
  })

  const transaction = (inside: string) => `<transaction>${inside}</transaction>`
  test.each([
    ['neither level', '', ['error stated-at-no-level sectors 0', 'error stated-at-no-level recipients 0']],
    ['every transaction', transaction(aim + place) + transaction(aim + place), []],
    [
      'one transaction of three',
      transaction(aim + place) + transaction(place) + transaction(place),
      ['error stated-at-no-level sectors 2'],
    ],
    [
      'both levels',
      aim + place + transaction(aim + place),
      ['warning stated-at-both-levels sectors', 'error stated-at-both-levels recipients'],
    ],
  ])('stated at %s', (_, inside, expected) => {
    expect(told(START + inside)).toEqual(expected)
  })
})
