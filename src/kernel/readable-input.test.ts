import { describe, expect, test } from 'vitest'
import { requireReadableJson, requireReadableText } from './readable-input.ts'

const codeOf = (work: () => void) => {
  try {
    work()
    return 'accepted'
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('what cannot be kept is refused', () => {
  test.each([
    { name: 'the null character', json: '{"a": ["x\\u0000"]}', code: 'http.character-not-accepted' },
    { name: 'half a surrogate pair', json: '{"a": "\\ud800"}', code: 'http.character-not-accepted' },
    { name: 'the null character in a name', json: '{"\\u0000": 1}', code: 'http.character-not-accepted' },
    { name: 'a prototype', json: '{"a": {"__proto__": {"isAdmin": true}}}', code: 'http.key-not-accepted' },
    { name: 'a constructor', json: '{"constructor": {"prototype": {}}}', code: 'http.key-not-accepted' },
    { name: 'a tower of lists', json: `${'['.repeat(200_000)}${']'.repeat(200_000)}`, code: 'http.json-too-deep' },
  ])('$name', ({ json, code }) => expect(codeOf(() => requireReadableJson(JSON.parse(json)))).toBe(code))
})

test('every other text is kept, also what looks like code, other control characters and emoji', () => {
  expect(codeOf(() => requireReadableText('<script>\u0001\t\r\n👩🏽‍🌾\u202e\ufffe'))).toBe('accepted')
  expect(codeOf(() => requireReadableJson({ a: [1, null, true, { b: 'ماء' }] }))).toBe('accepted')
})
