/** A colleague validates a submitted return: never whoever submitted it, where somebody else could. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { getResponseForChange, requireState, responseScope, type SurveyResponse, saveResponse } from './response.ts'

export const validateResponse = defineCommand({
  name: 'results.validate-response',
  permission: 'results.response.validate',
  scope: (context, { id }) => responseScope(context, id, ['validator']),
  input: z.object({ id: z.string(), version: z.number().int().positive() }),
  async run(context, { id, version }): Promise<SurveyResponse> {
    const { whole, clock, actor } = context
    const before = await getResponseForChange(whole, id, version)
    requireState(before, ['submitted'], 'validated')
    // The policy has looked among those who hold a role; here it is about those to whom validating was given.
    if (before.submittedBy === actor.id && (await hasOtherValidator(whole, id, actor.id))) throw new Problem('results.own-return')
    const changes = { state: 'validated', validatedAt: clock.now().toISOString(), validatedBy: actor.id } as const
    return saveResponse(context, before, changes, 'validated')
  },
})

async function hasOtherValidator(whole: Db, responseId: string, userId: string): Promise<boolean> {
  const found = await whole.maybe(sql`
    select 1 from response_people where response_id = ${responseId} and role = 'validator' and user_id <> ${userId}
  `)
  return found !== undefined
}
