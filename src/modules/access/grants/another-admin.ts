/** An instance without an administrator could never let anybody in again, so the last one stays. */
import { type Db, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { holdsNow } from './grant.ts'

/**
 * Errors: Problem `grants.last-admin` when nobody else is administrator without an end. Locks the grants of administrators, so that
 * two of them cannot take each other's role at once.
 */
export async function requireAnotherAdmin(
  db: Db,
  beside: { readonly grantId: string } | { readonly userId: string },
): Promise<void> {
  const admins = await db.many<{ id: string; userId: string; lasting: boolean }>(sql`
    select g.id, g.user_id as "userId", (g.ends_at is null and ${holdsNow('g')} and u.state = 'active') as lasting
    from grants as g
    join users as u on u.id = g.user_id
    where g.role = 'admin' and g.scope = 'instance' and g.revoked_at is null
    order by g.id
    for update of g
  `)
  const others = admins.filter(
    ({ id, userId, lasting }) => lasting && ('grantId' in beside ? id !== beside.grantId : userId !== beside.userId),
  )
  if (others.length === 0) throw new Problem('grants.last-admin')
}
