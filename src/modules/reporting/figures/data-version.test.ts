import { expect, test } from 'vitest'
import { FILTER_FIELDS, type FilterField, type ListingColumns } from '../../registry/index.ts'
import { dataVersionOf } from './data-version.ts'

/** One listing a scale, each with its own id. */
function columnsOf(scales: readonly string[], prefix: string): ListingColumns {
  const empty = { dictionary: [], codes: new Uint16Array(), offsets: new Uint32Array(scales.length + 1) }
  const scale = {
    dictionary: [...scales],
    codes: Uint16Array.from(scales.keys()),
    offsets: Uint32Array.from({ length: scales.length + 1 }, (_, row) => row),
  }
  return {
    size: scales.length,
    ids: scales.map((_, row) => `${prefix}${row}`),
    initiativeIds: scales.map((_, row) => `${prefix}${row}`),
    groupKeys: scales.map(() => null),
    hasTitle: new Uint8Array(scales.length),
    fields: Object.fromEntries(FILTER_FIELDS.map((field) => [field, field === 'scale' ? scale : empty])) as unknown as Record<
      FilterField,
      typeof empty
    >,
  } as unknown as ListingColumns
}

const version = (scales: readonly string[], prefix: string) =>
  dataVersionOf(columnsOf(scales, prefix), Uint32Array.from(scales.keys()), 'all')

test('equal facts have an equal data version on any machine, in any order; one changed fact has another', () => {
  expect(version(['regional', 'global'], 'a')).toBe(version(['global', 'regional'], 'b'))
  expect(version(['regional', 'global'], 'a')).not.toBe(version(['regional', 'regional'], 'a'))
})
