/** Whoever validates, or the secretariat, gives a submitted return back to the respondent and says what is missing. */
import { z } from 'zod'
import { defineCommand } from '../../../operations/index.ts'
import {
  getResponseForChange,
  requireRunning,
  requireState,
  responseScope,
  SUBMITTED,
  type SurveyResponse,
  saveResponse,
} from './response.ts'

export const returnResponse = defineCommand({
  name: 'results.return-response',
  permission: 'results.response.validate',
  scope: (context, { id }) => responseScope(context, id, ['validator']),
  input: z.object({ id: z.string(), version: z.number().int().positive(), remark: z.string().trim().min(1).max(5_000) }),
  async run(context, { id, version, remark }): Promise<SurveyResponse> {
    const before = await getResponseForChange(context.whole, id, version)
    await requireRunning(context.whole, before)
    requireState(before, SUBMITTED, 'returned')
    const changes = {
      state: 'draft',
      returnedAt: context.clock.now().toISOString(),
      remark,
      validatedAt: null,
      validatedBy: null,
      receipt: null,
    } as const
    return saveResponse(context, before, changes, 'returned', remark)
  },
})
