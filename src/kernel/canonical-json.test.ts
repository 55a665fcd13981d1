import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

test('the order of keys does not matter, at any depth; the order of a list does', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: undefined })).toBe('{"b":[{"c":2,"d":1}]}')
  expect(canonicalJson({ b: [{ c: 2, d: 1 }] })).toBe(canonicalJson({ b: [{ d: 1, c: 2 }] }))
  expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]))
})

test('keys that are numbers come first, as numbers; other keys by their characters', () => {
  expect(canonicalJson({ b: 1, '10': 2, '9': 3, B: 4, é: 5 })).toBe('{"9":3,"10":2,"B":4,"b":1,"é":5}')
})

test('what JSON has no word for is left out of objects and is null in lists; dates are instants', () => {
  expect(canonicalJson({ a: undefined, b: () => 1, c: [undefined, Number.NaN], d: new Date(0) })).toBe(
    '{"c":[null,null],"d":"1970-01-01T00:00:00.000Z"}',
  )
  expect(() => canonicalJson({ a: 1n })).toThrow(TypeError)
})

test('any value gives the text that a replacer with sorted entries gives: hashes that were kept stay good', () => {
  const before = (value: unknown) =>
    JSON.stringify(value, (_key, inner: unknown) =>
      inner !== null && typeof inner === 'object' && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    )
  fc.assert(
    fc.property(
      fc.anything({ withDate: true, withSparseArray: true, key: fc.oneof(fc.string(), fc.nat().map(String)) }),
      (value) => {
        expect(canonicalJson(value)).toBe(before(value))
      },
    ),
    { numRuns: 2_000 },
  )
})
