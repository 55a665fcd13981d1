import { describe, expect, test } from 'vitest'
import { readFiles } from './source-files.ts'
import { findTextInCode } from './text-in-code.ts'

test('no page or component carries a text of its own: every word is in a message file', () => {
  const files = readFiles('src', /^src\/(web|documents)\/.*\.tsx$/).filter((file) => !file.path.endsWith('.test.tsx'))
  expect(findTextInCode(files)).toEqual([])
})

describe('the guard finds a planted text', () => {
  test.each([
    { name: 'between tags', code: 'return <h1>All initiatives</h1>', words: 'All initiatives' },
    { name: 'before a value', code: 'return <p>In total {count}</p>', words: 'In total' },
    { name: 'below a tag of several lines', code: 'return <p\n  class={x}\n>\n  In total {count}</p>', words: 'In total' },
    { name: 'after a value', code: 'return <p>{count} rows</p>', words: 'rows' },
    { name: 'in an attribute that is read aloud', code: 'return <button aria-label="Close">{icon}</button>', words: 'Close' },
    { name: 'in another script', code: 'return <h1>倡议</h1>', words: '倡议' },
  ])('$name', ({ code, words }) => {
    expect(findTextInCode([{ path: 'src/web/page.tsx', text: code }])).toEqual([
      `src/web/page.tsx: "${words}" is text in code; move it to locales/<language>/<module>.json.`,
    ])
  })

  test.each([
    { name: 'a text by key', code: "return <h1>{t('registry.title')}</h1>" },
    { name: 'signs and numbers', code: 'return <td>–</td>' },
    { name: 'a name that is the same everywhere', code: 'return <a href={url}>CSV</a>' },
    {
      name: 'types and comparisons',
      code: 'const a: Promise<Page> = b > c && d < e ? f : g\nfunction x(): Array<string> { return [] }',
    },
    { name: 'a type of an object', code: 'interface X { a: Set<A> | undefined\n readonly reported?: { b: C } }' },
    { name: 'a comparison before an object', code: 'call({ more: count > 0, about: { x } })' },
    { name: 'a comment', code: '// <p>An example</p>\nreturn <p>{x}</p>' },
  ])('and lets pass: $name', ({ code }) => {
    expect(findTextInCode([{ path: 'src/web/page.tsx', text: code }])).toEqual([])
  })
})
