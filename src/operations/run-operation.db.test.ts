import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { sql } from '../database/db.ts'
import { withRollback } from '../database/testing/rollback-database.ts'
import { openTestDatabase } from '../database/testing/test-database.ts'
import { Problem } from '../kernel/problems.ts'
import { auditWriter, policy } from '../modules/access/index.ts'
import { type Actor, ANONYMOUS, LOCAL_ADMINISTRATOR } from './actor.ts'
import { defineCommand, defineQuery } from './operation.ts'
import { createOperations, type Operations } from './run-operation.ts'

const noteDown = defineCommand({
  name: 'test.note-down',
  permission: 'registry.initiative.edit',
  input: z.object({ name: z.string().min(2), fails: z.boolean().default(false) }),
  async run(context, { name, fails }) {
    await context.db.run(sql`insert into registry_changes (collection_id) values (${name})`)
    const ref = { module: 'test', aggregate: 'notes', id: name }
    context.changed({ ref, action: 'created', version: 1, before: { text: 'a', kept: 1 }, after: { text: 'b', kept: 1 } })
    if (fails) throw new Problem('operations.input-not-accepted', { operation: 'test.note-down' })
    return name
  },
})

const countNotes = defineQuery({
  name: 'test.count-notes',
  permission: 'registry.initiative.read',
  input: z.object({}),
  run: ({ db }) =>
    db.one<{ notes: number; events: number; versions: number }>(sql`
    select (select count(*)::int from registry_changes) as notes,
           (select count(*)::int from audit_events) as events,
           (select count(*)::int from record_versions) as versions
  `),
})

async function atDesk<T>(work: (operations: Operations) => Promise<T>): Promise<T> {
  const database = await openTestDatabase()
  return withRollback(database, (inside) =>
    work(
      createOperations({ database: inside, clock: { now: () => new Date('2026-11-24T12:00:00Z') }, policy, audit: auditWriter }),
    ),
  )
}

describe('running an operation', () => {
  test('a command, its audit event and the version of the record are written together', () =>
    atDesk(async (operations) => {
      expect(await operations.run(noteDown, { name: 'one' }, LOCAL_ADMINISTRATOR)).toBe('one')
      expect(await operations.run(countNotes, {}, LOCAL_ADMINISTRATOR)).toEqual({ notes: 1, events: 1, versions: 1 })
    }))

  test('when a command fails, nothing of it stays, and no event says that it happened', () =>
    atDesk(async (operations) => {
      const failing = operations.run(noteDown, { name: 'one', fails: true }, LOCAL_ADMINISTRATOR)
      await expect(failing).rejects.toBeInstanceOf(Problem)
      expect(await operations.run(countNotes, {}, LOCAL_ADMINISTRATOR)).toEqual({ notes: 0, events: 0, versions: 0 })
    }))

  test('a stranger may read what is public and writes nothing, not even an event of the refusal', () =>
    atDesk(async (operations) => {
      const refused = operations.run(noteDown, { name: 'one' }, ANONYMOUS)
      await expect(refused).rejects.toMatchObject({
        code: 'operations.permission-lacking',
        params: { permission: 'registry.initiative.edit' },
      })
      expect(await operations.run(countNotes, {}, ANONYMOUS)).toEqual({ notes: 0, events: 0, versions: 0 })
    }))

  test('the refusal of somebody who is known, or of their key, is in the audit trail', () =>
    atDesk(async (operations) => {
      const ben: Actor = { id: 'ben', kind: 'user', name: 'Ben', grants: [] }
      for (const actor of [ben, { ...ben, keyId: 'k1', allowed: [] }]) {
        await expect(operations.run(noteDown, { name: 'one' }, actor)).rejects.toMatchObject({ kind: 'refused' })
      }
      expect(await operations.run(countNotes, {}, LOCAL_ADMINISTRATOR)).toEqual({ notes: 0, events: 2, versions: 0 })
    }))

  test('input that is not accepted names each field, what was found and what would be accepted', () =>
    atDesk(async (operations) => {
      const refused = operations.run(noteDown, { name: 'x', fails: 'yes' as unknown as boolean }, LOCAL_ADMINISTRATOR)
      await expect(refused).rejects.toMatchObject({
        code: 'operations.input-not-accepted',
        details: [
          { code: 'operations.field-not-accepted', params: { field: 'name', found: 'x', accepted: '≥ 2' } },
          { code: 'operations.field-not-accepted', params: { field: 'fails', found: 'yes', accepted: 'boolean' } },
        ],
      })
    }))
})

test('a query that asks for a snapshot runs in one transaction that sees one state and writes nothing', async () => {
  const database = await openTestDatabase()
  const settings = defineQuery({
    name: 'test.settings',
    permission: 'registry.initiative.read',
    input: z.object({}),
    snapshot: true,
    run: ({ db }) =>
      db.one<{ isolation: string; readOnly: string }>(sql`
        select current_setting('transaction_isolation') as isolation, current_setting('transaction_read_only') as "readOnly"
      `),
  })
  const operations = createOperations({ database, clock: { now: () => new Date() }, policy, audit: auditWriter })
  expect(await operations.run(settings, {}, LOCAL_ADMINISTRATOR)).toEqual({ isolation: 'repeatable read', readOnly: 'on' })
})
