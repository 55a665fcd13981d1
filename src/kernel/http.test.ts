import { describe, expect, test } from 'vitest'
import { contentDisposition, ownPath, seeOther } from './http.ts'

describe('an own path that came from outside', () => {
  test.each([
    '//evil.example/',
    '/\\evil.example/',
    'https://evil.example/',
    'evil.example',
    'javascript:alert(1)',
    '/\t/evil.example/',
    '/en\r\nset-cookie: a=b',
    '/en\\..\\\\evil.example',
    '/en\ud800',
    `/${'x'.repeat(2_000)}`,
    '',
    null,
    undefined,
  ])('%j is refused', (text) => expect(ownPath(text)).toBeUndefined())

  test.each(['/', '/en/initiatives?q=%D0%B2%D0%BE%D0%B4%D0%B0&page=2#row', '/ar/initiatives?q=ماء'])('%j is one', (text) =>
    expect(ownPath(text)).toBe(text),
  )
})

test('a redirect holds nothing that would begin another header', () => {
  expect(seeOther('/en/a\r\nx: y?q=é\ud800').headers.location).toBe('/en/a%0D%0Ax:%20y?q=%C3%A9%EF%BF%BD')
})

describe('the name of a download', () => {
  test.each([
    { name: 'figures-2015.csv', header: 'attachment; filename="figures-2015.csv"' },
    { name: 'a"b\r\nx: y.csv', header: 'attachment; filename="a_b__x_ y.csv"; filename*=UTF-8\'\'a%22b%0D%0Ax%3A%20y.csv' },
    { name: 'ماء.csv', header: 'attachment; filename="___.csv"; filename*=UTF-8\'\'%D9%85%D8%A7%D8%A1.csv' },
  ])('$name', ({ name, header }) => expect(contentDisposition(name)).toBe(header))
})
