/** Hands a return in, when everything that is required and asked is answered and no totals contradict; gives the number of a receipt. */
import { z } from 'zod'
import { digestOf } from '../../../credentials/index.ts'
import { canonicalJson } from '../../../kernel/canonical-json.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { selectAnswers, valuesOf } from '../answers/answer.ts'
import { checkResponse, countedAnswers } from '../questions/index.ts'
import { getInstrument } from '../surveys/instruments.ts'
import {
  getResponseForChange,
  requireOwnEyes,
  requireRunning,
  requireState,
  responseScope,
  type SurveyResponse,
  saveResponse,
  UNDERWAY,
} from './response.ts'

export interface Receipt {
  readonly response: SurveyResponse
  readonly receipt: string
  readonly at: string
  /** Answers of questions that were asked. */
  readonly answered: number
  /** A colleague still has to validate it. */
  readonly waitsForValidation: boolean
}

export const submitResponse = defineCommand({
  name: 'results.submit-response',
  permission: 'results.response.edit',
  scope: (context, { id }) => responseScope(context, id, ['respondent']),
  input: z.object({ id: z.string(), version: z.number().int().positive() }),
  async run(context, { id, version }): Promise<Receipt> {
    const { whole, clock, actor } = context
    const before = await getResponseForChange(whole, id, version)
    const survey = await requireRunning(whole, before)
    requireOwnEyes(context.actor, before, survey)
    requireState(before, UNDERWAY, 'submitted')
    if (before.instrumentVersion !== survey.instrumentVersion) {
      throw new Problem('results.questions-changed', { version: before.instrumentVersion, found: survey.instrumentVersion })
    }
    const { questions } = await getInstrument(whole, survey.id, survey.instrumentVersion)
    const answers = await selectAnswers(whole, id)
    const details = checkResponse(questions, valuesOf(answers))
    if (details.length > 0) throw new Problem('results.response-not-complete', { count: details.length }, { details })
    const at = clock.now().toISOString()
    const receipt = receiptOf(survey.key, [id, at, answers])
    const response = await saveResponse(
      context,
      before,
      {
        state: 'submitted',
        submittedAt: at,
        submittedBy: actor.id,
        openedAt: before.openedAt ?? at,
        openedBy: before.openedBy ?? actor.id,
        validatedAt: null,
        validatedBy: null,
        remark: null,
        receipt,
      },
      'submitted',
    )
    const answered = Object.keys(countedAnswers(questions, valuesOf(answers))).length
    return { response, receipt, at, answered, waitsForValidation: survey.needsValidation }
  },
})

/** `ENTITIES-2014-1A2B-3C4D-5E6F`: of the very answers at that instant; short enough to be read aloud. */
function receiptOf(surveyKey: string, content: unknown): string {
  const digest = digestOf(canonicalJson(content)).slice(0, 12)
  return [surveyKey, digest.slice(0, 4), digest.slice(4, 8), digest.slice(8)].join('-').toUpperCase()
}
