/**
 * "My country", "my entity": what names it, what it reported, what waits for it, its objections, its people, what is missing in its
 * records (R05d). Every number is one of the lists that the pages open. Everything is cut to what the reader may see.
 */
import { type Db, sql } from '../../../database/db.ts'
import { defineQuery, type QueryContext } from '../../../operations/index.ts'
import { RECORD_STATES } from '../initiatives/initiative.ts'
import { COUNTRY_ROLES, getCountryProfile } from '../listings/country-profile.ts'
import { listListings } from '../listings/list-listings.ts'
import type { ListedInitiative } from '../listings/listed-initiative.ts'
import type { ListingFilter } from '../listings/listing-filter.ts'
import { countRecords, GAP_FIELDS } from './record-lists.ts'
import { businessOf, type ScopeBusiness } from './waiting.ts'
import { recordScopeOf, WorkspaceInput, type WorkspaceScope, workspaceScope } from './workspace-scope.ts'

export interface Named {
  /** The list of initiatives that names the scope, as a filter of that list. */
  readonly filter: ListingFilter
  readonly listings: number
  /** Of a country: roles of the list's filter, counted in listings. Of an entity: roles of the partner, counted in initiatives. */
  readonly roles: readonly { readonly role: string | null; readonly count: number }[]
  readonly newest: readonly ListedInitiative[]
}

export interface Workspace extends ScopeBusiness {
  readonly scope: WorkspaceScope
  readonly named: Named
  readonly reported: readonly { readonly state: string; readonly count: number }[]
  readonly reportedTotal: number
  readonly gaps: readonly { readonly field: string; readonly count: number }[]
}

const NEWEST = 8
/** An address with more organisations would be too long; the entity itself comes first. */
const MOST_ORGS = 40

export const getWorkspace = defineQuery({
  name: 'registry.get-workspace',
  permission: 'registry.workspace.read',
  scope: async (_context, key) => recordScopeOf(key),
  input: WorkspaceInput,
  async run(context, key): Promise<Workspace> {
    const scope = await workspaceScope(context, key)
    const records = await countRecords(context.db, scope, context)
    const count = (list: string) => records.get(list) ?? 0
    return {
      scope,
      named: await namedIn(context, scope),
      reported: RECORD_STATES.map((state) => ({ state, count: count(`state-${state}`) })).filter((one) => one.count > 0),
      reportedTotal: count('reported'),
      gaps: GAP_FIELDS.map((field) => ({ field, count: count(`gap-${field}`) })).filter((one) => one.count > 0),
      ...(await businessOf(context, scope, records)),
    }
  },
})

async function namedIn(context: QueryContext, scope: WorkspaceScope): Promise<Named> {
  const filter = filterOf(scope)
  const { rows, total } = await listListings.run(context, { filter, sort: 'newest', offset: 0, limit: NEWEST })
  const roles = scope.kind === 'country' ? await rolesOfCountry(context, scope.id) : await rolesOfEntity(context, scope.id)
  return { filter, listings: total, roles, newest: rows }
}

function filterOf({ kind, id, orgs }: WorkspaceScope): ListingFilter {
  if (kind === 'country') return { values: { country: [id] } }
  const others = orgs.filter((org) => org !== id).slice(0, MOST_ORGS - 1)
  return { values: { org: [id, ...others].sort() } }
}

async function rolesOfCountry(context: QueryContext, iso3: string): Promise<Named['roles']> {
  const { roles } = await getCountryProfile.run(context, { iso3, filter: { values: {} }, partners: 0 })
  return COUNTRY_ROLES.map((role) => ({ role, count: roles[role].listings }))
}

function rolesOfEntity({ db, sight }: { db: Db } & Pick<QueryContext, 'sight'>, id: string): Promise<Named['roles']> {
  return db.many<Named['roles'][number]>(sql`
    select p.role, count(distinct i.id)::int as count
    from initiative_partners as p
    join initiatives as i on i.id = p.initiative_id
    where (p.org_id = ${id} or p.org_id in (select o.id from orgs as o where o.duplicate_of = ${id}))
      and i.state <> 'withdrawn' and ${sight.visible('initiatives', 'i')}
    group by p.role
    order by p.role nulls last
  `)
}
