/**
 * Rows on the page = rows in the CSV file = total of the API = an independent count, for 1,000 random filters of which half find
 * something; every fiftieth also as Parquet.
 */
import { parse } from 'csv-parse/sync'
import { parquetMetadataAsync } from 'hyparquet'
import pg from 'pg'
import { PORTFOLIO } from './measure-import.mjs'
import { startProgram } from './program.mjs'
import { countingSql, queryOf, randomFilters } from './random-filters.mjs'

const FILTERS = 1_000
const SAMPLE = 50
const SEED = 11

/** Beside a server, because the counting needs a connection of its own. */
export async function compareFilters(results, place, { rows }) {
  const filters = randomFilters(FILTERS, rows, SEED)
  const program = await startProgram(place, { SURSUR_EMPTY: 'yes' })
  const client = new pg.Client({ connectionString: place.url })
  await client.connect()
  let equal = 0
  let found = 0
  try {
    for (const [index, filter] of filters.entries()) {
      const query = queryOf(filter, PORTFOLIO)
      const { text, values } = countingSql(filter, PORTFOLIO)
      const counted = (await client.query(text, values)).rows[0].count
      const counts = {
        page: await totalOfPage(program, query),
        api: await totalOfApi(program, filter),
        file: await rowsOfFile(program, query),
        ...(index % SAMPLE === 0 ? { parquet: await rowsOfParquet(program, query) } : {}),
      }
      if (counted > 0) found += 1
      if (Object.values(counts).every((count) => count === counted)) equal += 1
      else results.say(`  differs: ${query} ${JSON.stringify(counts)}, counted ${counted}`)
    }
  } finally {
    await client.end()
    await program.stop()
  }
  const name = 'filters where page, API, CSV file and own count agree'
  results.add({ group: 'filters', name, value: equal, unit: `of ${FILTERS}`, limit: FILTERS, atLeast: true })
  results.add({ group: 'filters', name: 'of them find something', value: found, unit: '', limit: FILTERS / 2, atLeast: true })
}

async function totalOfPage(program, query) {
  const { status, body } = await program.get(`/en/initiatives?${query}`)
  if (status !== 200) throw new Error(`/en/initiatives?${query} answers ${status}`)
  // The link to the file says how many rows it holds.
  const link = /href="[^"]*initiatives\.csv[^"]*"[^>]*>.*?<\/a>[^0-9<]*(?:<[^>]+>[^0-9<]*)*([\d,]+)/s.exec(body.toString())
  return Number(link?.[1]?.replaceAll(',', ''))
}

async function totalOfApi(program, { values, search }) {
  const filter = { values: { ...values, collection: [PORTFOLIO] }, ...(search === undefined ? {} : { search }) }
  const input = encodeURIComponent(JSON.stringify({ filter, limit: 1 }))
  const { body } = await program.get(`/api/registry/list-listings?input=${input}`)
  return JSON.parse(body.toString()).total
}

async function rowsOfFile(program, query) {
  const { body } = await program.get(`/en/initiatives.csv?${query}`)
  return parse(body, { bom: true }).length - 1
}

async function rowsOfParquet(program, query) {
  const { body } = await program.get(`/en/initiatives.parquet?${query}`)
  const file = body.buffer.slice(body.byteOffset, body.byteOffset + body.byteLength)
  return Number((await parquetMetadataAsync(file)).num_rows)
}
