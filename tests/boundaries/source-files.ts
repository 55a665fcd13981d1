/** Reads the project's own files for the guards in this folder, and finds the imports of a file without a parser. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { PACKAGE_ROOT } from '../../src/kernel/package-root.ts'

/** `path` is relative to the package and has forward slashes on every system. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

export interface Import {
  readonly specifier: string
  /** `import type` vanishes when the program is built, so it cannot make a cycle at run time. */
  readonly typeOnly: boolean
}

const NOT_OURS = new Set(['node_modules', 'dist', '.git', 'sursur-data', 'coverage'])

export function readFiles(folder: string, wanted: RegExp): SourceFile[] {
  const files: SourceFile[] = []
  for (const entry of readdirSync(join(PACKAGE_ROOT, folder), { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    const path = relative(PACKAGE_ROOT, join(entry.parentPath, entry.name)).split(sep).join('/')
    if (path.split('/').some((part) => NOT_OURS.has(part)) || !wanted.test(path)) continue
    files.push({ path, text: readFileSync(join(PACKAGE_ROOT, path), 'utf8') })
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Tests may reach anywhere and read the environment; so may the helpers of tests, which live in folders named `testing`. */
export function isTestFile(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || path.includes('/testing/') || path.startsWith('tests/')
}

const FROM = /(?:^|[\n;}])\s*(import|export)\s+(type\s+)?(?:[\w$*\s{},]+?)\s*from\s*(['"])([^'"\n]+)\3/g
const BARE = /(?:^|[\n;}])\s*import\s*(['"])([^'"\n]+)\1/g
const CALL = /\b(?:import|require)\s*\(\s*(['"`])([^'"`\n]+)\1/g
const BESIDE = /new\s+URL\s*\(\s*(['"`])(\.[^'"`\n]+\.[cm]?[jt]sx?)\1\s*,\s*import\.meta\.url/g

/** Every module that a file names: static, re-exported, imported when needed, or started as a worker beside it. */
export function importsOf(text: string): Import[] {
  const code = withoutComments(text)
  const found: Import[] = []
  for (const match of code.matchAll(FROM)) found.push({ specifier: match[4] ?? '', typeOnly: match[2] !== undefined })
  for (const pattern of [BARE, CALL, BESIDE]) {
    for (const match of code.matchAll(pattern)) found.push({ specifier: match[2] ?? '', typeOnly: false })
  }
  return found
}

/** A slash begins a regular expression after one of these, and a division or a JSX tag after anything else. */
const BEFORE_REGEX = /(?:[(,=:[!&|?{;\n]|\breturn|^)\s*$/

/** The same text with comments blanked out; strings stay. A string or regular expression never runs past its line. */
export function withoutComments(text: string): string {
  let out = ''
  let at = 0
  while (at < text.length) {
    const here = text.slice(at)
    const token =
      /^\/\/[^\n]*/.exec(here) ??
      /^\/\*[\s\S]*?\*\//.exec(here) ??
      /^'(?:\\.|[^'\\\n])*'/.exec(here) ??
      /^"(?:\\.|[^"\\\n])*"/.exec(here) ??
      /^`(?:\\[\s\S]|[^`\\])*`/.exec(here) ??
      (here.startsWith('/') && !here.startsWith('/>') && BEFORE_REGEX.test(out.slice(-40))
        ? /^\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/.exec(here)
        : null)
    if (token === null) {
      out += text[at]
      at += 1
    } else {
      const isComment = token[0].startsWith('//') || token[0].startsWith('/*')
      out += isComment ? token[0].replace(/[^\n]/g, ' ') : token[0]
      at += token[0].length
    }
  }
  return out
}
