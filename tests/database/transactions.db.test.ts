import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Database, type Db, sql } from '../../src/database/db.ts'
import { makeProgramRole, newTestDatabase, type TestDatabase } from '../../src/database/testing/test-database.ts'
import { insertRows, unnestRows } from '../../src/database/unnest-rows.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await newTestDatabase(undefined)
  await database.run(
    sql`create table pledges (id integer primary key, donor text, amount numeric, details jsonb, tags text[], at timestamptz)`,
  )
})
beforeEach(async () => {
  await database.run(sql`truncate pledges`)
})
afterAll(() => database.close())

const insert = (id: number) => sql`insert into pledges (id) values (${id})`
const numberOfPledges = async (db: Pick<Database, 'one'> = database) =>
  (await db.one<{ count: number }>(sql`select count(*) from pledges`)).count

describe('a transaction', () => {
  test('is saved as a whole or not at all', async () => {
    await database.transaction(async (tx) => {
      await tx.run(insert(1))
      await tx.run(insert(2))
    })
    const failing = database.transaction(async (tx) => {
      await tx.run(insert(3))
      throw new Error('refused by a rule')
    })
    await expect(failing).rejects.toThrow('refused by a rule')
    expect(await numberOfPledges()).toBe(2)
  })

  test('whose failed statement was swallowed is not reported as saved', async () => {
    const work = database.transaction(async (tx) => {
      await tx.run(insert(1))
      await tx.run(insert(1)).catch(() => {})
    })
    await expect(work).rejects.toThrow('nothing was saved')
    expect(await numberOfPledges()).toBe(0)
  })

  test('refuses the outer database inside, which would wait for itself', async () => {
    const work = database.transaction(async () => database.run(insert(1)))
    await expect(work).rejects.toThrow('outer database')
    expect(await database.transaction((tx) => tx.run(insert(1)))).toBe(1)
  })

  test('carries its eyes, and the next one does not see them', async () => {
    await makeProgramRole(database)
    const seen = sql`
      select coalesce(current_setting('app.actor', true), '') as actor, coalesce(current_setting('app.orgs', true), '') as orgs,
             current_user = 'sursur_program' as program
    `
    const eyes = { actorId: "o'neil", sees: 'network', orgs: ['a', 'b'], countries: [] } as const
    expect(await database.transaction((tx) => tx.one(seen), { rows: eyes })).toEqual({
      actor: "o'neil",
      orgs: 'a b',
      program: true,
    })
    expect(await database.as(eyes).one(seen)).toEqual({ actor: "o'neil", orgs: 'a b', program: true })
    expect(await database.one(seen)).toEqual({ actor: '', orgs: '', program: false })
  })

  test('lends other eyes for one statement and takes them back', async () => {
    await makeProgramRole(database)
    const eyes = { actorId: 'one', sees: 'public', orgs: [], countries: [] } as const
    const who = sql`select current_setting('app.actor') as actor`
    const answers = await database.transaction(
      async (tx) => [await database.within(tx, { ...eyes, actorId: 'two' }, eyes).one(who), await tx.one(who)],
      { rows: eyes },
    )
    expect(answers).toEqual([{ actor: 'two' }, { actor: 'one' }])
  })

  test('keeps the eyes of statements apart that are sent at once', async () => {
    await makeProgramRole(database)
    const eyes = { actorId: 'one', sees: 'public', orgs: [], countries: [] } as const
    const who = sql`select current_setting('app.actor') as actor`
    const answers = await database.transaction(
      (tx) => {
        const lent = database.within(tx, { ...eyes, actorId: 'two' }, eyes)
        return Promise.all([tx, lent, tx, lent, lent, tx].map((db) => db.one<{ actor: string }>(who)))
      },
      { rows: eyes },
    )
    expect(answers.map(({ actor }) => actor)).toEqual(['one', 'two', 'one', 'two', 'two', 'one'])
  })

  test('takes no statement after its end, and undoes what still waited when one failed', async () => {
    let kept: Db = database
    const failing = database.transaction((tx) => {
      kept = tx
      return Promise.all([tx.run(insert(1)), tx.run(insert(1)), tx.run(insert(2))])
    })
    await expect(failing).rejects.toMatchObject({ code: '23505' })
    await expect(kept.run(insert(3))).rejects.toThrow('after its transaction')
    expect(await numberOfPledges()).toBe(0)
  })

  test('for reading refuses to write', async () => {
    const work = database.transaction((tx) => tx.run(insert(1)), { readOnly: true, isolation: 'repeatable read' })
    await expect(work).rejects.toMatchObject({ code: '25006' })
  })

  test('of 40 clients at once: no row is lost and no answer goes to the wrong client', async () => {
    const clients = Array.from({ length: 40 }, (_, id) => id)
    const answers = await Promise.all(
      clients.map((id) =>
        database.transaction(async (tx) => {
          await tx.run(insert(id))
          const { donor } = await tx.one<{ donor: string }>(
            sql`update pledges set donor = ${`donor ${id}`} where id = ${id} returning donor`,
          )
          return donor
        }),
      ),
    )
    expect(answers).toEqual(clients.map((id) => `donor ${id}`))
    const read = await Promise.all(clients.map((id) => database.one(sql`select id, donor from pledges where id = ${id}`)))
    expect(read).toEqual(clients.map((id) => ({ id, donor: `donor ${id}` })))
  })

  test('that fails among others fails alone', async () => {
    await database.run(insert(100))
    const results = await Promise.allSettled([1, 100, 2, 100, 3].map((id) => database.transaction((tx) => tx.run(insert(id)))))
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'])
    expect(await numberOfPledges()).toBe(4)
  })
})

