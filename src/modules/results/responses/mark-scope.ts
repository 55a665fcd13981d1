/** Says that a member should not have been asked, with the reason, or takes that back. Both denominators show it. */
import { z } from 'zod'
import { defineCommand } from '../../../operations/index.ts'
import { surveyScope } from '../surveys/survey.ts'
import { getResponseAsSeen, getResponseForChange, type SurveyResponse, saveResponse } from './response.ts'

export const markScope = defineCommand({
  name: 'results.mark-scope',
  permission: 'results.survey.run',
  scope: async (context, { id }) => surveyScope(context, (await getResponseAsSeen(context, id)).surveyId),
  input: z.object({
    id: z.string(),
    version: z.number().int().positive(),
    /** Null: it is in scope after all. */
    outOfScopeReason: z.string().trim().min(1).max(2_000).nullable(),
  }),
  async run(context, { id, version, outOfScopeReason }): Promise<SurveyResponse> {
    const before = await getResponseForChange(context.whole, id, version)
    if (before.outOfScopeReason === outOfScopeReason) return before
    const action = outOfScopeReason === null ? 'in-scope' : 'out-of-scope'
    return saveResponse(context, before, { outOfScopeReason }, action, outOfScopeReason ?? undefined)
  },
})
