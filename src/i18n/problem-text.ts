/** The sentence of a problem in a language: where, what was found, what would be accepted. */
import type { ProblemParams, ProblemPlace } from '../kernel/problems.ts'
import type { Translator } from './translator.ts'

interface Sayable {
  readonly code: string
  readonly params: ProblemParams
  readonly place?: ProblemPlace | undefined
}

/** Key of the text of a problem code: `registry.row-empty` has `registry.problem.row-empty`. */
export function problemKey(code: string): string {
  const at = code.indexOf('.')
  return `${code.slice(0, at)}.problem.${code.slice(at + 1)}`
}

export function problemText(t: Translator, { code, params, place }: Sayable): string {
  const key = problemKey(code)
  const sentence = t.has(key) ? t(key, params) : code
  const where = placeText(t, place)
  return where === undefined ? sentence : t('problems.at', { where, sentence })
}

/** "Sheet Projects, row 14, column Budget"; undefined for a form field, which stands at the field itself. */
export function placeText(t: Translator, place: ProblemPlace | undefined): string | undefined {
  if (!place) return undefined
  const parts = [
    place.sheet === undefined ? undefined : t('problems.sheet', { sheet: place.sheet }),
    place.row === undefined ? undefined : t('problems.row', { row: String(place.row) }),
    place.line === undefined || place.row !== undefined ? undefined : t('problems.line', { line: String(place.line) }),
    place.column === undefined ? undefined : t('problems.column', { column: place.column }),
  ].filter((part) => part !== undefined)
  return parts.length === 0 ? undefined : parts.join(t('problems.separator'))
}
