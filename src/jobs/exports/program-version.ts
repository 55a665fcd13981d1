/** The version of this program, as its package states it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PACKAGE_ROOT } from '../../kernel/package-root.ts'

let version: string | undefined

export function programVersion(): string {
  version ??= String(JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')).version)
  return version
}
