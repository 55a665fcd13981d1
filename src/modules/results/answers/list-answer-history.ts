/** What stood before the answers of a response, and what lost against another at the same time; oldest first. */
import { z } from 'zod'
import { defineQuery } from '../../../operations/index.ts'
import { getResponseAsSeen, isOfItsSide } from '../responses/response.ts'
import { getSurveyRow } from '../surveys/survey.ts'
import { type KeptAnswer, selectHistory } from './answer.ts'

export const listAnswerHistory = defineQuery({
  name: 'results.list-answer-history',
  permission: 'results.response.read',
  input: z.object({ responseId: z.string(), question: z.string().max(60).optional() }),
  async run(context, { responseId, question }): Promise<KeptAnswer[]> {
    const response = await getResponseAsSeen(context, responseId)
    const { anonymity } = await getSurveyRow(context.whole, response.surveyId)
    // Who asked under a promise of counts only does not read what somebody said.
    if (anonymity === 'aggregate_only' && !isOfItsSide(context.actor, response)) return []
    return selectHistory(context.whole, responseId, question)
  },
})
