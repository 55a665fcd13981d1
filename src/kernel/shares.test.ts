import { expect, test } from 'vitest'
import { makeWhole, parsePercentage, parseShare } from './shares.ts'

test('a share lies from 0 to 1 and is kept unrounded', () => {
  expect(parseShare('0.309168443496801706')).toBe('0.309168443496801706')
  expect(parseShare('1')).toBe('1')
  expect(parseShare('1.01')).toBeUndefined()
  expect(parseShare('-0.1')).toBeUndefined()
  expect(parsePercentage('33.3')).toBe('0.333')
  expect(parsePercentage('101')).toBeUndefined()
  expect(parsePercentage('a third')).toBeUndefined()
})

test('shares make a whole within half a per cent', () => {
  expect(makeWhole(['0.333', '0.333', '0.333'])).toBe(true)
  expect(makeWhole(['0.5', '0.495'])).toBe(true)
  expect(makeWhole(['0.5', '0.505'])).toBe(true)
  expect(makeWhole(['0.5', '0.4949'])).toBe(false)
  expect(makeWhole([])).toBe(false)
})
