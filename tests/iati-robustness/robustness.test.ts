/** The test files of other IATI tools: what Sursur says about each, against what its author expects. Skipped where they are absent. */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import { PACKAGE_ROOT } from '../../src/kernel/package-root.ts'
import { DIFFERENCES } from './differences.ts'
import { readTestFile } from './read-test-file.ts'
import { type Result, resultOf, robustnessPage, type TestFile } from './robustness-page.ts'

const FOLDER = resolve(PACKAGE_ROOT, process.env.SURSUR_SHARED ?? '../shared', 'data', 'iati')
const present = existsSync(join(FOLDER, 'robustness'))
if (!present) console.log('test files of other IATI tools are absent: the tests that need them are skipped')

function listTestFiles(): TestFile[] {
  const rows: Record<string, string>[] = parse(readFileSync(join(FOLDER, 'MANIFEST.csv')), { columns: true })
  return rows.flatMap(({ file = '', expected = '' }) => (file.startsWith('robustness/') ? [{ file, expected }] : []))
}

describe.skipIf(!present)('test files of other IATI tools', () => {
  const results: Result[] = []

  beforeAll(async () => {
    for (const one of listTestFiles()) results.push(resultOf(one, await readTestFile(join(FOLDER, one.file))))
  })

  test('a file that is not well-formed, also for a prefix without a namespace, is refused with a line', () => {
    const broken = results.filter(({ expected }) => expected === 'not well-formed' || expected === 'reject')
    // An empty file has no line that could be named.
    const read = broken.filter(({ got }) => !/^refused, line [1-9]|empty-file/.test(got))
    expect(broken).toHaveLength(18)
    expect(read).toEqual([])
  })

  test('nothing else is refused, but for two files that have nothing to do with activities', () => {
    const refused = results.filter(({ got, expected }) => got.startsWith('refused') && !/reject|not well/.test(expected))
    expect(refused.map(({ got }) => got)).toEqual([expect.stringContaining('wrong-root'), expect.stringContaining('wrong-root')])
  })

  test('every file was read and says what its author expects, or the table of differences says why not', () => {
    expect(results).toHaveLength(711)
    expect(results.filter(({ agrees, difference }) => agrees === false && !difference).map(({ file }) => file)).toEqual([])
  })

  test('every reason for a difference is needed', () => {
    const used = new Set(results.map(({ difference }) => difference))
    expect(DIFFERENCES.filter((one) => !used.has(one)).map(({ reason }) => reason)).toEqual([])
  })

  test('the page of the results is fresh', async () => {
    await expect(robustnessPage(results)).toMatchFileSnapshot(join(PACKAGE_ROOT, 'docs', 'reference', 'iati-robustness.md'))
  })
})
