import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { App } from '../../src/app/open-app.ts'
import type { ImportReport } from '../../src/jobs/imports/import-table-file.ts'
import { listListings } from '../../src/modules/registry/index.ts'
import { LOCAL_ADMINISTRATOR } from '../../src/operations/index.ts'
import { importElsewhere, importHere, openProgram, stateOf, writePortfolio } from './importing.ts'
import { newEmptyPlace, newFolder, type Place, removeFolder } from './places.ts'

const ROWS = 2_000

let folder: string
let file: string
let place: Place
let app: App

beforeEach(async () => {
  folder = newFolder('two')
  file = join(folder, 'list.csv')
  writePortfolio(file, ROWS)
  place = await newEmptyPlace()
  app = await openProgram(place.location)
})
afterEach(async () => {
  await app.close()
  await place.remove()
  removeFolder(folder)
})

async function totalOf(portfolio: string): Promise<number> {
  const input = { filter: { values: { collection: [portfolio] } }, limit: 1 }
  return (await app.operations.run(listListings, input, LOCAL_ADMINISTRATOR)).total
}

describe('a second process on the same data', { timeout: 180_000 }, () => {
  test('imports while the first one serves; the first one sees its rows', async () => {
    expect(await totalOf('elsewhere')).toBe(0)
    const importing = await importElsewhere(place.location, file, 'elsewhere')
    await importing.begin()
    const seen = new Set<number>()
    const ended = importing.lastWord().then((word) => JSON.parse(word) as ImportReport)
    while (!(await isSettled(ended))) seen.add(await totalOf('elsewhere'))
    expect(await ended).toMatchObject({ created: ROWS, rejected: 0 })
    seen.add(await totalOf('elsewhere'))
    // All or none at every look, and all in the end.
    expect([...seen].filter((total) => total !== 0)).toEqual([ROWS])
  })

  test('and this one import into different portfolios at once, and both are whole', async () => {
    const importing = await importElsewhere(place.location, file, 'elsewhere')
    await importing.begin()
    expect(await importHere(app, file, 'here')).toMatchObject({ created: ROWS })
    expect(JSON.parse(await importing.lastWord())).toMatchObject({ created: ROWS })
    for (const portfolio of ['elsewhere', 'here']) {
      expect(await stateOf(app.database, portfolio)).toMatchObject({
        listings: ROWS,
        initiatives: ROWS,
        versions: ROWS,
        staged: 0,
        openRuns: 0,
      })
    }
  })

  test('and this one import the same file into the same portfolio, and each initiative is there once', async () => {
    const importing = await importElsewhere(place.location, file, 'shared')
    await importing.begin()
    const here = await importHere(app, file, 'shared').then(
      ({ created, unchanged }) => ({ created, unchanged }),
      (problem: { code: string }) => problem.code,
    )
    const there = await importing.lastWord()
    const outcomes = [here, there.startsWith('{') ? JSON.parse(there) : there]
    // One of them makes the rows. The other one either finds them or is told that it was overtaken, and can be repeated.
    expect(outcomes.filter((outcome) => outcome.created === ROWS)).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'registry.run-overtaken' || outcome.unchanged === ROWS)).toHaveLength(1)
    expect(await stateOf(app.database, 'shared')).toMatchObject({
      listings: ROWS,
      initiatives: ROWS,
      versions: ROWS,
      staged: 0,
      openRuns: 0,
    })
    expect(await importHere(app, file, 'shared')).toMatchObject({ created: 0, changed: 0, unchanged: ROWS })
  })
})

async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const waiting = Symbol('waiting')
  return (await Promise.race([promise, new Promise((resolve) => setTimeout(resolve, 20, waiting))])) !== waiting
}
