/**
 * Notes what is proposed for a response. A newer proposal takes the place of an open one; one that was decided already, with the same
 * value from the same rows, is not made again. What is no answer to its question is said and left out.
 */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { canonicalJson } from '../../../kernel/canonical-json.ts'
import { newId } from '../../../kernel/ids.ts'
import { Problem, type ProblemReport } from '../../../kernel/problems.ts'
import { type CommandContext, defineCommand } from '../../../operations/index.ts'
import { asJson } from '../answers/answer.ts'
import { checkAnswer, isAnswered, questionOf } from '../questions/index.ts'
import { getResponseAsSeen, requireOwnEyes, requireRunning, responseScope, UNDERWAY } from '../responses/response.ts'
import { getInstrument } from '../surveys/instruments.ts'
import { type AnswerProposal, decideProposal, PROPOSAL_SOURCES, proposalRef, selectProposals } from './proposal.ts'

const ProposalInput = z.object({
  question: z.string().max(60),
  value: z.unknown(),
  source: z.enum(PROPOSAL_SOURCES),
  query: z.string().max(100).optional(),
  params: z.record(z.string(), z.unknown()).default({}),
  rowCount: z.number().int().min(0).optional(),
  rowsDigest: z.string().max(64).optional(),
  origin: z.record(z.string(), z.unknown()).default({}),
})
type ProposalInput = z.output<typeof ProposalInput>

export interface RecordedProposals {
  readonly proposed: readonly AnswerProposal[]
  /** Codes of questions whose proposal stands or was decided already. */
  readonly unchanged: readonly string[]
  readonly problems: readonly ProblemReport[]
}

export const recordProposals = defineCommand({
  name: 'results.record-proposals',
  permission: 'results.response.edit',
  scope: (context, { responseId }) => responseScope(context, responseId, ['respondent', 'contributor']),
  input: z.object({ responseId: z.string(), proposals: z.array(ProposalInput).max(500) }),
  async run(context, { responseId, proposals }): Promise<RecordedProposals> {
    const { whole } = context
    await whole.maybe(sql`select 1 from responses where id = ${responseId} for update`)
    const response = await getResponseAsSeen(context, responseId)
    const survey = await requireRunning(whole, response)
    requireOwnEyes(context.actor, response, survey)
    if (!UNDERWAY.includes(response.state)) throw new Problem('results.response-not-answerable', { state: response.state })
    const { questions } = await getInstrument(whole, survey.id, response.instrumentVersion)
    const known = await selectProposals(whole, sql`p.response_id = ${responseId}`)
    const proposed: AnswerProposal[] = []
    const unchanged: string[] = []
    const problems: ProblemReport[] = []
    for (const input of proposals) {
      const question = questionOf(questions, input.question)
      const found: ProblemReport[] = question
        ? checkAnswer(question, input.value)
        : [
            {
              code: 'results.question-unknown',
              params: { question: input.question, version: response.instrumentVersion },
              place: { field: input.question },
            },
          ]
      if (found.length > 0 || !isAnswered(input.value)) {
        problems.push(...found)
        continue
      }
      const last = known.findLast((one) => one.question === input.question && one.source === input.source)
      if (last && last.outcome !== 'replaced' && isSame(last, input)) {
        unchanged.push(input.question)
        continue
      }
      const open = known.find((one) => one.question === input.question && one.outcome === 'open')
      if (open) await decideProposal(context, open, 'replaced')
      const made = await insertProposal(context, responseId, input)
      known.splice(0, known.length, ...known.map((one) => (one === open ? { ...one, outcome: 'replaced' as const } : one)), made)
      proposed.push(made)
    }
    return { proposed, unchanged, problems }
  },
})

function isSame(known: AnswerProposal, input: ProposalInput): boolean {
  return canonicalJson([known.value, known.rowsDigest]) === canonicalJson([input.value, input.rowsDigest ?? null])
}

async function insertProposal(
  { whole, clock, actor, changed }: CommandContext,
  responseId: string,
  { question, value, source, query, params, rowCount, rowsDigest, origin }: ProposalInput,
): Promise<AnswerProposal> {
  const proposal: AnswerProposal = {
    id: newId(),
    responseId,
    question,
    value,
    source,
    query: query ?? null,
    params,
    rowCount: rowCount ?? null,
    rowsDigest: rowsDigest ?? null,
    origin,
    proposedAt: clock.now().toISOString(),
    proposedBy: actor.id,
    outcome: 'open',
    decidedAt: null,
    decidedBy: null,
  }
  await whole.run(sql`
    insert into answer_proposals (id, response_id, question, value, source, query, params, row_count, rows_digest, origin,
                                  proposed_at, proposed_by, outcome)
    values (${proposal.id}, ${responseId}, ${question}, ${asJson(value)}::jsonb, ${source}, ${proposal.query},
            ${asJson(params)}::jsonb, ${proposal.rowCount}, ${proposal.rowsDigest}, ${asJson(origin)}::jsonb,
            ${proposal.proposedAt}, ${actor.id}, 'open')
  `)
  changed({ ref: proposalRef(proposal), action: 'proposed', version: 1 })
  return proposal
}
