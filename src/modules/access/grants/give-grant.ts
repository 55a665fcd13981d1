/** Gives somebody a role in a scope. It holds with the next request of that person. */
import { z } from 'zod'
import { newId } from '../../../kernel/ids.ts'
import { defineCommand } from '../../../operations/index.ts'
import { GIVEN_ROLES, SCOPES } from '../policy/role-table.ts'
import { type GrantRecord, grantGiven, insertGrant, requireActiveUser, requireTime, startOf } from './grant.ts'
import { checkedScope } from './grant-scope.ts'

export const giveGrant = defineCommand({
  name: 'access.give-grant',
  permission: 'access.grant.give',
  input: z.object({
    userId: z.string(),
    role: z.enum(GIVEN_ROLES),
    scope: z.enum(SCOPES),
    /** Organisation, country code, body or campaign; nothing for the whole instance. */
    scopeId: z.string().trim().min(1).max(100).nullish(),
    startsAt: z.iso.datetime({ offset: true }).optional(),
    endsAt: z.iso.datetime({ offset: true }).nullish(),
    reason: z.string().trim().min(1).max(2_000),
  }),
  async run({ db, clock, actor, changed }, { userId, role, scope, scopeId, startsAt, endsAt, reason }): Promise<GrantRecord> {
    await requireActiveUser(db, userId)
    const start = await startOf(db, startsAt)
    await requireTime(db, start, endsAt ?? null)
    const grant = await insertGrant(db, {
      id: newId(),
      userId,
      role,
      scope,
      scopeId: await checkedScope(db, { role, scope, scopeId }),
      startsAt: start,
      endsAt: endsAt ? new Date(endsAt).toISOString() : null,
      onBehalfOf: null,
      reason,
      givenAt: clock.now().toISOString(),
      givenBy: actor.id,
    })
    changed(grantGiven(grant, 'given'))
    return grant
  },
})
