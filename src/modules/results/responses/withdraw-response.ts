/** The respondent takes a submitted return back, with a reason, while the survey runs. It is a draft again; the receipt stays in its history. */
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

export const withdrawResponse = defineCommand({
  name: 'results.withdraw-response',
  permission: 'results.response.edit',
  scope: (context, { id }) => responseScope(context, id, ['respondent']),
  input: z.object({ id: z.string(), version: z.number().int().positive(), reason: z.string().trim().min(1).max(2_000) }),
  async run(context, { id, version, reason }): Promise<SurveyResponse> {
    const before = await getResponseForChange(context.whole, id, version)
    await requireRunning(context.whole, before)
    requireState(before, SUBMITTED, 'withdrawn')
    const changes = {
      state: 'draft',
      withdrawnAt: context.clock.now().toISOString(),
      withdrawnReason: reason,
      validatedAt: null,
      validatedBy: null,
      receipt: null,
    } as const
    return saveResponse(context, before, changes, 'withdrawn', reason)
  },
})
