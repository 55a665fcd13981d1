/**
 * Files that mean harm, given to the command line: a report, an exit code, memory and time within the bound, nothing half-written.
 * The large ones take a minute or two: SURSUR_LONG=1.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../../src/database/db.ts'
import { MIGRATIONS_FOLDER } from '../../src/database/migrate.ts'
import { openDatabase } from '../../src/database/open-database.ts'
import { newTestDatabase, type TestDatabase, testEngine } from '../../src/database/testing/test-database.ts'
import { PACKAGE_ROOT } from '../../src/kernel/package-root.ts'
import {
  fileOf,
  soundActivity,
  writeEmptyActivities,
  writeFullActivity,
  writeHostileFiles,
  writeLargeActivity,
  writeManyTags,
} from './hostile-files.ts'

const PROGRAM = join(PACKAGE_ROOT, 'bin', 'sursur.js')
const isBuilt = existsSync(join(PACKAGE_ROOT, 'dist', 'app', 'main.js'))
if (!isBuilt) console.log('the program is not built: the command line is not tried with hostile files')

const MOST_MB = 600
/** The embedded engine takes more than that for a moment when it starts, whatever the file: then this much above a small file. */
const MOST_MB_ABOVE = 200
const MOST_SECONDS = 60

let folder: string
let files: string
let server: TestDatabase | undefined
let mostMb = Number.POSITIVE_INFINITY

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sursur-hostile-'))
  files = join(folder, 'files', 'given')
  mkdirSync(files, { recursive: true })
  if (testEngine() === 'server') server = await newTestDatabase(MIGRATIONS_FOLDER)
  if (!isBuilt) return
  const small = join(folder, 'small.xml')
  writeFileSync(small, fileOf(soundActivity('SMALL')))
  const { peakMb } = await importByCommand(small, '--portfolio', 'small')
  mostMb = Math.max(MOST_MB, server ? 0 : peakMb + MOST_MB_ABOVE)
})
afterAll(async () => {
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Report {
  readonly read: number
  readonly created: number
  readonly rejected: number
  readonly refused?: boolean
  readonly problems: readonly { readonly file?: string; readonly code: string; readonly message: string }[]
}

function location() {
  return server ? server.location : { dataFolder: join(folder, 'data') }
}

/** One command to its end, with the largest memory that it had. */
async function importByCommand(...words: string[]) {
  const place = location()
  const { DATABASE_URL: _, ...environment } = process.env
  const startedAt = performance.now()
  const child = spawn(process.execPath, [PROGRAM, 'import', ...words, '--json'], {
    env: {
      ...environment,
      ...('url' in place ? { DATABASE_URL: place.url, SURSUR_DATA: folder } : { SURSUR_DATA: place.dataFolder }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let peakMb = 0
  const watch = setInterval(() => {
    peakMb = Math.max(peakMb, peakOf(child.pid))
  }, 20)
  const [printed, said] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  clearInterval(watch)
  const seconds = (performance.now() - startedAt) / 1000
  expect(peakMb).toBeLessThan(mostMb)
  const reports = printed.split('\n').filter(Boolean)
  return { code: child.exitCode, said, seconds, peakMb, reports: reports.map((line) => JSON.parse(line) as Report) }
}

/** The high water mark in MB; 0 once the process is gone, and where the system does not tell. */
function peakOf(pid: number | undefined): number {
  try {
    return (Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024) / 1e6
  } catch {
    return 0
  }
}

/** What a portfolio holds, and what no run may leave. */
async function heldBy(portfolio: string) {
  const database = server ?? (await openDatabase(location()))
  try {
    return await database.one<{
      initiatives: number
      listings: number
      sources: number
      blocks: number
      staged: number
      open: number
    }>(sql`
      with c as (select id from collections where key = ${portfolio})
      select (select count(*)::int from initiatives where collection_id in (select id from c)) as initiatives,
             (select count(*)::int from listings where collection_id in (select id from c)) as listings,
             (select count(*)::int from initiative_sources where collection_id in (select id from c)) as sources,
             (select count(*)::int from source_blocks where run_id in (
                select id from import_runs where collection_id in (select id from c) and state <> 'applied')) as blocks,
             (select count(*)::int from import_rows) as staged,
             (select count(*)::int from import_runs where state not in ('applied', 'failed')) as open
    `)
  } finally {
    if (!server) await database.close()
  }
}

const whole = (count: number) => ({ initiatives: count, listings: count, sources: count, blocks: 0, staged: 0, open: 0 })

describe.skipIf(!isBuilt)('the command line', { timeout: 300_000 }, () => {
  test('small files that mean harm: each is refused or comes in as far as it is sound, and says why', async () => {
    const given = writeHostileFiles(files)
    const { code, reports, seconds } = await importByCommand(
      ...given.map(({ name }) => join(files, name)),
      '--portfolio',
      'hostile',
    )
    expect(code).toBe(2)
    expect(seconds).toBeLessThan(MOST_SECONDS)
    const got = reports.map(({ read, created, rejected, refused, problems }, index) => ({
      name: given[index]?.name,
      code: problems.map((problem) => problem.code).find((found) => found === given[index]?.code) ?? problems[0]?.code,
      counts: { read, created, rejected },
      refused: refused === true,
    }))
    expect(got).toEqual(given.map((file) => ({ ...file, refused: file.counts.read === 0 })))
    for (const { problems } of reports) for (const { message } of problems) expect(message).not.toBe('')
    expect(existsSync(join(dirname(files), 'sursur-slipped.xml'))).toBe(false)
    expect(existsSync(join(folder, 'sursur-slipped.xml'))).toBe(false)
    const created = given.reduce((sum, { counts }) => sum + counts.created, 0)
    expect(await heldBy('hostile')).toEqual(whole(created))
  })

  test('a folder with a broken file among good ones: the good ones come in, the broken one is named', async () => {
    const many = join(folder, 'many')
    mkdirSync(join(many, 'deeper'), { recursive: true })
    writeFileSync(join(many, 'a.xml'), fileOf(soundActivity('A')))
    writeFileSync(join(many, 'b.xml'), fileOf(soundActivity('B1'), soundActivity('B2')).slice(0, -60))
    writeFileSync(join(many, 'deeper', 'c.xml'), fileOf(soundActivity('C')))
    writeFileSync(join(many, 'notes.txt'), 'nothing published')
    const { code, reports, said } = await importByCommand(many, '--portfolio', 'many')
    expect(code).toBe(2)
    expect(reports.map(({ created, refused }) => [created, refused === true])).toEqual([
      [1, false],
      [0, true],
      [1, false],
    ])
    expect(reports[1]?.problems).toMatchObject([{ code: 'iati.not-well-formed', file: 'b.xml', line: 4 }])
    expect(said).toContain('b.xml')
    expect(await heldBy('many')).toEqual(whole(2))
  })

  test('a folder without a published file, and a file that is not there, are told', async () => {
    const none = join(folder, 'none')
    mkdirSync(none)
    expect(await importByCommand(none)).toMatchObject({ code: 2, said: expect.stringContaining('imports.nothing-in-folder') })
    expect(await importByCommand(join(folder, 'absent.xml'))).toMatchObject({
      code: 4,
      said: expect.stringContaining('cli.file-missing'),
    })
  })
})

describe.skipIf(!isBuilt || process.env.SURSUR_LONG !== '1')('the command line with large files', { timeout: 900_000 }, () => {
  test.each([
    ['80 MB in one activity', writeLargeActivity, { read: 3, created: 2, rejected: 1 }, 'iati.activity-too-large', 2],
    [
      'nearly a million tags in one activity',
      writeManyTags,
      { read: 2, created: 1, rejected: 1 },
      'iati.activity-of-many-tags',
      2,
    ],
    ['3.7 MB of transactions in one activity', writeFullActivity, { read: 1, created: 1, rejected: 0 }, undefined, 0],
    [
      'a million empty activities',
      (path: string) => writeEmptyActivities(path, 1_000_000),
      { read: 1_000_000, created: 0, rejected: 1_000_000 },
      'iati.identifier-missing',
      2,
    ],
  ] as const)('%s', async (name, write, counts, problem, exit) => {
    const path = join(folder, 'large.xml')
    await write(path)
    const portfolio = name.replaceAll(/\W+/g, '-').toLowerCase()
    const { code, reports, seconds, peakMb, said } = await importByCommand(path, '--portfolio', portfolio)
    console.log(`${name}: ${seconds.toFixed(1)} s, ${Math.round(peakMb)} MB`)
    expect([code, said]).toEqual([exit, ''])
    expect(reports).toMatchObject([counts])
    if (problem) expect(reports[0]?.problems.map(({ code: found }) => found)).toContain(problem)
    expect(seconds).toBeLessThan(MOST_SECONDS)
    expect(await heldBy(portfolio)).toEqual(whole(counts.created))
  })
})
