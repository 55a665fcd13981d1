/**
 * The response rate, computed and never typed, over both denominators: those asked who are in scope (the rate of domain 6.9), and all
 * who were invited. Who has answered is no secret of an anonymous survey; what they said is.
 */
import { z } from 'zod'
import { defineQuery } from '../../../operations/index.ts'
import type { ResponseState } from '../responses/response.ts'
import { populationOf, type Respondent, type Share, shareOf } from './respondents.ts'

export interface ResponseRate {
  readonly surveyId: string
  readonly invited: number
  readonly outOfScope: number
  readonly submitted: number
  readonly validated: number
  readonly byState: Readonly<Partial<Record<ResponseState, number>>>
  /** submitted / (invited - out of scope) */
  readonly ofThoseInScope: Share
  /** submitted / invited; a member that is out of scope and answered all the same counts in neither. */
  readonly ofAllInvited: Share
  /** Those behind the numerator, and those of the denominator who are not. */
  readonly respondents: readonly Respondent[]
  readonly others: readonly Respondent[]
}

export const getResponseRate = defineQuery({
  name: 'results.get-response-rate',
  permission: 'results.survey.read',
  input: z.object({ survey: z.string() }),
  async run(context, { survey: wanted }): Promise<ResponseRate> {
    const { survey, invited, asked, submitted, respondentOf } = await populationOf(context, wanted)
    const byState: Partial<Record<ResponseState, number>> = {}
    for (const { state } of invited) byState[state] = (byState[state] ?? 0) + 1
    return {
      surveyId: survey.id,
      invited: invited.length,
      outOfScope: invited.length - asked.length,
      submitted: submitted.length,
      validated: submitted.filter(({ state }) => state === 'validated').length,
      byState,
      ofThoseInScope: shareOf(submitted.length, asked.length),
      ofAllInvited: shareOf(submitted.length, invited.length),
      respondents: submitted.map(respondentOf),
      others: asked.filter((one) => !submitted.includes(one)).map(respondentOf),
    }
  },
})
