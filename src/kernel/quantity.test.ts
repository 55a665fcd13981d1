import { expect, test } from 'vitest'
import { parseQuantity, totalsByUnit } from './quantity.ts'

test('a quantity has a value of 0 or more and a unit of the list', () => {
  expect(parseQuantity({ value: '30', unit: 'person_day' })).toEqual({ value: '30', unit: 'person_day' })
  expect(parseQuantity({ value: '-1', unit: 'person_day' })).toBeUndefined()
  expect(parseQuantity({ value: '1', unit: 'autoclave' })).toBeUndefined()
  expect(parseQuantity({ value: 'some', unit: 'item' })).toBeUndefined()
})

test('days and months are never added up', () => {
  const totals = totalsByUnit([
    { value: '1', unit: 'person_month' },
    { value: '2.5', unit: 'person_day' },
    { value: '0.5', unit: 'person_day' },
  ])
  expect(totals).toEqual([
    { value: '3', unit: 'person_day' },
    { value: '1', unit: 'person_month' },
  ])
})
