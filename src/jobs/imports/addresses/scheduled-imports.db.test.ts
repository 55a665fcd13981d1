/** Addresses that come in by themselves: in whose name, when again, and what happens when the house does not answer. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  changeImportSchedule,
  getImportRun,
  type ImportSchedule,
  listImportSchedules,
  listListings,
  noticeFacts,
  removeImportSchedule,
  scheduleImport,
  takeDueSchedule,
} from '../../../modules/registry/index.ts'
import { atRegistryDesk, type RegistryDesk } from '../../../modules/registry/testing/registry-desk.ts'
import { type Actor, LOCAL_ADMINISTRATOR, PROGRAM } from '../../../operations/index.ts'
import { importTableFile } from '../import-table-file.ts'
import { createScheduledImports, type ScheduledImports } from './scheduled-imports.ts'

let folder: string
let server: Server
let address: string
/** What the house does next. */
let house: { status: number; body: string; etag?: string; asked: number }

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sursur-scheduled-'))
  server = createServer((request, response) => {
    house.asked += 1
    const { etag, status, body } = house
    if (etag !== undefined && request.headers['if-none-match'] === etag) return response.writeHead(304).end()
    return response.writeHead(status, etag === undefined ? {} : { etag }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/wells.csv`
})
beforeEach(() => {
  house = { status: 200, body: 'id,title,country\nW-1,Wells,Kenya\n', asked: 0 }
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

function worker(desk: RegistryDesk, names: string[] = []): ScheduledImports {
  const operations = { run: (operation: never, input: never, actor: Actor) => desk.run(operation, input, actor) } as never
  return createScheduledImports({
    operations,
    fetching: { folder, allowedHosts: ['127.0.0.1'], sizeLimitBytes: 1_000_000, timeoutSeconds: 5 },
    importFile: (request, actor) => {
      names.push(actor.name)
      return importTableFile(operations, actor, request)
    },
  })
}

const schedule = (desk: RegistryDesk, further = {}, actor?: Actor): Promise<ImportSchedule> =>
  desk.run(scheduleImport, { collection: { key: 'wells' }, address, every: 'daily', ...further }, actor)

async function only(desk: RegistryDesk): Promise<ImportSchedule> {
  const [first, ...others] = await desk.run(listImportSchedules, {})
  if (!first || others.length > 0) throw new Error('Not exactly one schedule')
  return first
}

test('what is no address, what is scheduled already, and whoever may not import, are refused', () =>
  atRegistryDesk(async (desk) => {
    for (const wrong of ['ftp://house.example/a.csv', 'wells.csv', 'https://user:secret@house.example/a.csv', '']) {
      await expect(schedule(desk, { address: wrong })).rejects.toMatchObject({ code: 'schedules.address-not-accepted' })
    }
    await schedule(desk)
    await expect(schedule(desk, { address: `${address}#part` })).rejects.toMatchObject({ code: 'schedules.address-scheduled' })
    const member: Actor = { id: 'juma', kind: 'user', name: 'Juma', grants: [] }
    await expect(schedule(desk, {}, member)).rejects.toMatchObject({ code: 'operations.permission-lacking' })
    await expect(desk.run(takeDueSchedule, { holder: 'holder-of-the-test' }, member)).rejects.toMatchObject({
      code: 'operations.permission-lacking',
    })
  }))

test('the file comes in at the next look, and again after a day; unchanged by its tag or its bytes, nothing is read', () =>
  atRegistryDesk(async (desk) => {
    const names: string[] = []
    const scheduled = worker(desk, names)
    expect(await scheduled.look()).toBe(0)
    await schedule(desk)
    expect(await scheduled.look()).toBe(1)
    expect(await scheduled.look()).toBe(0)
    const first = await only(desk)
    expect(first).toMatchObject({ lastOutcome: 'imported', failures: 0, isRunning: false })
    // The clock of the desk stands at 2026-11-24T12:00:00Z.
    expect(new Date(first.nextAt).toISOString()).toBe('2026-11-25T12:00:00.000Z')
    const { run } = await desk.run(getImportRun, { id: first.lastRun ?? '' })
    expect(run).toMatchObject({ collection: 'wells', fileName: 'wells.csv', created: 1, state: 'applied' })

    desk.setTime('2026-11-25T12:00:01Z')
    expect(await scheduled.look()).toBe(1)
    expect(await only(desk)).toMatchObject({ lastOutcome: 'unchanged', lastRun: first.lastRun })

    house = { ...house, body: 'id,title,country\nW-1,Deep wells,Kenya\nW-2,Seeds,Ghana\n', etag: '"two"' }
    desk.setTime('2026-11-26T12:00:02Z')
    await scheduled.look()
    expect((await desk.run(listListings, { filter: { values: { collection: ['wells'] } } })).total).toBe(2)
    desk.setTime('2026-11-27T12:00:03Z')
    await scheduled.look()
    expect(await only(desk)).toMatchObject({ lastOutcome: 'unchanged' })
    expect(house.asked).toBe(4)
    expect(names).toEqual(['local-administrator', 'local-administrator'])
    expect(readdirSync(folder)).toEqual([])
  }))

