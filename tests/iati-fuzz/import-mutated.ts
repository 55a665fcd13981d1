/**
 * A process that imports mutated files one after another, each as the command line and the page would, and says of each in a line of
 * JSON what came of it. Arguments: the location of the database as JSON, the seed, the first number, how many.
 *
 * Files come in batches into one portfolio, so that later ones change what earlier ones brought. After a batch all its runs are
 * undone, the newest first, and every table must be as it was.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openApp } from '../../src/app/open-app.ts'
import { readSettings } from '../../src/app/settings.ts'
import { type Db, sql } from '../../src/database/db.ts'
import { problemText } from '../../src/i18n/problem-text.ts'
import { translatorFor } from '../../src/i18n/translator.ts'
import { importFile } from '../../src/jobs/imports/import-file.ts'
import { Problem } from '../../src/kernel/problems.ts'
import { undoImportRun } from '../../src/modules/registry/index.ts'
import { LOCAL_ADMINISTRATOR } from '../../src/operations/index.ts'
import { mutate } from './mutations.ts'
import { randomOf } from './random.ts'
import { readSeeds } from './seeds.ts'

export interface ImportOutcome {
  readonly number: number
  readonly seed: string
  readonly done: readonly string[]
  /** `applied`, `refused CODE`, or `fault`. */
  readonly outcome: string
  readonly ms: number
  /** Of a report: what was counted. */
  readonly counts?: { readonly read: number; readonly created: number; readonly changed: number; readonly rejected: number }
  /** What must not be. */
  readonly faults: readonly string[]
}

/** Largest resident memory in MB: the last line. */
export interface ImportEnd {
  readonly peakMb: number
  /** After the first file: what the program and its database need for themselves. */
  readonly startMb: number
}

const LIMIT_MS = 10_000
const BATCH = 50
const t = translatorFor('en')

const [location = '{}', seedWord = '1', firstWord = '0', countWord = '1', keepFaulty] = process.argv.slice(2)
const { dataFolder, url } = JSON.parse(location) as { dataFolder?: string; url?: string }
const [seed, first, count] = [seedWord, firstWord, countWord].map(Number) as [number, number, number]
const folder = mkdtempSync(join(tmpdir(), 'sursur-mutated-'))
const app = await openApp(
  readSettings({ dataFolder: dataFolder ?? join(folder, 'data'), ...(url === undefined ? {} : { databaseUrl: url }) }, {}),
)
const { database, operations } = app

/** What is there because something happened, also where it came to nothing; and collections, which a run makes for its file. */
const OF_EVENTS = [
  'audit_events',
  'audit_personal_values',
  'audit_verifications',
  'import_runs',
  'import_problems',
  'registry_changes',
  'collections',
]

/** All tables that an import may write, by name; of versions those of collections are left out. */
async function tablesOf(db: Db): Promise<string[]> {
  const rows = await db.many<{ name: string }>(sql`
    select tablename as name
    from pg_tables
    where schemaname = 'public' and tablename <> all (${OF_EVENTS}::text[])
    order by tablename
  `)
  return rows.map(({ name }) => name)
}

function rowsOf(table: string): string {
  return table === 'record_versions' ? "(select * from record_versions where aggregate <> 'collections')" : table
}

const tables = await tablesOf(database)
/** Those that an import of activities writes are counted after each file; all are compared after a batch. */
const written = tables.filter((name) => /^(initiative|import|listing|source|record|organisation|publication)/.test(name))

async function countsOf(db: Db): Promise<string> {
  const parts = written.map((name) => sql.raw(`select '${name}' as name, count(*)::int as count from ${rowsOf(name)} as t`))
  const rows = await db.many<{ name: string; count: number }>(parts.reduce((all, one) => sql`${all} union all ${one}`))
  const { open } = await db.one<{ open: number }>(
    sql`select count(*)::int as open from import_runs where state not in ('applied', 'undone', 'failed', 'cancelled')`,
  )
  const counts = rows.map(({ name, count: found }) => `${name} ${found}`).sort()
  return [...counts, `unfinished runs ${open}`].join(', ')
}

/** Everything in the tables, whatever the order of its rows. */
async function contentsOf(db: Db): Promise<string[]> {
  const digests: string[] = []
  for (const name of tables) {
    const { digest } = await db.one<{ digest: string }>(
      sql.raw(`select md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as digest from ${rowsOf(name)} as t`),
    )
    digests.push(`${name} ${digest}`)
  }
  return digests
}

