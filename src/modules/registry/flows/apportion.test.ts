import fc from 'fast-check'
import { expect, test } from 'vitest'
import { apportion, distributionOf } from './apportion.ts'

test('a cent that cannot be halved goes to the first in order, not to the first listed', () => {
  const halves = distributionOf([
    ['b', 1n],
    ['a', 1n],
  ])
  expect(halves.keys).toEqual(['a', 'b'])
  expect(apportion(1n, halves)).toEqual([1n, 0n])
  expect(apportion(-1n, halves)).toEqual([-1n, 0n])
})

test('what the cut leaves goes to those that lost most', () => {
  // 100 by 5, 3, 3: 45.45, 27.27, 27.27; cut 45, 27, 27; the one that is left goes to the first, which lost 0.45.
  const parts = distributionOf([
    ['a', 5n],
    ['b', 3n],
    ['c', 3n],
  ])
  expect(apportion(100n, parts)).toEqual([46n, 27n, 27n])
})

test('weights of one key are added', () => {
  const same = distributionOf([
    ['a', 1n],
    ['b', 2n],
    ['a', 1n],
  ])
  expect(same).toEqual({ keys: ['a', 'b'], weights: [2n, 2n], total: 4n })
})

const weighted = fc.array(fc.tuple(fc.stringMatching(/^[A-Z]{3}$/), fc.bigInt(1n, 10n ** 24n)), { minLength: 1, maxLength: 30 })

test('parts add up to the whole, and none is off by a unit', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 20n), 10n ** 20n), weighted, (whole, entries) => {
      const distribution = distributionOf(entries)
      const parts = apportion(whole, distribution)
      expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(whole)
      for (const [at, part] of parts.entries()) {
        const difference = part * distribution.total - whole * (distribution.weights[at] ?? 0n)
        expect((difference < 0n ? -difference : difference) < distribution.total).toBe(true)
      }
    }),
  )
})

test('the order of the entries does not matter', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 12n), weighted, (whole, entries) => {
      const reversed = distributionOf([...entries].reverse())
      expect(apportion(whole, reversed)).toEqual(apportion(whole, distributionOf(entries)))
    }),
  )
})
