/** An instance without an administrator could never let anybody in again, so the last one stays. */
import { type Db, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { holdsNow } from './grant.ts'

/**
 * Errors: Problem `grants.last-admin` when nobody else is administrator without an end. Two who take the role or the account of each
 * other at once take turns here until the first has committed; only a statement that begins afterwards sees what the first did.
 */
export async function requireAnotherAdmin(
  db: Db,
  beside: { readonly grantId: string } | { readonly userId: string },
): Promise<void> {
  await db.run(sql`select pg_advisory_xact_lock(hashtext('access.last-admin'))`)
  const other = 'grantId' in beside ? sql`g.id <> ${beside.grantId}` : sql`g.user_id <> ${beside.userId}`
  const { found } = await db.one<{ found: boolean }>(sql`
    select exists (
      select 1
      from grants as g
      join users as u on u.id = g.user_id
      where g.role = 'admin' and g.scope = 'instance' and g.revoked_at is null and g.ends_at is null
        and ${holdsNow('g')} and u.state = 'active' and ${other}
    ) as found
  `)
  if (!found) throw new Problem('grants.last-admin')
}
