/** The calls of docs/guides/use-the-api.md, one after the other, as somebody would copy them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadSampleData } from '../../src/jobs/sample-data/load-sample-data.ts'
import { PACKAGE_ROOT } from '../../src/kernel/package-root.ts'
import { type Actor, LOCAL_ADMINISTRATOR } from '../../src/operations/index.ts'
import { type Answer, type ApiSite, openApiSite } from './api-site.ts'
import { readCurl } from './curl.ts'

let site: ApiSite
let key: string

beforeAll(async () => {
  site = await openApiSite()
  await loadSampleData(site.operations, LOCAL_ADMINISTRATOR)
  const person: Actor = await site.addPerson('amina', [{ role: 'admin', scope: 'instance' }])
  key = await site.addKey(person, [
    'registry.initiative.read',
    'registry.initiative.create',
    'registry.initiative.edit',
    'registry.collection.create',
  ])
}, 120_000)
afterAll(() => site.close())

const guide = readFileSync(join(PACKAGE_ROOT, 'docs', 'guides', 'use-the-api.md'), 'utf8')
const calls = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, call = '']) => call.trim())

/** What the guide says of the answer, where it is not simply done. */
const STATUS_OF_CALL: readonly (readonly [part: string, status: number])[] = [['id=none', 404]]

const known: Record<string, string> = {}

function learnFrom(call: string, { body }: Answer): void {
  if (call.includes('register-initiative')) known.INITIATIVE = String(body.id)
  if (call.includes('"host":["BRA"]')) known.NEXT = String(body.next)
  if (call.includes('api/changes?')) known.SINCE = String(body.next)
}

test('the guide has calls', () => {
  expect(calls.length).toBeGreaterThan(10)
})

test.each(calls.map((call) => [call.split('\n')[0] ?? '', call] as const))('%s', async (_first, call) => {
  const filled = call.replace(/\b(INITIATIVE|NEXT|SINCE)\b/g, (word) => known[word] ?? word)
  const { method, url, headers, body } = readCurl(filled, { API_KEY: key })
  const answer = method === 'GET' ? await site.get(url, { headers }) : await site.post(url, body, { headers })
  const expected = STATUS_OF_CALL.find(([part]) => call.includes(part))?.[1] ?? 200
  expect({ status: answer.status, detail: expected === 200 ? answer.body.detail : undefined }).toEqual({ status: expected })
  learnFrom(call, answer)
})
