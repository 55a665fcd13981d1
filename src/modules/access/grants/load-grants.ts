/** The roles of a person that hold at this moment, each with its scope spelled out. Read anew for each request: a change counts at once. */
import { type Db, sql } from '../../../database/db.ts'
import type { Grant } from '../../../operations/index.ts'
import { orgsInScope } from '../../directory/index.ts'
import { holdsNow, lenderStillHolds } from './grant.ts'

interface GrantRow {
  readonly role: string
  readonly scope: Grant['scope']
  readonly scopeId: string | null
  readonly onBehalfOf: string | null
}

export async function loadGrants(db: Db, userId: string): Promise<Grant[]> {
  const rows = await db.many<GrantRow>(sql`
    select g.role, g.scope, g.scope_id as "scopeId", g.on_behalf_of as "onBehalfOf"
    from grants as g
    where g.user_id = ${userId} and ${holdsNow('g')} and ${lenderStillHolds('g')}
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