async function importOne(path: string, portfolio: string) {
  const controller = new AbortController()
  const late = wait(LIMIT_MS, 'late' as const, { signal: controller.signal }).catch(() => 'in time' as const)
  const work = importFile(operations, LOCAL_ADMINISTRATOR, { path, portfolio, readerLanguage: 'en' })
  work.catch(() => {})
  const report = await Promise.race([work, late])
  controller.abort()
  if (typeof report === 'string') throw new Error(`not done after ${LIMIT_MS} ms`)
  return report
}

const seeds = readSeeds()
const runs: string[] = []
/** As after the last refused file; undefined when something came in since. */
let counted: string | undefined

async function tryFile(number: number, portfolio: string): Promise<ImportOutcome> {
  const random = randomOf(seed, number)
  // A third of all from those that hold everything.
  const from = random.chance(33) ? seeds[random.below(4)] : random.pick(seeds)
  if (!from) throw new Error('No seeds')
  const { bytes, done } = mutate(from.bytes, random)
  const path = join(folder, `${random.below(5)}.xml`)
  writeFileSync(path, bytes)
  const before = counted ?? (await countsOf(database))
  counted = undefined
  const startedAt = performance.now()
  const faults: string[] = []
  const say = (outcome: string, counts?: ImportOutcome['counts']): ImportOutcome => {
    if (faults.length > 0 && keepFaulty) writeFileSync(join(keepFaulty, `${seed}-${number}.bin`), bytes)
    const ms = Math.round(performance.now() - startedAt)
    return { number, seed: from.name, done, outcome, ms, faults, ...(counts ? { counts } : {}) }
  }
  try {
    const report = await importOne(path, portfolio)
    const { read, created, changed, unchanged, rejected, runId, problems } = report
    if (runId === null) faults.push('no run')
    else runs.push(runId)
    if (read !== created + changed + unchanged + rejected) faults.push(`counts: ${JSON.stringify(report).slice(0, 300)}`)
    if (rejected > 0 && !problems.some(({ level }) => level === 'error')) faults.push('rejected without a reason')
    for (const problem of problems) if (problemText(t, problem) === '') faults.push(`no words for ${problem.code}`)
    const { held } = await database.one<{ held: number }>(
      sql`select count(*)::int as held from record_versions where run_id = ${runId} and aggregate = 'initiatives'`,
    )
    if (held !== created + changed) faults.push(`${held} versions for ${created} created and ${changed} changed`)
    return say('applied', { read, created, changed, rejected })
  } catch (error) {
    if (!(error instanceof Problem)) {
      faults.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
      return say('fault')
    }
    if (!problemText(t, error)) faults.push(`no words for ${error.code}`)
    // Nobody else writes here: a refusal must come from the file.
    if (!/^(iati|tables)\./.test(error.code))
      faults.push(`${error.code}: ${error.stack} ${(error.cause as Error | undefined)?.message}`)
    // Of what is refused nothing stays, and nothing is left to clear away.
    const after = await countsOf(database)
    counted = after
    if (after !== before) faults.push(`left behind: before ${before}, after ${after}`)
    return say(`refused ${error.code}`)
  }
}

async function undoAll(): Promise<string[]> {
  const faults: string[] = []
  counted = undefined
  for (const runId of runs.splice(0).reverse()) {
    try {
      await operations.run(undoImportRun, { runId }, LOCAL_ADMINISTRATOR)
    } catch (error) {
      faults.push(`not undone: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return faults
}

function print(line: ImportOutcome | ImportEnd): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

function peakMb(): number {
  const peakKb = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1])
  return Math.round((peakKb * 1024) / 1e6)
}

let startMb = 0
let before = await contentsOf(database)
for (let number = first; number < first + count; number += 1) {
  let outcome = await tryFile(number, 'mutated')
  if (number === first) startMb = peakMb()
  if ((number - first) % BATCH === BATCH - 1 || number === first + count - 1) {
    const faults = await undoAll()
    const after = await contentsOf(database)
    for (const [index, digest] of after.entries())
      if (digest !== before[index]) faults.push(`undone, but not as before: ${digest}`)
    before = after
    outcome = { ...outcome, faults: [...outcome.faults, ...faults] }
  }
  print(outcome)
}
print({ peakMb: peakMb(), startMb })
await app.close()
rmSync(folder, { recursive: true, force: true })
process.exit(0)
