/** What the respondents of a survey answered, as it counts: of submitted returns, and of questions that were asked. */
import { type Db, sql } from '../../../database/db.ts'
import { countedAnswers, type Instrument, visibleQuestions } from '../questions/index.ts'
import type { SurveyResponse } from '../responses/response.ts'
import { getInstrument } from '../surveys/instruments.ts'
import type { Population } from './respondents.ts'

export interface SubmittedReturn {
  readonly response: SurveyResponse
  /** Codes of the questions that were asked of it. */
  readonly shown: ReadonlySet<string>
  readonly answers: Readonly<Record<string, unknown>>
}

/** Each return is read with the version of the questions that it answered. */
export async function submittedReturns(whole: Db, { survey, submitted }: Population): Promise<SubmittedReturn[]> {
  const rows = await whole.many<{ responseId: string; question: string; value: unknown }>(sql`
    select a.response_id as "responseId", a.question, a.value
    from response_answers as a
    where a.response_id = any(${submitted.map(({ id }) => id)}::text[])
  `)
  const values = new Map<string, Record<string, unknown>>()
  for (const { responseId, question, value } of rows) {
    const answers = values.get(responseId) ?? {}
    answers[question] = value
    values.set(responseId, answers)
  }
  const instruments = new Map<number, Instrument>()
  for (const version of new Set(submitted.map(({ instrumentVersion }) => instrumentVersion))) {
    instruments.set(version, (await getInstrument(whole, survey.id, version)).questions)
  }
  return submitted.flatMap((response) => {
    const instrument = instruments.get(response.instrumentVersion)
    if (!instrument) return []
    const given = values.get(response.id) ?? {}
    const shown = new Set(visibleQuestions(instrument, given).map(({ code }) => code))
    return [{ response, shown, answers: countedAnswers(instrument, given) }]
  })
}
