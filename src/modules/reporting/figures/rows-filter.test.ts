import { describe, expect, test } from 'vitest'
import { filterOfRowsBehind } from './rows-filter.ts'

describe('the list that shows the rows behind a figure', () => {
  test('keeps the filter of the reader and adds that of the definition', () => {
    const filter = { values: { collection: ['a'], host: ['BRA'] }, search: 'water' }
    expect(filterOfRowsBehind(filter, { scale: ['regional'] })).toEqual({
      values: { collection: ['a'], host: ['BRA'], scale: ['regional'] },
      search: 'water',
    })
  })

  test('takes the narrower of two sets of the same field', () => {
    const types = { partnerType: ['academia', 'cso'] }
    expect(filterOfRowsBehind({ values: { partnerType: ['cso'] } }, types)?.values).toEqual({ partnerType: ['cso'] })
    expect(filterOfRowsBehind({ values: types }, { partnerType: ['cso'] })?.values).toEqual({ partnerType: ['cso'] })
  })

  test('says that no list can show them when two sets of a field only overlap', () => {
    expect(filterOfRowsBehind({ values: { partnerType: ['cso', 'other'] } }, { partnerType: ['academia', 'cso'] })).toBeNull()
  })
})
