/** Takes a role back, and with it what its holder delegated of it. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { defineCommand } from '../../../operations/index.ts'
import { requireAnotherAdmin } from './another-admin.ts'
import { type GrantRecord, getGrantForChange, grantRevoked, markRevoked } from './grant.ts'

export const revokeGrant = defineCommand({
  name: 'access.revoke-grant',
  permission: 'access.grant.give',
  input: z.object({ id: z.string(), reason: z.string().trim().min(1).max(2_000) }),
  async run({ db, clock, actor, changed }, { id, reason }): Promise<GrantRecord> {
    // Before the grant is locked: two who take each other's role would otherwise wait for one another.
    if (await isAdminGrant(db, id)) await requireAnotherAdmin(db, { grantId: id })
    const before = await getGrantForChange(db, id)
    const at = clock.now().toISOString()
    const after = await markRevoked(db, before, at, actor.id)
    changed(grantRevoked(before, after, reason))
    for (const lent of await listLentIds(db, before)) {
      const delegation = await getGrantForChange(db, lent)
      changed(grantRevoked(delegation, await markRevoked(db, delegation, at, actor.id), reason))
    }
    return after
  },
})

async function isAdminGrant(db: Db, id: string): Promise<boolean> {
  return (await db.maybe(sql`select 1 from grants where id = ${id} and role = 'admin'`)) !== undefined
}

async function listLentIds(db: Db, { userId, role, scope, scopeId, onBehalfOf }: GrantRecord): Promise<string[]> {
  if (onBehalfOf !== null) return []
  const rows = await db.many<{ id: string }>(sql`
    select id
    from grants
    where on_behalf_of = ${userId} and role = ${role} and scope = ${scope} and scope_id is not distinct from ${scopeId}
      and revoked_at is null
    order by id
  `)
  return rows.map((row) => row.id)
}