describe('a statement that runs away', () => {
  const endless = sql`select count(*) from generate_series(1, 100000000000)`

  test('is stopped, is named as such, and what was saved before is there', async () => {
    await database.run(insert(1))
    const work = database.transaction(
      async (tx) => {
        await tx.run(insert(2))
        await tx.run(endless)
      },
      { limitSeconds: 0.3 },
    )
    await expect(work).rejects.toMatchObject({ code: 'database.statement-timeout' })
    expect(await numberOfPledges()).toBe(1)
  })

  test('may take its time when the transaction says so', async () => {
    const slow = sql`select count(*) from generate_series(1, 3000000)`
    expect(await database.transaction((tx) => tx.one(slow), { limitSeconds: 'none' })).toEqual({ count: 3_000_000 })
  })
})

describe('values', () => {
  test('come as documented: exact numerics, plain dates, instants in UTC', async () => {
    const row = await database.one(sql`
      select 9007199254740991::int8 as large, 1.10::numeric as amount, date '2014-02-28' as day,
             timestamptz '2014-02-28 23:59:59.5+03' as at, array[1.10, null]::numeric[] as amounts, array[1]::int8[] as numbers,
             '{"a": 1}'::jsonb as details, interval '1 day 02:00' as pause
    `)
    expect(row).toEqual({
      large: 9007199254740991,
      amount: '1.10',
      day: '2014-02-28',
      at: '2014-02-28T20:59:59.5Z',
      amounts: ['1.10', null],
      numbers: [1],
      details: { a: 1 },
      pause: '1 day 02:00:00',
    })
  })

  test('an integer that a number cannot hold is an error and not a rounded number', async () => {
    await expect(database.one(sql`select 9007199254740993::int8 as large`)).rejects.toThrow('9007199254740993')
    expect(await numberOfPledges()).toBe(0)
  })

  test('one means one: none and two are faults', async () => {
    await expect(database.one(sql`select 1 where false`)).rejects.toThrow('Exactly one row expected, 0 found')
    await expect(database.maybe(sql`select 1 union all select 2`)).rejects.toThrow('At most one row expected, 2 found')
    expect(await database.maybe(sql`select 1 where false`)).toBeUndefined()
  })
})

describe('many rows at once', () => {
  const columns = { id: 'integer', donor: 'text', amount: 'numeric', details: 'jsonb', tags: 'text[]', at: 'timestamptz' }

  test('4,501 rows arrive in three statements, with nulls, quotes, JSON and arrays as they were', async () => {
    const first = {
      id: 0,
      donor: `a "b", 'c' \\ {}`,
      amount: '0.10',
      details: [1, null],
      tags: ['x,y', null, 'null'],
      at: new Date(0),
    }
    const rows = [first, ...Array.from({ length: 4500 }, (_, index) => ({ id: index + 1, donor: null }))]
    expect(await database.transaction((tx) => insertRows(tx, 'pledges', columns, rows))).toBe(4501)
    expect(await database.one(sql`select id, donor, amount, details, tags, at from pledges where id = 0`)).toEqual({
      ...first,
      at: '1970-01-01T00:00:00Z',
    })
    expect(await database.one(sql`select donor, amount, details, tags from pledges where id = 4500`)).toEqual({
      donor: null,
      amount: null,
      details: null,
      tags: null,
    })
  })

  test('rows that exist already are left out when asked', async () => {
    await database.run(insert(1))
    const rows = [{ id: 1 }, { id: 2 }]
    expect(await insertRows(database, 'pledges', { id: 'integer' }, rows, sql`on conflict (id) do nothing`)).toBe(1)
  })

  test('no rows are no error', async () => {
    expect(await insertRows(database, 'pledges', columns, [])).toBe(0)
    expect(await database.many(sql`select row.id from ${unnestRows({ id: 'integer' }, [])} as row`)).toEqual([])
  })
})
