/** How fast a large file comes in, on both engines, beside the plain insert of the same rows; and how long others wait meanwhile. */
import pg from 'pg'
import { runCommand } from './program.mjs'

export const PORTFOLIO = 'demo'

export async function measureImport(results, place, { rows, file, engine }) {
  const first = await importFile(place, file)
  expectCounts(first, { created: rows, unchanged: 0 })
  const peer = place.url === undefined ? undefined : await plainInsertSeconds(place.url)
  results.add({
    group: 'import',
    name: `${engine}: ${rows.toLocaleString('en')} rows`,
    value: first.seconds,
    unit: 's',
    ...(peer === undefined ? {} : { peer: `the plain insert of the same rows takes ${peer.toFixed(1)} s` }),
  })
  results.add({ group: 'import', name: `${engine}: speed`, value: rows / first.seconds, unit: 'rows/s' })
  const again = await importFile(place, file)
  expectCounts(again, { created: 0, unchanged: rows })
  results.add({ group: 'import', name: `${engine}: the same file again`, value: again.seconds, unit: 's' })
  if (place.url === undefined) await measureWaiting(results, place, file)
}

async function importFile(place, file, portfolio = PORTFOLIO) {
  const { code, printed, said } = await runCommand(['import', file, '--portfolio', portfolio, '--json'], place)
  if (code !== 0) throw new Error(`The import ended with ${code}: ${said}`)
  return JSON.parse(printed)
}

function expectCounts(report, expected) {
  for (const [name, count] of Object.entries(expected)) {
    if (report[name] !== count) throw new Error(`The import says ${name} ${report[name]} where ${count} are right`)
  }
}

/**
 * The floor: the rows that the import has made, copied in one transaction into tables of the same shape with the same indexes,
 * through the same driver by `unnest`. No reading, no rule, no history.
 */
async function plainInsertSeconds(url) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const tables = []
    for (const table of ['initiatives', 'initiative_partners', 'listings']) {
      await client.query(`create temporary table plain_${table} (like ${table} including all)`)
      const { rows: columns } = await client.query(
        `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
         where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
        [table],
      )
      const texts = columns.map(({ name }) => `${name}::text`).join(', ')
      const { rows } = await client.query({ text: `select ${texts} from ${table}`, rowMode: 'array' })
      tables.push({ table, columns, rows })
    }
    const startedAt = performance.now()
    await client.query('begin')
    for (const { table, columns, rows } of tables) await insertInBatches(client, table, columns, rows)
    await client.query('commit')
    return (performance.now() - startedAt) / 1000
  } finally {
    await client.end()
  }
}

const BATCH_ROWS = 5_000

async function insertInBatches(client, table, columns, rows) {
  const names = columns.map(({ name }) => name)
  const values = columns.map(({ name, type }) => `given.${name}::${type}`)
  const arrays = columns.map((_, index) => `$${index + 1}::text[]`)
  const text = `insert into plain_${table} (${names}) select ${values} from unnest(${arrays}) as given (${names})`
  for (let at = 0; at < rows.length; at += BATCH_ROWS) {
    const batch = rows.slice(at, at + BATCH_ROWS)
    await client.query(
      text,
      columns.map((_, index) => batch.map((row) => row[index])),
    )
  }
}

/** The embedded engine serves one transaction at a time: how long does a page wait for an import that becomes visible? */
async function measureWaiting(results, place, file) {
  const { openDatabase } = await import('../dist/database/open-database.js')
  const { sql } = await import('../dist/database/db.js')
  const database = await openDatabase({ dataFolder: place.folder })
  let longest = 0
  let running = true
  const asking = (async () => {
    while (running) {
      const startedAt = performance.now()
      await database.one(sql`select 1 as one`)
      longest = Math.max(longest, performance.now() - startedAt)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })()
  await importFile(place, file, 'waiting')
  running = false
  await asking
  const { count } = await database.one(sql`select count(*)::int as count from collections where key = 'waiting'`)
  if (count !== 1) throw new Error('The import beside which readers waited left nothing')
  await database.close()
  results.add({
    group: 'import',
    name: 'embedded: longest wait of a reader meanwhile',
    value: longest / 1000,
    unit: 's',
    note: 'while the rows become visible together; on a server nobody waits',
  })
}
