/** Database roles with few rights: what the guide for installing makes, and what is said where it was not followed. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Database, sql } from '../database/db.ts'
import { migrate, programVersion, schemaVersion } from '../database/migrate.ts'
import { makeProgramRole, newTestDatabase, type TestDatabase, testEngine } from '../database/testing/test-database.ts'
import { listListings } from '../modules/registry/index.ts'
import { LOCAL_ADMINISTRATOR } from '../operations/index.ts'
import { openApp } from './open-app.ts'
import { readSettings } from './settings.ts'

const OWNER = `sursur_owner_${process.pid}`
const LOGIN = `sursur_guest_${process.pid}`
let database: TestDatabase

/** The database as its owner, in the one session that the embedded engine has. */
function asOwner(): Database {
  const transaction: Database['transaction'] = (work, options) =>
    database.transaction(async (tx) => {
      await tx.run(sql`set local role ${sql.id(OWNER)}`)
      return work(tx)
    }, options)
  return {
    ...database,
    one: (query) => transaction((tx) => tx.one(query)),
    many: (query) => transaction((tx) => tx.many(query)),
    transaction,
  }
}

async function give(statement: string): Promise<void> {
  await database.run(sql.raw(statement))
}

async function newDatabaseOf(owner: string): Promise<void> {
  database = await newTestDatabase(undefined)
  await give(`create role ${owner} login password 'of a test'`)
  const { name } = await database.one<{ name: string }>(sql`select current_database() as name`)
  await give(`alter database ${name} owner to ${owner}`)
}

describe.runIf(testEngine() === 'embedded')('on a server that does not know the role of the program', () => {
  beforeAll(() => newDatabaseOf(OWNER))
  afterAll(() => database.close())

  test('an owner who makes no roles is told what to run, and nothing is applied', async () => {
    await expect(migrate(asOwner())).rejects.toMatchObject({
      code: 'database.program-role-not-usable',
      params: { role: OWNER, statements: `create role sursur_program nologin; grant sursur_program to "${OWNER}";` },
    })
    expect(await schemaVersion(database)).toBe(0)
  })

  test('an owner who makes roles makes it, and may take it', async () => {
    await give(`alter role ${OWNER} createrole`)
    expect(await migrate(asOwner())).toBe(programVersion())
    const { owner } = await database.one<{ owner: string }>(
      sql`select tableowner as owner from pg_tables where tablename = 'listings'`,
    )
    expect(owner).toBe(OWNER)
    const { usable } = await database.one<{ usable: boolean }>(
      sql`select pg_has_role(${OWNER}, 'sursur_program', 'set') as usable`,
    )
    expect(usable).toBe(true)
  })
})

describe.runIf(testEngine() === 'server')('logins that are neither superuser nor make roles', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sursur-roles-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  beforeAll(async () => {
    await newDatabaseOf(OWNER)
    await give(`create role ${LOGIN} login password 'of a test'`)
    await makeProgramRole(database)
  })
  afterAll(async () => {
    await give(`reassign owned by ${OWNER} to current_user`)
    await give(`drop owned by ${OWNER}, ${LOGIN}`)
    await give(`drop role ${OWNER}, ${LOGIN}`)
    await database.close()
  })
  const urlOf = (role: string) => {
    const url = new URL('url' in database.location ? database.location.url : '')
    url.username = role
    url.password = 'of a test'
    return url.href
  }
  let close: () => Promise<void> = async () => {}
  afterEach(() => close())
  const open = async (env: Readonly<Record<string, string>>) => {
    const app = await openApp(readSettings({ dataFolder: folder, emptyStart: 'yes' }, env))
    close = () => {
      close = async () => {}
      return app.close()
    }
    return app
  }
  const alone = () => open({ DATABASE_URL: urlOf(OWNER) })
  const two = () => open({ DATABASE_URL: urlOf(LOGIN), DATABASE_ADMIN_URL: urlOf(OWNER) })

  test('an owner without the role of the program is told what to run, and nothing is applied', async () => {
    await expect(alone()).rejects.toMatchObject({
      code: 'database.program-role-not-usable',
      params: { role: OWNER, statements: `grant sursur_program to "${OWNER}";` },
    })
    expect(await schemaVersion(database)).toBe(0)
  })

  test('an owner to whom it was given starts and works', async () => {
    await give(`grant sursur_program to ${OWNER}`)
    const { operations } = await alone()
    expect(await schemaVersion(database)).toBe(programVersion())
    expect(await operations.run(listListings, { filter: { values: {} } }, LOCAL_ADMINISTRATOR)).toMatchObject({ total: 0 })
  })

  test('a login of its own that lacks it is told what to run, where the owner may not give it', async () => {
    await expect(two()).rejects.toMatchObject({
      code: 'database.program-role-not-usable',
      params: { role: LOGIN, statements: `grant sursur_program to "${LOGIN}";` },
    })
  })

  test('a login of its own gets it from an owner who may give it, and works', async () => {
    await give(`grant sursur_program to ${OWNER} with admin option`)
    const { operations } = await two()
    expect(await operations.run(listListings, { filter: { values: {} } }, LOCAL_ADMINISTRATOR)).toMatchObject({ total: 0 })
  })

  test('an owner to whom it was taken back is told what to run', async () => {
    await give(`revoke sursur_program from ${OWNER} cascade`)
    await expect(alone()).rejects.toMatchObject({ code: 'database.program-role-not-usable', params: { role: OWNER } })
  })
})
