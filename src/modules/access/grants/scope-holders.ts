/** Who holds a role in a scope now, for the people of that very scope; and whom a change of a record concerns, by what they may do. */
import { type Db, sql } from '../../../database/db.ts'
import type { Actor, RecordScope } from '../../../operations/index.ts'
import { permits } from '../policy/permits.ts'
import { type ListedGrant, listGrantRows } from './grant.ts'
import { loadGrants } from './load-grants.ts'

/** Current and coming, with those that were delegated. `db` must see every account. */
export function listScopeHolders(db: Db, scope: 'country' | 'entity', scopeId: string): Promise<ListedGrant[]> {
  return listGrantRows(
    db,
    sql`g.scope = ${scope} and g.scope_id = ${scopeId} and g.revoked_at is null and (g.ends_at is null or g.ends_at > now())
      and u.state = 'active'`,
  )
}

/** Everybody who holds a role at this moment, as actors. `db` must see every account. */
export async function loadPeopleWithRoles(db: Db): Promise<Actor[]> {
  const people = await db.many<{ id: string; name: string }>(sql`
    select u.id, u.name
    from users as u
    where u.state = 'active' and exists (select 1 from grants as g where g.user_id = u.id and g.revoked_at is null)
    order by u.id
  `)
  const actors: Actor[] = []
  for (const { id, name } of people) actors.push({ id, kind: 'user', name, grants: await loadGrants(db, id) })
  return actors
}

/** Those who work with records and hold the permission for this one. An administrator counts only where nobody else does. */
export function peopleWith(people: readonly Actor[], permission: string, scope: RecordScope): string[] {
  const working = people.map((one) => ({ ...one, grants: (one.grants ?? []).filter(({ role }) => role !== 'admin') }))
  const workers = working.filter((one) => permits(one, permission, scope))
  return (workers.length > 0 ? workers : people.filter((one) => permits(one, permission, scope))).map(({ id }) => id)
}
