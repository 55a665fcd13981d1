/** One survey with the questions of a version, by default the one that is asked now. */
import { z } from 'zod'
import { defineQuery } from '../../../operations/index.ts'
import { getInstrument, type InstrumentVersion, type ListedInstrument, listInstruments } from './instruments.ts'
import { getSurveyAsSeen, movesOfSurvey, type Survey, type SurveyState } from './survey.ts'

export interface SurveyView {
  readonly survey: Survey
  readonly instrument: InstrumentVersion
  /** Newest first. */
  readonly versions: readonly ListedInstrument[]
  /** Where it can go from here; whether the actor may move it is another question. */
  readonly moves: readonly SurveyState[]
}

export const getSurvey = defineQuery({
  name: 'results.get-survey',
  permission: 'results.survey.read',
  input: z.object({
    /** Id or key. */
    survey: z.string(),
    instrumentVersion: z.number().int().positive().optional(),
  }),
  async run(context, { survey: asked, instrumentVersion }): Promise<SurveyView> {
    const survey = await getSurveyAsSeen(context, asked)
    return {
      survey,
      instrument: await getInstrument(context.whole, survey.id, instrumentVersion ?? survey.instrumentVersion),
      versions: await listInstruments(context.whole, survey.id),
      moves: movesOfSurvey(survey.state),
    }
  },
})
