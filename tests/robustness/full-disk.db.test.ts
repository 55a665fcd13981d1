/** A disk of its own, small enough to be filled: a mount in memory, which needs root; elsewhere this is skipped and says so. */
import { spawnSync } from 'node:child_process'
import { rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngine } from '../../src/database/testing/test-database.ts'
import { Problem } from '../../src/kernel/problems.ts'
import { importHere, openProgram, stateOf, writePortfolio } from './importing.ts'
import { newFolder, removeFolder } from './places.ts'

/** The folder of an empty database takes about 60 MB, a small import 40 MB more. */
const DISK_BYTES = 400_000_000
/** Left free when the disk is filled; the import wants several times as much. */
const LEFT_BYTES = 6_000_000
const ROWS = 4_000

const disk = newFolder('disk')
const isMounted =
  testEngine() === 'embedded' &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', disk], { stdio: 'ignore' }).status === 0

let files: string

beforeAll(() => {
  files = newFolder('files')
})
afterAll(() => {
  if (isMounted) spawnSync('umount', [disk])
  removeFolder(disk)
  removeFolder(files)
})

describe.skipIf(!isMounted)('a disk that is full during an import (needs root, to mount a small disk)', () => {
  test('is told in words, leaves nothing half-written, and the import works again when there is space', async () => {
    const [small, large] = [join(files, 'small.csv'), join(files, 'large.csv')]
    writePortfolio(small, 50)
    writePortfolio(large, ROWS)
    const location = { dataFolder: join(disk, 'data') }
    const app = await openProgram(location)
    expect(await importHere(app, small, 'small')).toMatchObject({ created: 50 })

    const filler = join(disk, 'filler')
    const { bavail, bsize } = statfsSync(disk)
    writeFileSync(filler, Buffer.alloc(bavail * bsize - LEFT_BYTES))
    const problem = await importHere(app, large, 'large').catch((error: unknown) => error)
    expect(problem).toBeInstanceOf(Problem)
    expect(problem).toMatchObject({ code: 'database.disk-full' })
    rmSync(filler)
    await app.close()

    const again = await openProgram(location)
    expect(await stateOf(again.database, 'large')).toMatchObject({
      listings: 0,
      initiatives: 0,
      versions: 0,
      staged: 0,
      openRuns: 0,
    })
    expect(await stateOf(again.database, 'small')).toMatchObject({ listings: 50, initiatives: 50 })
    expect(await importHere(again, large, 'large')).toMatchObject({ created: ROWS, rejected: 0 })
    await again.close()
  })
})
