import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PACKAGE_ROOT } from '../../src/kernel/package-root.ts'

function runScript(...args: string[]): { status: number | null; out: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: PACKAGE_ROOT, encoding: 'utf8' })
  return { status, out: stdout + stderr }
}

test('the generated reference pages say what the program says today', () => {
  expect(runScript('scripts/build.mjs', '--if-needed').status).toBe(0)
  expect(runScript('scripts/generate.mjs', '--check')).toEqual({ status: 0, out: '' })
})

describe('the release check', () => {
  test('names a planted gap and ends with exit code 1', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sursur-locales-'))
    try {
      cpSync(join(PACKAGE_ROOT, 'locales'), folder, { recursive: true })
      const path = join(folder, 'fr', 'components.json')
      const texts: Record<string, string> = JSON.parse(readFileSync(path, 'utf8'))
      delete texts['not-stated']
      writeFileSync(path, JSON.stringify(texts))
      const { status, out } = runScript('scripts/check-release.mjs', '--locales', folder)
      expect(out).toContain('fr: components.not-stated is missing.')
      expect(status).toBe(1)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  test('names a generated page that is out of date, in a copy of the project', () => {
    const copy = mkdtempSync(join(tmpdir(), 'sursur-copy-'))
    try {
      for (const name of ['dist', 'docs', 'locales', 'migrations', 'scripts', 'src', 'package.json', 'node_modules']) {
        // Packages are only read, so a link to them is enough.
        if (name === 'node_modules') symlinkSync(join(PACKAGE_ROOT, name), join(copy, name))
        else cpSync(join(PACKAGE_ROOT, name), join(copy, name), { recursive: true })
      }
      const page = join(copy, 'docs', 'reference', 'tables.md')
      writeFileSync(page, `${readFileSync(page, 'utf8')}\nAdded by hand.\n`)
      const { status, out } = runScript(join(copy, 'scripts', 'generate.mjs'), '--check')
      expect(out).toContain('docs/reference/tables.md is not what the program says today.')
      expect(status).toBe(1)
    } finally {
      rmSync(copy, { recursive: true, force: true })
    }
  })
})
