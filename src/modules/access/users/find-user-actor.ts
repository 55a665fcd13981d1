/** A person as an actor, with the roles of this moment: for work that was asked for earlier and is done in their name. */
import { type Db, sql } from '../../../database/db.ts'
import type { Actor } from '../../../operations/index.ts'
import { loadGrants } from '../grants/load-grants.ts'

/** Undefined when there is no such account or it is closed. `db` must see every account. */
export async function findUserActor(db: Db, id: string): Promise<Actor | undefined> {
  const user = await db.maybe<{ name: string }>(sql`select name from users where id = ${id} and state = 'active'`)
  return user && { id, kind: 'user', name: user.name, grants: await loadGrants(db, id) }
}
