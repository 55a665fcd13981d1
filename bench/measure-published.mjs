/**
 * How fast published files come in: generated portfolios of real-shaped activities with their true totals, on both engines, beside a
 * parser that only looks at the file (`xmllint --stream`) and a bare COPY of the rows that came of it. Needs the generator and the
 * seed activities of the data folder (SURSUR_SHARED); says so where they are absent.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { runCommand } from './program.mjs'
import { makeServerDatabase } from './server-database.mjs'

/** The largest is one file of about 800 MB. */
const SIZES = { quick: [1_000, 10_000], full: [1_000, 10_000, 100_000] }
const LEAST_PER_SECOND = { server: 2_000, embedded: 800 }
const MOST_MEGABYTES = 600

export async function measurePublished(results, folder, { quick }) {
  const shared = process.env.SURSUR_SHARED ?? '../shared'
  if (!existsSync(join(shared, 'bench', 'gen_iati.py'))) {
    results.say('Not measured: published files. The generator is not there; name its folder with SURSUR_SHARED.')
    return
  }
  const files = SIZES[quick ? 'quick' : 'full'].map((count) => generatePublished(shared, folder, count))
  const server = await makeServerDatabase()
  if (server.missing) results.say(`Not measured on a server: ${server.missing}`)
  else {
    try {
      await measureEngine(results, folder, files, { folder: join(folder, 'published-beside-server'), url: server.url }, 'server')
    } finally {
      await server.drop()
    }
  }
  await measureEngine(
    results,
    folder,
    files.filter(({ count }) => count <= 10_000),
    { folder: join(folder, 'published-embedded') },
    'embedded',
  )
}

