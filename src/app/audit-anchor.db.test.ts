import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { runCli } from '../cli/run-cli.ts'
import { backup } from '../database/backup/backup.ts'
import { restore } from '../database/backup/restore.ts'
import { type Db, sql } from '../database/db.ts'
import { MIGRATIONS_FOLDER } from '../database/migrate.ts'
import { newTestDatabase, type TestDatabase } from '../database/testing/test-database.ts'
import { recordRead, verifyAuditChain } from '../modules/access/index.ts'
import { LOCAL_ADMINISTRATOR } from '../operations/index.ts'
import { anchorAuditHead, noteAuditHead, readAuditAnchors, verifyAuditTrail } from './audit-anchor.ts'
import { auditCheck, auditVerb } from './verbs/audit-verb.ts'

const MONDAY = new Date('2026-11-23T08:00:00Z')
const MONDAY_LATER = new Date('2026-11-23T18:00:00Z')
const TUESDAY = new Date('2026-11-24T08:00:00Z')

let database: TestDatabase
let folder: string

beforeAll(async () => {
  database = await newTestDatabase(MIGRATIONS_FOLDER)
}, 120_000)
afterAll(() => database.close())
beforeEach(async () => {
  await cutFrom(1)
  await database.run(sql`delete from audit_verifications`)
  folder = mkdtempSync(join(tmpdir(), 'sursur-audit-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function append(db: Db, events: number): Promise<void> {
  for (let event = 0; event < events; event += 1) {
    await recordRead(db, { operation: 'test.read', actor: LOCAL_ADMINISTRATOR, at: MONDAY })
  }
}

async function cutFrom(seq: number): Promise<void> {
  await database.run(sql`alter table audit_events disable trigger user`)
  await database.run(sql`delete from audit_events where seq >= ${seq}`)
  await database.run(sql`alter table audit_events enable trigger user`)
}

const headFile = () =>
  JSON.parse(readFileSync(join(folder, 'audit-head.json'), 'utf8')) as { seq: number; hash: string; at: string }
const days = () => readFileSync(join(folder, 'audit-heads.jsonl'), 'utf8').trim().split('\n')

describe('the head noted outside the database', () => {
  test('an empty trail notes nothing', async () => {
    await noteAuditHead(database, folder, MONDAY)
    expect(existsSync(join(folder, 'audit-head.json'))).toBe(false)
    expect(readAuditAnchors(folder)).toEqual([])
  })

  test('follows the trail, and keeps one line a day', async () => {
    await append(database, 2)
    await noteAuditHead(database, folder, MONDAY)
    await append(database, 1)
    await noteAuditHead(database, folder, MONDAY_LATER)
    await append(database, 1)
    await noteAuditHead(database, folder, TUESDAY)
    expect(headFile()).toEqual({ seq: 4, hash: expect.stringMatching(/^[0-9a-f]{64}$/), at: TUESDAY.toISOString() })
    expect(days().map((line) => JSON.parse(line).seq)).toEqual([2, 4])
    expect(await verifyAuditTrail(database, folder)).toMatchObject({ events: 4, anchors: 3, broken: null })
  })

  test('of a trail that was cut is kept as evidence, also when the trail has grown past it again', async () => {
    await append(database, 5)
    await noteAuditHead(database, folder, MONDAY)
    const noted = headFile()
    await cutFrom(4)
    await noteAuditHead(database, folder, TUESDAY)
    expect(headFile()).toEqual(noted)
    expect((await verifyAuditTrail(database, folder)).broken).toEqual({ seq: 4, finding: 'cut-off', source: 'audit-head.json' })
    await recordRead(database, { operation: 'test.other', actor: LOCAL_ADMINISTRATOR, at: TUESDAY })
    await append(database, 3)
    await noteAuditHead(database, folder, TUESDAY)
    expect(headFile()).toEqual(noted)
    expect((await verifyAuditTrail(database, folder)).broken).toEqual({
      seq: 5,
      finding: 'anchor-differs',
      source: 'audit-head.json',
    })
  })

  test('that cannot be read is said by its file, and never overwritten', async () => {
    await append(database, 1)
    writeFileSync(join(folder, 'audit-head.json'), '{"seq":1,')
    await expect(noteAuditHead(database, folder, MONDAY)).rejects.toMatchObject({ code: 'audit.anchor-unreadable' })
    expect(readFileSync(join(folder, 'audit-head.json'), 'utf8')).toBe('{"seq":1,')
    expect(await auditCheck(database, folder)).toEqual([
      { key: 'audit', status: 'failed', params: { file: 'audit-head.json' }, text: 'audit.problem.anchor-unreadable' },
    ])
  })

  test('is written when the program closes, with all that was written before', async () => {
    const { close } = anchorAuditHead(database, folder)
    await append(database, 1)
    await close()
    expect(headFile().seq).toBe(1)
  })

  test('follows reads too, which no command writes, however long nothing happened before', async () => {
    const { look, close } = anchorAuditHead(database, folder)
    for (let times = 0; times < 40; times += 1) await look()
    await append(database, 1)
    await look()
    expect(headFile().seq).toBe(1)
    await append(database, 2)
    await look()
    expect(headFile().seq).toBe(3)
    await close()
  })
})

describe('a backup notes the head', () => {
  test('a restored trail holds, and one that was cut since the backup is found by it', async () => {
    await append(database, 6)
    const file = join(folder, 'a.backup')
    await backup(database, file)
    const copy = await newTestDatabase(undefined)
    try {
      await restore(file, copy)
      expect(await verifyAuditChain(copy)).toMatchObject({ events: 6, broken: null })
      await append(copy, 1)
      expect(await verifyAuditChain(copy)).toMatchObject({ events: 7, broken: null })
      await expect(copy.run(sql`delete from audit_events`)).rejects.toThrow('only ever added to')
    } finally {
      await copy.close()
    }
  })
})

describe('sursur audit verify', () => {
  const data = () => ('dataFolder' in database.location ? database.location.dataFolder : undefined)

  async function verify(...words: string[]): Promise<{ exit: number; said: string[]; printed: string[] } | undefined> {
    const dataFolder = data()
    // The verb finds a server by DATABASE_URL, which belongs to the settings of a process: tried on the embedded engine.
    if (dataFolder === undefined) return undefined
    const [said, printed]: string[][] = [[], []]
    const program = { open: () => Promise.reject(new Error('not needed')) }
    const output = { print: (line: string) => void printed?.push(line), say: (line: string) => void said?.push(line) }
    const exit = await runCli(['audit', 'verify', '--data', dataFolder, ...words], [auditVerb], program, output)
    return { exit, said: said ?? [], printed: printed ?? [] }
  }

  test('a file that is not there is refused', async () => {
    const result = await verify('--backup', join(folder, 'no.backup'))
    if (result) expect(result).toMatchObject({ exit: 4, said: [expect.stringContaining('cli.file-missing')] })
  })

  test('a backup from before anything happened says that it holds no head', async () => {
    const file = join(folder, 'empty.backup')
    await backup(database, file)
    const result = await verify('--backup', file)
    if (result) expect(result).toMatchObject({ exit: 2, said: [expect.stringContaining('audit.backup-without-head')] })
  })

  test('a whole trail ends with 0 and says how much was read; a broken one with 1 and says where', async () => {
    await append(database, 6)
    const file = join(folder, 'a.backup')
    await backup(database, file)
    const whole = await verify('--backup', file)
    if (whole === undefined) return
    expect(whole).toEqual({
      exit: 0,
      printed: [],
      said: [
        'The audit trail is whole: 6 events, nothing changed, moved or missing',
        'It agrees with 1 note of an earlier head outside the database',
      ],
    })
    await cutFrom(6)
    expect(await verify()).toMatchObject({ exit: 0 })
    expect(await verify('--backup', file)).toMatchObject({
      exit: 1,
      said: ['The end of the audit trail is missing from event 6 on: a.backup says that there were more.', expect.any(String)],
    })
    const json = await verify('--backup', file, '--json')
    expect(JSON.parse(json?.printed[0] ?? '')).toMatchObject({
      events: 5,
      broken: { seq: 6, finding: 'cut-off', source: 'a.backup' },
    })
    expect(await database.many(sql`select events, broken_seq as broken, finding from audit_verifications order by id`)).toEqual([
      { events: 6, broken: null, finding: null },
      { events: 5, broken: null, finding: null },
      { events: 5, broken: 6, finding: 'cut-off' },
      { events: 5, broken: 6, finding: 'cut-off' },
    ])
  })
})
