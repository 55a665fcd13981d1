/** Corrects the transcription of a reported number. The source did not change, so a reason is asked for and kept. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { differingFields, fieldsChangedSince } from '../../directory/index.ts'
import { factsOf, type ReportedValue, type ReportedValueFacts, readNumber } from './reported-value.ts'
import { ReportedValueFields, requirePlace } from './reported-value-input.ts'
import { getReportedValueById, updateReportedValues } from './reported-value-rows.ts'

export const ReviseReportedValueInput = z.object({
  id: z.string(),
  /** The version that the person saw. */
  version: z.number().int().min(1),
  changes: ReportedValueFields.partial(),
  reason: z.string().trim().min(1).max(2_000),
})

export const reviseReportedValue = defineCommand({
  name: 'sources.revise-reported-value',
  permission: 'sources.reported-value.revise',
  input: ReviseReportedValueInput,

  async run({ db, clock, actor, changed }, { id, version, changes, reason }): Promise<ReportedValue> {
    await db.maybe(sql`select id from reported_values where id = ${id} for update`)
    const current = await getReportedValueById(db, id)
    if (current.version !== version) throw await changedMeanwhile(db, current, version)

    const before = factsOf(current)
    const after = revisedFacts(before, changes)
    await requirePlace(db, after)
    if (differingFields(before, after).length === 0) return current

    const at = clock.now().toISOString()
    const provenance = { ...current.provenance, origin: 'entered' as const, actor: actor.id, at }
    await updateReportedValues(db, [
      { ...current, ...after, provenance, version: version + 1, updatedAt: at, updatedBy: actor.id },
    ])
    const ref = { module: 'sources', aggregate: 'reported_values', id }
    changed({ ref, action: 'changed', version: version + 1, before, after, reason })
    return getReportedValueById(db, id)
  },
})

type Changes = z.output<typeof ReviseReportedValueInput>['changes']

/** A new number brings its own digits, and replaces a range as a whole; the other way round too. */
function revisedFacts(before: ReportedValueFacts, changes: Changes): ReportedValueFacts {
  const saysNumber = [changes.value, changes.low, changes.high].some((number) => number !== undefined)
  const number = saysNumber
    ? readNumber({ value: changes.value, low: changes.low, high: changes.high, digits: changes.digits })
    : readNumber({ value: before.value, low: before.low, high: before.high, digits: changes.digits ?? before.digits })
  return { ...before, ...changes, ...number } as ReportedValueFacts
}

async function changedMeanwhile(db: Db, value: ReportedValue, version: number): Promise<Problem> {
  const ref = { module: 'sources', aggregate: 'reported_values', id: value.id }
  const fields = await fieldsChangedSince(db, ref, version, factsOf(value))
  return new Problem('sources.value-changed-meanwhile', {
    version,
    found: value.version,
    by: value.updatedBy,
    at: value.updatedAt,
    fields: fields.join(', ') || 'none',
  })
}
