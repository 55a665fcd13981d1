/** Which reported value stands beside which figure: data, not code, because only a reader of the source can say so. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../../../database/db.ts'
import { PACKAGE_ROOT } from '../../../kernel/package-root.ts'
import { NOT_STATED } from '../../registry/index.ts'
import { parseReference, type ReportedValue, reportedValueFor } from '../../sources/index.ts'

export interface Comparison {
  readonly portfolio: string
  readonly year: number
  readonly definition: string
  /** `undp_ssc_projects@2014` */
  readonly reported: string
}

let comparisons: readonly Comparison[] | undefined

export function listComparisons(): readonly Comparison[] {
  comparisons ??= JSON.parse(readFileSync(join(PACKAGE_ROOT, 'sample-data', 'figure-comparisons.json'), 'utf8')) as Comparison[]
  return comparisons
}

export function hasComparison(portfolio: string, year: number | typeof NOT_STATED, definition: string): boolean {
  return comparisonOf(portfolio, year, definition) !== undefined
}

export async function reportedFor(
  db: Db,
  portfolio: string,
  year: number | typeof NOT_STATED,
  definition: string,
): Promise<ReportedValue | undefined> {
  const comparison = comparisonOf(portfolio, year, definition)
  if (!comparison) return undefined
  const { key, period } = parseReference(comparison.reported)
  return reportedValueFor(db, key, period)
}

function comparisonOf(portfolio: string, year: number | typeof NOT_STATED, definition: string): Comparison | undefined {
  return listComparisons().find((one) => one.portfolio === portfolio && one.year === year && one.definition === definition)
}

/** Years as listed, oldest first; rows that state none come last. */
export function statedYears(values: readonly string[]): (number | typeof NOT_STATED)[] {
  const years = values.filter((value) => value !== NOT_STATED).map(Number)
  years.sort((a, b) => a - b)
  return values.includes(NOT_STATED) ? [...years, NOT_STATED] : years
}
