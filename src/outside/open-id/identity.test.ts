import { expect, test } from 'vitest'
import '../problems.ts'
import { readIdentity } from './identity.ts'

const known = { iss: 'https://id.example', sub: 'ana-17' }

test.each([
  ['a line break', 'ana\nx'],
  ['a space', 'ana 17'],
  ['256 letters', 'a'.repeat(256)],
  ['nothing', ''],
])('a subject with %s is refused: it could be shown or stored as another', (_name, sub) => {
  expect(() => readIdentity({ ...known, sub })).toThrow(expect.objectContaining({ code: 'outside.open-id-answer-unreadable' }))
})

test.each<[string, Record<string, unknown>, object]>([
  ['nothing more', {}, {}],
  ['an address verified by the word "true"', { email: 'ana@x.example', email_verified: 'true' }, { email: 'ana@x.example' }],
  ['an address that is a list', { email: ['ana@x.example'], email_verified: true }, { emailVerified: true }],
  ['a name with a line break and a sign that turns the line', { name: 'Ana\r\n\u202eSilva' }, { name: 'Ana Silva' }],
  ['a name of spaces', { name: '  ' }, {}],
  ['a level and means', { acr: 'urn:mfa', amr: ['pwd', 'otp', 7] }, { acr: 'urn:mfa', amr: ['pwd', 'otp'] }],
  ['means that are no list', { amr: 'otp' }, {}],
])('an identity with %s', (_name, claims, expected) => {
  expect(readIdentity({ ...known, ...claims })).toEqual({
    issuer: 'https://id.example',
    subject: 'ana-17',
    emailVerified: false,
    ...expected,
  })
})
