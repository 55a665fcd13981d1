/** The lender takes a lent role back, or the borrower returns it. */
import { z } from 'zod'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { type GrantRecord, getGrantForChange, grantRevoked, markRevoked } from './grant.ts'

export const revokeDelegation = defineCommand({
  name: 'access.revoke-delegation',
  permission: 'access.delegation.give',
  rows: 'whole',
  input: z.object({ id: z.string(), reason: z.string().trim().max(2_000).optional() }),
  async run({ db, clock, actor, changed }, { id, reason }): Promise<GrantRecord> {
    const before = await getGrantForChange(db, id)
    // Somebody else's is as if it were not there.
    const mine = before.onBehalfOf === actor.id || (before.onBehalfOf !== null && before.userId === actor.id)
    if (!mine) throw new Problem('grants.grant-missing', { id })
    const after = await markRevoked(db, before, clock.now().toISOString(), actor.id)
    changed(grantRevoked(before, after, reason))
    return after
  },
})
