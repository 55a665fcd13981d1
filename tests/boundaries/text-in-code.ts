/**
 * Words that people see, found in code instead of a message file (a heuristic for JSX: it reads shapes, not the language).
 * Anything with two letters in a row between tags, or in an attribute that is shown or read aloud, is taken for a word.
 */
import { type SourceFile, withoutComments } from './source-files.ts'

/** Names that are the same in every language. */
const SAME_EVERYWHERE = new Set(['Sursur', 'CSV', 'XLSX', 'JSON', 'JSON Lines', 'HTML', 'SVG', 'IATI', 'API', 'UTC'])

/** The end of a tag stands right behind a name, a value or a quotation mark, or alone on its line; "a > b" does not. */
const BEFORE_CLOSING_TAG = /(?<=[\w"'}/]|\n\s*)>([^<>{}]*\p{L}{2}[^<>{}]*)<\//gu
const BEFORE_VALUE = /(?<=[\w"'}/]|\n\s*)>([^<>{}();=|]*\p{L}{2}[^<>{}();=|]*)\{/gu
const AFTER_VALUE = /\}([^<>{}();=]*\p{L}{2}[^<>{}();=]*)<\/[a-zA-Z]/gu
const SPOKEN_ATTRIBUTE =
  /\b(?:title|alt|placeholder|aria-label|aria-description|label|hint|caption|legend)=(["'])([^"'\n]*\p{L}{2}[^"'\n]*)\1/gu

export function findTextInCode(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const code = withoutComments(text)
    return [
      ...[...code.matchAll(BEFORE_CLOSING_TAG), ...code.matchAll(BEFORE_VALUE), ...code.matchAll(AFTER_VALUE)].map(
        (match) => match[1],
      ),
      ...[...code.matchAll(SPOKEN_ATTRIBUTE)].map((match) => match[2]),
    ]
      .map((words) => (words ?? '').trim().replace(/\s+/g, ' '))
      .filter((words) => words !== '' && !SAME_EVERYWHERE.has(words))
      .map((words) => `${path}: "${words}" is text in code; move it to locales/<language>/<module>.json.`)
  })
}
