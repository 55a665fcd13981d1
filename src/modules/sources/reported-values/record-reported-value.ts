/** Records a number that a document prints, with its paragraph. A number recorded once is revised, never recorded over. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { type ReportedValue, type ReportedValueFacts, readNumber, referenceOf } from './reported-value.ts'
import { Key, PeriodText, ReportedValueFields, requirePlace } from './reported-value-input.ts'
import { getReportedValueById, insertReportedValues, selectReportedValues } from './reported-value-rows.ts'

export const RecordReportedValueInput = ReportedValueFields.partial()
  .required({ label: true, unit: true })
  .extend({
    key: Key,
    period: PeriodText.nullable().default(null),
    /** Symbol of the document. */
    document: z.string(),
  })

export const recordReportedValue = defineCommand({
  name: 'sources.record-reported-value',
  permission: 'sources.reported-value.record',
  input: RecordReportedValueInput,

  async run({ db, clock, actor, changed }, input): Promise<ReportedValue> {
    const stated = { para: null, footnote: null, page: null, qualifier: 'exact', note: null, visibility: 'public', ...input }
    const facts = { ...stated, ...readNumber(input) } as ReportedValueFacts
    await requirePlace(db, facts)
    const { key, period, document } = facts
    const [known] = await selectReportedValues(
      db,
      sql`v.key = ${key} and v.period is not distinct from ${period}::text and d.symbol = ${document}`,
    )
    if (known)
      throw new Problem('sources.value-already-known', { reference: referenceOf(facts), document }, { place: { field: 'key' } })

    const id = newId()
    const at = clock.now().toISOString()
    const provenance = { origin: 'entered' as const, actor: actor.id, at, sources: [document] }
    const base = { provenance, version: 1, createdAt: at, createdBy: actor.id, updatedAt: at, updatedBy: actor.id }
    await insertReportedValues(db, [{ id, ...facts, ...base }])
    changed({ ref: { module: 'sources', aggregate: 'reported_values', id }, action: 'created', version: 1, after: facts })
    return getReportedValueById(db, id)
  },
})
