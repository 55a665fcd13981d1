/** The owner of the record, or the secretariat, answers. An answer may be mended as long as the country has not closed the matter. */
import { z } from 'zod'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand, type QueryContext, type RecordScope } from '../../../operations/index.ts'
import { scopeOfRecord } from '../collections/collection-scope.ts'
import { getInitiativeRecord } from '../initiatives/get-initiative.ts'
import type { InitiativeRecord } from '../initiatives/initiative.ts'
import { initiativeScope } from '../initiatives/initiative-scope.ts'
import { getObjectionForChange, getObjectionRow, type Objection, saveObjection, UNSETTLED } from './objection.ts'

export const answerObjection = defineCommand({
  name: 'registry.answer-objection',
  permission: 'registry.initiative.edit',
  scope: async (context, { id }) => scopeToAnswer(context, await getObjectionRow(context.db, id)),
  input: z.object({
    id: z.string(),
    version: z.number().int().positive(),
    text: z.string().trim().min(1).max(5_000),
    /** Version of the record that mends what was wrong. */
    recordVersion: z.number().int().positive().optional(),
  }),
  async run(context, { id, version, text, recordVersion }): Promise<Objection> {
    const before = await getObjectionForChange(context.db, id, version)
    if (!UNSETTLED.includes(before.state)) throw new Problem('objections.not-answerable', { state: before.state })
    const record = await getInitiativeRecord(context.whole, before.initiativeId)
    if (recordVersion !== undefined && recordVersion > record.version) {
      throw new Problem(
        'objections.version-not-there',
        { found: recordVersion, accepted: `1–${record.version}` },
        { place: { field: 'recordVersion' } },
      )
    }
    return saveObjection(
      context,
      before,
      {
        state: 'answered',
        answer: text,
        answerVersion: recordVersion ?? null,
        answeredAt: context.clock.now().toISOString(),
        answeredBy: context.actor.id,
      },
      'answered',
    )
  },
})

/** The record's scope without the country that objects: nobody answers the own objection as a host of the record. */
async function scopeToAnswer(
  context: Pick<QueryContext, 'db' | 'whole' | 'sight'>,
  { initiativeId, country }: Objection,
): Promise<RecordScope> {
  const { orgs, countries } = await initiativeScope(context, initiativeId)
  return { orgs, countries: countries.filter((code) => code !== country) }
}

/** The same for a page that has the record. */
export function answerScopeOf(record: InitiativeRecord, country: string): RecordScope {
  const hosts = (record.facts.hosts ?? []).filter((code) => code !== country)
  return scopeOfRecord({ ...record, hosts })
}
