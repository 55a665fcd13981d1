/** Whether a role can be given for a scope, and whether that scope exists. */
import { findArea } from '../../../codes/index.ts'
import type { Db } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { findOrg } from '../../directory/index.ts'
import { type GivenRole, SCOPES_OF_ROLE, type ScopeKind } from '../policy/role-table.ts'

export interface StatedScope {
  readonly role: GivenRole
  readonly scope: ScopeKind
  readonly scopeId?: string | null | undefined
}

/**
 * The id of the scope as it is kept: a country as alpha-3 code, an organisation that was merged as the one that was kept.
 * Errors: Problems `grants.scope-not-accepted`, `grants.scope-missing`. Bodies and campaigns are none yet.
 */
export async function checkedScope(db: Db, { role, scope, scopeId }: StatedScope): Promise<string | null> {
  const accepted: readonly ScopeKind[] = SCOPES_OF_ROLE[role]
  const stated = scopeId ?? null
  if (!accepted.includes(scope) || (scope === 'instance') !== (stated === null)) {
    const found = stated === null ? scope : `${scope} ${stated}`
    throw new Problem('grants.scope-not-accepted', { role, found, accepted: accepted.join(', ') }, { place: { field: 'scope' } })
  }
  if (stated === null) return null
  const known = scope === 'country' ? findArea(stated)?.iso3 : scope === 'entity' ? await keptOrg(db, stated) : undefined
  if (known === undefined) throw new Problem('grants.scope-missing', { scope, found: stated }, { place: { field: 'scopeId' } })
  return known
}

async function keptOrg(db: Db, id: string): Promise<string | undefined> {
  const org = await findOrg(db, id)
  return org?.duplicateOf ?? org?.id
}
