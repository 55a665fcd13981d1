import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import {
  findPlaceholdersWithoutParam,
  findProblemsWithoutText,
  findUndeclaredProblems,
  findUnknownKeys,
  findUnusedKeys,
} from '../../scripts/release/keys-in-code.ts'
import { type LanguageFiles, readMessageFiles } from '../../scripts/release/message-files.ts'
import { PACKAGE_ROOT } from '../../src/kernel/package-root.ts'
import { listProblemCodes, problemDefinition } from '../../src/kernel/problems.ts'
import { isTestFile, readFiles } from '../boundaries/source-files.ts'

const files = readFiles('src', /\.tsx?$/).filter((file) => !isTestFile(file.path))

function english(): LanguageFiles {
  const found = readMessageFiles(join(PACKAGE_ROOT, 'locales')).find(({ lang }) => lang === 'en')
  if (!found) throw new Error('locales/en is missing')
  return found
}

test('every text that the code asks for exists', () => {
  expect(findUnknownKeys(english(), files)).toEqual([])
})

test('every declared problem has a text, and the text asks only for what the problem gives', async () => {
  for (const file of files) {
    if (/\bdefineProblems\('/.test(file.text)) await import(pathToFileURL(join(PACKAGE_ROOT, file.path)).href)
  }
  const problems = listProblemCodes().map((code) => ({ code, params: problemDefinition(code)?.params ?? [] }))
  expect(problems.length).toBeGreaterThan(20)
  expect(findProblemsWithoutText(english(), problems)).toEqual([])
  expect(findPlaceholdersWithoutParam(english(), problems)).toEqual([])
  expect(findUndeclaredProblems(files, problems)).toEqual([])
})

describe('a planted gap between code and texts is found', () => {
  const planted: LanguageFiles = {
    lang: 'en',
    unreadable: [],
    messages: new Map(
      ['sample.title', 'sample.role.peer', 'sample.old', 'sample.problem.known'].map((key) => [
        key,
        { key, text: 'x', nodes: [] },
      ]),
    ),
  }
  const problems = [
    { code: 'sample.known', params: [] },
    { code: 'sample.silent', params: [] },
  ]

  test('a key that does not exist', () => {
    const code = [{ path: 'src/web/page.tsx', text: "t('sample.title'); t('sample.titel', { a: 1 }); format('not.a.key')" }]
    expect(findUnknownKeys(planted, code)).toEqual(['src/web/page.tsx: asks for the text sample.titel, which does not exist.'])
  })

  test('a problem without a text', () => {
    expect(findProblemsWithoutText(planted, problems)).toEqual(['The problem sample.silent has no text sample.problem.silent.'])
  })

  test('a problem that is thrown and declared nowhere', () => {
    const code = [
      { path: 'src/web/page.tsx', text: "throw new Problem('sample.known'); throw new Problem('sample.unknown', {})" },
    ]
    expect(findUndeclaredProblems(code, problems)).toEqual([
      'src/web/page.tsx: throws the problem sample.unknown, which no room declares.',
    ])
  })

  test('a problem text that asks for what the problem does not give', () => {
    const nodes = new IntlMessageFormat('{found} is not known', 'en').getAst()
    const key = 'sample.problem.known'
    const asking = { ...planted, messages: new Map([[key, { key, text: 'x', nodes }]]) }
    expect(findPlaceholdersWithoutParam(asking, problems)).toEqual([
      'The text sample.problem.known asks for {found}, which the problem does not declare.',
    ])
    expect(findPlaceholdersWithoutParam(asking, [{ code: 'sample.known', params: ['found'] }])).toEqual([])
  })

  test('a text that nothing asks for; families and problems count as asked for', () => {
    const code = [{ path: 'src/web/page.tsx', text: `t('sample.title'); t(\`sample.role.\${row.role}\`)` }]
    expect(findUnusedKeys(planted, code, problems)).toEqual(['sample.old'])
  })
})
