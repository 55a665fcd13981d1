import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Database, type Db, type Sql, sql } from '../../../database/db.ts'
import { MIGRATIONS_FOLDER } from '../../../database/migrate.ts'
import { withRollback } from '../../../database/testing/rollback-database.ts'
import { newTestDatabase, openTestDatabase } from '../../../database/testing/test-database.ts'
import { createOperations, defineCommand, LOCAL_ADMINISTRATOR } from '../../../operations/index.ts'
import { policy } from '../policy/policy.ts'
import { eventContent, hashOf } from './event-content.ts'
import { erasePersonalValues } from './personal-values.ts'
import { recordRead } from './record-read.ts'
import { verifyAuditChain } from './verify-chain.ts'
import { auditWriter } from './write-audit-event.ts'

const AT = new Date('2026-11-25T08:00:00Z')
const PERSON = { module: 'directory', aggregate: 'persons', id: 'p1' }

const change = defineCommand({
  name: 'test.change-person',
  permission: 'directory.person.edit',
  input: z.object({ version: z.number(), before: z.unknown(), after: z.unknown(), erases: z.boolean().default(false) }),
  async run(context, { version, before, after, erases }) {
    context.changed({ ref: PERSON, action: 'changed', version, before, after, erases, personal: ['name', 'contact.email'] })
  },
})

function operationsOn(database: Database) {
  return createOperations({ database, clock: { now: () => AT }, policy, audit: auditWriter })
}

const actor = { ...LOCAL_ADMINISTRATOR, requestId: 'r-1', keyId: 'k-1' }

async function atDesk(work: (db: Database, run: ReturnType<typeof operationsOn>['run']) => Promise<void>): Promise<void> {
  await withRollback(await openTestDatabase(), (db) => work(db, operationsOn(db).run))
}

/** As somebody does who owns the tables and means harm. */
async function tamper(db: Db, ...statements: Sql[]): Promise<void> {
  await db.run(sql`alter table audit_events disable trigger user`)
  await db.run(sql`alter table audit_personal_values disable trigger user`)
  for (const statement of statements) await db.run(statement)
}

describe('the audit trail is only ever added to', () => {
  test.each([
    ['a changed event', sql`update audit_events set reason = 'other'`],
    ['a removed event', sql`delete from audit_events`],
    ['an emptied trail', sql`truncate audit_events cascade`],
    ['a changed personal value', sql`update audit_personal_values set after = '"x"'`],
  ])('%s is refused by the database', (_what, statement) =>
    atDesk(async (db, run) => {
      await run(change, { version: 1, before: null, after: { name: 'Ada' } }, actor)
      await expect(db.run(statement)).rejects.toMatchObject({ message: expect.stringContaining('only ever added to') })
      expect(await verifyAuditChain(db)).toMatchObject({ events: 1, broken: null })
    }),
  )
})

describe('an event in the chain', () => {
  test('carries who, with which key, in which request, and its place', () =>
    atDesk(async (db, run) => {
      await run(change, { version: 1, before: null, after: { role: 'focal point' } }, actor)
      const event = await db.one<{ content: string; hash: string }>(
        sql`select ${eventContent} as content, hash from audit_events`,
      )
      const [, , id, ...rest] = JSON.parse(event.content) as (string | null)[]
      expect(id).toHaveLength(26)
      expect(rest).toEqual([
        '2026-11-25T08:00:00.000000Z',
        'test.change-person',
        'local-administrator',
        'local',
        'k-1',
        'r-1',
        'done',
        'directory',
        'persons',
        'p1',
        'changed',
        '1',
        null,
        null,
        '{"role": "focal point"}',
        null,
        null,
        null,
      ])
      expect(hashOf(event.content)).toBe(event.hash)
    }))

  test('the database and the program take the same hash over any text', () =>
    atDesk(async (db, run) => {
      const texts = ['"\\\b\f\n\r\t\u0001\u001f\u007f\u2028', 'قطر 中国 Россия 🌍', '', ' ', '{"a":1}', 'é', '\ufeff\uffff']
      for (const [index, text] of texts.entries()) {
        await run(
          change,
          { version: index + 1, before: { text, n: 1e21, f: 1.5e-7 }, after: { text: [text], n: -0, f: 0.1 } },
          actor,
        )
      }
      await recordRead(db, { operation: texts[0] ?? '', actor: { ...actor, id: texts[1] ?? '' }, at: AT, ref: PERSON })
      const events = await db.many<{ content: string; hash: string; before: { text: string } | null }>(
        sql`select ${eventContent} as content, hash, before from audit_events order by seq`,
      )
      expect(events.map(({ before }) => before?.text)).toEqual([...texts, undefined])
      for (const { content, hash } of events) {
        expect(hashOf(content)).toBe(hash)
        expect(JSON.stringify(JSON.parse(content))).toBe(content)
      }
    }))

  test('a refusal and a restricted read are chained too', () =>
    atDesk(async (db, run) => {
      const member = { id: 'ben', kind: 'user', name: 'Ben', grants: [] } as const
      await expect(run(change, { version: 1, before: null, after: {} }, member)).rejects.toMatchObject({ kind: 'refused' })
      await recordRead(db, { operation: 'directory.get-person', actor, at: AT, ref: PERSON, counts: { rows: 1 } })
      expect(await db.many(sql`select seq, outcome, record_id as record from audit_events order by seq`)).toEqual([
        { seq: 1, outcome: 'refused', record: null },
        { seq: 2, outcome: 'read', record: 'p1' },
      ])
      expect(await verifyAuditChain(db)).toMatchObject({ events: 2, broken: null })
    }))
})

