/** Where the tests of this folder put their data: a new folder, or a new database on the server, with nothing in it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseLocation } from '../../src/database/open-database.ts'
import { newTestDatabase, testEngine } from '../../src/database/testing/test-database.ts'

export interface Place {
  readonly location: DatabaseLocation
  remove(): Promise<void>
}

/** Not opened: the tests open it as a start does, and as another process does. */
export async function newEmptyPlace(): Promise<Place> {
  if (testEngine() === 'server') {
    const database = await newTestDatabase(undefined)
    return { location: database.location, remove: () => database.close() }
  }
  const dataFolder = newFolder('data')
  return { location: { dataFolder }, remove: async () => removeFolder(dataFolder) }
}

export function newFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `sursur-${name}-`))
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}
