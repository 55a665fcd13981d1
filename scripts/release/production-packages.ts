/**
 * The packages that the program needs when it runs, as package-lock.json pins them, each with its licence text.
 *
 * They are installed anew from the lock file into a folder of their own, so that what is released is what was checked against the
 * lock's digests, and not what lies in a developer's node_modules. Their install scripts do not run.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface ProductionPackage {
  /** Below the root: node_modules/pg/node_modules/split2. */
  readonly folder: string
  readonly name: string
  readonly version: string
  /** SPDX. */
  readonly licence: string
  /** `sha512-` and the digest in base64. */
  readonly integrity: string
  /** Names of packages, with the range that is accepted. */
  readonly needs: Readonly<Record<string, string>>
}

interface LockEntry {
  readonly version: string
  readonly license?: string
  readonly integrity: string
  readonly dev?: boolean
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

export function listProductionPackages(lockFile: string): ProductionPackage[] {
  const { packages }: { packages: Record<string, LockEntry> } = JSON.parse(readFileSync(lockFile, 'utf8'))
  return Object.entries(packages)
    .filter(([folder, entry]) => folder !== '' && !entry.dev)
    .map(([folder, entry]) => {
      const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)
      const { version, license, integrity, dependencies, optionalDependencies, peerDependencies } = entry
      if (!license) throw new Error(`${name} names no licence, so it cannot be released.`)
      if (entry.os || entry.cpu) throw new Error(`${name} is for one platform only; the archive is for all.`)
      const needs = { ...dependencies, ...optionalDependencies, ...peerDependencies }
      return { folder, name, version, licence: license, integrity, needs }
    })
    .sort((a, b) => (a.folder < b.folder ? -1 : 1))
}

/** Fills `folder` with node_modules. What npm has in its cache is not asked for again. */
export function installProductionPackages(root: string, folder: string): void {
  for (const name of ['package.json', 'package-lock.json', '.npmrc']) copyFileSync(join(root, name), join(folder, name))
  const options = [
    '--omit=dev',
    '--ignore-scripts',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--no-bin-links',
    '--loglevel=error',
  ]
  // When npm started this script, its own variables would point the inner npm to the outer folder.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith('npm_')))
  const { status } = spawnSync('npm', ['ci', ...options], { cwd: folder, env, stdio: ['ignore', 'ignore', 2] })
  if (status !== 0) throw new Error('The packages could not be installed. Run npm ci once with the network there, then again.')
}

/** One text with the licence of every package. Three packages ship none: then their field `license` is all there is. */
export function licencesText(packages: readonly ProductionPackage[], root: string): string {
  const heading = 'Packages of others in this archive (folder node_modules), each with its licence.\n'
  const parts = packages.map(({ folder, name, version, licence }) => {
    const files = readdirSync(join(root, folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    const texts = files.sort().map((file) => readFileSync(join(root, folder, file), 'utf8').trim())
    return [`${name} ${version} (${licence})`, ...texts].join('\n\n')
  })
  return `${[heading, ...parts].join(`\n${'-'.repeat(72)}\n\n`)}\n`
}
