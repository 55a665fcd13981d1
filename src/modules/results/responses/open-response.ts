/**
 * Opens a return for answering: notes that it was opened, and brings it to the newest questions. Answers are carried over by the code
 * of their question; what is carried over though its question changed, and what could not be, comes back as a list, and the latter is
 * kept in the history of the answer. Opening twice changes nothing. A declined return is taken up again.
 */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { type CommandContext, defineCommand } from '../../../operations/index.ts'
import { type Answer, keepAnswer, selectAnswers, valuesOf } from '../answers/answer.ts'
import { type CarriedOver, carryOver, isAnswered } from '../questions/index.ts'
import { getInstrument } from '../surveys/instruments.ts'
import type { Survey } from '../surveys/survey.ts'
import {
  type ResponseChanges,
  requireOwnEyes,
  requireRunning,
  requireState,
  responseScope,
  type SurveyResponse,
  saveResponse,
  selectResponses,
  UNDERWAY,
} from './response.ts'

export interface OpenedResponse {
  readonly response: SurveyResponse
  /** Null: the questions are those that it had. */
  readonly carriedOver: (Omit<CarriedOver, 'answers'> & { readonly from: number; readonly to: number }) | null
}

export const openResponse = defineCommand({
  name: 'results.open-response',
  permission: 'results.response.edit',
  scope: (context, { id }) => responseScope(context, id, ['respondent', 'contributor']),
  input: z.object({ id: z.string() }),
  async run(context, { id }): Promise<OpenedResponse> {
    const { whole, clock, actor } = context
    await whole.maybe(sql`select 1 from responses where id = ${id} for update`)
    const [before] = await selectResponses(whole, sql`r.id = ${id}`)
    if (!before) throw new Error(`The response ${id} is gone although it was found`)
    const survey = await requireRunning(whole, before)
    requireOwnEyes(context.actor, before, survey)
    requireState(before, [...UNDERWAY, 'declined'], 'opened')
    const carriedOver = await bringUpToDate(context, before, survey)
    const changes: ResponseChanges = {
      ...(before.openedAt === null ? { openedAt: clock.now().toISOString(), openedBy: actor.id } : {}),
      ...(before.state === 'invited' ? { state: 'opened' } : {}),
      ...(before.state === 'declined' ? await takenUpAgain(context, id) : {}),
      ...(carriedOver ? { instrumentVersion: survey.instrumentVersion } : {}),
    }
    if (Object.keys(changes).length === 0) return { response: before, carriedOver: null }
    const action = carriedOver ? 'questions-updated' : before.state === 'declined' ? 'taken-up-again' : 'opened'
    return { response: await saveResponse(context, before, changes, action), carriedOver }
  },
})

async function takenUpAgain({ whole }: CommandContext, id: string): Promise<ResponseChanges> {
  const answers = await selectAnswers(whole, id)
  return { state: answers.some(({ value }) => isAnswered(value)) ? 'draft' : 'opened', declinedReason: null }
}

async function bringUpToDate(
  context: CommandContext,
  { id, instrumentVersion }: SurveyResponse,
  survey: Survey,
): Promise<OpenedResponse['carriedOver']> {
  if (instrumentVersion === survey.instrumentVersion) return null
  const { whole } = context
  const [old, now] = [
    await getInstrument(whole, survey.id, instrumentVersion),
    await getInstrument(whole, survey.id, survey.instrumentVersion),
  ]
  const answers = await selectAnswers(whole, id)
  const { answers: _carried, ...lists } = carryOver(old.questions, now.questions, valuesOf(answers))
  await keepDropped(context, id, answers, new Set(lists.dropped.map(({ question }) => question)))
  return { ...lists, from: instrumentVersion, to: survey.instrumentVersion }
}

/** The row of the answer goes, its text and everything about it stay in the history. */
async function keepDropped(
  context: CommandContext,
  id: string,
  answers: readonly Answer[],
  dropped: ReadonlySet<string>,
): Promise<void> {
  for (const answer of answers.filter(({ question }) => dropped.has(question))) {
    await keepAnswer(context, id, { ...answer, kind: 'dropped' })
    await context.whole.run(sql`
      update response_answers
      set value = 'null'::jsonb, version = version + 1
      where response_id = ${id} and question = ${answer.question}
    `)
  }
}
