/** Every example of the API that can be copied is run, in the order of its story, on an installation with the sample data. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { API_EXAMPLES } from '../../src/api/examples.ts'
import { pathOfOperation } from '../../src/api/path-of-operation.ts'
import { PUBLIC_OPERATIONS } from '../../src/app/public-operations.ts'
import { loadSampleData } from '../../src/jobs/sample-data/load-sample-data.ts'
import { loadShippedOrgs } from '../../src/modules/directory/index.ts'
import { loadShippedSources } from '../../src/modules/sources/index.ts'
import { type Actor, LOCAL_ADMINISTRATOR } from '../../src/operations/index.ts'
import { curlCall } from '../../src/web/pages/api/curl-call.ts'
import { type ApiSite, openApiSite } from './api-site.ts'
import { readCurl } from './curl.ts'

let site: ApiSite
let person: Actor

beforeAll(async () => {
  site = await openApiSite()
  await site.operations.run(loadShippedOrgs, {}, LOCAL_ADMINISTRATOR)
  await site.operations.run(loadShippedSources, {}, LOCAL_ADMINISTRATOR)
  await loadSampleData(site.operations, LOCAL_ADMINISTRATOR)
  person = await site.addPerson('amina', [{ role: 'admin', scope: 'instance' }])
}, 120_000)
afterAll(() => site.close())

/** Words in capitals are replaced by what earlier calls gave. */
const known = new Map<string, string>([['END_OF_KEY', '2027-06-01T00:00:00Z']])

function filledIn(value: unknown): unknown {
  if (typeof value === 'string') return known.get(value) ?? value
  if (Array.isArray(value)) return value.map(filledIn)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inside]) => [name, filledIn(inside)]))
}

function valueAt(body: unknown, path: string): string {
  const value = path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], body)
  if (typeof value !== 'string') throw new Error(`The answer has nothing at ${path}: ${JSON.stringify(body).slice(0, 500)}`)
  return value
}

test.each(API_EXAMPLES.map((example) => [example.operation, example] as const))('%s', async (name, { input, gives = {} }) => {
  const operation = PUBLIC_OPERATIONS.find((one) => one.name === name)
  expect(operation).toBeDefined()
  const filled = filledIn(input) as Record<string, unknown>
  // As the page shows it to be copied.
  const call = curlCall({
    origin: 'http://localhost:8080',
    method: operation?.kind === 'query' ? 'GET' : 'POST',
    path: pathOfOperation({ name }),
    input: filled,
    isForStrangers: false,
  })
  const { method, url, headers, body } = readCurl(call, {})
  const { authorization: _key, ...rest } = headers
  const options = { as: person, headers: rest }
  const answer = method === 'GET' ? await site.get(url, options) : await site.post(url, body, options)
  const { detail, errors } = answer.body
  expect({ status: answer.status, detail, errors }).toEqual({ status: 200, detail: undefined, errors: undefined })
  for (const [word, at] of Object.entries(gives)) known.set(word, valueAt(answer.body, at))
})
