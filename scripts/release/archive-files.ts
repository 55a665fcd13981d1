/**
 * What a release archive holds: the built program and what it reads when it runs, and what people who run it read.
 *
 * Left out: tests, tools, sources that were compiled, and the empty database that a build makes. That one holds the time and a number
 * of its making, so no two builds would agree; without it the first start of a new data folder takes about three seconds longer.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { ArchiveFile } from './write-tar.ts'

/** Folders of the repository, and which of their files. */
const FOLDERS: readonly { folder: string; wanted: RegExp; unwanted?: RegExp }[] = [
  { folder: 'bin', wanted: /\.js$/ },
  { folder: 'dist', wanted: /\.js$/, unwanted: /\/(testing|database-template)\// },
  { folder: 'docs', wanted: /\.(md|png)$/ },
  { folder: 'locales', wanted: /\.json$/ },
  { folder: 'migrations', wanted: /\.sql$/ },
  { folder: 'packaging', wanted: /./ },
  { folder: 'report-templates', wanted: /./ },
  { folder: 'sample-data', wanted: /./ },
  { folder: 'survey-templates', wanted: /./ },
  // Style sheets, code lists and the like are read where they lie.
  { folder: 'src', wanted: /./, unwanted: /\.(tsx?|md)$|\/testing\// },
]
const FILES = /^(package\.json|package-lock\.json|LICENSE|NOTICE|[A-Z]+\.md)$/

/** Everything but node_modules. Paths are those below the folder of the archive. */
export function readOwnFiles(root: string): ArchiveFile[] {
  const top = readdirSync(root).filter((name) => FILES.test(name))
  const inside = FOLDERS.flatMap(({ folder, wanted, unwanted }) =>
    filesBelow(root, folder).filter((path) => wanted.test(path) && !unwanted?.test(path)),
  )
  const own = [...top, ...inside].map((path) => readEntry(root, path, path === 'bin/sursur.js'))
  return [...own, { ...readEntry(root, 'packaging/sursur', true), path: 'sursur' }]
}

/** Everything that was installed below node_modules. */
export function readInstalledPackages(folder: string): ArchiveFile[] {
  return filesBelow(folder, 'node_modules')
    .filter((path) => path !== 'node_modules/.package-lock.json')
    .map((path) => readEntry(folder, path, false))
}

function readEntry(root: string, path: string, executable: boolean): ArchiveFile {
  return { path, bytes: readFileSync(join(root, path)), executable }
}

function filesBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}
