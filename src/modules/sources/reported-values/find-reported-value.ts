/** One reported number by key and period. Two documents may print it; then the caller says which, and nothing is chosen silently. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineQuery } from '../../../operations/index.ts'
import { visibleTo } from '../../directory/index.ts'
import { type ReportedValue, referenceOf } from './reported-value.ts'
import { selectReportedValues } from './reported-value-rows.ts'

/**
 * For other modules: the number that a source prints for this key and period (null: the source states no period).
 * Undefined when none is recorded; `sources.several-documents` when more than one document prints it and none was named.
 */
export async function reportedValueFor(
  db: Db,
  key: string,
  period: string | null,
  document?: string,
): Promise<ReportedValue | undefined> {
  const found = await selectReportedValues(
    db,
    sql`v.key = ${key} and v.period is not distinct from ${period}::text and (${document ?? null}::text is null or d.symbol = ${document ?? null})`,
  )
  if (found.length > 1) {
    const documents = found.map(({ document: symbol }) => symbol).join(', ')
    throw new Problem('sources.several-documents', { reference: referenceOf({ key, period }), documents })
  }
  return found[0]
}

export const getReportedValueQuery = defineQuery({
  name: 'sources.get-reported-value',
  permission: 'sources.reported-value.read',
  input: z.object({ key: z.string(), period: z.string().nullable().default(null), document: z.string().optional() }),

  async run({ db, sight }, { key, period, document }): Promise<ReportedValue> {
    const value = await reportedValueFor(db, key, period, document)
    if (!value || !visibleTo(sight).includes(value.visibility)) {
      throw new Problem('sources.value-missing', { reference: referenceOf({ key, period }) })
    }
    return value
  },
})
