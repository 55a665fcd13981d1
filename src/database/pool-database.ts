/** A Database over a pool of connections; the same for both engines, because both speak PostgreSQL's wire protocol. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import pg from 'pg'
import { Problem } from '../kernel/problems.ts'
import { type Database, type Db, PROGRAM_ROLE, type RowScope, type Sql, type TransactionOptions } from './db.ts'
import { type ErrorContext, isLostConnection, translateError } from './translate-error.ts'

/** A statement of a person's request may run this long. An import sets its own limit, or none. */
export const REQUEST_LIMIT_SECONDS = 60

export interface PoolDatabaseOptions {
  readonly engine: 'embedded' | 'server'
  readonly owner: boolean
  /** The present pool; the embedded engine gets a new one after a restart. */
  pool(): pg.Pool
  readonly limitSeconds: number
  /** Waits until the engine serves (embedded: while it restarts). */
  ready(): Promise<void>
  ranOutOfDisk(): boolean
  close(): Promise<void>
}

/** An embedded engine that was stopped is back within a second; after this long it is not coming back. */
const RESTART_MS = 10_000

/** Only the compiler of Kysely is used here; statements are sent by the driver directly. */
const compiler = new Kysely<never>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

type Send = (text: string, values: readonly unknown[]) => Promise<pg.QueryResult>

/** The open transactions of the current call chain; asking the pool inside one would wait for itself. */
const openTransactions = new AsyncLocalStorage<Set<object>>()

export function poolDatabase(options: PoolDatabaseOptions): Database {
  const { engine, owner } = options
  const self = {}

  const context = (startedAt: number, limitMs: number): ErrorContext => ({
    ranMs: Date.now() - startedAt,
    limitMs,
    engine,
    ranOutOfDisk: options.ranOutOfDisk(),
  })

  async function withClient<T>(limitMs: number, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    refuseWithinTransaction(self)
    const startedAt = Date.now()
    const client = await connect(options, startedAt).catch((error: unknown) => {
      throw translateError(error, context(startedAt, limitMs))
    })
    let lost = false
    try {
      return await work(client)
    } catch (error) {
      lost = isLost(error)
      throw error
    } finally {
      client.release(lost)
    }
  }

  function sender(client: pg.PoolClient, limitMs: number): Send {
    return async (text, values) => {
      const startedAt = Date.now()
      try {
        return await client.query(text, values as unknown[])
      } catch (error) {
        throw translateError(error, context(startedAt, limitMs))
      }
    }
  }

  const limitMs = options.limitSeconds * 1000
  return {
    engine,
    owner,
    ...dbOver((text, values) => withClient(limitMs, (client) => sender(client, limitMs)(text, values))),
    transaction: (work, transactionOptions = {}) => {
      const ownLimitMs = limitOf(transactionOptions, options.limitSeconds)
      return withClient(ownLimitMs, (client) =>
        runTransaction(sender(client, ownLimitMs), ownLimitMs, self, work, transactionOptions),
      )
    },
    as: (rows) =>
      dbOver((text, values) =>
        withClient(limitMs, async (client) => {
          const send = sender(client, limitMs)
          let result: pg.QueryResult | undefined
          await inTransaction(send, beginText(limitMs, { rows }), async () => {
            result = await send(text, values)
          })
          if (result === undefined) throw new Error('A statement ended without a result')
          return result
        }),
      ),
    within: withinTransaction,
    close: options.close,
  }
}

/** A socket that is not there may be an engine that is just starting again, so it is asked for a while. */
async function connect({ engine, ready, pool }: PoolDatabaseOptions, startedAt: number): Promise<pg.PoolClient> {
  for (;;) {
    await ready()
    try {
      return await pool().connect()
    } catch (error) {
      const { code = '', message = '' } = error as { code?: string; message?: string }
      if (engine === 'server' || !isLostConnection(code, message)) throw error
      if (Date.now() - startedAt > RESTART_MS) throw new Problem('database.unreachable', { reason: code }, { cause: error })
      await wait(100)
    }
  }
}

/** The four words of `Db` over any way to send a statement. */
export function dbOver(send: Send): Db {
  async function rows<T>(query: Sql): Promise<T[]> {
    const { sql: text, parameters } = query.compile(compiler)
    return (await send(text, parameters)).rows as T[]
  }
  return {
    many: rows,
    async maybe<T>(query: Sql): Promise<T | undefined> {
      const found = await rows<T>(query)
      if (found.length > 1) throw new Error(`At most one row expected, ${found.length} found: ${query.compile(compiler).sql}`)
      return found[0]
    },
    async one<T>(query: Sql): Promise<T> {
      const found = await rows<T>(query)
      const [row] = found
      if (row === undefined || found.length > 1) {
        throw new Error(`Exactly one row expected, ${found.length} found: ${query.compile(compiler).sql}`)
      }
      return row
    },
    async run(query: Sql): Promise<number> {
      const { sql: text, parameters } = query.compile(compiler)
      return (await send(text, parameters)).rowCount ?? 0
    },
  }
}

