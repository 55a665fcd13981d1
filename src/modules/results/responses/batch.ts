/** Many responses changed at once: one event for the batch, and a version of each (domain ruling 13). */
import { digestOf } from '../../../credentials/index.ts'
import type { Db } from '../../../database/db.ts'
import { sql } from '../../../database/db.ts'
import { canonicalJson } from '../../../kernel/canonical-json.ts'
import { newId } from '../../../kernel/ids.ts'
import type { CommandContext } from '../../../operations/index.ts'
import { writeBatchVersions } from '../../directory/index.ts'
import { surveyRef } from '../surveys/survey.ts'
import { changedResponse, type ResponseChanges, type SurveyResponse, updateResponses } from './response.ts'

/** Rows are locked by the caller. Nothing is noted where nothing changes. */
export async function saveBatch(
  context: CommandContext,
  surveyId: string,
  changes: readonly { readonly before: SurveyResponse; readonly changes: ResponseChanges }[],
  action: string,
): Promise<SurveyResponse[]> {
  const after = changes.map((one) => changedResponse(context, one.before, one.changes))
  if (after.length === 0) return []
  await updateResponses(context.whole, after)
  await noteBatch(context, surveyId, after, action)
  return after
}

export async function noteBatch(
  context: CommandContext,
  surveyId: string,
  rows: readonly SurveyResponse[],
  action: string,
): Promise<void> {
  const { whole, clock, actor } = context
  const batch = { module: 'results', aggregate: 'responses', runId: newId(), at: clock.now().toISOString(), actorId: actor.id }
  await writeBatchVersions(
    whole,
    batch,
    rows.map((row) => ({ id: row.id, version: row.version, action: row.version === 1 ? 'created' : 'changed', snapshot: row })),
  )
  context.changedBatch({
    ref: surveyRef(surveyId),
    action,
    counts: { responses: rows.length },
    digest: digestOf(canonicalJson(rows)),
  })
}

/** Locks the responses of a survey, so that no answer comes in while they are moved. */
export async function lockResponses(whole: Db, surveyId: string): Promise<void> {
  await whole.many(sql`select id from responses where survey_id = ${surveyId} order by id for update`)
}
