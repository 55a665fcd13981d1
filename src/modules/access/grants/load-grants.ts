/** The roles of a person that hold at this moment, each with its scope spelled out. Read anew for each request: a change counts at once. */
import { type Db, sql } from '../../../database/db.ts'
import type { Grant } from '../../../operations/index.ts'
import { orgsInScope } from '../../directory/index.ts'

interface GrantRow {
  readonly role: string
  readonly scope: Grant['scope']
  readonly scopeId: string | null
  readonly onBehalfOf: string | null
}

export async function loadGrants(db: Db, userId: string): Promise<Grant[]> {
  // What was delegated holds only while the one who is away still holds it.
  const rows = await db.many<GrantRow>(sql`
    select g.role, g.scope, g.scope_id as "scopeId", g.on_behalf_of as "onBehalfOf"
    from grants as g
    where g.user_id = ${userId} and g.revoked_at is null and g.starts_at <= now() and (g.ends_at is null or g.ends_at > now())
      and (g.on_behalf_of is null or exists (
        select 1
        from grants as own
        join users as u on u.id = own.user_id
        where own.user_id = g.on_behalf_of and u.state = 'active' and own.on_behalf_of is null and own.role = g.role
          and own.scope = g.scope and own.scope_id is not distinct from g.scope_id
          and own.revoked_at is null and own.starts_at <= now() and (own.ends_at is null or own.ends_at > now())
      ))
    order by g.id
  `)
  const grants: Grant[] = []
  for (const row of rows) grants.push(await spellOut(db, row))
  return grants
}

async function spellOut(db: Db, { role, scope, scopeId, onBehalfOf }: GrantRow): Promise<Grant> {
  return {
    role,
    scope,
    scopeId,
    orgs: scopeId !== null && (scope === 'entity' || scope === 'country') ? await orgsInScope(db, scope, scopeId) : [],
    countries: scope === 'country' && scopeId !== null ? [scopeId] : [],
    ...(onBehalfOf === null ? {} : { onBehalfOf }),
  }
}
