/** Everything that can go wrong when a table is read. The texts are in `locales/<language>/tables.json`. */
import { defineProblems, type ProblemParams, type ProblemPlace, type ProblemReport } from '../../kernel/problems.ts'
import { beginningOf } from '../../kernel/whole-characters.ts'
import { LOOKED_AT } from './limits.ts'

export const problems = defineProblems('tables', {
  // The file as a whole.
  'empty-file': { kind: 'invalid', params: [] },
  'file-too-large': { kind: 'invalid', params: ['sizeMb', 'limitMb'] },
  'unpacks-too-large': { kind: 'invalid', params: ['entry', 'limitMb'] },
  'packed-too-tightly': { kind: 'invalid', params: ['entry', 'ratio', 'limit'] },
  'too-many-entries': { kind: 'invalid', params: ['count', 'limit'] },
  'overlapping-entries': { kind: 'invalid', params: ['entry'] },
  'broken-workbook': { kind: 'invalid', params: ['reason'] },
  'broken-gzip': { kind: 'invalid', params: ['reason'] },
  'old-workbook': { kind: 'invalid', params: [] },
  'locked-workbook': { kind: 'invalid', params: [] },
  'unsupported-format': { kind: 'invalid', params: ['found'] },
  'wrong-extension': { kind: 'invalid', params: ['extension', 'format'] },
  'macros-ignored': { kind: 'invalid', params: [] },
  'hidden-sheet': { kind: 'invalid', params: ['sheet'] },
  'encoding-assumed': { kind: 'invalid', params: ['encoding'] },
  'mixed-encoding': { kind: 'invalid', params: ['encoding', 'count'] },
  'unknown-encoding': { kind: 'invalid', params: ['encoding'] },
  'nul-bytes': { kind: 'invalid', params: ['count'] },
  'broken-json': { kind: 'invalid', params: ['found'] },
  'no-records-in-json': { kind: 'invalid', params: [] },
  'too-many-columns': { kind: 'invalid', params: ['count', 'limit'] },
  'cell-too-long': { kind: 'invalid', params: ['length', 'limit'] },
  'too-long-for-field': { kind: 'invalid', params: ['length', 'limit'] },
  'unclosed-quote': { kind: 'invalid', params: [] },
  'no-such-sheet': { kind: 'missing', params: ['sheet', 'sheets'] },
  'too-many-rows': { kind: 'invalid', params: ['limit'] },
  'no-data-rows': { kind: 'invalid', params: [] },
  'broken-mapping': { kind: 'invalid', params: ['reason'] },
  // One row.
  'too-many-cells': { kind: 'invalid', params: ['count', 'expected'] },
  'too-few-cells': { kind: 'invalid', params: ['count', 'expected'] },
  'duplicate-identifier': { kind: 'conflict', params: ['identifier', 'firstRow'] },
  'empty-content': { kind: 'invalid', params: [] },
  'section-row': { kind: 'invalid', params: ['found'] },
  'totals-row': { kind: 'invalid', params: ['found'] },
  'merged-rows': { kind: 'invalid', params: ['from', 'to'] },
  // One cell.
  formula: { kind: 'invalid', params: ['count'] },
  'formula-without-value': { kind: 'invalid', params: ['found'] },
  'second-value': { kind: 'invalid', params: ['found', 'field'] },
  'cell-error': { kind: 'invalid', params: ['found'] },
  'name-unknown': { kind: 'invalid', params: ['found', 'suggestions'] },
  'ambiguous-country': { kind: 'invalid', params: ['found', 'candidates'] },
  'name-caution': { kind: 'invalid', params: ['found', 'area', 'candidates'] },
  'cooperation-is-computed': { kind: 'invalid', params: ['found'] },
  'unknown-code': { kind: 'invalid', params: ['found', 'list'] },
  'impossible-date': { kind: 'invalid', params: ['found', 'order'] },
  'ambiguous-date': { kind: 'invalid', params: ['found', 'first', 'second'] },
  'date-order-assumed': { kind: 'invalid', params: ['order'] },
  'other-calendar': { kind: 'invalid', params: ['found', 'calendar'] },
  'dates-reversed': { kind: 'invalid', params: ['start', 'end'] },
  'not-a-year': { kind: 'invalid', params: ['found'] },
  'not-an-amount': { kind: 'invalid', params: ['found'] },
  'ambiguous-amount': { kind: 'invalid', params: ['found', 'first', 'second'] },
  'decimal-mark-assumed': { kind: 'invalid', params: ['mark'] },
  'unit-in-heading': { kind: 'invalid', params: ['factor'] },
  'negative-amount': { kind: 'invalid', params: ['found'] },
  'unknown-currency': { kind: 'invalid', params: ['found'] },
  'not-a-count': { kind: 'invalid', params: ['found'] },
  'impossible-share': { kind: 'invalid', params: ['found', 'sum'] },
  'not-a-link': { kind: 'invalid', params: ['found'] },
})

export type TableProblemName = keyof typeof problems

/** A report of one problem of this module; `level` is `warning` unless said otherwise. */
export function tableReport(
  name: TableProblemName,
  params: ProblemParams,
  place: ProblemPlace,
  level: 'error' | 'warning' = 'warning',
): ProblemReport {
  return { code: `tables.${name}`, params, place, level }
}

/** Found text as it may stand in a message: one line, at most 80 characters. */
export function quoted(text: string): string {
  const line = text.slice(0, LOOKED_AT).replace(/\s+/g, ' ').trim()
  return line.length > 80 || (text.length > LOOKED_AT && line.length > 0) ? `${beginningOf(line, 79)}…` : line
}
