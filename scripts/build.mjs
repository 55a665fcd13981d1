/**
 * Builds the program: TypeScript -> dist/, then the things that are made once so that a start is quick.
 *
 *   node scripts/build.mjs              builds
 *   node scripts/build.mjs --if-needed  does nothing when nothing changed since the last good build (a fraction of a second)
 *   node scripts/build.mjs --no-check   emits although types do not agree; for work in progress only
 *
 * A room that needs something made at build time exports a function without arguments, named in STEPS.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SRC = join(ROOT, 'src')
const DIST = join(ROOT, 'dist')
const STAMP = join(DIST, '.build.json')
const LOCK = join(ROOT, 'node_modules', '.sursur-build-lock')

/** What the built program is made of. Style sheets, code lists, locales and sample data are read where they lie and need no build. */
const INPUTS = [
  'src',
  'migrations',
  'scripts/build.mjs',
  'tsconfig.json',
  'tsconfig.build.json',
  'package.json',
  'package-lock.json',
]

/** Build steps of single rooms, in this order, after the compiler. */
const STEPS = [{ says: 'empty database to copy from', file: 'database/embedded/template.js', makes: 'makeTemplate' }]

/** A lock older than this was left behind by a build that was killed. */
const STALE_LOCK_MS = 120_000

const options = new Set(process.argv.slice(2))
const unknown = [...options].filter((option) => !['--if-needed', '--no-check'].includes(option))
if (unknown.length > 0) fail(`${unknown.join(' ')} is not an option of the build.`, 'Use --if-needed, --no-check or nothing.')

try {
  await build()
} catch (error) {
  fail(
    error instanceof Error ? (error.stack ?? error.message) : String(error),
    'Repair what is named above, then run: npm run build',
  )
}

async function build() {
  if (options.has('--if-needed') && isFresh()) return
  if (!existsSync(join(ROOT, 'node_modules', 'typescript'))) fail('The packages are not installed.', 'Run: npm ci')
  const unlock = await lock()
  try {
    // Another build may have done the work while this one waited.
    if (options.has('--if-needed') && isFresh()) return
    const startedAt = Date.now()
    const fingerprint = fingerprintOfInputs()
    compile()
    removeOrphans()
    for (const step of STEPS) await runStep(step)
    letOthersRead(DIST)
    writeFileSync(STAMP, `${JSON.stringify({ fingerprint })}\n`)
    console.error(`Built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`)
  } finally {
    unlock()
  }
}

function isFresh() {
  try {
    return JSON.parse(readFileSync(STAMP, 'utf8')).fingerprint === fingerprintOfInputs()
  } catch {
    return false
  }
}

/** Names, sizes and times of all inputs; contents are not read, so that the check stays fast. */
function fingerprintOfInputs() {
  const hash = createHash('sha256')
  for (const input of INPUTS) {
    for (const file of filesUnder(join(ROOT, input))) {
      if (!/\.(tsx?|sql|json|mjs)$/.test(file) || isTest(file)) continue
      const { size, mtimeMs } = statSync(file)
      hash.update(`${relative(ROOT, file)} ${size} ${mtimeMs}\n`)
    }
  }
  return hash.digest('hex')
}

function compile() {
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc')
  const flags = options.has('--no-check') ? ['--noCheck'] : []
  const result = spawnSync(process.execPath, [tsc, '-p', join(ROOT, 'tsconfig.build.json'), ...flags], {
    stdio: ['ignore', 2, 2],
  })
  if (result.status !== 0) fail('The compiler found the errors above.', 'Repair them, then run: npm run build')
}

/** Removes what came from a source file that no longer exists, so that dist never runs code that was deleted. */
function removeOrphans() {
  for (const file of filesUnder(DIST)) {
    if (!/\.js(\.map)?$/.test(file)) continue
    const source = join(SRC, relative(DIST, file).replace(/\.js(\.map)?$/, ''))
    if (!['.ts', '.tsx'].some((ending) => existsSync(source + ending))) rmSync(file)
  }
}

async function runStep({ says, file, makes }) {
  const startedAt = Date.now()
  const room = await import(pathToFileURL(join(DIST, file)).href)
  await room[makes]()
  console.error(`  ${says}: ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
}

/**
 * Built by one user, often root, and run by another: all may read dist, it holds nothing secret; none but the builder may write.
 * The engine makes its files writable by everybody, and an unreadable template would cost each first start five seconds.
 */
function letOthersRead(folder) {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) letOthersRead(path)
    else if (entry.isFile()) chmodSync(path, 0o644)
  }
}

/** One build at a time; a second one waits for the first. */
async function lock() {
  for (;;) {
    try {
      mkdirSync(LOCK)
      return () => rmSync(LOCK, { recursive: true, force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const age = existsSync(LOCK) ? Date.now() - statSync(LOCK).mtimeMs : 0
      if (age > STALE_LOCK_MS) rmSync(LOCK, { recursive: true, force: true })
      else await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

function* filesUnder(path) {
  if (!existsSync(path)) return
  if (statSync(path).isFile()) {
    yield path
    return
  }
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory()) yield* filesUnder(join(path, entry.name))
    else if (entry.isFile()) yield join(path, entry.name)
  }
}

function isTest(file) {
  return /\.test\.tsx?$/.test(file)
}

function fail(what, nextStep) {
  console.error(`${what}\n${nextStep}`)
  rmSync(LOCK, { recursive: true, force: true })
  process.exit(1)
}
