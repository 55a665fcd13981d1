import { expect, test } from 'vitest'
import { beginningOf, keepableJson } from './whole-characters.ts'

test('a character of two halves is never cut: it is left out whole', () => {
  expect(beginningOf('ab\u{1f600}', 3)).toBe('ab')
  expect(beginningOf('ab\u{1f600}c', 4)).toBe('ab\u{1f600}')
  expect(beginningOf('abc', 3)).toBe('abc')
})

test('halves and NUL do not reach the database; what only looks like them stays', () => {
  expect(keepableJson({ found: 'a\0b\ud83d', count: 1 })).toBe('{"found":"ab\ufffd","count":1}')
  expect(keepableJson({ found: '\\u0000 \u{1f600}' })).toBe('{"found":"\\\\u0000 \u{1f600}"}')
})
