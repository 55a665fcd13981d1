/** More time for one member, or another language in which it is written to. */
import { z } from 'zod'
import { defineCommand } from '../../../operations/index.ts'
import { surveyScope } from '../surveys/survey.ts'
import { getResponseAsSeen, getResponseForChange, type SurveyResponse, saveResponse } from './response.ts'

export const reviseResponse = defineCommand({
  name: 'results.revise-response',
  permission: 'results.survey.run',
  scope: async (context, { id }) => surveyScope(context, (await getResponseAsSeen(context, id)).surveyId),
  input: z.object({
    id: z.string(),
    version: z.number().int().positive(),
    changes: z
      .object({
        /** Null: when the survey closes. */
        dueOn: z.iso.date().nullable(),
        lang: z.string().min(2).max(35).nullable(),
      })
      .partial(),
  }),
  async run(context, { id, version, changes }): Promise<SurveyResponse> {
    const before = await getResponseForChange(context.whole, id, version)
    const { dueOn = before.dueOn, lang = before.lang } = changes
    if (dueOn === before.dueOn && lang === before.lang) return before
    return saveResponse(context, before, { dueOn, lang }, 'changed')
  },
})
