/** The organisations that a scope covers: an entity with everything below it, or the government organisations of a country. */
import { type Db, sql } from '../../../database/db.ts'

/** IATI organisation types of a country's government: central, local, other public. */
const GOVERNMENT = ['10', '11', '15']

export async function orgsInScope(db: Db, scope: 'entity' | 'country', id: string): Promise<string[]> {
  const start = scope === 'entity' ? sql`id = ${id}` : sql`country_code = ${id} and org_type = any(${GOVERNMENT}::text[])`
  // `union` drops what was found before, so a circle of parents ends. A merged organisation counts as the one that was kept.
  const rows = await db.many<{ id: string }>(sql`
    with recursive covered(id) as (
      select id from orgs where ${start}
      union
      select o.id from orgs as o join covered as c on o.parent_id = c.id or o.duplicate_of = c.id
    )
    select id from covered order by id
  `)
  return rows.map((row) => row.id)
}
