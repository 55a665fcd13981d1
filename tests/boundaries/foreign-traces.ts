/** Traces of one person's machine or network in a project that is meant for every machine. */
import { isTestFile, type SourceFile } from './source-files.ts'

/** Written in two halves, so that this file does not find itself. */
const TRACES: readonly (readonly [name: string, pattern: RegExp])[] = [
  [
    'a folder of one machine',
    new RegExp(`(?<![\\w.])/(?:${['wo' + 'rk', 'ho' + 'me', 'ro' + 'ot', 'Us' + 'ers'].join('|')})/[\\w.-]`),
  ],
  ['a folder of one Windows machine', /\b[A-Z]:\\Users\\/],
  [
    'the host of a package registry',
    new RegExp(`registry\\.(?:${'npm' + 'js'}|${'yarn' + 'pkg'})\\.|npm${'mirror'}\\.|"${'resol' + 'ved'}":`),
  ],
]

const SHARED = '../' + 'shared'

/** Tests and the bench may read the material beside a developer's clone; the product never needs it. */
function mayNameShared(path: string): boolean {
  return isTestFile(path) || path.startsWith('bench/')
}

export function findForeignTraces(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const names = TRACES.filter(([, pattern]) => pattern.test(line)).map(([name]) => name)
      if (line.includes(SHARED) && !mayNameShared(path)) names.push('material beside the clone')
      return names.map((name) => `${path}:${index + 1}: names ${name}.`)
    }),
  )
}
