/**
 * A new data folder in a second: initdb in WebAssembly takes 3 to 5 s, copying a folder made earlier takes 0.1 s.
 *
 * The template is shipped with the built program (`dist/database-template`), or cached beside the installed packages, or
 * in the user's cache folder. Where none can be written the folder is made directly, only slower.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { PACKAGE_ROOT } from '../../kernel/package-root.ts'
import { copyDurably, syncPath } from './copy-durably.ts'
import { createCluster } from './engine-host.ts'

/** The build calls `createCluster` for this folder, so that the first start of a fresh installation is quick as well. */
export const SHIPPED_TEMPLATES = join(PACKAGE_ROOT, 'dist', 'database-template')

function templateFolders(): string[] {
  return [SHIPPED_TEMPLATES, join(PACKAGE_ROOT, 'node_modules', '.cache', 'sursur'), join(homedir(), '.cache', 'sursur')]
}

/** A folder made by one version of the engine is not offered to another. */
function templateName(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const { version } = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8')) as { version: string }
  return `pglite-${version}`
}

export function hasCluster(folder: string): boolean {
  return existsSync(join(folder, 'PG_VERSION'))
}

/** Fills `folder` with an empty database cluster; it appears whole or not at all, also after a crash in the middle. */
export async function prepareCluster(folder: string): Promise<void> {
  const draft = `${folder}.new`
  rmSync(draft, { recursive: true, force: true })
  const template = await findOrMakeTemplate()
  if (template === undefined) await createCluster(draft)
  else copyDurably(template, draft)
  renameSync(draft, folder)
  syncPath(dirname(folder))
}

/** Makes the template below `parent` unless it is there; gives its path. Errors: whatever writing there gives. */
export async function makeTemplate(parent: string = SHIPPED_TEMPLATES): Promise<string> {
  const template = join(parent, templateName())
  if (hasCluster(template)) return template
  mkdirSync(parent, { recursive: true, mode: 0o700 })
  const draft = mkdtempSync(join(parent, 'draft-'))
  try {
    await createCluster(join(draft, 'cluster'))
    renameSync(join(draft, 'cluster'), template)
  } catch (error) {
    // Another process may have been quicker; then its template serves as well.
    if (!hasCluster(template)) throw error
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
  return template
}

async function findOrMakeTemplate(): Promise<string | undefined> {
  const [shipped, ...caches] = templateFolders()
  for (const parent of [shipped, ...caches]) {
    if (parent !== undefined && hasCluster(join(parent, templateName()))) return join(parent, templateName())
  }
  for (const parent of caches) {
    try {
      return await makeTemplate(parent)
    } catch (error) {
      if (!['EACCES', 'EROFS', 'EPERM', 'ENOENT', 'ENOSPC', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
        throw error
    }
  }
  return undefined
}
