/** Writing accounts: each change counts the version up and is noted, without a value that says who the person is. */
import { type Db, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { Actor, CommandContext } from '../../../operations/index.ts'
import { traceOf, USER_COLUMNS, type User, userRef } from './user.ts'

/** Locks the row until the end of the transaction. Errors: Problem `access.account-missing`. */
export async function lockUser(db: Db, id: string): Promise<User> {
  const user = await db.maybe<User>(sql`select ${USER_COLUMNS} from users as u where u.id = ${id} for update`)
  if (!user) throw new Problem('access.account-missing', { id })
  return user
}

/** Errors: Problem `access.account-state`. */
export function requireState(user: User, ...accepted: readonly User['state'][]): void {
  if (!accepted.includes(user.state)) throw new Problem('access.account-state', { state: user.state })
}

export type NewUser = Pick<User, 'id' | 'email' | 'name' | 'lang' | 'state'>

/** Errors: Problem `access.email-taken`. */
export async function insertUser(db: Db, { id, email, name, lang, state }: NewUser, at: Date, by: string): Promise<User> {
  const iso = at.toISOString()
  const written = await db.run(sql`
    insert into users (id, email, name, lang, state, version, created_at, created_by, updated_at, updated_by)
    values (${id}, ${email}, ${name}, ${lang}, ${state}, 1, ${iso}, ${by}, ${iso}, ${by})
    on conflict do nothing
  `)
  if (written === 0) throw new Problem('access.email-taken', {}, { place: { field: 'email' } })
  await db.run(sql`insert into user_secrets (user_id) values (${id})`)
  return db.one<User>(sql`select ${USER_COLUMNS} from users as u where u.id = ${id}`)
}

export async function updateUser(
  context: CommandContext,
  before: User,
  after: User,
  action: string,
  reason?: string,
): Promise<User> {
  const { db, clock, actor, changed } = context
  const version = before.version + 1
  await db.run(sql`
    update users
    set email = ${after.email},
        name = ${after.name},
        lang = ${after.lang},
        timezone = ${after.timezone},
        state = ${after.state},
        version = ${version},
        updated_at = ${clock.now().toISOString()},
        updated_by = ${actor.id}
    where id = ${before.id}
  `)
  const written = { ...after, version }
  changed({
    ref: userRef(before.id),
    action,
    version,
    before: traceOf(before),
    after: traceOf(written),
    ...(reason === undefined ? {} : { reason }),
  })
  return written
}

/** Something about the account that is no field of it: a password, a second factor, a failed sign-in. */
export function noteOnUser(
  { changed }: Pick<CommandContext, 'changed'>,
  user: Pick<User, 'id' | 'version'>,
  action: string,
  reason?: string,
): void {
  changed({ ref: userRef(user.id), action, version: user.version, ...(reason === undefined ? {} : { reason }) })
}

/** The account of whoever asks. The administrator at the machine and a program have none. */
export function ownId(actor: Actor): string {
  if (actor.kind !== 'user') throw new Problem('access.account-missing', { id: actor.id })
  return actor.id
}

/** For the `scope` of an operation about the own account. */
export function ownScope(actor: Actor): { orgs: []; countries: []; self: string } {
  return { orgs: [], countries: [], self: actor.id }
}
