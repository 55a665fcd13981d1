/** One return with its questions, answers, waiting proposals and people. `problems` is what submitting it now would say. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import type { ProblemReport } from '../../../kernel/problems.ts'
import { defineQuery } from '../../../operations/index.ts'
import { type Answer, selectAnswers, valuesOf } from '../answers/answer.ts'
import { type AnswerProposal, selectProposals } from '../proposals/proposal.ts'
import { checkResponse, visibleQuestions } from '../questions/index.ts'
import { getInstrument, type InstrumentVersion } from '../surveys/instruments.ts'
import { getSurveyRow, type Survey } from '../surveys/survey.ts'
import { type ResponsePerson, selectPeople } from './delegate-response.ts'
import { getResponseAsSeen, isOfItsSide, type SurveyResponse } from './response.ts'

export interface ResponseView {
  readonly response: SurveyResponse
  readonly survey: Survey
  /** The version to which the answers belong. */
  readonly instrument: InstrumentVersion
  /** The survey asks a newer version; opening the return brings it there. */
  readonly isBehind: boolean
  /** Day by which it is due. */
  readonly dueOn: string | null
  readonly answers: readonly Answer[]
  /** The survey promises counts only, and whoever asks is not of the side that answers. */
  readonly answersWithheld: boolean
  /** Codes of the questions that are asked, given these answers. */
  readonly visible: readonly string[]
  readonly problems: readonly ProblemReport[]
  readonly openProposals: readonly AnswerProposal[]
  readonly people: readonly ResponsePerson[]
}

export const getResponse = defineQuery({
  name: 'results.get-response',
  permission: 'results.response.read',
  input: z.object({ id: z.string() }),
  async run(context, { id }): Promise<ResponseView> {
    const { whole, actor } = context
    const response = await getResponseAsSeen(context, id)
    const survey = await getSurveyRow(whole, response.surveyId)
    const instrument = await getInstrument(whole, survey.id, response.instrumentVersion)
    const answersWithheld = survey.anonymity === 'aggregate_only' && !isOfItsSide(actor, response)
    const answers = answersWithheld ? [] : await selectAnswers(whole, id)
    const values = valuesOf(answers)
    return {
      response,
      survey,
      instrument,
      isBehind: response.instrumentVersion !== survey.instrumentVersion,
      dueOn: response.dueOn ?? survey.closesOn,
      answers,
      answersWithheld,
      visible: answersWithheld ? [] : visibleQuestions(instrument.questions, values).map(({ code }) => code),
      problems: answersWithheld ? [] : checkResponse(instrument.questions, values),
      openProposals: answersWithheld ? [] : await selectProposals(whole, sql`p.response_id = ${id} and p.outcome = 'open'`),
      people: await selectPeople(whole, id),
    }
  },
})
