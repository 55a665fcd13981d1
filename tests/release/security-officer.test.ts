/** The page for the security officer promises commands; each must exist with the options it names. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ALL_VERBS } from '../../src/app/main.ts'
import { PACKAGE_ROOT } from '../../src/kernel/package-root.ts'

/** Options that every verb takes. */
const COMMON = ['data', 'json', 'lang', 'help']

test('every command that the page for the security officer names exists, with its options', () => {
  const page = readFileSync(join(PACKAGE_ROOT, 'docs/guides/security-officer.md'), 'utf8')
  const named = [...page.matchAll(/`sursur ([^`]+)`/g)].map(([, words = '']) => words)
  expect(named.length).toBeGreaterThan(3)
  const broken = named.filter((words) => {
    const verb = ALL_VERBS.find(({ name }) => words === name || words.startsWith(`${name} `))
    const options = [...words.matchAll(/--([\w-]+)/g)].map(([, option = '']) => option)
    const known = [...COMMON, ...(verb?.options ?? []).map(({ name }) => name)]
    return verb === undefined || options.some((option) => !known.includes(option))
  })
  expect(broken).toEqual([])
})