async function runTransaction<T>(
  send: Send,
  limitMs: number,
  database: object,
  work: (tx: Db) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  const turns = takeTurns(send)
  const inTurn: Send = (text, values) => turns.take((sendNow) => sendNow(text, values))
  const isOpen = { yes: true }
  const db = dbOver((text, values) => {
    if (!isOpen.yes) throw new Error('A statement came after its transaction was over')
    return inTurn(text, values)
  })
  turnsOf.set(db, turns)
  // The end takes its turn as well, after whatever still waits when one of several statements has failed.
  return inTransaction(inTurn, beginText(limitMs, options), async () => {
    try {
      return await markOpen(database, () => work(db))
    } finally {
      isOpen.yes = false
    }
  })
}

interface Turns {
  /** Nothing else of the transaction is sent while `work` sends. */
  take<T>(work: (send: Send) => Promise<T>): Promise<T>
}

/** Of an open transaction, so that `within` can change the eyes for one statement, and no other one comes in between. */
const turnsOf = new WeakMap<Db, Turns>()

function takeTurns(send: Send): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return {
    take: (work) => {
      const mine = last.then(() => work(send))
      last = mine.catch(() => {})
      return mine
    },
  }
}

function withinTransaction(tx: Db, rows: RowScope, back: RowScope): Db {
  const turns = turnsOf.get(tx)
  if (turns === undefined) throw new Error('Not an open transaction of this database')
  return dbOver((text, values) =>
    turns.take(async (send) => {
      await send(settingsText(rows).join('; '), [])
      const result = await send(text, values)
      // After a failed statement nothing more can be said in this transaction, and nothing needs to be.
      await send(settingsText(back).join('; '), [])
      return result
    }),
  )
}

async function inTransaction<T>(send: Send, begin: string, work: () => Promise<T>): Promise<T> {
  await send(begin, [])
  let result: T
  try {
    result = await work()
  } catch (error) {
    await send('rollback', []).catch((rollbackError: unknown) => {
      // The connection is gone, and the transaction with it; the first error says why.
      if (!isLost(rollbackError)) throw rollbackError
    })
    throw error
  }
  // PostgreSQL answers ROLLBACK to a commit when a statement had failed and somebody caught its error.
  const { command } = await send('commit', [])
  if (command === 'ROLLBACK') throw new Error('A statement of this transaction had failed before, so nothing was saved')
  return result
}

function beginText(limitMs: number, { isolation = 'read committed', readOnly = false, rows }: TransactionOptions): string {
  return [
    `begin isolation level ${isolation}${readOnly ? ' read only' : ''}`,
    `set local statement_timeout = ${limitMs}`,
    // Statements here are short and their costs are overestimated: compiling took longer than running, 60 ms a statement.
    'set local jit = off',
    ...(rows === undefined ? [] : settingsText(rows)),
  ].join('; ')
}

/** `set local` only: the embedded engine has one session for all, in which a plain `set` would leak to others. */
export function settingsText({ actorId, sees, orgs, countries }: RowScope, role: string = PROGRAM_ROLE): string[] {
  const settings = { 'app.actor': actorId, 'app.sees': sees, 'app.orgs': orgs.join(' '), 'app.countries': countries.join(' ') }
  return [
    ...Object.entries(settings).map(([name, value]) => `set local ${name} = ${pg.escapeLiteral(value)}`),
    `set local role ${pg.escapeIdentifier(role)}`,
  ]
}

function limitOf({ limitSeconds }: TransactionOptions, usual: number): number {
  if (limitSeconds === 'none') return 0
  return Math.round((limitSeconds ?? usual) * 1000)
}

/** Runs `work` as the inside of a transaction of this database. */
export async function markOpen<T>(database: object, work: () => Promise<T>): Promise<T> {
  const open = new Set([...(openTransactions.getStore() ?? []), database])
  try {
    return await openTransactions.run(open, work)
  } finally {
    open.delete(database)
  }
}

export function refuseWithinTransaction(database: object): void {
  if (openTransactions.getStore()?.has(database)) {
    throw new Error('The outer database was used inside its own transaction; use the transaction that was handed in')
  }
}

function isLost(error: unknown): boolean {
  const { code = '', message = '', cause } = (error ?? {}) as { code?: string; message?: string; cause?: unknown }
  return isLostConnection(code, message) || (cause !== undefined && cause !== null && isLost(cause))
}
