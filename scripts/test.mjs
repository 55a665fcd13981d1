/**
 * `npm test`: everything, on both engines and in a real browser; `npm test -- src/codes` only what is named.
 *
 * On Debian it installs what is absent (chromium, xmllint, a PostgreSQL 15 server). The server runs in a temporary folder, as an
 * unprivileged user, on a free port of this machine only. A server that happens to run here already is never touched: the
 * tests create and drop databases. To use a server of your own, set TEST_DATABASE_URL to one where that is welcome.
 *
 * What could not be tested is named before the last line, which is always `N passed, N failed`.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium } from './test/chromium.mjs'
import { openTestServer } from './test/postgres-server.mjs'
import { findXmllint } from './test/xmllint.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

if (Number(process.versions.node.split('.')[0]) < 22) {
  console.log(`Node ${process.versions.node} is too old for the tests. Run them with: npm test\n\n0 passed, 1 failed`)
  process.exit(1)
}
// Older versions of Node cannot read this file, so it is loaded only now.
const { readReport, summarise } = await import('./test/read-report.ts')

/** Sentences about what this run leaves untested, shown at its end. */
const untested = []

const build = spawnSync(process.execPath, [join(ROOT, 'scripts', 'build.mjs'), '--if-needed'], { stdio: 'inherit' })
if (build.status !== 0) finish({ passed: 0, failed: 1 }, 'The build failed, so no test ran.')

const noXmllint = findXmllint()
if (noXmllint) untested.push(`Whether written files are valid by the published schemas: ${noXmllint}`)

const chromium = await findChromium()
if (chromium.missing) untested.push(`Browser journeys: ${chromium.missing}`)

const server = await openTestServer()
if (server.missing) untested.push(`The PostgreSQL server: ${server.missing} The database tests ran on the embedded engine only.`)

const outcome = await runVitest(process.argv.slice(2))
await server.close?.()
finish(outcome)

/** Runs vitest and reads its report; the counts come from the report and the verdict also from vitest's own exit code. */
async function runVitest(filters) {
  const folder = mkdtempSync(join(tmpdir(), 'sursur-test-'))
  const report = join(folder, 'report.json')
  const args = ['run', '--root', ROOT, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  if (chromium.missing) args.push('--project', '!journeys')
  const vitest = spawn(process.execPath, [join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'), ...args, ...filters], {
    stdio: 'inherit',
    env: {
      ...process.env,
      ...(server.url ? { TEST_DATABASE_URL: server.url } : {}),
      ...(chromium.path ? { SURSUR_CHROMIUM: chromium.path } : {}),
    },
  })
  const exitCode = await new Promise((resolve) => vitest.once('exit', resolve))
  try {
    const outcome = readReport(JSON.parse(readFileSync(report, 'utf8')), exitCode)
    if (outcome.skipped.length > 0) untested.push(`Skipped: ${outcome.skipped.join(' | ')}`)
    return outcome
  } catch {
    // No report: vitest stopped before its end and has said why above.
    return { passed: 0, failed: 1 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function finish(outcome, reason) {
  if (reason) console.log(reason)
  if (untested.length > 0) console.log(`\nNot tested:\n${untested.map((sentence) => `- ${sentence}`).join('\n')}`)
  const { line, good } = summarise(outcome)
  if (!good && outcome.failed === 0) console.log('\nNo test ran.')
  console.log(`\n${line}`)
  process.exit(good ? 0 : 1)
}
