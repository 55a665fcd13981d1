import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../../database/db.ts'
import { MIGRATIONS_FOLDER } from '../../../database/migrate.ts'
import { openDatabase } from '../../../database/open-database.ts'
import { newTestDatabase, type TestDatabase } from '../../../database/testing/test-database.ts'
import { systemClock } from '../../../kernel/clock.ts'
import { createOperations, LOCAL_ADMINISTRATOR, type Operations } from '../../../operations/index.ts'
import { auditWriter, policy } from '../../access/index.ts'
import { registerOrg } from '../../directory/index.ts'
import { createCollection, registerInitiative } from '../index.ts'

let first: TestDatabase
let second: Database
let desks: readonly Operations[]

beforeAll(async () => {
  first = await newTestDatabase(MIGRATIONS_FOLDER)
  second = await openDatabase(first.location)
  desks = [first, second].map((database) => createOperations({ database, clock: systemClock, policy, audit: auditWriter }))
})

afterAll(async () => {
  await second.close()
  await first.close()
})

/** What both get who do the same at the same instant: `done` once, and a code. */
async function atOnce(work: (operations: Operations) => Promise<unknown>): Promise<string[]> {
  const outcomes = await Promise.allSettled(desks.map(work))
  return outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'done' : String(outcome.reason.code))).sort()
}

const TRIES = Array.from({ length: 15 }, (_, index) => index)

test('of two who register the same at the same instant one is told that it is taken', async () => {
  for (const index of TRIES) {
    const key = `twice-${index}`
    const collection = await atOnce((operations) => operations.run(createCollection, { key }, LOCAL_ADMINISTRATOR))
    expect(collection).toEqual(['done', 'registry.collection-exists'])

    const initiative = await atOnce((operations) =>
      operations.run(registerInitiative, { collection: key, identifier: 'A-1', facts: { hosts: ['KEN'] } }, LOCAL_ADMINISTRATOR),
    )
    expect(initiative).toEqual(['done', 'registry.identifier-taken'])

    // Under two names, so that only the identifier is taken: which of both is noticed first would be a matter of the instant.
    const org = await atOnce((operations) => {
      const names = { orig: 'en', texts: { en: `Agency ${index} of desk ${desks.indexOf(operations)}` } }
      return operations.run(registerOrg, { names, orgType: '10', iatiId: `KE-${index}` }, LOCAL_ADMINISTRATOR)
    })
    expect(org).toEqual(['directory.identifier-taken', 'done'])
  }
})
