/**
 * The same filter counts the same everywhere: on the page, in the API, in every file, and by a statement of its own that shares no line
 * with the program. With SURSUR_LONG=1 there are 1,000 filters; `npm run bench` does as many over a portfolio of any size.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import type { FastifyInstance } from 'fastify'
import { unzipSync } from 'fflate'
import { parquetMetadataAsync } from 'hyparquet'
import readExcelFile from 'read-excel-file/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makePortfolio } from '../../bench/make-portfolio.mjs'
import { countingSql, queryOf, type RandomFilter, randomFilters } from '../../bench/random-filters.mjs'
import { apiRoutes } from '../../src/api/routes.ts'
import { createHttpServer } from '../../src/app/http-server.ts'
import { PUBLIC_OPERATIONS } from '../../src/app/public-operations.ts'
import { type Sql, sql } from '../../src/database/db.ts'
import { openTestDatabase, type TestDatabase, testEngine } from '../../src/database/testing/test-database.ts'
import { translatorFor } from '../../src/i18n/translator.ts'
import { writePackage } from '../../src/jobs/exports/package/write-package.ts'
import { importTableFile } from '../../src/jobs/imports/import-table-file.ts'
import { listCollectionsQuery, parseListingFilter } from '../../src/modules/registry/index.ts'
import { ANONYMOUS, LOCAL_ADMINISTRATOR, type Operations } from '../../src/operations/index.ts'
import { webRoutes } from '../../src/web/routes.ts'
import { pageContext } from '../../src/web/testing/page-context.ts'
import { operationsOn } from '../access/access-desk.ts'

const ROWS = 1_200
const LONG = process.env.SURSUR_LONG === '1'
const FILTERS = LONG ? 1_000 : 200
const SEED = 23
const PORTFOLIO = 'demonstration'
/** Every so many filters also in the formats that take longest. */
const SAMPLE = FILTERS / 10

let database: TestDatabase
let operations: Operations
let server: FastifyInstance
const folder = mkdtempSync(join(tmpdir(), 'sursur-filters-'))

beforeAll(async () => {
  database = await openTestDatabase()
  operations = operationsOn(database) as Operations
  const file = join(folder, 'portfolio.csv')
  await makePortfolio(ROWS, file)
  await importTableFile(operations, LOCAL_ADMINISTRATOR, { path: file, portfolio: PORTFOLIO })
  server = await openServer()
}, 120_000)

afterAll(async () => {
  await server?.close()
  await database?.close()
  rmSync(folder, { recursive: true, force: true })
})

test(`${FILTERS} random filters: page, API, files and an independent count agree, and half of them find something`, async () => {
  const found = []
  for (const [index, filter] of randomFilters(FILTERS, ROWS, SEED).entries()) {
    const query = queryOf(filter, PORTFOLIO)
    const counted = await countedApart(filter)
    const counts = {
      page: await totalOfPage(query),
      api: await totalOfApi(filter),
      csv: parse(await fileOf(query, 'csv'), { bom: true }).length - 1,
      jsonl: (await fileOf(query, 'jsonl')).toString().split('\n').length - 1,
      ...(index % SAMPLE === 0 ? await countsOfSample(query) : {}),
    }
    for (const [where, count] of Object.entries(counts)) expect(count, `${where} of ${query}`).toBe(counted)
    if (counted > 0) found.push(query)
  }
  if (LONG) console.info(JSON.stringify({ engine: testEngine(), filters: FILTERS, found: found.length }))
  expect(found.length).toBeGreaterThanOrEqual(FILTERS / 2)
}, 600_000)

async function openServer(): Promise<FastifyInstance> {
  const context = { ...pageContext(operations), visitorOf: async () => ({ actor: ANONYMOUS, accountsExist: true }) }
  return createHttpServer({
    host: '127.0.0.1',
    publicHost: undefined,
    startToken: undefined,
    uploadFolder: '/nowhere',
    uploadLimitBytes: 1,
    routes: [
      ...webRoutes(context),
      ...apiRoutes({
        operations: operations as never,
        version: '0',
        publicOperations: PUBLIC_OPERATIONS,
        actorOf: async () => ANONYMOUS,
      }),
    ],
    limits: { take: () => {} },
    answerError: (error) => {
      throw error
    },
  })
}

async function get(address: string): Promise<Buffer> {
  const { statusCode, rawPayload } = await server.inject({ url: address, headers: { host: 'localhost' } })
  expect(statusCode, address).toBe(200)
  return rawPayload
}

const fileOf = (query: string, extension: string) => get(`/en/initiatives.${extension}?${query}`)

/** The link to the file says how many rows it holds. */
async function totalOfPage(query: string): Promise<number> {
  const html = (await get(`/en/initiatives?${query}`)).toString()
  const link = /href="[^"]*initiatives\.csv[^"]*"[^>]*>.*?<\/a>[^0-9<]*(?:<[^>]+>[^0-9<]*)*([\d,]+)/s.exec(html)
  return Number(link?.[1]?.replaceAll(',', ''))
}

async function totalOfApi({ values, search }: RandomFilter): Promise<number> {
  const filter = { values: { ...values, collection: [PORTFOLIO] }, ...(search === undefined ? {} : { search }) }
  const input = encodeURIComponent(JSON.stringify({ filter, limit: 1 }))
  return JSON.parse((await get(`/api/registry/list-listings?input=${input}`)).toString()).total
}

async function countsOfSample(query: string) {
  return {
    parquet: await rowsOfParquet(await fileOf(query, 'parquet')),
    xlsx: await rowsOfWorkbook(query),
    package: await rowsOfPackage(query),
  }
}

async function rowsOfParquet(bytes: Buffer): Promise<number> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  return Number((await parquetMetadataAsync(file)).num_rows)
}

async function rowsOfWorkbook(query: string): Promise<number> {
  const [sheet] = await readExcelFile(await fileOf(query, 'xlsx'))
  return (sheet?.data.length ?? 0) - 1
}

/** Rows of the table, as its own file holds them and as the description says. */
async function rowsOfPackage(query: string): Promise<number> {
  const out = new PassThrough()
  const whole = buffer(out)
  const collections = await operations.run(listCollectionsQuery, {}, ANONYMOUS)
  const filter = parseListingFilter(query)
  await writePackage(operations, { filter, collections, programVersion: '0', at: new Date() }, translatorFor('en'), out)
  const files = unzipSync(await whole)
  const rows = parse(Buffer.from(files['data/listings.csv'] ?? [])).length - 1
  expect(JSON.parse(Buffer.from(files['datapackage.json'] ?? []).toString()).counts.listings).toBe(rows)
  return rows
}

async function countedApart(filter: RandomFilter): Promise<number> {
  const { text, values } = countingSql(filter, PORTFOLIO)
  const { count } = await database.one<{ count: number }>(statement(text, values))
  return count
}

/** The driver's `$1` as the program's own statement. */
function statement(text: string, values: readonly unknown[]): Sql {
  const parts = text.split(/\$\d+/)
  const order = [...text.matchAll(/\$(\d+)/g)].map((match) => values[Number(match[1]) - 1])
  return sql(Object.assign([...parts], { raw: parts }) as TemplateStringsArray, ...(order as never[]))
}
