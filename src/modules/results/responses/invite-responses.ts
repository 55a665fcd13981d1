/** Invites members of the population: all that wait for it, or those that are named. From here on they are asked, and counted. */
import { z } from 'zod'
import { type Sql, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { getSurveyRow, RUNNING, surveyScope } from '../surveys/survey.ts'
import { lockResponses, saveBatch } from './batch.ts'
import { type SurveyResponse, selectResponses } from './response.ts'

export const inviteResponses = defineCommand({
  name: 'results.invite-responses',
  permission: 'results.survey.run',
  scope: (context, { survey }) => surveyScope(context, survey),
  input: z.object({
    survey: z.string(),
    /** Ids of responses; by default all that are listed and in scope. Those that were invited before stay as they are. */
    responses: z.array(z.string()).max(500).optional(),
    dueOn: z.iso.date().optional(),
    lang: z.string().min(2).max(35).optional(),
  }),
  /** Gives those that were invited now. */
  async run(context, { survey: asked, responses, dueOn, lang }): Promise<SurveyResponse[]> {
    const { whole, clock, actor } = context
    const survey = await getSurveyRow(whole, asked)
    if (!RUNNING.includes(survey.state)) throw new Problem('results.survey-not-running', { state: survey.state })
    await lockResponses(whole, survey.id)
    const named: Sql = responses === undefined ? sql`true` : sql`r.id = any(${responses}::text[])`
    const listed = await selectResponses(
      whole,
      sql`r.survey_id = ${survey.id} and r.state = 'listed' and r.out_of_scope_reason is null and ${named}`,
    )
    const at = clock.now().toISOString()
    const changes = listed.map((before) => ({
      before,
      changes: {
        state: 'invited' as const,
        invitedAt: at,
        invitedBy: actor.id,
        instrumentVersion: survey.instrumentVersion,
        dueOn: dueOn ?? before.dueOn,
        lang: lang ?? before.lang,
      },
    }))
    return saveBatch(context, survey.id, changes, 'invited')
  },
})
