/** Title, dates, owner, predecessor and rules of a survey: only the fields that are named change. */
import { z } from 'zod'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { ownerIdOf, requireOrderOfDates, SurveyFields } from './create-survey.ts'
import { getSurveyForChange, getSurveyRow, type Survey, saveSurvey, surveyScope } from './survey.ts'

export const reviseSurvey = defineCommand({
  name: 'results.revise-survey',
  permission: 'results.survey.run',
  scope: (context, { survey }) => surveyScope(context, survey),
  input: z.object({
    /** Id or key. */
    survey: z.string(),
    version: z.number().int().positive(),
    changes: z.object(SurveyFields).partial(),
  }),
  async run(context, { survey, version, changes }): Promise<Survey> {
    const before = await getSurveyForChange(context.whole, survey, version)
    if (before.state === 'published' || before.state === 'withdrawn') {
      throw new Problem('results.survey-settled', { state: before.state })
    }
    const { predecessor, ownerOrg, ...rest } = changes
    // Whoever answered under a promise of anonymity keeps it.
    if (rest.anonymity === 'named' && before.anonymity === 'aggregate_only' && before.state !== 'draft') {
      throw new Problem('results.survey-settled', { state: before.state }, { place: { field: 'anonymity' } })
    }
    const wanted = {
      ...rest,
      ...(ownerOrg === undefined ? {} : { ownerOrg: await ownerIdOf(context, ownerOrg) }),
      ...(predecessor === undefined
        ? {}
        : { predecessorId: predecessor === null ? null : (await getSurveyRow(context.whole, predecessor)).id }),
    }
    const named = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
    requireOrderOfDates({ ...before, ...named })
    return saveSurvey(context, before, named, 'changed')
  },
})
