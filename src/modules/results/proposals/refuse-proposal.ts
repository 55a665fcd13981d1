/** Refuses a proposed answer. The answer itself stays as it is; accepting and changing come with `results.save-answers`. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { requireOwnEyes, requireRunning, responseScope, selectResponses } from '../responses/response.ts'
import { type AnswerProposal, decideProposal, getProposal } from './proposal.ts'

export const refuseProposal = defineCommand({
  name: 'results.refuse-proposal',
  permission: 'results.response.edit',
  scope: async (context, { id }) =>
    responseScope(context, (await getProposal(context.whole, id)).responseId, ['respondent', 'contributor']),
  input: z.object({ id: z.string() }),
  async run(context, { id }): Promise<AnswerProposal> {
    const proposal = await getProposal(context.whole, id)
    const [response] = await selectResponses(context.whole, sql`r.id = ${proposal.responseId}`)
    if (response) requireOwnEyes(context.actor, response, await requireRunning(context.whole, response))
    if (proposal.outcome !== 'open' && proposal.outcome !== 'refused') {
      throw new Problem('results.proposal-decided', {
        outcome: proposal.outcome,
        by: proposal.decidedBy ?? '',
        at: proposal.decidedAt ?? '',
      })
    }
    return decideProposal(context, proposal, 'refused')
  },
})
