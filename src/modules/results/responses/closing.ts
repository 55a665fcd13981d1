/** What the closing of a survey says of its responses, and what opening it again takes back. */
import { sql } from '../../../database/db.ts'
import type { CommandContext } from '../../../operations/index.ts'
import { lockResponses, saveBatch } from './batch.ts'
import { type ResponseState, type SurveyResponse, selectResponses, UNDERWAY } from './response.ts'

export async function closeResponses(context: CommandContext, surveyId: string): Promise<void> {
  await lockResponses(context.whole, surveyId)
  const open = await selectResponses(context.whole, sql`r.survey_id = ${surveyId} and r.state = any(${[...UNDERWAY]}::text[])`)
  const changes = open.map((before) => ({ before, changes: { state: 'no_response' as const } }))
  await saveBatch(context, surveyId, changes, 'not-answered')
}

export async function reopenResponses(context: CommandContext, surveyId: string): Promise<void> {
  await lockResponses(context.whole, surveyId)
  const missed = await selectResponses(context.whole, sql`r.survey_id = ${surveyId} and r.state = 'no_response'`)
  const answered = await context.whole.many<{ id: string }>(sql`
    select distinct a.response_id as id
    from response_answers as a
    join responses as r on r.id = a.response_id
    where r.survey_id = ${surveyId}
  `)
  const begun = new Set(answered.map(({ id }) => id))
  const changes = missed.map((before) => ({ before, changes: { state: stateBefore(before, begun) } }))
  await saveBatch(context, surveyId, changes, 'open-again')
}

function stateBefore({ id, openedAt }: SurveyResponse, begun: ReadonlySet<string>): ResponseState {
  if (begun.has(id)) return 'draft'
  return openedAt === null ? 'invited' : 'opened'
}
