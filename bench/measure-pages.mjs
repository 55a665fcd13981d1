/** How long list, search and figure pages take at this size, and how much memory the program needs for it. */
import { PORTFOLIO } from './measure-import.mjs'
import { startProgram } from './program.mjs'
import { queryOf, randomFilters } from './random-filters.mjs'
import { spread } from './results.mjs'
import { makeVisitors } from './visitors.mjs'

const REQUESTS = 200
const WARM_UP = 5
const SEED = 7

export const LATENCY_LIMIT_MS = { server: 100, embedded: 250 }
/** Beside a PostgreSQL server the program holds the columns of all listings and nothing else of size. */
const MEMORY_LIMIT_MB = 300

const EVERYBODY = ['filtered list', 'search', 'figures']

export async function measurePages(results, place, { rows, engine }) {
  const paths = pathsToAsk(rows)
  await withProgram(place, async (program) => {
    await measureFirstPage(results, program, engine)
    for (const name of Object.keys(paths)) await measureKind(results, { program, engine, name, paths: paths[name] })
    addMemory(results, `${engine}: memory after all of them`, program, engine)
  })
  const visitors = await makeVisitors(place)
  await withProgram(place, async (program) => {
    for (const visitor of visitors) {
      for (const name of EVERYBODY) await measureKind(results, { program, engine, name, paths: paths[name], visitor })
    }
    addMemory(results, `${engine}: memory after three visitors`, program, engine)
  })
}

async function withProgram(place, work) {
  const program = await startProgram(place, { SURSUR_EMPTY: 'yes' })
  try {
    await work(program)
  } finally {
    await program.stop()
  }
}

function addMemory(results, name, program, engine) {
  const limited = engine === 'server' ? { limit: MEMORY_LIMIT_MB } : {}
  results.add({ group: 'pages', name, value: program.megabytes(), unit: 'MB', ...limited })
}

/** The first visitor after a start must not wait for what the program could have read before. */
async function measureFirstPage(results, program, engine) {
  await new Promise((resolve) => setTimeout(resolve, 5_000))
  const { ms } = await program.get(`/en/initiatives?collection=${PORTFOLIO}`)
  results.add({ group: 'pages', name: `${engine}: first list, five seconds after the start`, value: ms, unit: 'ms' })
}

function pathsToAsk(rows) {
  const filters = randomFilters(REQUESTS + WARM_UP, rows, SEED)
  const filtered = filters.map(
    ({ values }, index) => `/en/initiatives?${queryOf({ values }, PORTFOLIO)}&from=${1 + (index % 3) * 50}`,
  )
  const words = filters.map(({ values }, index) => ({ values: index % 2 === 0 ? {} : values, search: searchOf(index) }))
  return {
    'filtered list': filtered,
    search: words.map((filter) => `/en/initiatives?${queryOf(filter, PORTFOLIO)}`),
    figures: filters.map(({ values }, index) => {
      const { year: _year, ...further } = values
      return `/en/figures?${queryOf({ values: further }, PORTFOLIO)}&year=${2012 + (index % 13)}`
    }),
    'figures of the API': filters.map(({ values }, index) => {
      const { year: _year, ...further } = values
      const input = { portfolio: PORTFOLIO, year: 2012 + (index % 13), filter: { values: further } }
      return `/api/reporting/compute-figures?input=${encodeURIComponent(JSON.stringify(input))}`
    }),
  }
}

const WORDS = [
  'water',
  'health',
  'solar',
  'cotton fish',
  'flood warn',
  'river basin',
  'malaria',
  'census tax',
  'museum',
  'rice milk',
]
const MORE = [
  '',
  ' school',
  ' rural',
  ' market',
  ' women',
  ' port',
  ' rail',
  ' clim',
  ' risk',
  ' train',
  ' visit',
  ' net',
  ' bamb',
]

/** 130 different searches, from one frequent word to three. */
function searchOf(index) {
  return WORDS[index % WORDS.length] + MORE[Math.floor(index / WORDS.length) % MORE.length]
}

async function measureKind(results, { program, engine, name, paths, visitor }) {
  const headers = visitor?.headers
  for (const path of paths.slice(0, WARM_UP)) await program.get(path, headers)
  const times = []
  const before = program.processorMs()
  for (const path of paths.slice(WARM_UP)) {
    const { status, ms } = await program.get(path, headers)
    if (status !== 200) throw new Error(`${path} answers ${status}: ${program.said()}`)
    times.push(ms)
  }
  const processor = (program.processorMs() - before) / times.length
  const { p50, p95, max } = spread(times)
  results.add({
    group: 'pages',
    name: `${engine}: ${name}, 95th of 100${visitor === undefined ? '' : `, ${visitor.name}`}`,
    value: p95,
    unit: 'ms',
    limit: LATENCY_LIMIT_MS[engine],
    note: `median ${p50.toFixed(0)}, longest ${max.toFixed(0)} of ${times.length}; ${processor.toFixed(0)} ms of the program's processor each`,
  })
}
