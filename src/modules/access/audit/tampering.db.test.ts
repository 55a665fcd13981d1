/** Must show: whatever is done to any one of 10,000 events is found, in two seconds or less. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Db, type Sql, sql } from '../../../database/db.ts'
import { MIGRATIONS_FOLDER, migrate } from '../../../database/migrate.ts'
import { withRollback } from '../../../database/testing/rollback-database.ts'
import { newTestDatabase, type TestDatabase, testEngine } from '../../../database/testing/test-database.ts'
import { eventContent } from './event-content.ts'
import { type AuditAnchor, type Finding, verifyAuditChain } from './verify-chain.ts'

const EVENTS = 10_000
const LIMIT_MS = 2_000
const TRIALS = 4

let database: TestDatabase

beforeAll(async () => {
  database = await newTestDatabase(MIGRATIONS_FOLDER)
  await fill(database, EVENTS)
}, 120_000)
afterAll(() => database.close())

/** Events as a form makes them: a record before and after, some kilobytes a dozen. */
async function fill(db: Db, events: number): Promise<void> {
  await db.run(sql`
    insert into audit_events (id, at, operation, actor_id, actor_kind, outcome, module, aggregate, record_id, action, version, before, after)
    select 'E' || lpad(n::text, 25, '0'), timestamptz '2026-01-01 00:00:00Z' + n * interval '1 minute',
           'registry.revise-initiative', 'u' || n % 40, 'user', 'done', 'registry', 'initiatives', 'i' || n % 900, 'changed', n,
           jsonb_build_object('title', repeat('was ' || n, 20)), jsonb_build_object('title', repeat('is ' || n, 20))
    from generate_series(1, ${events}::integer) as n
  `)
}

/** What a person who owns the tables could do to the event at one position, and what is then found where. */
interface Tampering {
  readonly what: string
  statements(seq: number): readonly Sql[]
  readonly finding: Finding
  foundAt(seq: number): number
}

const rehash = (seq: number) => sql`
  update audit_events set hash = encode(sha256(convert_to(${eventContent}, 'UTF8')), 'hex') where seq = ${seq}
`
const exchange = (a: number, b: number) => [
  sql`update audit_events set seq = -1 where seq = ${a}`,
  sql`update audit_events set seq = ${a} where seq = ${b}`,
  sql`update audit_events set seq = ${b} where seq = -1`,
]
const at = (seq: number) => seq
const next = (seq: number) => seq + 1

const FIELDS: readonly (readonly [column: string, value: Sql])[] = [
  ['id', sql`'Z' || id`],
  ['at', sql`at + interval '1 microsecond'`],
  ['operation', sql`operation || '.'`],
  ['actor_id', sql`'u99'`],
  ['actor_kind', sql`'job'`],
  ['key_id', sql`'k'`],
  ['request_id', sql`''`],
  ['outcome', sql`'read'`],
  ['module', sql`null`],
  ['aggregate', sql`'orgs'`],
  ['record_id', sql`'i1000'`],
  ['action', sql`'created'`],
  ['version', sql`version + 1`],
  ['reason', sql`''`],
  ['before', sql`before || '{"more": 1.0}'`],
  ['after', sql`null`],
  ['personal', sql`'{}'`],
  ['counts', sql`'{}'`],
  ['digest', sql`''`],
  ['previous_hash', sql`repeat('0', 64)`],
  ['hash', sql`repeat('f', 64)`],
]

