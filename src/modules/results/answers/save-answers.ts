/**
 * Saves answers as a person goes: one, those of a page, or those of a workbook. Each is judged by itself and the good ones are saved.
 * `baseVersion` is the version that the person saw (0: none). Where somebody else has answered since, nothing is overwritten: the
 * outcome shows theirs and ours with both times, and ours is kept in the history of the answer. To put ours in its place, save it
 * again with the version of theirs.
 */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { canonicalJson } from '../../../kernel/canonical-json.ts'
import { Problem, type ProblemReport } from '../../../kernel/problems.ts'
import { type CommandContext, defineCommand } from '../../../operations/index.ts'
import { settleProposal } from '../proposals/proposal.ts'
import { checkAnswer, type Instrument, isAnswered, questionOf } from '../questions/index.ts'
import {
  requireOwnEyes,
  requireRunning,
  responseScope,
  type SurveyResponse,
  saveResponse,
  selectResponses,
  UNDERWAY,
} from '../responses/response.ts'
import { getInstrument } from '../surveys/instruments.ts'
import { type Answer, keepAnswer, selectAnswers, writeAnswer } from './answer.ts'

export const EvidenceSchema = z.object({
  name: z.string().trim().min(1).max(300),
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  address: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional(),
})

const AnswerInput = z.object({
  question: z.string().max(60),
  /** Shaped as the question asks; null clears the answer. */
  value: z.unknown(),
  /** Left out, the comment stays as it is; empty takes it away. */
  comment: z.string().trim().max(5_000).nullable().optional(),
  evidence: z.array(EvidenceSchema).max(50).optional(),
  /** Version of the answer that the person saw; 0: there was none. */
  baseVersion: z.number().int().min(0),
  /** How it came: by default typed. With a proposal it is accepted or changed, whatever is said here. */
  origin: z.enum(['typed', 'workbook', 'mail']).default('typed'),
  proposalId: z.string().optional(),
})
type AnswerInput = z.output<typeof AnswerInput>

export interface AnswerConflict {
  readonly theirs: Answer
  readonly ours: {
    readonly value: unknown
    readonly comment: string | null
    readonly at: string
    readonly by: string
    /** Where it is kept in the history of the answer. */
    readonly keptAs: string
  }
}

/** `not_accepted` carries where, what was found and what would be accepted. `value` is what was sent, so that a page can show it again. */
export type SaveOutcome =
  | { readonly question: string; readonly outcome: 'saved' | 'unchanged'; readonly answer: Answer | null }
  | { readonly question: string; readonly outcome: 'conflict'; readonly conflict: AnswerConflict }
  | {
      readonly question: string
      readonly outcome: 'not_accepted'
      readonly value: unknown
      readonly problems: readonly ProblemReport[]
    }

export interface SavedAnswers {
  readonly responseId: string
  readonly outcomes: readonly SaveOutcome[]
  /** Of the response afterwards. */
  readonly version: number
  readonly state: SurveyResponse['state']
}

export const saveAnswers = defineCommand({
  name: 'results.save-answers',
  permission: 'results.response.edit',
  scope: (context, { responseId }) => responseScope(context, responseId, ['respondent', 'contributor']),
  input: z.object({
    responseId: z.string(),
    /** Version of the questions that were answered, where the sender knows it: a form that was filled offline. */
    instrumentVersion: z.number().int().positive().optional(),
    answers: z.array(AnswerInput).min(1).max(500),
  }),
  async run(context, { responseId, instrumentVersion, answers }): Promise<SavedAnswers> {
    const { whole } = context
    const response = await takeForAnswering(context, responseId)
    const survey = await requireRunning(whole, response)
    requireOwnEyes(context.actor, response, survey)
    if (!UNDERWAY.includes(response.state)) throw new Problem('results.response-not-answerable', { state: response.state })
    if (instrumentVersion !== undefined && instrumentVersion !== response.instrumentVersion) {
      throw new Problem('results.questions-changed', { version: instrumentVersion, found: response.instrumentVersion })
    }
    const { questions } = await getInstrument(whole, survey.id, response.instrumentVersion)
    const current = new Map((await selectAnswers(whole, responseId)).map((answer) => [answer.question, answer]))
    const outcomes: SaveOutcome[] = []
    for (const input of answers) {
      const outcome = await saveOne(
        context,
        response,
        questions,
        current.get(input.question),
        input,
        survey.anonymity !== 'named',
      )
      if (outcome.outcome === 'saved' && outcome.answer) current.set(input.question, outcome.answer)
      outcomes.push(outcome)
    }
    const begun = response.state !== 'draft' && outcomes.some(({ outcome }) => outcome === 'saved')
    const after = begun ? await saveResponse(context, response, begin(context, response), 'begun') : response
    return { responseId, outcomes, version: after.version, state: after.state }
  },
})

