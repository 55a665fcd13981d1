/**
 * A Database whose transactions are savepoints of one that never commits: a test runs the real code, and nothing stays.
 *
 * What differs from a real one: `now()` stands still for the whole test (as in any one transaction), an isolation level
 * asked for inside is not changed, and parallel calls take turns.
 */
import { type Database, type Db, type RowScope, type Sql, sql, type TransactionOptions } from '../db.ts'
import { markOpen, refuseWithinTransaction, settingsText } from '../pool-database.ts'

class RolledBack extends Error {}

/** Gives what `work` gives, after everything that it wrote was undone. */
export async function withRollback<T>(database: Database, work: (database: Database) => Promise<T>): Promise<T> {
  let outcome: { readonly value: T } | undefined
  try {
    await database.transaction(async (tx) => {
      outcome = { value: await work(savepointDatabase(database, tx)) }
      throw new RolledBack()
    })
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error
  }
  if (outcome === undefined) throw new Error('The work ended without a result')
  return outcome.value
}

function savepointDatabase(database: Database, tx: Db): Database {
  const { engine, owner } = database
  const self = {}
  const inTurn = turns()
  let savepoints = 0

  async function within<T>(work: (db: Db) => Promise<T>, options: TransactionOptions): Promise<T> {
    refuseWithinTransaction(self)
    return inTurn(async () => {
      savepoints += 1
      const name = `test_${savepoints}`
      const before = await readSettings(tx)
      await tx.run(sql.raw([`savepoint ${name}`, ...openingText(options)].join('; ')))
      try {
        const result = await markOpen(self, () => work(tx))
        await tx.run(sql.raw([`release savepoint ${name}`, ...settingsText(before, before.role)].join('; ')))
        return result
      } catch (error) {
        await tx.run(sql.raw(`rollback to savepoint ${name}`))
        throw error
      }
    })
  }

  return {
    engine,
    owner,
    one: <T>(query: Sql) => within((db) => db.one<T>(query), {}),
    maybe: <T>(query: Sql) => within((db) => db.maybe<T>(query), {}),
    many: <T>(query: Sql) => within((db) => db.many<T>(query), {}),
    run: (query) => within((db) => db.run(query), {}),
    transaction: (work, options = {}) => within(work, options),
    as: (rows) => ({
      one: <T>(query: Sql) => within((db) => db.one<T>(query), { rows }),
      maybe: <T>(query: Sql) => within((db) => db.maybe<T>(query), { rows }),
      many: <T>(query: Sql) => within((db) => db.many<T>(query), { rows }),
      run: (query) => within((db) => db.run(query), { rows }),
    }),
    within: (inside, rows, back) => database.within(inside, rows, back),
    close: async () => {},
  }
}

function openingText({ readOnly, rows }: TransactionOptions): string[] {
  return [...(readOnly ? ['set local transaction_read_only = on'] : []), ...(rows ? settingsText(rows) : [])]
}

/** A released savepoint keeps what was set inside it; a committed transaction would not. */
async function readSettings(tx: Db): Promise<RowScope & { role: string }> {
  const { orgs, countries, ...found } = await tx.one<{
    actorId: string
    sees: RowScope['sees']
    orgs: string
    countries: string
    role: string
  }>(sql`
    select coalesce(current_setting('app.actor', true), '') as "actorId",
           coalesce(current_setting('app.sees', true), '') as sees,
           coalesce(current_setting('app.orgs', true), '') as orgs,
           coalesce(current_setting('app.countries', true), '') as countries,
           current_setting('role') as role
  `)
  return { ...found, orgs: [orgs], countries: [countries] }
}

/** One after the other: savepoints of one connection nest, they cannot overlap. */
function turns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const next = last.then(work)
    last = next.catch(() => {})
    return next
  }
}
