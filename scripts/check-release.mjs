/**
 * `npm run check:release`: is this tree fit to be released? Every language complete, every problem with a text, every key that
 * the code asks for present, every generated page fresh. One sentence per gap; any gap makes the exit code 1.
 *
 *   node scripts/check-release.mjs [--locales FOLDER]   FOLDER stands in for locales/, to try a translation
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { listStaleReferences } from './reference/list-references.mjs'
import { findGaps } from './release/compare-languages.ts'
import {
  findPlaceholdersWithoutParam,
  findProblemsWithoutText,
  findUndeclaredProblems,
  findUnknownKeys,
  findUnusedKeys,
} from './release/keys-in-code.ts'
import { readMessageFiles } from './release/message-files.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({ options: { locales: { type: 'string', default: join(ROOT, 'locales') } } })

const languages = readMessageFiles(values.locales)
const english = languages.find(({ lang }) => lang === 'en')
const code = readSources()
const problems = await loadProblems()

const gaps = findGaps(languages)
if (english) {
  gaps.push(
    ...findUnknownKeys(english, code),
    ...findProblemsWithoutText(english, problems),
    ...findPlaceholdersWithoutParam(english, problems),
    ...findUndeclaredProblems(code, problems),
  )
  for (const key of findUnusedKeys(english, code, problems)) console.log(`Unused text: ${key}`)
}
for (const page of await listStaleReferences()) gaps.push(`${page} is not what the program says today. Run: npm run generate`)

for (const gap of gaps) console.log(gap)
const texts = english?.messages.size ?? 0
console.log(
  gaps.length === 0
    ? `Ready: ${languages.length} languages with ${texts} texts each, ${problems.length} problems, generated pages fresh.`
    : `${gaps.length} gaps. Repair them, then run: npm run check:release`,
)
// Not process.exit: it would cut off what a slow reader has not taken yet.
process.exitCode = gaps.length === 0 ? 0 : 1

function readSources() {
  const folder = join(ROOT, 'src')
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(ROOT, path), text: readFileSync(path, 'utf8') }))
}

/** Loads every built file that declares problems, then asks the program which ones it knows. */
async function loadProblems() {
  const built = (path) => join(ROOT, 'dist', path.replace(/^src\//, '').replace(/\.tsx?$/, '.js'))
  for (const { path, text } of code) {
    if (!/\bdefineProblems\('/.test(text)) continue
    if (!existsSync(built(path))) throw new Error(`${path} is not built. Run: npm run build`)
    await import(pathToFileURL(built(path)).href)
  }
  const { listProblemCodes, problemDefinition } = await import(pathToFileURL(built('src/kernel/problems.ts')).href)
  return listProblemCodes().map((name) => ({ code: name, params: problemDefinition(name)?.params ?? [] }))
}
