import { expect, test } from 'vitest'
import { differing } from './field-texts.ts'

test('a side that states nothing has no line', () => {
  expect(differing([], ['a'])).toEqual({
    ours: { lines: [], same: 0, more: 0 },
    theirs: { lines: ['a'], same: 0, more: 0 },
  })
})

test('of long lists only the lines that differ are said, and how many are the same', () => {
  expect(differing(['a', 'b', 'c', 'd', 'e'], ['a', 'b', 'c', 'd', 'x'])).toEqual({
    ours: { lines: ['e'], same: 4, more: 0 },
    theirs: { lines: ['x'], same: 4, more: 0 },
  })
})

test('of very many differing lines the first fifteen are said', () => {
  const many = Array.from({ length: 20 }, (_, index) => `line ${index}`)
  expect(differing(many, []).ours).toEqual({ lines: many.slice(0, 15), same: 0, more: 5 })
})
