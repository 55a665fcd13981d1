import { expect, test } from 'vitest'
import { withFormToken } from './form-token.ts'

const FIELD = '<input type="hidden" name="_form" value="T"/>'

test('a form without a session stays as it is', () => {
  expect(withFormToken('<form method="post">', undefined)).toBe('<form method="post">')
})

test.each([
  { name: 'the usual one', form: '<form method="post" action="/en/a">' },
  { name: 'a label with > before the method', form: '<form aria-label="Imports > 2026" method="post">' },
  { name: 'a label with > behind the method', form: '<form method="post" aria-label="a > b">' },
  { name: 'over several lines', form: '<form\n  method="post"\n>' },
])('$name gets the token as its first field', ({ form }) => {
  expect(withFormToken(`<p>1</p>${form}<b>2</b></form>`, 'T')).toBe(`<p>1</p>${form}${FIELD}<b>2</b></form>`)
})

test.each([
  { name: 'one that only asks', html: '<form method="get" action="/en"></form><form></form>' },
  { name: 'the word as a text', html: '<p>&lt;form method="post"&gt;</p>' },
  { name: 'a method inside a label', html: '<form aria-label="method=\'post\'">' },
  { name: 'another element', html: '<formula method="post">' },
])('$name gets none', ({ html }) => {
  expect(withFormToken(html, 'T')).toBe(html)
})

test('each of several gets its own', () => {
  const form = '<form method="post" aria-label=">"></form>'
  expect(withFormToken(form + form, 'T').split(FIELD)).toHaveLength(3)
})
