/** The derived checks of section 4: computed from the shipped numbers, never stored. */
import { expect, test } from 'vitest'
import { divideDecimals, subtractDecimals } from '../../kernel/decimal.ts'
import { referenceOf } from './reported-values/reported-value.ts'
import { listShippedReportedValues } from './shipped-sources.ts'

const values = new Map(listShippedReportedValues().map((value) => [referenceOf(value), value.value ?? '']))

function printed(reference: string): string {
  return values.get(reference) ?? `${reference} is not shipped`
}

/** In per cent, to one digit, a half upwards as printed reports round. */
function share(part: string, whole: string): string {
  return divideDecimals(`${part}00`, whole, 1, 'half_up')
}

function growth(from: string, to: string): string {
  return share(subtractDecimals(printed(to), printed(from)), printed(from))
}

test('¶30: 469 - 269 = 200 projects more, a growth of 74.3 %', () => {
  expect(subtractDecimals(printed('undp_ssc_projects@2014'), printed('undp_ssc_projects@2013'))).toBe('200')
  expect(growth('undp_ssc_projects@2013', 'undp_ssc_projects@2014')).toBe('74.3')
})

test('fn 6: 469 of more than 3,500 reviewed projects is at most 13.4 %', () => {
  expect(share(printed('undp_ssc_projects@2014'), printed('undp_projects_reviewed@2014'))).toBe('13.4')
})

test('¶9: 20 of 22 entities answered; 11 and 18 of either base', () => {
  const asked = printed('entities_surveyed@2014')
  const answered = printed('entities_answered@2014')
  expect(share(answered, asked)).toBe('90.9')
  expect(share(printed('entities_supporting_unossc_projects@2014'), asked)).toBe('50')
  expect(share(printed('entities_supporting_unossc_projects@2014'), answered)).toBe('55')
  expect(share(printed('entities_reporting_on_ssc@2014'), asked)).toBe('81.8')
  expect(share(printed('entities_reporting_on_ssc@2014'), answered)).toBe('90')
})

test('¶9: good practices grew by 18.9 %', () => {
  expect(growth('unfpa_good_practices@2013', 'unfpa_good_practices@2014')).toBe('18.9')
})

test('¶37: 14 million over four years is 3.5 million a year', () => {
  expect(divideDecimals(printed('core_allocation_usd@2014-2017'), '4', 0)).toBe('3500000')
})

test('¶32: 31 - 28 = 3 points, as the paragraph itself states', () => {
  const change = subtractDecimals(printed('fig2_regional_share@2014'), printed('fig2_regional_share@2013'))
  expect(change).toBe('3')
  expect(printed('fig2_regional_share_change@2013-2014')).toBe(change)
})
