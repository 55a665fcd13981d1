/**
 * Who made a version does not verify or publish it, where somebody else could (domain section 14). Alone in a scope, one person may
 * do both: otherwise a small office could publish nothing.
 */
import { type Db, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { Actor, RecordScope } from '../../../operations/index.ts'
import { loadGrants } from '../grants/load-grants.ts'
import { PERMISSIONS } from './permissions.ts'
import { permits } from './permits.ts'

export async function checkFourEyes(db: Db, actor: Actor, permission: string, scope: RecordScope): Promise<void> {
  const right = PERMISSIONS[permission]?.right
  if ((right !== 'verify' && right !== 'publish') || scope.author !== actor.id || actor.kind !== 'user') return
  for (const other of await listOthers(db, actor.id)) {
    const grants = await loadGrants(db, other.id)
    if (permits({ ...other, kind: 'user', grants }, permission, scope)) {
      throw new Problem('access.own-work', { permission })
    }
  }
}

/** Only people with a role can hold the right; there are few of them. */
async function listOthers(db: Db, userId: string): Promise<{ id: string; name: string }[]> {
  return db.many<{ id: string; name: string }>(sql`
    select id, name
    from users
    where state = 'active' and id <> ${userId} and exists (select 1 from grants where user_id = users.id)
    order by id
  `)
}
