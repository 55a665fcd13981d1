/**
 * Which folder may import which (ARCHITECTURE.md, "The import rule"). Each violation is a sentence that names file and rule.
 */
import { posix } from 'node:path'
import { importsOf, isTestFile, type SourceFile, withoutComments } from './source-files.ts'

/** Low to high. Folders on one line are neighbours: they may not import each other. */
const LAYERS: readonly (readonly string[])[] = [
  ['kernel'],
  ['codes'],
  ['text', 'credentials'],
  ['i18n'],
  ['database'],
  ['operations'],
  ['modules'],
  ['interop', 'documents', 'outside'],
  // A job reads a file or builds a document, so it knows both; they do not know it.
  ['jobs'],
  ['web', 'api', 'cli'],
  ['app'],
]

/** A module looks only to its left. */
const MODULES: readonly string[] = [
  'directory',
  'access',
  'sources',
  'registry',
  'knowledge',
  'screening',
  'exchange',
  'resources',
  'coordination',
  'mandates',
  'results',
  'reporting',
]

/** Where a vendor's library may be imported. A name that is missing here was not decided yet. */
const VENDORS: readonly (readonly [name: RegExp, folders: readonly string[]])[] = [
  [/^(kysely|pg|@electric-sql\/.+)$/, ['database']],
  [/^ulid$/, ['kernel']],
  [/^intl-messageformat$/, ['i18n']],
  [/^(otplib|uqr)$/, ['credentials']],
  [/^(openid-client|nodemailer)$/, ['outside']],
  [/^(fflate|iconv-lite|saxes|hyparquet|hyparquet-writer)$/, ['interop']],
  [/^(preact|preact-render-to-string|d3-scale|d3-shape|d3-geo)$/, ['web']],
  // Pages and the API are functions from a request to a response (kernel/http.ts); `app` joins them to the web server.
  [/^(fastify|@fastify\/.+)$/, ['app']],
  // The words in which an operation's input is written, from the operation up to the forms that fill it.
  [/^zod$/, ['operations', 'modules', 'interop', 'documents', 'jobs', 'web', 'api', 'cli', 'app']],
]

/** Folders of pure words: the same answer every time, so nothing from the outside world. */
const WITHOUT_IO: readonly string[] = ['kernel', 'text']
const OUTSIDE_WORLD = /^node:(fs|net|http|https|http2|dgram|dns|tls|child_process|worker_threads|cluster|process|os|timers)(\/|$)/

