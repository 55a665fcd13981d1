/** Loads a part of the built program; undefined while that part does not exist. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const DIST = fileURLToPath(new URL('../../dist', import.meta.url))

export async function loadBuilt(path) {
  const file = join(DIST, path)
  return existsSync(file) ? import(pathToFileURL(file).href) : undefined
}