test('after a failure it is tried again sooner; the second in a row is for the notifications, a success ends the row', () =>
  atRegistryDesk(async (desk) => {
    const scheduled = worker(desk)
    await schedule(desk, { every: 'weekly' })
    house = { ...house, status: 500 }
    await scheduled.look()
    const first = await only(desk)
    expect(first).toMatchObject({ lastOutcome: 'failed', failures: 1, lastFailure: { code: 'outside.answer-refused' } })
    expect(new Date(first.nextAt).toISOString()).toBe('2026-11-24T13:00:00.000Z')
    desk.setTime('2026-11-24T13:00:00Z')
    await scheduled.look()
    expect(await only(desk)).toMatchObject({ failures: 2 })
    const told = () => desk.run(noticeFacts, { initiatives: [], objections: [], runs: [] }, PROGRAM)
    expect((await told()).failingSchedules).toMatchObject([{ id: first.id, ownerId: LOCAL_ADMINISTRATOR.id }])
    expect(new Date((await only(desk)).nextAt).toISOString()).toBe('2026-11-24T15:00:00.000Z')
    house = { ...house, status: 200 }
    desk.setTime('2026-11-24T15:00:00Z')
    await scheduled.look()
    expect(await only(desk)).toMatchObject({ lastOutcome: 'imported', failures: 0, lastFailure: null })
    expect((await told()).failingSchedules).toEqual([])
    expect(new Date((await only(desk)).nextAt).toISOString()).toBe('2026-12-01T15:00:00.000Z')
  }))

test('a file that is no table fails with what was found; an account that is closed imports nothing', () =>
  atRegistryDesk(async (desk) => {
    const scheduled = worker(desk)
    await schedule(desk)
    house = { ...house, body: '<html><body>Sign in</body></html>' }
    await scheduled.look()
    expect((await only(desk)).lastFailure?.code).toMatch(/^tables\./)
    const focalPoint: Actor = {
      id: 'amina',
      kind: 'user',
      name: 'Amina',
      grants: [{ role: 'secretariat', scope: 'instance', scopeId: null, orgs: [], countries: [] }],
    }
    const { id, version } = await only(desk)
    await desk.run(changeImportSchedule, { id, version, every: 'monthly', now: true }, focalPoint)
    await scheduled.look()
    expect((await only(desk)).lastFailure?.code).toBe('schedules.owner-gone')
  }))

test('paused it is left alone; asked for now it is fetched whole; changed meanwhile it is not overwritten; removed it is gone', () =>
  atRegistryDesk(async (desk) => {
    const scheduled = worker(desk)
    const made = await schedule(desk)
    const paused = await desk.run(changeImportSchedule, { id: made.id, version: 1, paused: true })
    expect(await scheduled.look()).toBe(0)
    await expect(desk.run(changeImportSchedule, { id: made.id, version: 1, paused: false })).rejects.toMatchObject({
      code: 'schedules.changed-meanwhile',
    })
    await desk.run(changeImportSchedule, { id: made.id, version: paused.version, paused: false })
    expect(await scheduled.look()).toBe(1)
    await desk.run(changeImportSchedule, { id: made.id, version: 3, now: true })
    expect(await scheduled.look()).toBe(1)
    expect(await only(desk)).toMatchObject({ lastOutcome: 'imported', version: 4 })
    await desk.run(removeImportSchedule, { id: made.id, version: 4 })
    expect(await desk.run(listImportSchedules, {})).toEqual([])
    expect((await desk.run(listListings, { filter: { values: { collection: ['wells'] } } })).total).toBe(1)
  }))

test('one that somebody fetches is taken by nobody else until there is no sign of life for five minutes', () =>
  atRegistryDesk(async (desk) => {
    await schedule(desk)
    const take = () => desk.run(takeDueSchedule, { holder: 'holder-of-the-test' }, PROGRAM)
    expect(await take()).toMatchObject({ actor: LOCAL_ADMINISTRATOR, collection: 'wells' })
    expect(await take()).toBeNull()
    desk.setTime('2026-11-24T12:04:59Z')
    expect(await take()).toBeNull()
    desk.setTime('2026-11-24T12:05:00Z')
    expect(await take()).not.toBeNull()
  }))
