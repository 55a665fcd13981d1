import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PACKAGE_ROOT } from '../../../kernel/package-root.ts'
import { casesByProfile } from './cases-by-profile.ts'

test('the reference page of cases says what the rule says; if not, write it anew with `npm run generate`', () => {
  const page = readFileSync(join(PACKAGE_ROOT, 'docs', 'reference', 'cooperation-type-cases.md'), 'utf8')
  expect(page).toBe(casesByProfile())
})
