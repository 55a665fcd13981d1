/** What is piped into the command line has no name, so that one file never passes for the next edition of another. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MIGRATIONS_FOLDER } from '../../src/database/migrate.ts'
import { newTestDatabase, type TestDatabase, testEngine } from '../../src/database/testing/test-database.ts'
import { PACKAGE_ROOT } from '../../src/kernel/package-root.ts'
import { fileOf, soundActivity } from '../iati-fuzz/hostile-files.ts'

const isBuilt = existsSync(join(PACKAGE_ROOT, 'dist', 'app', 'main.js'))
if (!isBuilt) console.log('the program is not built: nothing is piped into it')

const folder = mkdtempSync(join(tmpdir(), 'sursur-pipes-'))
let server: TestDatabase | undefined

beforeAll(async () => {
  if (testEngine() === 'server') server = await newTestDatabase(MIGRATIONS_FOLDER)
})
afterAll(async () => {
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

function pipe(xml: string) {
  const { DATABASE_URL: _, ...environment } = process.env
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(PACKAGE_ROOT, 'bin', 'sursur.js'), 'import', '-', '--portfolio', 'piped', '--json'],
    {
      input: xml,
      encoding: 'utf8',
      env: {
        ...environment,
        SURSUR_DATA: join(folder, 'data'),
        ...(server && 'url' in server.location ? { DATABASE_URL: server.location.url } : {}),
      },
    },
  )
  return { status, report: JSON.parse(stdout) as Record<string, unknown> }
}

test.runIf(isBuilt)(
  'a second file that is piped in marks nothing of the first as withdrawn; the first again changes nothing',
  () => {
    expect(pipe(fileOf(soundActivity('A')))).toMatchObject({ status: 0, report: { created: 1, withdrawn: 0 } })
    expect(pipe(fileOf(soundActivity('B')))).toMatchObject({ status: 0, report: { created: 1, withdrawn: 0 } })
    expect(pipe(fileOf(soundActivity('A')))).toMatchObject({ status: 0, report: { created: 0, unchanged: 1, withdrawn: 0 } })
  },
  120_000,
)
