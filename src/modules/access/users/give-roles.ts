/** The roles with which an account begins. Later ones are given by `access.give-grant`. */
import { z } from 'zod'
import { newId } from '../../../kernel/ids.ts'
import type { CommandContext } from '../../../operations/index.ts'
import { grantGiven, insertGrant, startOf } from '../grants/grant.ts'
import { checkedScope } from '../grants/grant-scope.ts'
import { GIVEN_ROLES, SCOPES } from '../policy/role-table.ts'

export const FirstRole = z.object({
  role: z.enum(GIVEN_ROLES),
  scope: z.enum(SCOPES),
  /** Organisation, country code, body or campaign; nothing for the whole instance. */
  scopeId: z.string().trim().min(1).max(100).nullish(),
})
export type FirstRole = z.output<typeof FirstRole>

export async function giveRoles(
  { db, clock, actor, changed }: CommandContext,
  userId: string,
  roles: readonly FirstRole[],
): Promise<void> {
  for (const stated of roles) {
    const grant = await insertGrant(db, {
      id: newId(),
      userId,
      role: stated.role,
      scope: stated.scope,
      scopeId: await checkedScope(db, stated),
      startsAt: await startOf(db, undefined),
      endsAt: null,
      onBehalfOf: null,
      reason: null,
      givenAt: clock.now().toISOString(),
      givenBy: actor.id,
    })
    changed(grantGiven(grant, 'given'))
  }
}
