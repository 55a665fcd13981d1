/**
 * The generated pages in docs/reference, each with the function that writes it from the built program.
 * A page whose room is not built yet is left out (the function gives undefined).
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateApi } from './api.mjs'
import { generateCodeLists } from './code-lists.mjs'
import { generateCommands } from './commands.mjs'
import { generatePermissions } from './permissions.mjs'
import { generateSettings } from './settings.mjs'
import { generateTables } from './tables.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const REFERENCES = [
  { page: 'docs/reference/settings.md', generate: generateSettings },
  { page: 'docs/reference/commands.md', generate: generateCommands },
  { page: 'docs/reference/api.md', generate: generateApi },
  { page: 'docs/reference/permissions.md', generate: generatePermissions },
  { page: 'docs/reference/tables.md', generate: generateTables },
  { page: 'docs/reference/code-lists.md', generate: generateCodeLists },
]

/** Writes every page; gives the names of those that changed. */
export async function writeReferences() {
  const changed = []
  for (const { page, generate } of REFERENCES) {
    const text = await generate()
    if (text === undefined || text === present(page)) continue
    mkdirSync(dirname(join(ROOT, page)), { recursive: true })
    writeFileSync(join(ROOT, page), text)
    changed.push(page)
  }
  return changed
}

/** Pages that do not say what the program says today. */
export async function listStaleReferences() {
  const stale = []
  for (const { page, generate } of REFERENCES) {
    const text = await generate()
    if (text !== undefined && text !== present(page)) stale.push(page)
  }
  return stale
}

function present(page) {
  const path = join(ROOT, page)
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