/** A portfolio of so many real-shaped activities: `{ count, file, bytes, truth }`. */
export function generatePublished(shared, folder, count) {
  const file = join(folder, `portfolio-${count}.xml`)
  execFileSync('python3', [join(shared, 'bench', 'gen_iati.py'), '-n', String(count), '-o', file], {
    env: { ...process.env, IATI_SEED_DIR: join(shared, 'data', 'iati', 'publishers') },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return { count, file, bytes: statSync(file).size, truth: JSON.parse(readFileSync(`${file}.truth.json`, 'utf8')) }
}

async function measureEngine(results, folder, files, place, engine) {
  mkdirSync(place.folder, { recursive: true })
  const secondsEach = new Map()
  for (const { count, file, bytes, truth } of files) {
    const portfolio = `p${count}`
    const first = await importOnce(place, file, portfolio)
    expectCounts(first.report, { read: count, created: count, changed: 0, unchanged: 0, rejected: 0 })
    const speed = count / first.report.seconds
    secondsEach.set(count, first.report.seconds / count)
    const name = `${engine}: ${count.toLocaleString('en')} activities`
    results.add({
      group: 'published',
      name: `${name}, ${Math.round(bytes / 1e6)} MB`,
      value: speed,
      unit: 'activities/s',
      ...(count >= 10_000 ? { limit: LEAST_PER_SECOND[engine], atLeast: true } : {}),
      peer: await besides(place, file, portfolio, first.report.seconds, engine),
    })
    results.add({
      group: 'published',
      name: `${name}: memory`,
      value: first.megabytes,
      unit: 'MB',
      ...(engine === 'server' ? { limit: MOST_MEGABYTES } : {}),
    })
    if (engine === 'server') await expectTotals(place.url, portfolio, truth)
    if (count !== 10_000) continue
    await measureAgain(results, folder, place, { file, portfolio, count, seconds: first.report.seconds }, engine)
  }
  if (engine === 'server' && secondsEach.has(100_000)) {
    results.add({
      group: 'published',
      name: 'server: cost of an activity at 100,000 by that at 1,000',
      value: secondsEach.get(100_000) / secondsEach.get(1_000),
      unit: '×',
      limit: 1.3,
    })
  }
}

async function measureAgain(results, folder, place, { file, portfolio, count, seconds }, engine) {
  const same = await importOnce(place, file, portfolio)
  expectCounts(same.report, { created: 0, changed: 0, unchanged: count, rejected: 0 })
  results.add({
    group: 'published',
    name: `${engine}: the same file again, times as fast`,
    value: seconds / same.report.seconds,
    unit: '×',
    limit: 10,
    atLeast: true,
  })
  const changed = join(folder, 'changed', file.split('/').at(-1))
  mkdirSync(join(folder, 'changed'), { recursive: true })
  copyFileSync(file, changed)
  const text = readFileSync(changed, 'latin1')
  const at = text.indexOf('<title>', text.length / 2)
  writeFileSync(changed, text.slice(0, at).concat(text.slice(at).replace(/(<narrative[^>]*>)/, '$1Changed: ')), 'latin1')
  const one = await importOnce(place, changed, portfolio)
  expectCounts(one.report, { created: 0, changed: 1, unchanged: count - 1, rejected: 0 })
  results.add({
    group: 'published',
    name: `${engine}: one of ${count.toLocaleString('en')} changed, times as fast`,
    value: seconds / one.report.seconds,
    unit: '×',
    limit: 5,
    atLeast: true,
  })
}

async function importOnce(place, file, portfolio) {
  let child
  let megabytes = 0
  const timer = setInterval(() => {
    try {
      const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]
      megabytes = Math.max(megabytes, (Number(peak) * 1024) / 1e6)
    } catch {
      // It has ended.
    }
  }, 100)
  const { code, printed, said } = await runCommand(['import', file, '--portfolio', portfolio, '--json'], place, (started) => {
    child = started
  })
  clearInterval(timer)
  if (code !== 0) throw new Error(`The import ended with ${code}: ${said}${printed.slice(0, 500)}`)
  return { report: JSON.parse(printed), megabytes }
}

function expectCounts(report, expected) {
  for (const [name, count] of Object.entries(expected)) {
    if (report[name] !== count) throw new Error(`The import says ${name} ${report[name]} where ${count} are right`)
  }
}

/** Counts and sums of transactions by type against those that the generator wrote; money as exact decimals. */
export async function expectTotals(url, portfolio, truth) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(
      `select c.published_type as type, count(*)::int as n, sum(c.amount)::text as sum
       from initiative_contributions as c
       join initiatives as i on i.id = c.initiative_id
       join collections as k on k.id = i.collection_id
       where k.key = $1 and c.element = 'transaction'
       group by 1`,
      [portfolio],
    )
    for (const [type, { n, sum }] of Object.entries(truth.transaction_values)) {
      const found = rows.find((row) => (row.type ?? '') === type)
      // The generator adds in binary and rounds to cents: its last digit is that of the cent.
      const isEqual = found && found.n === n && Math.abs(Number(found.sum) - sum) < 0.005 + Math.abs(sum) * 1e-15
      if (!isEqual) throw new Error(`Transactions of type ${type}: ${JSON.stringify(found)} where ${n} of ${sum} are right`)
    }
  } finally {
    await client.end()
  }
}

async function besides(place, file, portfolio, seconds, engine) {
  const parts = []
  const startedAt = performance.now()
  const lint = spawnSync('xmllint', ['--stream', '--huge', '--noout', file])
  if (!lint.error) {
    const only = (performance.now() - startedAt) / 1000
    parts.push(`${(seconds / only).toFixed(1)} × the time of xmllint --stream (${only.toFixed(1)} s)`)
  }
  if (engine === 'server') {
    const copy = await copySeconds(place.url, portfolio)
    parts.push(`${(seconds / copy).toFixed(1)} × a bare copy of its rows without indexes (${copy.toFixed(1)} s)`)
  }
  return parts.join('; ')
}

/** The rows that the import made, written once more by the server itself into plain tables. */
async function copySeconds(url, portfolio) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const startedAt = performance.now()
    await client.query('begin')
    await client.query(
      `create temporary table plain_initiatives as
       select i.* from initiatives as i join collections as k on k.id = i.collection_id where k.key = $1`,
      [portfolio],
    )
    for (const table of ['initiative_partners', 'initiative_contributions', 'listings', 'initiative_sources']) {
      await client.query(
        `create temporary table plain_${table} as select t.* from ${table} as t where t.initiative_id in (select id from plain_initiatives)`,
      )
    }
    await client.query('rollback')
    return (performance.now() - startedAt) / 1000
  } finally {
    await client.end()
  }
}
