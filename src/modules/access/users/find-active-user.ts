/** An account that can be given something to do, by id or address; undefined for one that is suspended, deleted or not there. */
import { type Db, sql } from '../../../database/db.ts'

/** `db` must see every account. Gives no more than the id: who asks learns whether the account exists, as with lent roles. */
export function findActiveUser(db: Db, idOrEmail: string): Promise<{ readonly id: string } | undefined> {
  return db.maybe<{ id: string }>(sql`
    select id
    from users
    where state = 'active' and (id = ${idOrEmail} or lower(email) = ${idOrEmail.trim().toLowerCase()})
  `)
}