const TAMPERINGS: readonly Tampering[] = [
  {
    what: 'an event removed',
    statements: (seq) => [sql`delete from audit_events where seq = ${seq}`],
    finding: 'removed',
    foundAt: at,
  },
  {
    what: 'an event removed and the later ones moved up',
    statements: (seq) => [
      sql`delete from audit_events where seq = ${seq}`,
      sql`update audit_events set seq = -seq where seq > ${seq}`,
      sql`update audit_events set seq = -seq - 1 where seq < 0`,
    ],
    finding: 'moved',
    foundAt: at,
  },
  { what: 'an event swapped with the next', statements: (seq) => exchange(seq, seq + 1), finding: 'moved', foundAt: at },
  {
    what: 'an event swapped with one far away',
    statements: (seq) => exchange(seq, seq > EVENTS / 2 ? seq - 3_000 : seq + 3_000),
    finding: 'moved',
    foundAt: (seq) => (seq > EVENTS / 2 ? seq - 3_000 : seq),
  },
  {
    what: 'an event changed and given a hash that fits',
    statements: (seq) => [sql`update audit_events set actor_id = 'u99' where seq = ${seq}`, rehash(seq)],
    finding: 'not-linked',
    foundAt: next,
  },
  {
    what: 'an event put in between, at a position that is taken',
    statements: (seq) => [sql`alter table audit_events drop constraint audit_events_seq_key`, copyOf(seq, sql`seq`)],
    finding: 'inserted',
    foundAt: at,
  },
  {
    what: 'an event put in between, and the later ones moved down',
    statements: (seq) => [
      sql`update audit_events set seq = -seq where seq > ${seq}`,
      sql`update audit_events set seq = -seq + 1 where seq < 0`,
      copyOf(seq, sql`seq + 1`),
    ],
    finding: 'moved',
    foundAt: next,
  },
  {
    what: 'an event without a position',
    statements: (seq) => [sql`alter table audit_events alter column seq drop not null`, copyOf(seq, sql`null`)],
    finding: 'inserted',
    foundAt: () => EVENTS,
  },
]

function copyOf(seq: number, position: Sql): Sql {
  return sql`
    insert into audit_events (id, at, operation, actor_id, actor_kind, outcome, module, aggregate, record_id, action, version, seq, previous_hash, hash)
    select id || 'b', at, operation, actor_id, actor_kind, outcome, module, aggregate, record_id, action, version, ${position}, previous_hash, hash
    from audit_events where seq = ${seq}
  `
}

async function verifyAfter(statements: readonly Sql[], anchors: readonly AuditAnchor[] = []) {
  return withRollback(database, (inside) =>
    inside.transaction(async (db) => {
      await db.run(sql`alter table audit_events disable trigger user`)
      for (const statement of statements) await db.run(statement)
      const { value, ms } = await timed(() => verifyAuditChain(db, anchors))
      slowestMs = Math.max(slowestMs, ms)
      return { broken: value.broken, inTime: ms <= LIMIT_MS }
    }),
  )
}

/** The limit is about the program and not about what else the machine does meanwhile: the quickest of up to three counts. */
async function timed<T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> {
  let quickest = Number.POSITIVE_INFINITY
  for (let attempt = 1; ; attempt += 1) {
    const startedAt = performance.now()
    const value = await work()
    quickest = Math.min(quickest, performance.now() - startedAt)
    if (quickest <= LIMIT_MS || attempt === 3) return { value, ms: quickest }
  }
}

let slowestMs = 0
const anywhere = (from: number, to: number) => from + Math.floor(Math.random() * (to - from + 1))

test('the whole chain holds, and is read within the limit', async () => {
  const { value, ms } = await timed(() => verifyAuditChain(database))
  expect(value).toMatchObject({ events: EVENTS, head: { seq: EVENTS }, broken: null })
  process.stdout.write(`audit verify, ${EVENTS} events, ${testEngine()}: ${Math.round(ms)} ms\n`)
  expect(ms).toBeLessThanOrEqual(LIMIT_MS)
})

