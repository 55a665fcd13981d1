/**
 * From state to state: piloted, open, closed (and open again), analysed, published, withdrawn. Closing says of every invited member
 * that has not submitted that it did not respond; opening again takes that back. Nothing that was typed is lost either way.
 */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type CommandContext, defineCommand } from '../../../operations/index.ts'
import { closeResponses, reopenResponses } from '../responses/closing.ts'
import { getSurveyForChange, movesOfSurvey, type Survey, type SurveyState, saveSurvey, surveyScope } from './survey.ts'

export const moveSurvey = defineCommand({
  name: 'results.move-survey',
  permission: {
    oneOf: ['results.survey.run', 'results.survey.publish'],
    of: ({ to }) => (to === 'published' ? 'results.survey.publish' : 'results.survey.run'),
  },
  scope: (context, { survey }) => surveyScope(context, survey),
  input: z.object({
    survey: z.string(),
    version: z.number().int().positive(),
    to: z.enum(['piloted', 'open', 'closed', 'analysed', 'published', 'withdrawn']),
    /** Needed to withdraw it and to open it again. */
    reason: z.string().trim().max(2_000).optional(),
  }),
  async run(context, { survey, version, to, reason }): Promise<Survey> {
    const before = await getSurveyForChange(context.whole, survey, version)
    const accepted = movesOfSurvey(before.state)
    if (!accepted.includes(to)) {
      throw new Problem('results.survey-move-not-allowed', { from: before.state, to, accepted: accepted.join(', ') || '–' })
    }
    const needsReason = to === 'withdrawn' || (before.state === 'closed' && to === 'open')
    if (needsReason && !reason) throw new Problem('results.reason-required', {}, { place: { field: 'reason' } })
    if (to === 'open') await requirePopulation(context.whole, before.id)
    await moveResponses(context, before, to)
    return saveSurvey(context, before, { state: to, ...(needsReason ? { stateReason: reason ?? null } : {}) }, to, reason)
  },
})

async function moveResponses(context: CommandContext, { id, state }: Survey, to: SurveyState): Promise<void> {
  if (to === 'closed') await closeResponses(context, id)
  if (state === 'closed' && to === 'open') await reopenResponses(context, id)
}

async function requirePopulation(whole: Db, surveyId: string): Promise<void> {
  const found = await whole.maybe(
    sql`select 1 from responses where survey_id = ${surveyId} and out_of_scope_reason is null limit 1`,
  )
  if (!found) throw new Problem('results.survey-without-population')
}
