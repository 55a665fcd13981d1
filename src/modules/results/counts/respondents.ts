/** Who stands behind a number of a survey, and over what it is a share. Shares stay fractions; rounding belongs to display. */
import { type Db, sql } from '../../../database/db.ts'
import { type Decimal, divideDecimals } from '../../../kernel/decimal.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { QueryContext } from '../../../operations/index.ts'
import { orgsById } from '../../directory/index.ts'
import { type ResponseState, SUBMITTED, type SurveyResponse, selectResponses } from '../responses/response.ts'
import { getSurveyAsSeen, type Survey } from '../surveys/survey.ts'

/** A member of the population behind a number. */
export interface Respondent {
  readonly responseId: string
  readonly orgId: string | null
  readonly orgNames: LocalizedText | null
  readonly countryCode: string | null
  readonly state: ResponseState
}

export interface Share {
  readonly numerator: number
  readonly denominator: number
  /** 0 to 1, to twelve digits; null when there is nothing to divide by. */
  readonly value: Decimal | null
}

const DIGITS = 12

export function shareOf(numerator: number, denominator: number): Share {
  const value = denominator === 0 ? null : divideDecimals(String(numerator), String(denominator), DIGITS)
  return { numerator, denominator, value }
}

export interface Population {
  readonly survey: Survey
  /** Everybody who was invited, also those that turned out to be out of scope. */
  readonly invited: readonly SurveyResponse[]
  /** Invited and in scope. */
  readonly asked: readonly SurveyResponse[]
  /** Asked, and submitted or validated. */
  readonly submitted: readonly SurveyResponse[]
  respondentOf(response: SurveyResponse): Respondent
}

/**
 * The population of a survey for counting. Whoever sees all counts at any time; everybody else once it is published.
 * Errors: Problem `results.survey-missing`; `results.results-not-published` for who was asked and may not read the results yet.
 */
export async function populationOf(context: Pick<QueryContext, 'db' | 'whole' | 'sight'>, asked: string): Promise<Population> {
  const survey = await getSurveyAsSeen(context, asked)
  if (survey.state !== 'published' && context.sight.rows.sees !== 'all') throw new Problem('results.results-not-published')
  return populationOfSurvey(context.whole, survey)
}

export async function populationOfSurvey(whole: Db, survey: Survey): Promise<Population> {
  const invited = await selectResponses(whole, sql`r.survey_id = ${survey.id} and r.invited_at is not null`)
  const inScope = invited.filter(({ outOfScopeReason }) => outOfScopeReason === null)
  const orgs = await orgsById(
    whole,
    invited.flatMap(({ orgId }) => orgId ?? []),
  )
  return {
    survey,
    invited,
    asked: inScope,
    submitted: inScope.filter(({ state }) => SUBMITTED.includes(state)),
    respondentOf: ({ id, orgId, countryCode, state }) => ({
      responseId: id,
      orgId,
      orgNames: (orgId === null ? undefined : orgs.get(orgId)?.names) ?? null,
      countryCode,
      state,
    }),
  }
}