describe('personal values stand beside the chain (ruling 13)', () => {
  const before = { name: 'Ada', contact: { email: 'a@example.org', room: '12' } }
  const after = { name: 'Ada', contact: { email: 'b@example.org', room: '13' } }

  test('the event keeps digests, the values stand apart', () =>
    atDesk(async (db, run) => {
      await run(change, { version: 1, before, after }, actor)
      const event = await db.one<{ before: unknown; after: unknown; personal: object }>(
        sql`select before, after, personal from audit_events`,
      )
      expect(event).toEqual({
        before: { contact: { room: '12' } },
        after: { contact: { room: '13' } },
        personal: { 'contact.email': { before: expect.stringMatching(/^[0-9a-f]{64}$/), after: expect.any(String) } },
      })
      expect(await db.many(sql`select field, before, after from audit_personal_values`)).toEqual([
        { field: 'contact.email', before: '"a@example.org"', after: '"b@example.org"' },
      ])
    }))

  test('erasing them leaves the chain whole, and nothing of them in the trail', () =>
    atDesk(async (db, run) => {
      await run(change, { version: 1, before, after }, actor)
      expect(await erasePersonalValues(db, PERSON)).toBe(1)
      expect(await verifyAuditChain(db)).toMatchObject({ events: 1, erased: 1, broken: null })
      const { text } = await db.one<{ text: string }>(sql`select to_json(e)::text as text from audit_events as e`)
      expect(text).not.toContain('example.org')
    }))

  test('a change that erases takes away what was kept from before', () =>
    atDesk(async (db, run) => {
      await run(change, { version: 1, before, after }, actor)
      await run(change, { version: 2, before: after, after: { contact: { room: '13' } }, erases: true }, actor)
      expect(
        await db.many(
          sql`select field from audit_personal_values as p join audit_events as e on e.id = p.event_id where e.seq = 1`,
        ),
      ).toEqual([])
      expect(await verifyAuditChain(db)).toMatchObject({ events: 2, erased: 1, broken: null })
    }))

  test.each([
    ['a changed value', sql`update audit_personal_values set after = '"c@example.org"'`],
    ['a value taken away without its row', sql`update audit_personal_values set before = null`],
    ['a changed salt', sql`update audit_personal_values set salt = 'x'`],
    ['a value under another field', sql`update audit_personal_values set field = 'name'`],
  ])('%s is found', (_what, statement) =>
    atDesk(async (db, run) => {
      await run(change, { version: 1, before, after }, actor)
      await tamper(db, statement)
      expect((await verifyAuditChain(db)).broken).toEqual({ seq: 1, finding: 'personal-changed' })
    }),
  )
})

test('twenty commands at once give one chain without a gap', async () => {
  // Of its own: inside a test's rollback, transactions take turns.
  const own = await newTestDatabase(MIGRATIONS_FOLDER)
  try {
    const { run } = operationsOn(own)
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        run(change, { version: index + 1, before: { n: 0 }, after: { n: index } }, { ...actor, id: `u${index}` }),
      ),
    )
    expect(await verifyAuditChain(own)).toMatchObject({ events: 20, head: { seq: 20 }, broken: null })
    expect(await own.one(sql`select count(distinct actor_id) as actors, max(seq) as head from audit_events`)).toEqual({
      actors: 20,
      head: 20,
    })
  } finally {
    await own.close()
  }
})
