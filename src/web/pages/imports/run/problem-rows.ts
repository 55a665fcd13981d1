/** Problems as rows of a table: where, what was found, what it means and what would be accepted. */
import { problemText } from '../../../../i18n/problem-text.ts'
import type { Translator } from '../../../../i18n/translator.ts'
import type { ProblemReport } from '../../../../kernel/problems.ts'
import { inLanguage } from '../problem-areas.ts'

export interface ProblemRow {
  readonly level: 'error' | 'warning'
  readonly code: string
  readonly sheet: string | undefined
  readonly row: number | undefined
  readonly column: string | undefined
  readonly found: string | undefined
  readonly message: string
}

export function problemRow(t: Translator, { code, params, place, level }: ProblemReport): ProblemRow {
  const found = params.found ?? params.identifier
  return {
    level: level ?? 'error',
    code,
    sheet: place?.sheet,
    row: place?.row ?? place?.line,
    column: place?.column,
    found: found === undefined ? undefined : String(found),
    message: problemText(t, inLanguage(t, { code, params })),
  }
}
