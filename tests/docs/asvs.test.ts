/** The answers to OWASP ASVS 5.0.0: each requirement of levels 1 and 2 once, with a verdict, and what is called met names a file that exists. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PACKAGE_ROOT } from '../../src/kernel/package-root.ts'

const page = readFileSync(join(PACKAGE_ROOT, 'docs/security/asvs-5-level-2.md'), 'utf8')

/** Sections of the standard with their requirements of levels 1 and 2, in the order of the standard: `1.2: 9` are 1.2.1 to 1.2.9. */
const SECTIONS = `
  1.1: 2  1.2: 9  1.3: 11 1.4: 3  1.5: 2
  2.1: 3  2.2: 3  2.3: 4  2.4: 1
  3.2: 2  3.3: 4  3.4: 6  3.5: 5  3.7: 2
  4.1: 3  4.2: 1  4.3: 2  4.4: 4
  5.1: 1  5.2: 3  5.3: 2  5.4: 3
  6.1: 3  6.2: 12 6.3: 4  6.4: 4  6.5: 5  6.6: 3  6.8: 4
  7.1: 3  7.2: 4  7.3: 2  7.4: 5  7.5: 2  7.6: 2
  8.1: 2  8.2: 3  8.3: 1  8.4: 1
  9.1: 3  9.2: 4
  10.1: 2 10.2: 2 10.3: 4 10.4: 11 10.5: 5 10.6: 2 10.7: 3
  11.1: 2 11.2: 3 11.3: 3 11.4: 4 11.5: 1 11.6: 1
  12.1: 3 12.2: 2 12.3: 4
  13.1: 1 13.2: 5 13.3: 2 13.4: 5
  14.1: 2 14.2: 4 14.3: 3
  15.1: 3 15.2: 3 15.3: 7
  16.1: 1 16.2: 5 16.3: 4 16.4: 3 16.5: 3
  17.1: 1 17.2: 4 17.3: 2
`

/** As published: 70 requirements of level 1, 183 of level 2. */
const OF_LEVEL = { 1: 70, 2: 183 }

const VERDICTS = ['met', 'not met', 'not applicable']

interface Row {
  readonly number: string
  readonly level: string
  readonly verdict: string
  readonly why: string
  readonly shownBy: string
}

const rows: Row[] = [...page.matchAll(/^\| (\d+\.\d+\.\d+) \| (\d) \| [^|]+ \| ([^|]+) \| ([^|]+) \| ([^|]*) ?\|$/gm)].map(
  ([, number = '', level = '', verdict = '', why = '', shownBy = '']) => ({ number, level, verdict, why, shownBy }),
)

test('each requirement of both levels is answered once, in the order of the standard', () => {
  const expected = [...SECTIONS.matchAll(/(\d+\.\d+): (\d+)/g)].flatMap(([, section, count]) =>
    Array.from({ length: Number(count) }, (_, index) => `${section}.${index + 1}`),
  )
  expect(rows.map(({ number }) => number)).toEqual(expected)
  const ofLevel = (level: string) => rows.filter((row) => row.level === level).length
  expect({ 1: ofLevel('1'), 2: ofLevel('2') }).toEqual(OF_LEVEL)
})

test('each has a verdict and a reason; what is met names what shows it, and that exists', () => {
  const wrong = rows.flatMap(({ number, verdict, why, shownBy }) => {
    const files = [...shownBy.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '')
    return [
      ...(VERDICTS.includes(verdict) ? [] : [`${number}: ${verdict} is no verdict`]),
      ...(why.trim() === '' ? [`${number}: no reason`] : []),
      ...(verdict === 'met' && files.length === 0 ? [`${number}: met, and nothing shows it`] : []),
      ...files.filter((file) => !existsSync(join(PACKAGE_ROOT, file))).map((file) => `${number}: ${file} does not exist`),
    ]
  })
  expect(wrong).toEqual([])
})

describe('what is counted', () => {
  test.each(VERDICTS)('%s', (verdict) => {
    const count = (level: string) => rows.filter((row) => row.level === level && row.verdict === verdict).length
    expect(page).toContain(`| ${verdict} | ${count('1')} | ${count('2')} | ${count('1') + count('2')} |`)
  })

  test('everything that is not met stands at the top', () => {
    const list = page.split('## What is not met')[1]?.split('\n## ')[0] ?? ''
    const named = [...list.matchAll(/^- \*\*(\d+\.\d+\.\d+)\*\* /gm)].map((match) => match[1])
    expect(named).toEqual(rows.filter(({ verdict }) => verdict === 'not met').map(({ number }) => number))
  })
})
