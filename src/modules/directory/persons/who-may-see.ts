/** Which people somebody may see, as a condition of SQL; the same for the list, its count and the page of one. */
import { type Sql, sql } from '../../../database/db.ts'
import type { Sight } from '../../../operations/index.ts'

/** For a query that calls the table `p`: what is public or of the network, what the own scope owns, and oneself. */
export function maySee({ rows }: Pick<Sight, 'rows'>): Sql {
  if (rows.sees === 'all') return sql`true`
  if (rows.sees === 'public') return sql`p.visibility = 'public'`
  return sql`(p.visibility in ('public', 'network') or p.owner_org = any(${rows.orgs}::text[]) or p.user_id = ${rows.actorId})`
}
