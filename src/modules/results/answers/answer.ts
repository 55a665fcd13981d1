/** An answer as it stands, and what is kept of those that stood before or lost against another at the same time. */
import { type Db, sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import type { CommandContext } from '../../../operations/index.ts'
import type { Answers } from '../questions/index.ts'
import type { SurveyResponse } from '../responses/response.ts'

export const ANSWER_ORIGINS = ['typed', 'accepted', 'changed', 'workbook', 'mail', 'carried_over'] as const
export type AnswerOrigin = (typeof ANSWER_ORIGINS)[number]

/** A file that the program keeps, by its SHA-256, or an address. */
export interface Evidence {
  readonly name: string
  readonly digest?: string | undefined
  readonly address?: string | undefined
}

export interface Answer {
  readonly question: string
  /** Shaped as the question asks (question.ts); null: cleared, or a comment alone. */
  readonly value: unknown
  readonly comment: string | null
  readonly evidence: readonly Evidence[]
  /** Counts the changes of this answer, from 1. */
  readonly version: number
  readonly origin: AnswerOrigin
  readonly proposalId: string | null
  readonly at: string
  readonly by: string
}

export interface KeptAnswer extends Omit<Answer, 'version' | 'proposalId'> {
  readonly id: string
  /** Replaced, cleared; lost against another at the same time; dropped because the questions changed. */
  readonly kind: 'replaced' | 'cleared' | 'lost' | 'dropped'
  /** Its version; of a lost one that from which it started, null: none was there. */
  readonly version: number | null
  readonly keptAt: string
  readonly keptBy: string
}

export const ANSWER_COLUMNS = sql`
  a.question, a.value, a.comment, a.evidence, a.version, a.origin, a.proposal_id as "proposalId", a.at, a.by
`

export function selectAnswers(db: Db, responseId: string): Promise<Answer[]> {
  return db.many<Answer>(sql`
    select ${ANSWER_COLUMNS} from response_answers as a where a.response_id = ${responseId} order by a.question
  `)
}

/** Values by question, as the rules over questions take them. */
export function valuesOf(answers: readonly Pick<Answer, 'question' | 'value'>[]): Answers {
  return Object.fromEntries(answers.map(({ question, value }) => [question, value]))
}

/** Oldest first. */
export function selectHistory(db: Db, responseId: string, question?: string): Promise<KeptAnswer[]> {
  return db.many<KeptAnswer>(sql`
    select h.id, h.question, h.kind, h.value, h.comment, h.evidence, h.version, h.origin, h.at, h.by, h.kept_at as "keptAt",
           h.kept_by as "keptBy"
    from answer_history as h
    where h.response_id = ${responseId} and (${question ?? null}::text is null or h.question = ${question ?? null})
    order by h.id
    limit 500
  `)
}

export type AnswerToKeep = Pick<
  KeptAnswer,
  'question' | 'kind' | 'value' | 'comment' | 'evidence' | 'version' | 'origin' | 'at' | 'by'
>

export async function keepAnswer(
  { whole, clock, actor }: Pick<CommandContext, 'whole' | 'clock' | 'actor'>,
  responseId: string,
  kept: AnswerToKeep,
): Promise<string> {
  const id = newId()
  await whole.run(sql`
    insert into answer_history (id, response_id, question, kind, value, comment, evidence, version, origin, at, by, kept_at, kept_by)
    values (${id}, ${responseId}, ${kept.question}, ${kept.kind}, ${asJson(kept.value)}::jsonb, ${kept.comment},
            ${asJson(kept.evidence)}::jsonb, ${kept.version}, ${kept.origin}, ${kept.at}, ${kept.by}, ${clock.now().toISOString()},
            ${actor.id})
  `)
  return id
}

/** Writes one answer in the place of `before`, which goes to the history. */
export async function writeAnswer(
  context: CommandContext,
  { id: responseId }: Pick<SurveyResponse, 'id'>,
  before: Answer | undefined,
  after: Answer,
  confidential: boolean,
): Promise<void> {
  const { whole, changed } = context
  if (before) await keepAnswer(context, responseId, { ...before, kind: after.value === null ? 'cleared' : 'replaced' })
  await whole.run(sql`
    insert into response_answers (response_id, question, value, comment, evidence, version, origin, proposal_id, at, by)
    values (${responseId}, ${after.question}, ${asJson(after.value)}::jsonb, ${after.comment}, ${asJson(after.evidence)}::jsonb,
            ${after.version}, ${after.origin}, ${after.proposalId}, ${after.at}, ${after.by})
    on conflict (response_id, question) do update
    set value = excluded.value, comment = excluded.comment, evidence = excluded.evidence, version = excluded.version,
        origin = excluded.origin, proposal_id = excluded.proposal_id, at = excluded.at, by = excluded.by
  `)
  changed({
    ref: answerRef(responseId, after.question),
    action: after.value === null ? 'cleared' : 'answered',
    version: after.version,
    before,
    after,
    // Of a survey that promises counts only, the trail keeps digests of what was said.
    ...(confidential ? { personal: ['value', 'comment', 'evidence'] } : {}),
  })
}

export function answerRef(responseId: string, question: string) {
  return { module: 'results', aggregate: 'response_answers', id: `${responseId}/${question}` } as const
}

export function asJson(value: unknown): string {
  return JSON.stringify(value ?? null)
}
