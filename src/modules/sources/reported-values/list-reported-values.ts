/** Reported numbers in the order of their documents, by document, paragraph, key and period. */
import { z } from 'zod'
import { type Sql, sql } from '../../../database/db.ts'
import { defineQuery } from '../../../operations/index.ts'
import { visibleTo } from '../../directory/index.ts'
import type { ReportedValue } from './reported-value.ts'
import { countReportedValues, selectReportedValues } from './reported-value-rows.ts'

export interface ReportedValuePage {
  readonly rows: readonly ReportedValue[]
  readonly total: number
  readonly offset: number
}

export const listReportedValues = defineQuery({
  name: 'sources.list-reported-values',
  permission: 'sources.reported-value.read',
  input: z.object({
    /** Symbol of the document. */
    document: z.string().optional(),
    para: z.string().optional(),
    key: z.string().optional(),
    period: z.string().optional(),
    offset: z.number().int().min(0).default(0),
    limit: z.number().int().min(1).max(500).default(100),
  }),

  async run({ db, sight }, { document, para, key, period, offset, limit }): Promise<ReportedValuePage> {
    const all: Sql[] = [sql`v.visibility = any(${visibleTo(sight)}::text[])`]
    if (document !== undefined) all.push(sql`d.symbol = ${document}`)
    if (para !== undefined) all.push(sql`v.para = ${para}`)
    if (key !== undefined) all.push(sql`v.key = ${key}`)
    if (period !== undefined) all.push(sql`v.period = ${period}`)
    const where = sql.join(all, sql` and `)
    const total = await countReportedValues(db, where)
    return { rows: await selectReportedValues(db, where, { limit, offset }), total, offset }
  },
})
