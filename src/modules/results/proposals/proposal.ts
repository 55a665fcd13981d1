/**
 * What is proposed as an answer: from the records, last year's return, an uploaded file or a document; with the query and how many rows
 * are behind it. Whoever answers accepts, changes or refuses it. Proposals and decisions are kept for ever.
 */
import { type Db, type Sql, sql } from '../../../database/db.ts'
import { canonicalJson } from '../../../kernel/canonical-json.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { CommandContext } from '../../../operations/index.ts'

export const PROPOSAL_SOURCES = ['records', 'last_year', 'file', 'document'] as const
export type ProposalSource = (typeof PROPOSAL_SOURCES)[number]

export const PROPOSAL_OUTCOMES = ['open', 'accepted', 'changed', 'refused', 'replaced'] as const
export type ProposalOutcome = (typeof PROPOSAL_OUTCOMES)[number]

export interface AnswerProposal {
  readonly id: string
  readonly responseId: string
  readonly question: string
  /** Shaped as the question asks. */
  readonly value: unknown
  readonly source: ProposalSource
  /** Named query that gave it, with its parameters. */
  readonly query: string | null
  readonly params: Readonly<Record<string, unknown>>
  readonly rowCount: number | null
  /** SHA-256 over the rows behind it. */
  readonly rowsDigest: string | null
  /** Where the rows are to be found: filter of the list, response of the year before, file, document. */
  readonly origin: Readonly<Record<string, unknown>>
  readonly proposedAt: string
  readonly proposedBy: string
  readonly outcome: ProposalOutcome
  readonly decidedAt: string | null
  readonly decidedBy: string | null
}

const COLUMNS = sql`
  p.id, p.response_id as "responseId", p.question, p.value, p.source, p.query, p.params, p.row_count as "rowCount",
  p.rows_digest as "rowsDigest", p.origin, p.proposed_at as "proposedAt", p.proposed_by as "proposedBy", p.outcome,
  p.decided_at as "decidedAt", p.decided_by as "decidedBy"
`

/** Oldest first; the table stands as `p`. */
export function selectProposals(db: Db, where: Sql): Promise<AnswerProposal[]> {
  return db.many<AnswerProposal>(sql`select ${COLUMNS} from answer_proposals as p where ${where} order by p.id`)
}

/** Errors: Problem `results.proposal-missing`. */
export async function getProposal(whole: Db, id: string): Promise<AnswerProposal> {
  const [found] = await selectProposals(whole, sql`p.id = ${id}`)
  if (!found) throw new Problem('results.proposal-missing', { id })
  return found
}

export async function decideProposal(
  { whole, clock, actor, changed }: CommandContext,
  before: AnswerProposal,
  outcome: Exclude<ProposalOutcome, 'open'>,
): Promise<AnswerProposal> {
  if (before.outcome === outcome) return before
  const decidedAt = clock.now().toISOString()
  await whole.run(sql`
    update answer_proposals
    set outcome = ${outcome}, decided_at = ${decidedAt}, decided_by = ${actor.id}
    where id = ${before.id}
  `)
  const after: AnswerProposal = { ...before, outcome, decidedAt, decidedBy: actor.id }
  // A proposal has no versions: the event says what was decided, and the row keeps the last decision.
  changed({ ref: proposalRef(before), action: outcome, version: 1, before: { outcome: before.outcome } })
  return after
}

interface Saved {
  readonly question: string
  readonly value: unknown
  readonly proposalId: string | undefined
  /** The proposal from which the answer that stood there came. */
  readonly earlierProposalId: string | null
}

/**
 * What saving an answer says about a proposal: it was accepted as it is, or changed. An answer that came from a proposal and is now
 * written over was changed. Undefined when no proposal is concerned.
 * Errors: Problem `results.proposal-missing` for one of another answer, `results.proposal-decided` for one that a newer one replaced.
 */
export async function settleProposal(
  context: CommandContext,
  responseId: string,
  { question, value, proposalId, earlierProposalId }: Saved,
): Promise<{ readonly id: string; readonly outcome: 'accepted' | 'changed' } | undefined> {
  const id = proposalId ?? earlierProposalId
  if (id === null) return undefined
  const proposal = await getProposal(context.whole, id)
  if (proposal.responseId !== responseId || proposal.question !== question) throw new Problem('results.proposal-missing', { id })
  if (proposal.outcome === 'replaced') {
    if (proposalId === undefined) return undefined
    throw new Problem('results.proposal-decided', {
      outcome: proposal.outcome,
      by: proposal.decidedBy ?? '',
      at: proposal.decidedAt ?? '',
    })
  }
  const outcome = canonicalJson(proposal.value) === canonicalJson(value) ? 'accepted' : 'changed'
  await decideProposal(context, proposal, outcome)
  return { id, outcome }
}

export function proposalRef({ responseId, question }: Pick<AnswerProposal, 'responseId' | 'question'>) {
  return { module: 'results', aggregate: 'answer_proposals', id: `${responseId}/${question}` } as const
}
