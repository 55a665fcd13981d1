import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Snapshot } from '../../modules/registry/index.ts'
import { atRegistryDesk } from '../../modules/registry/testing/registry-desk.ts'
import type { Operations } from '../../operations/index.ts'
import type { OpenProgram } from '../command.ts'
import { runCli } from '../run-cli.ts'
import { snapshotVerbs } from './snapshot.ts'

const folder = mkdtempSync(join(tmpdir(), 'sursur-snapshot-verb-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Answer = { readonly code: number; readonly printed: readonly string[]; readonly said: string }

/** A portfolio with one published initiative, and the command line. */
async function atTerminal(work: (sursur: (...words: string[]) => Promise<Answer>) => Promise<void>): Promise<void> {
  await atRegistryDesk(async (desk) => {
    const operations = { run: desk.run } as Operations
    await desk.import('water', [
      { identifier: 'A-1', facts: { title: { orig: 'en', texts: { en: 'Irrigation' } }, hosts: ['GHA'] } },
    ])
    const program = { operations, close: async () => {} } as unknown as OpenProgram
    await work(async (...words) => {
      const [printed, said]: [string[], string[]] = [[], []]
      const output = { print: (line: string) => void printed.push(line), say: (line: string) => void said.push(line) }
      const code = await runCli(words, snapshotVerbs, { open: async () => program }, output)
      return { code, printed, said: said.join('\n') }
    })
  })
}

test('a file that is not named, a snapshot that is not there and a portfolio that is not there are said, and nothing is written', () =>
  atTerminal(async (sursur) => {
    expect(await sursur('snapshot', 'export', 'X')).toMatchObject({
      code: 2,
      printed: [],
      said: expect.stringContaining('--out'),
    })
    const out = join(folder, 'none.zip')
    expect(await sursur('snapshot', 'export', 'X', '--out', out)).toMatchObject({ code: 4, printed: [] })
    expect(existsSync(out)).toBe(false)
    expect(await sursur('snapshot', 'take', '--portfolio', 'nowhere')).toMatchObject({ code: 4, printed: [] })
    expect(await sursur('snapshot', 'list')).toMatchObject({ code: 0, printed: [], said: expect.stringMatching(/\w/) })
    expect(JSON.parse((await sursur('snapshot', 'list', '--json')).printed[0] ?? '')).toEqual({ snapshots: [] })
  }))

test('what is taken is listed, and its file is written with the bytes that were kept', () =>
  atTerminal(async (sursur) => {
    const taken = await sursur(
      'snapshot',
      'take',
      '--portfolio',
      'water',
      '--filter',
      'host=GHA',
      '--title',
      'For the report',
      '--json',
    )
    expect(taken.code).toBe(0)
    const snapshot = JSON.parse(taken.printed[0] ?? '') as Snapshot
    expect(snapshot).toMatchObject({ title: 'For the report', counts: { listings: 1, initiatives: 1 } })
    const { snapshots } = JSON.parse((await sursur('snapshot', 'list', '--json')).printed[0] ?? '') as { snapshots: Snapshot[] }
    expect(snapshots.map(({ id }) => id)).toEqual([snapshot.id])
    expect((await sursur('snapshot', 'list')).said).toContain('For the report')

    const out = join(folder, 'water.zip')
    const { code, printed } = await sursur('snapshot', 'export', snapshot.id, '--out', out, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(printed[0] ?? '')).toMatchObject({ file: out, rows: 1, snapshotHash: snapshot.snapshotHash })
    expect(createHash('sha256').update(readFileSync(out)).digest('hex')).toBe(snapshot.fileDigest)
  }))
