/** Asks `xmllint` whether a text is valid by the published schema of 2.03. Only for tests; says what is absent instead of failing. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { PACKAGE_ROOT } from '../../../../kernel/package-root.ts'

const SCHEMAS = resolve(PACKAGE_ROOT, process.env.SURSUR_SHARED ?? '../shared', 'data', 'iati', 'schema-2.03')

/** Why nothing can be checked here; undefined when it can. */
export const CHECK_IS_MISSING: string | undefined = !existsSync(SCHEMAS)
  ? 'the schemas of IATI (SURSUR_SHARED)'
  : spawnSync('xmllint', ['--version']).status === 0
    ? undefined
    : 'xmllint (package libxml2-utils)'

/** The first things that the schema refuses; '' when the text is valid, or when nothing can be checked. */
export function schemaErrors(xml: string, kind: 'activities' | 'organisations' = 'activities'): string {
  if (CHECK_IS_MISSING !== undefined) return ''
  const folder = mkdtempSync(join(tmpdir(), 'sursur-iati-'))
  try {
    const file = join(folder, 'written.xml')
    writeFileSync(file, xml)
    const schema = join(SCHEMAS, `iati-${kind}-schema.xsd`)
    const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--huge', '--schema', schema, file], {
      encoding: 'utf8',
    })
    return status === 0 ? '' : stderr.split('\n').slice(0, 10).join('\n')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
