/**
 * `npm run bench`: figures beside the limit or peer that each is held against, in one run. Ends with 1 when a limit is missed or
 * the rows on a page differ from an independent count.
 *
 *   npm run bench                       100,000 initiatives; a quarter of an hour on two cores
 *   npm run bench -- --quick            10,000; two minutes
 *   npm run bench -- --rows 30000       any size
 *   npm run bench -- --only pages,weight     some of: start import published pages filters weight audit sign-in
 *   npm run bench -- --own-server      starts a PostgreSQL server for the run instead of using the one that is there
 *   npm run bench -- --kill             ends imports with kill -9 ten times, instead of all the rest
 *   npm run bench -- --kill --only published     ends one import of a published file of about 800 MB three times
 *   npm run bench -- --json             one JSON object on standard output; the table goes to standard error
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { compareFilters } from './compare-filters.mjs'
import { killImports } from './kill-imports.mjs'
import { killPublishedImport } from './kill-published-import.mjs'
import { makePortfolio } from './make-portfolio.mjs'
import { measureAudit } from './measure-audit.mjs'
import { measureImport } from './measure-import.mjs'
import { measurePages } from './measure-pages.mjs'
import { measurePublished } from './measure-published.mjs'
import { measureSignIn } from './measure-sign-in.mjs'
import { measureStart } from './measure-start.mjs'
import { measureWeights } from './measure-weights.mjs'
import { createResults, describeMachine } from './results.mjs'
import { makeServerDatabase } from './server-database.mjs'

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string' },
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: 'start,import,published,pages,filters,weight,audit,sign-in' },
    kill: { type: 'boolean', default: false },
    'own-server': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const rows = Number(options.rows ?? (options.quick ? 10_000 : 100_000))
if (!Number.isInteger(rows) || rows < 100) fail('--rows takes a whole number from 100.')
const parts = options.kill ? [options.only === 'published' ? 'kill-published' : 'kill'] : options.only.split(',')
const results = createResults((line) => (options.json ? process.stderr : process.stdout).write(`${line}\n`))

const machine = describeMachine()
const { processors, model, memoryGigabytes, node, loadAtStart } = machine
results.say(
  `${processors} × ${model}, ${memoryGigabytes} GB, Node ${node}, load ${loadAtStart.join(' ')}; ${rows.toLocaleString('en')} rows\n`,
)

const folder = mkdtempSync(join(tmpdir(), 'sursur-bench-'))
const file = join(folder, 'portfolio.csv')
try {
  await measureAll()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
const missed = results.missed()
results.say(
  `\n${results.figures.length} figures, ${missed.length} missed${missed.length === 0 ? '' : `: ${missed.map(({ name }) => name).join('; ')}`}`,
)
if (options.json) process.stdout.write(`${JSON.stringify({ machine, rows, figures: results.figures })}\n`)
process.exitCode = missed.length === 0 ? 0 : 1

async function measureAll() {
  if (parts.includes('start') || parts.includes('weight')) await measureStart(results, folder)
  if (parts.includes('weight')) await measureWeights(results, folder)
  if (parts.includes('audit')) await measureAudit(results, folder)
  if (parts.includes('sign-in')) await measureSignIn(results, folder)
  if (parts.includes('kill-published')) return killPublishedImport(results, folder, { rows })
  if (parts.includes('published')) await measurePublished(results, folder, { quick: options.quick })
  if (!parts.some((part) => ['import', 'pages', 'filters', 'kill'].includes(part))) return

  await makePortfolio(rows, file)
  const embedded = { folder: join(folder, 'embedded') }
  mkdirSync(embedded.folder)
  if (parts.includes('kill')) return killImports(results, embedded, { rows, file })

  const server = await makeServerDatabase({ ownServer: options['own-server'] })
  if (server.missing) results.say(`Not measured on a server: ${server.missing}`)
  try {
    if (!server.missing) await measureEngine({ folder: join(folder, 'beside-server'), url: server.url }, 'server')
    await measureEngine(embedded, 'embedded')
  } finally {
    await server.drop?.()
  }
}

/** Pages and filters need the rows, so the import always runs. */
async function measureEngine(place, engine) {
  await measureImport(results, place, { rows, file, engine })
  if (parts.includes('pages')) await measurePages(results, place, { rows, engine })
  if (parts.includes('filters') && place.url !== undefined) await compareFilters(results, place, { rows })
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}
