/**
 * A new version of the questions. The old one stays. Returns that are underway are brought to the new one by
 * `results.update-response`, each at the hand of its respondent, with a list of what changed; those submitted stay as they are.
 */
import { z } from 'zod'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { differingParts, InstrumentSchema } from '../questions/index.ts'
import {
  digestOfInstrument,
  getInstrument,
  type InstrumentVersion,
  insertInstrument,
  requireGoodInstrument,
} from './instruments.ts'
import { getSurveyForChange, RUNNING, type Survey, saveSurvey, surveyScope } from './survey.ts'

export interface RevisedInstrument {
  readonly survey: Survey
  readonly instrument: InstrumentVersion
  /** Codes of questions that are new, gone, or differ, with the parts that do. */
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly changed: readonly { readonly question: string; readonly parts: readonly string[] }[]
}

export const reviseInstrument = defineCommand({
  name: 'results.revise-instrument',
  permission: 'results.survey.run',
  scope: (context, { survey }) => surveyScope(context, survey),
  input: z.object({
    survey: z.string(),
    version: z.number().int().positive(),
    questions: InstrumentSchema,
    /** What changed and why. */
    note: z.string().trim().max(2_000).optional(),
  }),
  async run(context, { survey, version, questions, note }): Promise<RevisedInstrument> {
    const before = await getSurveyForChange(context.whole, survey, version)
    if (before.state !== 'draft' && !RUNNING.includes(before.state)) {
      throw new Problem('results.survey-settled', { state: before.state })
    }
    requireGoodInstrument(questions)
    const old = await getInstrument(context.whole, before.id, before.instrumentVersion)
    if (old.digest === digestOfInstrument(questions)) {
      throw new Problem('results.instrument-unchanged', { version: old.version })
    }
    const instrument = await insertInstrument(context, {
      surveyId: before.id,
      version: before.instrumentVersion + 1,
      questions,
      note: note || null,
    })
    const saved = await saveSurvey(context, before, { instrumentVersion: instrument.version }, 'questions-changed', note)
    const oldByCode = new Map(old.questions.questions.map((question) => [question.code, question]))
    const codes = new Set(questions.questions.map(({ code }) => code))
    return {
      survey: saved,
      instrument,
      added: [...codes].filter((code) => !oldByCode.has(code)),
      removed: [...oldByCode.keys()].filter((code) => !codes.has(code)),
      changed: questions.questions
        .map((question) => ({ question: question.code, parts: differingParts(oldByCode.get(question.code), question) }))
        .filter(({ parts }) => parts.length > 0),
    }
  },
})