test.each(FIELDS)('a changed %s is found, wherever it is', async (column, value) => {
  // Nothing but the value itself stands in the way of whoever owns the table.
  const free = ['outcome', 'actor_kind', 'record'].map((name) =>
    sql.raw(`alter table audit_events drop constraint if exists audit_events_${name}_check`),
  )
  for (const seq of [1, anywhere(2, EVENTS - 1), EVENTS]) {
    const changed = sql`update audit_events set ${sql.ref(column)} = ${value} where seq = ${seq}`
    const result = await verifyAfter([...free, changed])
    // The first event follows on nothing, which is what was written over it.
    if (column === 'previous_hash' && seq === 1) expect(result.broken).toBeNull()
    else expect(result).toEqual({ broken: { seq, finding: column === 'previous_hash' ? 'moved' : 'changed' }, inTime: true })
  }
})

test.each(TAMPERINGS)('$what is found', async ({ statements, finding, foundAt }) => {
  for (const seq of [1, 2, ...Array.from({ length: TRIALS }, () => anywhere(3, EVENTS - 1))]) {
    expect(await verifyAfter(statements(seq))).toEqual({ broken: { seq: foundAt(seq), finding }, inTime: true })
  }
})

test('a cut tail is found by a head that was noted outside, and only by that', async () => {
  const { hash } = await database.one<{ hash: string }>(sql`select hash from audit_events where seq = ${EVENTS}`)
  const anchor = { seq: EVENTS, hash, source: 'audit-head.json' }
  for (const seq of [1, EVENTS, ...Array.from({ length: TRIALS }, () => anywhere(2, EVENTS))]) {
    const cut = [sql`delete from audit_events where seq >= ${seq}`]
    expect(await verifyAfter(cut, [anchor])).toEqual({
      broken: { seq, finding: 'cut-off', source: 'audit-head.json' },
      inTime: true,
    })
    expect((await verifyAfter(cut)).broken).toBeNull()
  }
})

test('a tail that was written anew with hashes that fit is found by a head that was noted before', async () => {
  const seq = anywhere(9_000, EVENTS - 1)
  const { hash } = await database.one<{ hash: string }>(sql`select hash from audit_events where seq = ${EVENTS}`)
  const anew = [
    sql`create table kept as select * from audit_events where seq >= ${seq}`,
    sql`delete from audit_events where seq >= ${seq}`,
    sql`alter table audit_events enable trigger append_audit_event`,
    sql`
      insert into audit_events (id, at, operation, actor_id, actor_kind, outcome, module, aggregate, record_id, action, version, before, after)
      select id, at, operation, 'u99', actor_kind, outcome, module, aggregate, record_id, action, version, before, after
      from kept order by seq
    `,
  ]
  expect((await verifyAfter(anew)).broken).toBeNull()
  expect(await verifyAfter(anew, [{ seq: EVENTS, hash, source: 'a.backup' }])).toEqual({
    broken: { seq: EVENTS, finding: 'anchor-differs', source: 'a.backup' },
    inTime: true,
  })
})

test('the slowest of all these verifications stayed within the limit', () => {
  process.stdout.write(`slowest verification, ${testEngine()}: ${Math.round(slowestMs)} ms\n`)
  expect(slowestMs).toBeLessThanOrEqual(LIMIT_MS)
})

test('events from before the chain are chained by the migration, in the order in which they were written', async () => {
  const old = await newTestDatabase(undefined)
  try {
    await migrate(old, MIGRATIONS_FOLDER, 3)
    await fill(old, 300)
    await old.run(sql`
      insert into audit_events (id, at, operation, actor_id, actor_kind, outcome)
      values ('A', '2026-01-01T00:00:00.123456Z', 'test."quoted"', 'anonymous', 'anonymous', 'refused')
    `)
    await migrate(old, MIGRATIONS_FOLDER, 4)
    expect(await verifyAuditChain(old)).toMatchObject({ events: 301, head: { seq: 301 }, broken: null })
    expect(
      await old.one(sql`select count(*) as misplaced from (
      select seq, row_number() over (order by id) as place from audit_events
    ) as placed where seq <> place`),
    ).toEqual({ misplaced: 0 })
  } finally {
    await old.close()
  }
})
