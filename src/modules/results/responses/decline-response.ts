/** The respondent says that it will not answer, and why. What was typed stays; `results.open-response` takes it up again. */
import { z } from 'zod'
import { defineCommand } from '../../../operations/index.ts'
import {
  getResponseForChange,
  requireRunning,
  requireState,
  responseScope,
  type SurveyResponse,
  saveResponse,
  UNDERWAY,
} from './response.ts'

export const declineResponse = defineCommand({
  name: 'results.decline-response',
  permission: 'results.response.edit',
  scope: (context, { id }) => responseScope(context, id, ['respondent']),
  input: z.object({ id: z.string(), version: z.number().int().positive(), reason: z.string().trim().min(1).max(2_000) }),
  async run(context, { id, version, reason }): Promise<SurveyResponse> {
    const before = await getResponseForChange(context.whole, id, version)
    await requireRunning(context.whole, before)
    requireState(before, UNDERWAY, 'declined')
    return saveResponse(context, before, { state: 'declined', declinedReason: reason }, 'declined', reason)
  },
})
