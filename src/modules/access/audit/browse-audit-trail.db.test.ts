import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { withRollback } from '../../../database/testing/rollback-database.ts'
import { openTestDatabase } from '../../../database/testing/test-database.ts'
import { type Actor, ANONYMOUS, createOperations, defineCommand, LOCAL_ADMINISTRATOR } from '../../../operations/index.ts'
import { policy } from '../policy/policy.ts'
import { getAuditState, noteVerification } from './audit-state.ts'
import { browseAuditTrail, exportAuditTrail } from './browse-audit-trail.ts'
import { verifyAuditChain } from './verify-chain.ts'
import { auditWriter } from './write-audit-event.ts'

const change = defineCommand({
  name: 'test.change-person',
  permission: 'directory.person.edit',
  input: z.object({ id: z.string(), version: z.number() }),
  async run(context, { id, version }) {
    const ref = { module: 'directory', aggregate: 'persons', id }
    const after = { email: `${id}@example.org`, room: version }
    context.changed({ ref, action: 'changed', version, before: {}, after, personal: ['email'] })
  },
})

type Run = ReturnType<typeof createOperations>['run']
const ADA: Actor = { ...LOCAL_ADMINISTRATOR, id: 'ada', keyId: 'key-1', requestId: 'req-1' }

/** Five events: Ada changed p1 twice, somebody at this machine p2 twice, and a member was refused, a day apart each. */
async function atDesk(work: (run: Run, db: Awaited<ReturnType<typeof openTestDatabase>>) => Promise<void>): Promise<void> {
  const database = await openTestDatabase()
  await withRollback(database, async (db) => {
    let day = 20
    const clock = { now: () => new Date(`2026-11-${day}T23:59:59.500Z`) }
    const { run } = createOperations({ database: db, clock, policy, audit: auditWriter })
    await run(change, { id: 'p1', version: 1 }, ADA)
    day += 1
    await run(change, { id: 'p1', version: 2 }, ADA)
    day += 1
    await run(change, { id: 'p2', version: 1 }, LOCAL_ADMINISTRATOR)
    day += 1
    await run(change, { id: 'p2', version: 2 }, LOCAL_ADMINISTRATOR)
    day += 1
    await run(change, { id: 'p2', version: 3 }, { id: 'ben', kind: 'user', name: 'Ben', grants: [] }).catch(() => {})
    await work(run, { ...database, ...db })
  })
}

describe('browsing the audit trail', () => {
  test('is refused to a stranger', () =>
    atDesk(async (run) => {
      await expect(run(browseAuditTrail, {}, ANONYMOUS)).rejects.toMatchObject({ kind: 'refused' })
      await expect(run(exportAuditTrail, {}, ANONYMOUS)).rejects.toMatchObject({ kind: 'refused' })
      await expect(run(getAuditState, {}, ANONYMOUS)).rejects.toMatchObject({ kind: 'refused' })
    }))

  test.each([
    ['everything, newest first', {}, [5, 4, 3, 2, 1]],
    ['one record', { module: 'directory', aggregate: 'persons', recordId: 'p1' }, [2, 1]],
    ['one kind of record', { module: 'directory', aggregate: 'persons' }, [4, 3, 2, 1]],
    ['one person', { actorId: 'ada' }, [2, 1]],
    ['one operation that is not there', { operation: 'test.other' }, []],
    ['what was refused', { outcome: 'refused' as const }, [5]],
    ['one request', { requestId: 'req-1' }, [2, 1]],
    ['from a day on', { from: '2026-11-23' }, [5, 4]],
    ['to the end of a day', { to: '2026-11-21' }, [2, 1]],
    ['between two instants', { from: '2026-11-20T23:59:59.500Z', to: '2026-11-21T23:59:59.499Z' }, [1]],
  ])('%s', (_what, input, expected) =>
    atDesk(async (run) => {
      const { rows, next } = await run(browseAuditTrail, input, LOCAL_ADMINISTRATOR)
      expect(rows.map(({ seq }) => seq)).toEqual(expected)
      expect(next).toBeNull()
    }),
  )

  test.each([
    { from: '2026-02-30' },
    { to: 'yesterday' },
    { from: '2026-11-25T25:00Z' },
    { cursor: "1'" },
    { actorId: 'a\0' },
    { outcome: 'x' as 'done' },
  ])('%j is not accepted', (input) =>
    atDesk(async (run) => {
      await expect(run(browseAuditTrail, input, LOCAL_ADMINISTRATOR)).rejects.toMatchObject({ kind: 'invalid' })
    }),
  )

  test('in pages by cursor, none missing and none twice', () =>
    atDesk(async (run) => {
      const seen: number[] = []
      let cursor: string | undefined
      do {
        const { rows, next } = await run(browseAuditTrail, { limit: 2, ...(cursor ? { cursor } : {}) }, LOCAL_ADMINISTRATOR)
        seen.push(...rows.map(({ seq }) => seq))
        cursor = next ?? undefined
      } while (cursor !== undefined)
      expect(seen).toEqual([5, 4, 3, 2, 1])
    }))

  test('shows who, key, request, what changed, and personal values while they are kept', () =>
    atDesk(async (run, db) => {
      const input = { actorId: 'ada', to: '2026-11-20' }
      const [event] = (await run(browseAuditTrail, input, LOCAL_ADMINISTRATOR)).rows
      expect(event).toMatchObject({
        actorId: 'ada',
        keyId: 'key-1',
        requestId: 'req-1',
        after: { room: 1 },
        personalValues: { email: { before: null, after: '"p1@example.org"' } },
      })
      await db.run(sql`delete from audit_personal_values`)
      expect((await run(browseAuditTrail, input, LOCAL_ADMINISTRATOR)).rows[0]).toMatchObject({
        personal: { email: { after: expect.any(String) } },
        personalValues: null,
      })
    }))
})

describe('exporting the audit trail', () => {
  test('oldest first, each batch noted, and its own traces are not read', () =>
    atDesk(async (run) => {
      const first = await run(exportAuditTrail, { limit: 3, upTo: 5 }, ADA)
      const second = await run(exportAuditTrail, { limit: 3, upTo: 5, cursor: first.next ?? '' }, ADA)
      expect([...first.rows, ...second.rows].map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
      expect(second.next).toBeNull()
      for (const { content, hash } of first.rows) expect(createHash('sha256').update(content).digest('hex')).toBe(hash)
      const reads = await run(browseAuditTrail, { outcome: 'read' }, LOCAL_ADMINISTRATOR)
      expect(reads.rows.map(({ actorId, operation, counts }) => ({ actorId, operation, counts }))).toEqual([
        { actorId: 'ada', operation: 'access.export-audit-trail', counts: { events: 2, from: 4, to: 5 } },
        { actorId: 'ada', operation: 'access.export-audit-trail', counts: { events: 3, from: 1, to: 3 } },
      ])
    }))
})

test('the state tells the head and what the last verification said', () =>
  atDesk(async (run, db) => {
    expect(await run(getAuditState, {}, LOCAL_ADMINISTRATOR)).toMatchObject({ head: { seq: 5 }, lastVerification: null })
    await noteVerification(db, await verifyAuditChain(db), new Date('2026-11-25T02:00:00Z'))
    expect((await run(getAuditState, {}, LOCAL_ADMINISTRATOR)).lastVerification).toEqual({
      at: '2026-11-25T02:00:00Z',
      events: 5,
      headSeq: 5,
      anchors: 0,
      brokenSeq: null,
      finding: null,
    })
  }))
