/** What only the embedded engine can get wrong: its lock, a second process, sudden death. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Database, sql } from '../../src/database/db.ts'
import { openDatabase } from '../../src/database/open-database.ts'
import { testEngine } from '../../src/database/testing/test-database.ts'
import { PACKAGE_ROOT } from '../../src/kernel/package-root.ts'

let dataFolder: string
const closing: (() => Promise<void> | void)[] = []

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'sursur-engine-'))
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  rmSync(dataFolder, { recursive: true, force: true })
})

async function open(limitSeconds = 60): Promise<Database> {
  const database = await openDatabase({ dataFolder, limitSeconds })
  closing.push(() => database.close())
  return database
}

interface Child {
  readonly process: ChildProcess
  line(): Promise<string>
  ended(): Promise<void>
}

function otherProcess(task: 'wait' | 'write' | 'half'): Child {
  const child = spawn(process.execPath, [`${PACKAGE_ROOT}tests/database/child-process.ts`, task, dataFolder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  closing.push(() => void child.kill('SIGKILL'))
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return { process: child, line: async () => String((await lines.next()).value), ended: () => ended }
}

const lockFile = () => join(dataFolder, 'database.lock')

describe.skipIf(testEngine() === 'server')('the data folder of the embedded engine', () => {
  test('belongs to its owner alone and names it while it is open', async () => {
    mkdirSync(dataFolder, { recursive: true, mode: 0o755 })
    const database = await openDatabase({ dataFolder })
    expect((statSync(dataFolder).mode & 0o777).toString(8)).toBe('700')
    expect(JSON.parse(readFileSync(lockFile(), 'utf8'))).toMatchObject({ pid: process.pid, socketFolder: dataFolder })
    await database.close()
    expect(existsSync(lockFile())).toBe(false)
    expect(existsSync(join(dataFolder, '.s.PGSQL.5432'))).toBe(false)
  })

  test('with a path too long for a socket gets the socket elsewhere', async () => {
    dataFolder = join(dataFolder, 'a-very-long-name-'.repeat(6))
    const database = await open()
    const { socketFolder } = JSON.parse(readFileSync(lockFile(), 'utf8'))
    expect(socketFolder.length).toBeLessThan(90)
    expect(await database.one(sql`select 1 as one`)).toEqual({ one: 1 })
    expect((await open()).owner).toBe(false)
  })

  test('of which only a damaged half was made is made again', async () => {
    mkdirSync(join(dataFolder, 'database.new'))
    writeFileSync(join(dataFolder, 'database.new', 'PG_VERSION'), 'half')
    expect(await (await open()).one(sql`select 1 as one`)).toEqual({ one: 1 })
  })
})

describe.skipIf(testEngine() === 'server')('a second process', () => {
  test('becomes a guest of the first, and sees and writes the same rows', async () => {
    const owner = otherProcess('wait')
    expect(await owner.line()).toBe('owner')
    const guest = await open()
    expect(guest.owner).toBe(false)
    await guest.run(sql`create table shared (id integer)`)
    const second = await open()
    await second.transaction((tx) => tx.run(sql`insert into shared (id) values (1)`))
    expect(await guest.many(sql`select id from shared`)).toEqual([{ id: 1 }])
  })

  test('that starts at the same moment does not become a second owner', async () => {
    const children = [otherProcess('wait'), otherProcess('wait'), otherProcess('wait')]
    const roles = await Promise.all(children.map((child) => child.line()))
    expect(roles.sort()).toEqual(['guest', 'guest', 'owner'])
  })

  test('whose transaction was open when it died does not block the owner', async () => {
    const owner = await open()
    const guest = otherProcess('half')
    expect([await guest.line(), await guest.line()]).toEqual(['guest', 'written'])
    guest.process.kill('SIGKILL')
    await guest.ended()
    expect(await owner.one(sql`select count(*) from halves`)).toEqual({ count: 0 })
  })

  test('is told when the owner is gone, and the next to open the folder takes over', async () => {
    const owner = otherProcess('wait')
    await owner.line()
    const guest = await open()
    await guest.run(sql`create table kept (id integer)`)
    owner.process.kill('SIGKILL')
    await owner.ended()
    await expect(guest.one(sql`select 1 as one`)).rejects.toMatchObject({ code: 'database.unreachable' })
    const next = await open()
    expect(next.owner).toBe(true)
    expect(await next.many(sql`select id from kept`)).toEqual([])
    expect(await guest.one(sql`select 1 as one`)).toEqual({ one: 1 })
  })
})

describe.skipIf(testEngine() === 'server')('a lock that was left behind', () => {
  const lock = (content: object) => writeFileSync(lockFile(), JSON.stringify(content))

  test('by a process number that now belongs to another program is taken over', async () => {
    const first = await openDatabase({ dataFolder })
    const own = JSON.parse(readFileSync(lockFile(), 'utf8'))
    await first.close()
    lock({ ...own, startedAt: 'another start' })
    expect((await open()).owner).toBe(true)
  })

  test('by another machine is respected until it has not been touched for half a minute', async () => {
    lock({ host: 'elsewhere', pid: 1, startedAt: 'x', socketFolder: dataFolder })
    await expect(openDatabase({ dataFolder })).rejects.toMatchObject({
      code: 'database.in-use-elsewhere',
      params: { host: 'elsewhere', pid: 1 },
    })
    const longAgo = new Date(Date.now() - 60_000)
    utimesSync(lockFile(), longAgo, longAgo)
    expect((await open()).owner).toBe(true)
  })

  test('and is unreadable has no owner', async () => {
    writeFileSync(lockFile(), '{"half')
    expect((await open()).owner).toBe(true)
  })
})

describe.skipIf(testEngine() === 'server')('sudden death (kill -9)', () => {
  test('loses no row that was acknowledged and keeps no half of a transaction, three times', async () => {
    for (let round = 1; round <= 3; round += 1) {
      const writer = otherProcess('write')
      expect(await writer.line()).toBe('owner')
      let acknowledged = 0
      while (acknowledged < 20 * round) acknowledged = Number(await writer.line())
      writer.process.kill('SIGKILL')
      await writer.ended()

      const database = await openDatabase({ dataFolder })
      expect(database.owner).toBe(true)
      const { positive, negative, seen } = await database.one<{ positive: number; negative: number; seen: number }>(sql`
        select count(*) filter (where value > 0) as positive,
               count(*) filter (where value < 0) as negative,
               count(*) filter (where value between 1 and ${acknowledged}) as seen
        from numbers
      `)
      expect(seen).toBe(acknowledged)
      expect(negative).toBe(positive)
      await database.run(sql`drop table numbers`)
      await database.close()
    }
  })

  test('in the middle of a large write leaves nothing of it', async () => {
    const writer = otherProcess('half')
    expect([await writer.line(), await writer.line()]).toEqual(['owner', 'written'])
    writer.process.kill('SIGKILL')
    await writer.ended()
    expect(await (await open()).one(sql`select count(*) from halves`)).toEqual({ count: 0 })
  })
})

describe.skipIf(testEngine() === 'server')('the watchdog', () => {
  const endless = sql`select count(*) from generate_series(1, 100000000000)`

  test('stops a statement outside a transaction too; who only waited is told to try again', async () => {
    const database = await open(1)
    await database.run(sql`create table kept (id integer)`)
    await database.run(sql`insert into kept (id) values (1)`)
    await Promise.all([database.one(sql`select 1 as one`), database.one(sql`select 2 as two`)]) // two connections
    const endlessResult = database.one(endless).catch((error: unknown) => error)
    await new Promise((resolve) => setTimeout(resolve, 700))
    const waitingResult = database.one(sql`select count(*) from kept`).catch((error: unknown) => error)
    expect(await endlessResult).toMatchObject({ code: 'database.statement-timeout' })
    expect(await waitingResult).toMatchObject({ code: 'database.restarted' })
    expect(await database.one(sql`select count(*) from kept`)).toEqual({ count: 1 })
  })

  test('serves guests of the engine as well, who find it again', async () => {
    await open()
    const guest = await open()
    expect(guest.owner).toBe(false)
    await expect(guest.transaction((tx) => tx.one(endless), { limitSeconds: 0.3 })).rejects.toMatchObject({
      code: 'database.statement-timeout',
    })
    expect(await guest.one(sql`select 1 as one`)).toEqual({ one: 1 })
  })

  test('leaves alone what is quick, however often', async () => {
    const database = await open(0.3)
    const until = Date.now() + 1000
    while (Date.now() < until) expect(await database.one(sql`select 1 as one`)).toEqual({ one: 1 })
  })
})
