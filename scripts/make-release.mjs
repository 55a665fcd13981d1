/**
 * `npm run release`: the program as one archive that is unpacked and started without the network, and what is needed to trust it.
 *
 *   node scripts/make-release.mjs [--out FOLDER]      FOLDER is release/ when it is not named
 *
 *   sursur-<version>.tar.gz     program, packages, texts, tables, sample data, licences, and the sums of all its files
 *   sursur-<version>.cdx.json   bill of materials (CycloneDX); the same file is inside
 *   SHA256SUMS                  of the two
 *
 * The same commit gives the same bytes: every time in them is that of the commit, or SOURCE_DATE_EPOCH where there is no git. The archive
 * is for every platform with Node; nothing in it is compiled for one machine.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readInstalledPackages, readOwnFiles } from './release/archive-files.ts'
import { billOfMaterials } from './release/bill-of-materials.ts'
import { installProductionPackages, licencesText, listProductionPackages } from './release/production-packages.ts'
import { writeTarGz } from './release/write-tar.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({ options: { out: { type: 'string', default: join(ROOT, 'release') } } })

try {
  makeRelease(resolve(values.out))
} catch (error) {
  console.error(`No release was made. ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}

function makeRelease(out) {
  if (!existsSync(join(ROOT, 'dist', 'app', 'main.js'))) throw new Error('The program is not built. Run: npm run build')
  const program = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const name = `${program.name}-${program.version}`
  const seconds = timeOfCommit()
  const packages = listProductionPackages(join(ROOT, 'package-lock.json'))
  const bill = textFile(`${name}.cdx.json`, `${JSON.stringify(billOfMaterials(program, packages, seconds), null, 2)}\n`)
  const files = [...readOwnFiles(ROOT), bill, ...readPackages(packages)]
  const sums = textFile('SHA256SUMS', sumsOf(files))
  const inFolder = [...files, sums].map((file) => ({ ...file, path: `${name}/${file.path}` }))
  const archive = { path: `${name}.tar.gz`, bytes: writeTarGz(inFolder, seconds) }

  mkdirSync(out, { recursive: true })
  for (const { path, bytes } of [archive, bill, textFile('SHA256SUMS', sumsOf([archive, bill]))])
    writeFileSync(join(out, path), bytes)
  const megabytes = (archive.bytes.length / 1_000_000).toFixed(1)
  console.log(`${join(out, archive.path)}: ${megabytes} MB, ${files.length} files, ${packages.length} packages.`)
}

/** Installed into a folder that is gone afterwards: their files, and one file with all their licences. */
function readPackages(packages) {
  const folder = mkdtempSync(join(tmpdir(), 'sursur-release-'))
  try {
    installProductionPackages(ROOT, folder)
    return [...readInstalledPackages(folder), textFile('PACKAGE-LICENCES.txt', licencesText(packages, folder))]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function textFile(path, text) {
  return { path, bytes: Buffer.from(text) }
}

/** As `sha256sum --check` reads it. */
function sumsOf(files) {
  return [...files]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, bytes }) => `${createHash('sha256').update(bytes).digest('hex')}  ${path}\n`)
    .join('')
}

function timeOfCommit() {
  const given = process.env.SOURCE_DATE_EPOCH ?? git('log', '-1', '--format=%ct') ?? '0'
  if (!/^\d{1,10}$/.test(given)) throw new Error(`SOURCE_DATE_EPOCH is ${given}; seconds since 1970 are wanted.`)
  if (git('status', '--porcelain')) console.error('The tree holds changes that are not committed; the archive holds them too.')
  return Number(given)
}

/** Undefined where there is no git, for example in a container that builds the program. */
function git(...words) {
  const { status, stdout } = spawnSync('git', words, { cwd: ROOT, encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}
