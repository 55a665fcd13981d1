/**
 * Another process that imports a file, for the tests of sudden death and of two at once.
 * Arguments: the location as JSON, the file, the portfolio. It says `ready`, waits for a line, says `started`, then the report as
 * JSON or the code of the problem.
 */
import { writeSync } from 'node:fs'
import { openApp } from '../../src/app/open-app.ts'
import { readSettings } from '../../src/app/settings.ts'
import { importTableFile } from '../../src/jobs/imports/import-table-file.ts'
import { Problem } from '../../src/kernel/problems.ts'
import { LOCAL_ADMINISTRATOR } from '../../src/operations/index.ts'

const [location = '{}', path = '', portfolio = ''] = process.argv.slice(2)
const { dataFolder, url } = JSON.parse(location) as { dataFolder?: string; url?: string }

function say(text: string): void {
  writeSync(1, `${text}\n`)
}

const app = await openApp(
  readSettings({ ...(dataFolder === undefined ? {} : { dataFolder }), ...(url === undefined ? {} : { databaseUrl: url }) }, {}),
)
say('ready')
await new Promise((resolve) => process.stdin.once('data', resolve))
try {
  const report = await importTableFile(app.operations, LOCAL_ADMINISTRATOR, { path, portfolio, onStart: () => say('started') })
  say(JSON.stringify(report))
} catch (error) {
  if (!(error instanceof Problem)) throw error
  say(error.code)
} finally {
  await app.close()
}
process.exit(0)
