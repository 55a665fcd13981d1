/**
 * `npm test`: everything, on both engines and in a real browser; `npm test -- src/codes` only what is named.
 *
 * On Debian it installs what is absent (chromium, a PostgreSQL 15 server). The server runs in a temporary folder, as an
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

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Sentences about what this run leaves untested, shown at its end. */
const untested = []

if (Number(process.versions.node.split('.')[0]) < 22) {
  finish({ passed: 0, failed: 1 }, `Node ${process.versions.node} is too old for the tests. Run them with: npm test`)
}

const build = spawnSync(process.execPath, [join(ROOT, 'scripts', 'build.mjs'), '--if-needed'], { stdio: 'inherit' })
if (build.status !== 0) finish({ passed: 0, failed: 1 }, 'The build failed, so no test ran.')

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
  const status = await new Promise((resolve) => vitest.once('exit', resolve))
  try {
    return readReport(JSON.parse(readFileSync(report, 'utf8')), status)
  } catch {
    // No report: vitest stopped before its end and has said why above.
    return { passed: 0, failed: 1 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A file that could not be loaded counts as one failure, and so does an error outside any test. */
function readReport(report, status) {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  const skipped = report.testResults.flatMap((file) => file.assertionResults.filter((test) => isSkipped(test)))
  const names = [...new Set(skipped.map((test) => test.fullName || test.title))]
  if (names.length > 0) untested.push(`Skipped: ${names.join(' | ')}`)
  const failed = report.numFailedTests + brokenFiles
  return { passed: report.numPassedTests, failed: failed === 0 && status !== 0 ? 1 : failed }
}

function isSkipped(test) {
  return ['skipped', 'pending', 'todo', 'disabled'].includes(test.status)
}

function finish({ passed, failed }, reason) {
  if (reason) console.log(reason)
  if (untested.length > 0) console.log(`\nNot tested:\n${untested.map((sentence) => `- ${sentence}`).join('\n')}`)
  const nothingRan = passed + failed === 0
  if (nothingRan) console.log('\nNo test ran.')
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exit(failed > 0 || nothingRan ? 1 : 0)
}