const READS_ENVIRONMENT =
  /\bprocess\s*\.\s*env\b|\bprocess\s*\[\s*['"`]env|import\.meta\.env|\benv\b[^\n]*from\s*['"](node:)?process['"]/
const SETTINGS = 'src/app/settings.ts'

export function findViolations(files: readonly SourceFile[]): string[] {
  const sources = files.filter((file) => file.path.startsWith('src/'))
  const code = sources.filter((file) => !isTestFile(file.path))
  return [...code.flatMap(violationsOfFile), ...findCycles(code)]
}

function violationsOfFile(file: SourceFile): string[] {
  const found: string[] = []
  const from = placeOf(file.path)
  if (layerOf(from.folder) === undefined)
    found.push(`${file.path}: the folder src/${from.folder} is not part of the architecture.`)
  if (from.folder === 'modules' && positionOf(from.module) === -1) {
    found.push(`${file.path}: the module ${from.module} is not in the line of modules.`)
  }
  if (file.path !== SETTINGS && READS_ENVIRONMENT.test(withoutComments(file.text))) {
    found.push(`${file.path}: only ${SETTINGS} reads the environment.`)
  }
  for (const { specifier } of importsOf(file.text)) {
    const broken = specifier.startsWith('.') ? brokenByPath(file.path, specifier) : brokenByPackage(file.path, specifier)
    if (broken) found.push(`${file.path}: ${broken}`)
  }
  return found
}

function brokenByPath(path: string, specifier: string): string | undefined {
  const target = posix.normalize(posix.join(posix.dirname(path), specifier))
  if (!target.startsWith('src/')) return isDataFile(target) ? undefined : `imports ${target}, which is outside src.`
  if (isTestFile(target)) return `imports ${target}, which only tests may use.`
  const from = placeOf(path)
  const to = placeOf(target)
  if (from.folder !== to.folder) return brokenByLayer(from.folder, to, target)
  if (from.folder !== 'modules' || from.module === to.module) return undefined
  if (positionOf(to.module) > positionOf(from.module)) {
    return `imports ${target}: ${from.module} looks only to its left, and ${to.module} is on its right.`
  }
  return isDoor(target) ? undefined : `imports ${target}: enter the module ${to.module} by its index.ts.`
}

function brokenByLayer(from: string, to: Place, target: string): string | undefined {
  const lower = layerOf(to.folder)
  const higher = layerOf(from)
  if (lower === undefined || higher === undefined) return undefined // the unknown folder has its own sentence
  if (lower === higher) return `imports ${target}: ${from} and ${to.folder} are neighbours and never import each other.`
  if (lower > higher) return `imports ${target}: imports go downwards only, and ${to.folder} is above ${from}.`
  if (to.folder === 'database' && ['web', 'api', 'cli'].includes(from))
    return `imports ${target}: ${from} never touches database.`
  if (to.folder === 'modules' && !isDoor(target)) return `imports ${target}: enter the module ${to.module} by its index.ts.`
  return undefined
}

function brokenByPackage(path: string, specifier: string): string | undefined {
  const { folder } = placeOf(path)
  if (specifier.startsWith('node:')) {
    return WITHOUT_IO.includes(folder) && OUTSIDE_WORLD.test(specifier)
      ? `imports ${specifier}: ${folder} has no input or output.`
      : undefined
  }
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
  const folders = VENDORS.find(([pattern]) => pattern.test(name))?.[1]
  if (!folders) return `imports ${specifier}: no folder owns this library yet; decide one in tests/boundaries/import-rule.ts.`
  return folders.includes(folder)
    ? undefined
    : `imports ${specifier}: this library is wrapped in ${folders.join(', ')} and used nowhere else.`
}

interface Place {
  readonly folder: string
  readonly module: string
}

/** Files that lie beside the modules join all of them (the list of public operations), so they stand right of the last. */
const BESIDE_ALL = 'the end of the line'

/** `src/modules/registry/x.ts` is in the folder `modules`, module `registry`. */
function placeOf(path: string): Place {
  const [, folder = '', module = '', ...rest] = path.split('/')
  return { folder, module: rest.length === 0 ? BESIDE_ALL : module }
}

function positionOf(module: string): number {
  return module === BESIDE_ALL ? MODULES.length : MODULES.indexOf(module)
}

function layerOf(folder: string): number | undefined {
  const layer = LAYERS.findIndex((folders) => folders.includes(folder))
  return layer === -1 ? undefined : layer
}

function isDoor(target: string): boolean {
  return /^src\/modules\/([^/]+\/index|[^/]+)\.ts$/.test(target)
}

function isDataFile(target: string): boolean {
  return /\.json$/.test(target)
}

/** Files that import each other in a circle: a word is in the wrong room. Types do not count, they are gone at run time. */
function findCycles(files: readonly SourceFile[]): string[] {
  const neighbours = new Map(
    files.map((file) => [
      file.path,
      importsOf(file.text)
        .filter(({ specifier, typeOnly }) => specifier.startsWith('.') && !typeOnly)
        .map(({ specifier }) => posix.normalize(posix.join(posix.dirname(file.path), specifier))),
    ]),
  )
  const state = new Map<string, 'open' | 'done'>()
  const found: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done' || !neighbours.has(path)) return
    if (state.get(path) === 'open') {
      found.push(`${path}: imports itself in a circle: ${[...trail.slice(trail.indexOf(path)), path].join(' -> ')}.`)
      return
    }
    state.set(path, 'open')
    for (const next of neighbours.get(path) ?? []) visit(next, [...trail, path])
    state.set(path, 'done')
  }
  for (const path of neighbours.keys()) visit(path, [])
  return found
}
