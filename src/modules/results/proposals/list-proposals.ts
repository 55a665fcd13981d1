/** Everything that was ever proposed for a response, with what became of it; oldest first. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { defineQuery } from '../../../operations/index.ts'
import { getResponseAsSeen, isOfItsSide } from '../responses/response.ts'
import { getSurveyRow } from '../surveys/survey.ts'
import { type AnswerProposal, selectProposals } from './proposal.ts'

export const listProposals = defineQuery({
  name: 'results.list-proposals',
  permission: 'results.response.read',
  input: z.object({ responseId: z.string(), question: z.string().max(60).optional() }),
  async run(context, { responseId, question }): Promise<AnswerProposal[]> {
    const response = await getResponseAsSeen(context, responseId)
    const { anonymity } = await getSurveyRow(context.whole, response.surveyId)
    if (anonymity === 'aggregate_only' && !isOfItsSide(context.actor, response)) return []
    return selectProposals(
      context.whole,
      sql`p.response_id = ${responseId} and (${question ?? null}::text is null or p.question = ${question ?? null})`,
    )
  },
})
