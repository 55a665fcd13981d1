import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createRowsDigest, statedByInitiative, statedByListing } from './rows-digest.ts'

function digestOf(rows: readonly unknown[]): string {
  const digest = createRowsDigest()
  for (const row of rows) digest.add(row)
  return digest.value()
}

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data)

test('no rows have the hash of nothing, and a row that is there twice is not one that is there once', () => {
  expect(digestOf([])).toBe(sha256('').digest('hex'))
  expect(digestOf([{ a: 1 }, { a: 1 }])).not.toBe(digestOf([{ a: 1 }]))
})

test('neither the order of rows nor that of their fields matters', () => {
  expect(digestOf([{ a: 1, b: [2, 3] }, { a: 4 }])).toBe(digestOf([{ a: 4 }, { b: [2, 3], a: 1 }]))
  expect(digestOf([{ b: [2, 3] }])).not.toBe(digestOf([{ b: [3, 2] }]))
})

test('anybody can compute it: SHA-256 of each row as JSON with sorted keys, sorted, and SHA-256 of those', () => {
  const each = ['{"a":1}', '{"b":"é"}'].map((row) => sha256(row).digest())
  expect(digestOf([{ b: 'é' }, { a: 1 }])).toBe(sha256(Buffer.concat(each.sort(Buffer.compare))).digest('hex'))
})

test('ids that an installation makes for itself and the state that depends on the reader are no part of it', () => {
  const listing = { id: '1', initiativeId: 'I1', state: 'published', collection: 'a', year: 2014 } as never
  expect(statedByListing(listing)).toEqual({ collection: 'a', year: 2014 })
  const facts = { reportingOrg: { orgId: 'O1', name: 'UNDP' }, partners: [{ no: '1', orgId: 'O2', iso3: 'GHA' }] }
  const initiative = {
    id: 'I1',
    collection: 'a',
    identifier: 'A-1',
    sameAs: null,
    cooperation: {},
    facts,
    dollars: {},
    orgNames: new Map(),
  }
  expect(JSON.parse(JSON.stringify(statedByInitiative(initiative)))).toEqual({
    collection: 'a',
    identifier: 'A-1',
    dollars: {},
    facts: { reportingOrg: { name: 'UNDP' }, partners: [{ no: '1', iso3: 'GHA' }] },
  })
})