/**
 * Two who answer different questions wait for one another only as long as one statement; two who answer the same one are told apart by
 * the version of the answer. So the row is locked for the time of the command.
 */
async function takeForAnswering({ whole }: CommandContext, id: string): Promise<SurveyResponse> {
  await whole.maybe(sql`select 1 from responses where id = ${id} for update`)
  const [response] = await selectResponses(whole, sql`r.id = ${id}`)
  if (!response) throw new Problem('results.response-missing', { id })
  return response
}

function begin({ clock, actor }: CommandContext, { openedAt, openedBy }: SurveyResponse) {
  return {
    state: 'draft' as const,
    openedAt: openedAt ?? clock.now().toISOString(),
    openedBy: openedBy ?? actor.id,
  }
}

async function saveOne(
  context: CommandContext,
  response: SurveyResponse,
  instrument: Instrument,
  before: Answer | undefined,
  input: AnswerInput,
  confidential: boolean,
): Promise<SaveOutcome> {
  const { question: code, baseVersion } = input
  const problems = problemsOf(instrument, response.instrumentVersion, input)
  if (problems.length > 0) return { question: code, outcome: 'not_accepted', value: input.value ?? null, problems }
  const value = isAnswered(input.value) ? input.value : null
  const wanted = {
    value,
    comment: input.comment === undefined ? (before?.comment ?? null) : input.comment || null,
    evidence: input.evidence ?? before?.evidence ?? [],
  }
  if (isSame(before, wanted)) {
    const accepted = before && input.proposalId !== undefined && before.proposalId !== input.proposalId
    if (!accepted) return { question: code, outcome: 'unchanged', answer: before ?? null }
  } else if ((before?.version ?? 0) !== baseVersion && before) {
    return { question: code, outcome: 'conflict', conflict: await keepLost(context, response, before, wanted, input) }
  }
  const proposal = await settleProposal(context, response.id, {
    question: code,
    value,
    proposalId: input.proposalId,
    earlierProposalId: before?.proposalId ?? null,
  })
  const answer: Answer = {
    question: code,
    ...wanted,
    version: (before?.version ?? 0) + 1,
    origin: proposal?.outcome ?? input.origin,
    proposalId: proposal?.id ?? null,
    at: context.clock.now().toISOString(),
    by: context.actor.id,
  }
  await writeAnswer(context, response, before, answer, confidential)
  return { question: code, outcome: 'saved', answer }
}

function problemsOf(instrument: Instrument, version: number, { question: code, value }: AnswerInput): ProblemReport[] {
  const question = questionOf(instrument, code)
  if (question) return checkAnswer(question, value)
  return [{ code: 'results.question-unknown', params: { question: code, version }, place: { field: code } }]
}

type Wanted = Pick<Answer, 'value' | 'comment' | 'evidence'>

function isSame(before: Answer | undefined, wanted: Wanted): boolean {
  const { value = null, comment = null, evidence = [] } = before ?? {}
  return canonicalJson({ value, comment, evidence }) === canonicalJson(wanted)
}

async function keepLost(
  context: CommandContext,
  { id }: SurveyResponse,
  theirs: Answer,
  { value, comment, evidence }: Wanted,
  { question, baseVersion, origin }: AnswerInput,
): Promise<AnswerConflict> {
  const at = context.clock.now().toISOString()
  const by = context.actor.id
  const version = baseVersion === 0 ? null : baseVersion
  const keptAs = await keepAnswer(context, id, { question, kind: 'lost', value, comment, evidence, version, origin, at, by })
  return { theirs, ours: { value, comment, at, by, keptAs } }
}
