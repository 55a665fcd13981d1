/** How long until the program serves, and how much memory it then needs. */
import { join } from 'node:path'
import { startProgram } from './program.mjs'

const START_LIMIT_SECONDS = 30
const MEMORY_LIMIT_MB = 512
const VIEWS = 100

const PAGES = [
  '/en',
  '/en/initiatives?collection=undp-2014',
  '/en/initiatives?collection=undp-2014&host=KEN',
  '/ar/initiatives?collection=undp-2013&q=water',
  '/en/figures?collection=undp-2014',
  '/fr/figures?collection=undp-2013',
  '/en/countries',
  '/en/countries/BRA',
  '/zh/initiatives?collection=undp-2014&sort=title',
  '/ru/reports',
]

export async function measureStart(results, folder) {
  const place = { folder: join(folder, 'start') }
  const first = await startProgram(place)
  results.add({
    group: 'start',
    name: 'new folder, sample data loaded, until ready',
    value: first.readySeconds,
    unit: 's',
    limit: START_LIMIT_SECONDS,
  })
  await viewPages(first)
  addMemory(results, 'first start, after 100 page views', first)
  await first.stop()

  const again = await startProgram(place)
  results.add({
    group: 'start',
    name: 'again, until ready',
    value: again.readySeconds,
    unit: 's',
    limit: START_LIMIT_SECONDS,
  })
  await viewPages(again)
  addMemory(results, 'restarted, after 100 page views', again)
  await again.stop()
}

function addMemory(results, name, program) {
  results.add({ group: 'start', name: `memory, ${name}`, value: program.megabytes(), unit: 'MB', limit: MEMORY_LIMIT_MB })
}

async function viewPages(program) {
  for (let view = 0; view < VIEWS; view += 1) await program.get(PAGES[view % PAGES.length])
}
