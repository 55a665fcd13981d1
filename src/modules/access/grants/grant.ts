/** A role that somebody holds: where, for how long, and on whose behalf when it was delegated. */
import { type Db, type Sql, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { RecordChange } from '../../../operations/index.ts'
import type { GivenRole, ScopeKind } from '../policy/role-table.ts'

export interface GrantRecord {
  readonly id: string
  readonly userId: string
  readonly role: GivenRole
  readonly scope: ScopeKind
  /** Organisation, ISO 3166-1 alpha-3 code, body or campaign; null for the whole instance. */
  readonly scopeId: string | null
  readonly startsAt: string
  readonly endsAt: string | null
  /** Whose role it is, when it was delegated. */
  readonly onBehalfOf: string | null
  readonly reason: string | null
  readonly givenAt: string
  readonly givenBy: string
  readonly revokedAt: string | null
  readonly revokedBy: string | null
}

/** A grant as lists show it, with the names of the people. */
export interface ListedGrant extends GrantRecord {
  readonly userName: string
  readonly onBehalfOfName: string | null
  /** `waiting`: starts later. `lapsed`: delegated by somebody who does not hold the role any more, or is suspended. */
  readonly state: 'current' | 'waiting' | 'ended' | 'revoked' | 'lapsed'
}

const COLUMNS = sql`
  g.id, g.user_id as "userId", g.role, g.scope, g.scope_id as "scopeId", g.starts_at as "startsAt", g.ends_at as "endsAt",
  g.on_behalf_of as "onBehalfOf", g.reason, g.given_at as "givenAt", g.given_by as "givenBy", g.revoked_at as "revokedAt",
  g.revoked_by as "revokedBy"
`

/** Not revoked and within its time. The clock is that of the database, so that all processes agree. */
export function holdsNow(alias: string): Sql {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  return sql`(${column('revoked_at')} is null and ${column('starts_at')} <= now()
    and (${column('ends_at')} is null or ${column('ends_at')} > now()))`
}

/** Not delegated, or by somebody who is active and still holds that very role. `alias` is a row of `grants`. */
export function lenderStillHolds(alias: string): Sql {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  return sql`(${column('on_behalf_of')} is null or exists (
    select 1
    from grants as own
    join users as lender on lender.id = own.user_id
    where own.user_id = ${column('on_behalf_of')} and lender.state = 'active' and own.on_behalf_of is null
      and own.role = ${column('role')} and own.scope = ${column('scope')}
      and own.scope_id is not distinct from ${column('scope_id')} and ${holdsNow('own')}
  ))`
}

export async function listGrantRows(db: Db, where: Sql): Promise<ListedGrant[]> {
  return db.many<ListedGrant>(sql`
    select ${COLUMNS}, u.name as "userName", away.name as "onBehalfOfName",
           case when g.revoked_at is not null then 'revoked'
                when g.ends_at <= now() then 'ended'
                when not ${lenderStillHolds('g')} then 'lapsed'
                when g.starts_at > now() then 'waiting'
                else 'current' end as state
    from grants as g
    join users as u on u.id = g.user_id
    left join users as away on away.id = g.on_behalf_of
    where ${where}
    order by u.name, g.id
  `)
}

/** Errors: Problem `grants.grant-missing`. */
export async function getGrantForChange(db: Db, id: string): Promise<GrantRecord> {
  const grant = await db.maybe<GrantRecord>(sql`select ${COLUMNS} from grants as g where g.id = ${id} for update`)
  if (!grant) throw new Problem('grants.grant-missing', { id })
  return grant
}

/** Errors: Problem `grants.already-held` when the person holds, or will hold, the same at that time. */
export async function insertGrant(db: Db, grant: Omit<GrantRecord, 'revokedAt' | 'revokedBy'>): Promise<GrantRecord> {
  await db.maybe(sql`select 1 from users where id = ${grant.userId} for update`)
  const same = await db.maybe<{ id: string }>(sql`
    select g.id
    from grants as g
    where g.user_id = ${grant.userId} and g.role = ${grant.role} and g.scope = ${grant.scope}
      and g.scope_id is not distinct from ${grant.scopeId} and g.on_behalf_of is not distinct from ${grant.onBehalfOf}
      and g.revoked_at is null and (g.ends_at is null or g.ends_at > ${grant.startsAt})
      and (${grant.endsAt}::timestamptz is null or g.starts_at < ${grant.endsAt})
    order by g.id
    limit 1
  `)
  if (same) throw new Problem('grants.already-held', { grant: same.id })
  await db.run(sql`
    insert into grants (id, user_id, role, scope, scope_id, starts_at, ends_at, on_behalf_of, reason, given_at, given_by)
    values (${grant.id}, ${grant.userId}, ${grant.role}, ${grant.scope}, ${grant.scopeId}, ${grant.startsAt}, ${grant.endsAt},
            ${grant.onBehalfOf}, ${grant.reason}, ${grant.givenAt}, ${grant.givenBy})
  `)
  return { ...grant, revokedAt: null, revokedBy: null }
}

export async function markRevoked(db: Db, grant: GrantRecord, at: string, by: string): Promise<GrantRecord> {
  if (grant.revokedAt !== null) throw new Problem('grants.already-revoked', { at: grant.revokedAt })
  await db.run(sql`update grants set revoked_at = ${at}, revoked_by = ${by} where id = ${grant.id}`)
  return { ...grant, revokedAt: at, revokedBy: by }
}

export const grantGiven = (grant: GrantRecord, action: 'given' | 'delegated'): RecordChange => ({
  ref: { module: 'access', aggregate: 'grants', id: grant.id },
  action,
  version: 1,
  after: grant,
  ...(grant.reason === null ? {} : { reason: grant.reason }),
})

export const grantRevoked = (before: GrantRecord, after: GrantRecord, reason: string | undefined): RecordChange => ({
  ref: { module: 'access', aggregate: 'grants', id: after.id },
  action: 'revoked',
  version: 2,
  before,
  after,
  ...(reason === undefined ? {} : { reason }),
})

/** Starts at this moment where nothing else is said: by the clock of the database, which decides whether it holds. */
export async function startOf(db: Db, stated: string | undefined): Promise<string> {
  const { now } = await db.one<{ now: string }>(sql`select now() as now`)
  return stated === undefined ? now : new Date(stated).toISOString()
}

/** Errors: Problem `grants.time-not-accepted`. */
export async function requireTime(db: Db, startsAt: string, endsAt: string | null): Promise<void> {
  if (endsAt === null) return
  const { fits } = await db.one<{ fits: boolean }>(
    sql`select ${endsAt}::timestamptz > greatest(${startsAt}::timestamptz, now()) as fits`,
  )
  if (!fits)
    throw new Problem('grants.time-not-accepted', { found: endsAt, accepted: `> ${startsAt}` }, { place: { field: 'endsAt' } })
}

/** Errors: Problem `grants.user-missing`: no such account, or one that is suspended or deleted. */
export async function requireActiveUser(db: Db, id: string): Promise<void> {
  const user = await db.maybe(sql`select 1 from users where id = ${id} and state in ('active', 'invited')`)
  if (!user) throw new Problem('grants.user-missing', { user: id }, { place: { field: 'user' } })
}
