/**
 * No file harms a whole import: mutated files come in through the job that command line and page use, in a process of its own whose
 * memory is measured. 150 of them, with SURSUR_LONG=1 20,000; SURSUR_FUZZ_SEED gives those of another seed.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MIGRATIONS_FOLDER } from '../../src/database/migrate.ts'
import type { DatabaseLocation } from '../../src/database/open-database.ts'
import { newTestDatabase, type TestDatabase, testEngine } from '../../src/database/testing/test-database.ts'
import type { ImportEnd, ImportOutcome } from './import-mutated.ts'
import { mutate } from './mutations.ts'
import { randomOf } from './random.ts'
import { readSeeds } from './seeds.ts'

const SEED = Number(process.env.SURSUR_FUZZ_SEED ?? 20261125)
const isLong = process.env.SURSUR_LONG === '1'
const FILES = isLong ? 20_000 : 150
const MOST_MB = 600
/** The embedded engine takes more than that for a moment when it starts: then this much above its start. */
const MOST_MB_ABOVE = 200

let folder: string
let server: TestDatabase | undefined

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sursur-fuzz-'))
  if (testEngine() === 'server') server = await newTestDatabase(MIGRATIONS_FOLDER)
})
afterAll(async () => {
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function importMutated(location: DatabaseLocation): Promise<{ outcomes: ImportOutcome[]; end: ImportEnd | undefined }> {
  const script = join(import.meta.dirname, 'import-mutated.ts')
  const child = spawn(process.execPath, [script, JSON.stringify(location), String(SEED), '0', String(FILES)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const outcomes: ImportOutcome[] = []
  let end: ImportEnd | undefined
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as ImportOutcome | ImportEnd
    if ('peakMb' in said) end = said
    else outcomes.push(said)
  }
  if (child.exitCode === null) await once(child, 'exit')
  expect(child.exitCode).toBe(0)
  return { outcomes, end }
}

test('the same seed makes the same files', () => {
  const [seed] = readSeeds()
  if (!seed) throw new Error('No seeds')
  const [one, again, other] = [3, 3, 4].map((number) => mutate(seed.bytes, randomOf(SEED, number)))
  expect(again?.bytes.equals(one?.bytes ?? Buffer.alloc(0))).toBe(true)
  expect(other?.bytes.equals(one?.bytes ?? Buffer.alloc(0))).toBe(false)
})

test(
  `${FILES} mutated files of seed ${SEED}: each has a report within ten seconds, what is refused leaves nothing, what is undone was never there`,
  async () => {
    console.log(`Seed of the mutated files: ${SEED}`)
    const { outcomes, end } = await importMutated(server?.location ?? { dataFolder: join(folder, 'data') })
    expect(outcomes.filter(({ faults }) => faults.length > 0)).toEqual([])
    expect(outcomes).toHaveLength(FILES)
    // Refused by the bytes or read to the end: both must have happened, or nothing was tried.
    const applied = outcomes.filter(({ outcome }) => outcome === 'applied')
    expect(applied.length).toBeGreaterThan(FILES / 5)
    expect(applied.length).toBeLessThan((FILES * 4) / 5)
    const startMb = testEngine() === 'embedded' ? (end?.startMb ?? 0) + MOST_MB_ABOVE : 0
    expect(end?.peakMb).toBeLessThan(Math.max(MOST_MB, startMb))
    if (isLong) console.log(summaryOf(outcomes), end)
  },
  isLong ? 7_200_000 : 180_000,
)

function summaryOf(outcomes: readonly ImportOutcome[]) {
  const kinds = Map.groupBy(outcomes, ({ outcome }) => outcome)
  return {
    outcomes: Object.fromEntries([...kinds].map(([kind, those]) => [kind, those.length])),
    slowestMs: Math.max(...outcomes.map(({ ms }) => ms)),
  }
}
