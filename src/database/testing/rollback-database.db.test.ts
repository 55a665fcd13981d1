import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../db.ts'
import { withRollback } from './rollback-database.ts'
import { makeProgramRole, newTestDatabase, type TestDatabase } from './test-database.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await newTestDatabase(undefined)
  await database.run(sql`create table notes (id integer primary key, text text)`)
})
afterAll(() => database.close())

describe('a test database that forgets', () => {
  test('what a test writes is gone afterwards, its result stays', async () => {
    const inside = await withRollback(database, async (db) => {
      await db.transaction((tx) => tx.run(sql`insert into notes (id, text) values (1, 'a')`))
      return db.many(sql`select id, text from notes`)
    })
    expect(inside).toEqual([{ id: 1, text: 'a' }])
    expect(await database.many(sql`select id from notes`)).toEqual([])
  })

  test('a transaction that fails inside undoes its own rows only', async () => {
    const kept = await withRollback(database, async (db) => {
      await db.run(sql`insert into notes (id, text) values (1, 'kept')`)
      const failing = db.transaction(async (tx) => {
        await tx.run(sql`insert into notes (id, text) values (2, 'lost')`)
        await tx.run(sql`insert into notes (id, text) values (1, 'twice')`)
      })
      await expect(failing).rejects.toMatchObject({ code: '23505' })
      return db.many(sql`select text from notes`)
    })
    expect(kept).toEqual([{ text: 'kept' }])
  })

  test('the actor and read-only of one transaction do not reach the next', async () => {
    await withRollback(database, async (db) => {
      const actor = sql`select current_setting('app.actor', true) as actor`
      await makeProgramRole(db)
      const rows = { actorId: "o'neil", sees: 'public', orgs: [], countries: [] } as const
      const first = await db.transaction((tx) => tx.one(actor), { rows, readOnly: true })
      expect(first).toEqual({ actor: "o'neil" })
      expect(await db.one(actor)).toEqual({ actor: '' })
      expect(await db.run(sql`insert into notes (id) values (1)`)).toBe(1)
      const write = db.transaction((tx) => tx.run(sql`insert into notes (id) values (2)`), { readOnly: true })
      await expect(write).rejects.toMatchObject({ code: '25006' })
    })
  })

  test('parallel transactions take turns', async () => {
    const sum = await withRollback(database, async (db) => {
      await Promise.all([1, 2, 3, 4, 5].map((id) => db.transaction((tx) => tx.run(sql`insert into notes (id) values (${id})`))))
      return db.one(sql`select sum(id)::integer as sum from notes`)
    })
    expect(sum).toEqual({ sum: 15 })
  })

  test('an error of the test itself comes through', async () => {
    const failing = withRollback(database, async () => {
      throw new Error('the test failed')
    })
    await expect(failing).rejects.toThrow('the test failed')
  })
})
