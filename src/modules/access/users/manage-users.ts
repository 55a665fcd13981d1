/** The accounts, for the administrator. */
import { z } from 'zod'
import { type Sql, sql } from '../../../database/db.ts'
import { defineCommand, defineQuery, type Grant } from '../../../operations/index.ts'
import { loadGrants } from '../grants/load-grants.ts'
import { endSessions, type ListedSession, listSessionRows } from '../sessions/session.ts'
import { requireDispensable } from './delete-user.ts'
import { takeAway } from './second-factor.ts'
import { getUserRow, USER_COLUMNS, USER_STATES, type User } from './user.ts'
import { lockUser, requireState, updateUser } from './user-rows.ts'

export interface ListedUser extends User {
  readonly hasSecondFactor: boolean
  /** Roles that hold now, without their scopes. */
  readonly roles: readonly string[]
}

export interface UserPage {
  readonly rows: readonly ListedUser[]
  /** Give it back as `cursor` for the next page; null on the last. */
  readonly next: string | null
  readonly total: number
}

/** By name; deleted accounts only when asked for. */
export const listUsers = defineQuery({
  name: 'access.list-users',
  permission: 'access.user.read',
  input: z.object({
    /** Part of a name or of an address. */
    search: z.string().trim().max(200).optional(),
    state: z.enum(USER_STATES).optional(),
    cursor: z
      .string()
      .regex(/^[0-9A-Z]{26}$/)
      .optional(),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  async run({ db }, { search, state, cursor, limit }): Promise<UserPage> {
    const wanted = conditionOf(search, state)
    const found = await db.many<ListedUser>(sql`
      select ${USER_COLUMNS}, coalesce(s.totp_confirmed_at is not null, false) as "hasSecondFactor",
             array(
               select distinct g.role
               from grants as g
               where g.user_id = u.id and g.revoked_at is null and g.starts_at <= now() and (g.ends_at is null or g.ends_at > now())
               order by g.role
             ) as roles
      from users as u
      left join user_secrets as s on s.user_id = u.id
      where ${wanted}
        and (${cursor ?? null}::text is null or (lower(u.name), u.id) > (select lower(l.name), l.id from users as l where l.id = ${cursor ?? null}))
      order by lower(u.name), u.id
      limit ${limit + 1}
    `)
    const { total } = await db.one<{ total: number }>(sql`select count(*)::integer as total from users as u where ${wanted}`)
    const rows = found.slice(0, limit)
    return { rows, next: found.length > limit ? (rows.at(-1)?.id ?? null) : null, total }
  },
})

function conditionOf(search: string | undefined, state: User['state'] | undefined): Sql {
  const inState = state === undefined ? sql`u.state <> 'deleted'` : sql`u.state = ${state}`
  if (search === undefined || search === '') return inState
  const part = `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  return sql`${inState} and (lower(u.name) like ${part} or u.email like ${part})`
}

export interface UserDetails extends User {
  readonly hasPassword: boolean
  readonly hasSecondFactor: boolean
  readonly providers: readonly string[]
  readonly grants: readonly Grant[]
  readonly sessions: readonly ListedSession[]
}

export const getUser = defineQuery({
  name: 'access.get-user',
  permission: 'access.user.read',
  input: z.object({ id: z.string() }),
  async run({ db, clock, actor }, { id }): Promise<UserDetails> {
    const user = await getUserRow(db, id)
    const secrets = await db.one<Pick<UserDetails, 'hasPassword' | 'hasSecondFactor' | 'providers'>>(sql`
      select coalesce(s.password_hash is not null, false) as "hasPassword",
             coalesce(s.totp_confirmed_at is not null, false) as "hasSecondFactor",
             array(select issuer from user_identities where user_id = u.id order by linked_at, issuer) as providers
      from users as u
      left join user_secrets as s on s.user_id = u.id
      where u.id = ${id}
    `)
    const open = sql`s.ended_at is null and s.expires_at > ${clock.now().toISOString()}`
    const sessions = await listSessionRows(db, id, actor.sessionId, open)
    return { ...user, ...secrets, grants: await loadGrants(db, id), sessions }
  },
})

const Reason = z.string().trim().min(1).max(2_000)

/** Ends every session; keys stop too. Errors: Problems `access.account-state`, `grants.last-admin`. */
export const suspendUser = defineCommand({
  name: 'access.suspend-user',
  permission: 'access.user.edit',
  input: z.object({ id: z.string(), reason: Reason }),
  async run(context, { id, reason }): Promise<User> {
    const user = await lockUser(context.db, id)
    requireState(user, 'active')
    await requireDispensable(context, user)
    await endSessions(context, sql`s.user_id = ${id}`, 'suspended')
    return updateUser(context, user, { ...user, state: 'suspended' }, 'suspended', reason)
  },
})

/** Errors: Problem `access.account-state`. */
export const restoreUser = defineCommand({
  name: 'access.restore-user',
  permission: 'access.user.edit',
  input: z.object({ id: z.string(), reason: Reason }),
  async run(context, { id, reason }): Promise<User> {
    const user = await lockUser(context.db, id)
    requireState(user, 'suspended')
    return updateUser(context, user, { ...user, state: 'active' }, 'restored', reason)
  },
})

/** For whoever lost telephone and recovery codes. Ends every session. Errors: Problem `access.second-factor-not-set`. */
export const resetSecondFactor = defineCommand({
  name: 'access.reset-second-factor',
  permission: 'access.user.edit',
  input: z.object({ id: z.string(), reason: Reason }),
  async run(context, { id, reason }): Promise<{ id: string }> {
    const user = await lockUser(context.db, id)
    requireState(user, 'active', 'suspended')
    await takeAway(context, user, 'second-factor-reset', reason)
    await endSessions(context, sql`s.user_id = ${id}`, 'second-factor-reset')
    return { id }
  },
})
