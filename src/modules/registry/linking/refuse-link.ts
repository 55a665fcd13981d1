/** Says of a proposed pair that it is not one initiative, or that one cannot be sure; or opens the question again. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { initiativeScope } from '../initiatives/initiative-scope.ts'
import { requireOther } from './link-initiatives.ts'
import {
  getProposal,
  groupOf,
  LINK_DECISIONS,
  type LinkProposal,
  lockLinks,
  proposalRef,
  selectLinksAround,
} from './link-rows.ts'

export const refuseLink = defineCommand({
  name: 'registry.refuse-link',
  permission: 'registry.initiative.edit',
  scope: async (context, { proposalId }) => initiativeScope(context, (await getProposal(context.db, proposalId)).oneId),
  input: z.object({
    proposalId: z.string(),
    /** The version that the person saw. */
    version: z.number().int().positive(),
    /** `open` takes a decision back. */
    decision: z.enum([...LINK_DECISIONS, 'open']).default('refused'),
    reason: z.string().trim().max(2_000).optional(),
  }),
  async run(context, { proposalId, version, decision, reason }): Promise<LinkProposal> {
    const { db, whole, clock, actor, changed } = context
    await requireOther(context, (await getProposal(db, proposalId)).otherId)
    await lockLinks(whole)
    const before = await getProposal(whole, proposalId)
    if (before.version !== version) throw new Problem('linking.decided-meanwhile', { version, found: before.version })
    const { ids } = groupOf(before.oneId, await selectLinksAround(whole, before.oneId))
    if (ids.includes(before.otherId)) throw new Problem('linking.linked-already-decided')
    const isOpen = decision === 'open'
    const after: LinkProposal = {
      ...before,
      decision: isOpen ? null : decision,
      decisionReason: isOpen || !reason ? null : reason,
      decidedAt: isOpen ? null : clock.now().toISOString(),
      decidedBy: isOpen ? null : actor.id,
      version: version + 1,
    }
    await whole.run(sql`
      update initiative_link_proposals
      set decision = ${after.decision}, decision_reason = ${after.decisionReason}, decided_at = ${after.decidedAt},
          decided_by = ${after.decidedBy}, version = ${after.version}
      where id = ${proposalId}
    `)
    const action = isOpen ? 'reopened' : decision
    changed({ ref: proposalRef(proposalId), action, version: after.version, before, after, ...(reason ? { reason } : {}) })
    return after
  },
})
