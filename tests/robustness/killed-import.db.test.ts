import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { App } from '../../src/app/open-app.ts'
import { sql } from '../../src/database/db.ts'
import { closeInterruptedRuns } from '../../src/modules/registry/index.ts'
import { LOCAL_ADMINISTRATOR } from '../../src/operations/index.ts'
import { importElsewhere, importHere, openProgram, type PortfolioState, stateOf, writePortfolio } from './importing.ts'
import { newEmptyPlace, newFolder, type Place, removeFolder } from './places.ts'

const ROWS = 5_000

/** Moments within an import of this size, which takes two to six seconds. */
const KILLED_AFTER_MS = [150, 900, 2_400]

const NOTHING: PortfolioState = { listings: 0, initiatives: 0, partners: 0, versions: 0, staged: 0, openRuns: 0 }
const WHOLE: PortfolioState = { ...NOTHING, listings: ROWS, initiatives: ROWS, partners: ROWS, versions: ROWS }

let folder: string
let file: string
let place: Place

beforeEach(async () => {
  folder = newFolder('killed')
  file = join(folder, 'list.csv')
  writePortfolio(file, ROWS)
  place = await newEmptyPlace()
})
afterEach(async () => {
  await place.remove()
  removeFolder(folder)
})

test('an import killed at any moment is there as a whole or not at all, and can be repeated', { timeout: 240_000 }, async () => {
  for (const [attempt, afterMs] of KILLED_AFTER_MS.entries()) {
    const portfolio = `killed-${attempt}`
    const importing = await importElsewhere(place.location, file, portfolio)
    await importing.begin()
    await wait(afterMs)
    const acknowledged = await importing.kill()

    const app = await restart()
    const found = await stateOf(app.database, portfolio)
    expect([NOTHING, WHOLE]).toContainEqual(found)
    if (acknowledged !== undefined) expect(found).toEqual(WHOLE)

    const repeated = await importHere(app, file, portfolio)
    const isThere = found.listings > 0
    expect(repeated).toMatchObject({ read: ROWS, created: isThere ? 0 : ROWS, unchanged: isThere ? ROWS : 0, rejected: 0 })
    expect(await stateOf(app.database, portfolio)).toEqual(WHOLE)
    await app.close()
  }
})

/**
 * On a server others may be importing, so a start leaves young runs alone; here nobody is. Whom the death of its client
 * met in the middle of a statement, the server lets finish it before it rolls back: until then the run is locked.
 */
async function restart(): Promise<App> {
  const app = await openProgram(place.location)
  const hasOpenRun = async () =>
    (await app.database.one<{ open: boolean }>(sql`select exists (select from import_runs where state = 'staging') as open`)).open
  for (let left = 200; left > 0; left -= 1) {
    await app.operations.run(closeInterruptedRuns, { all: true }, LOCAL_ADMINISTRATOR)
    if (!(await hasOpenRun())) break
    await wait(100)
  }
  return app
}
