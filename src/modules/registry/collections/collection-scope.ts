/** Whose collection it is; everything in it comes in under its owner. */
import { type Db, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { Actor, QueryContext, RecordScope } from '../../../operations/index.ts'
import { permits } from '../../access/index.ts'
import type { Visibility } from '../../directory/index.ts'

const NOBODYS: RecordScope = { orgs: [], countries: [] }

/** The organisation for which somebody works, when nothing else is said: that of the first role in an entity or country. */
export function ownerFor(actor: Actor): string | null {
  for (const grant of actor.grants ?? []) {
    if (grant.scope === 'entity') return grant.scopeId
    const [government] = grant.orgs
    if (grant.scope === 'country' && government !== undefined) return government
  }
  return null
}

/**
 * A focal point of a country of which the directory knows no government organisation holds the right and could not use it:
 * says what is missing, not that a permission lacks. Errors: Problem `registry.owner-needed`.
 */
export function requireOwnerOfOwn(actor: Actor, permission: string, scope: RecordScope): void {
  const isWithoutOwner = (actor.grants ?? []).some(({ scope: kind, orgs }) => kind === 'country' && orgs.length === 0)
  if (isWithoutOwner && scope.orgs.length === 0 && !permits(actor, permission, scope)) throw new Problem('registry.owner-needed')
}

export function scopeOfOwner(ownerOrg: string | null, countries: readonly string[] = []): RecordScope {
  return ownerOrg === null ? { ...NOBODYS, countries } : { orgs: [ownerOrg], countries }
}

/** Asked after the permission, so that nobody learns which organisations there are. Errors: Problem `registry.owner-missing`. */
export async function requireOwner(whole: Db, ownerOrg: string | null | undefined): Promise<void> {
  if (ownerOrg === null || ownerOrg === undefined) return
  const found = await whole.maybe(sql`select 1 from orgs where id = ${ownerOrg}`)
  if (!found) throw new Problem('registry.owner-missing', { org: ownerOrg }, { place: { field: 'ownerOrg' } })
}

/** A private record is its owner's alone: then its hosts have no part in it. */
export function scopeOfRecord({
  ownerOrg,
  visibility,
  hosts,
}: {
  readonly ownerOrg: string | null
  readonly visibility: Visibility
  readonly hosts: readonly string[] | null | undefined
}): RecordScope {
  return scopeOfOwner(ownerOrg, visibility === 'private' ? [] : (hosts ?? []))
}

/** A collection that is not there yet will belong to whom the file names, else to whoever makes it. */
export async function collectionScope(
  { whole, actor }: Pick<QueryContext, 'whole' | 'actor'>,
  key: string,
  ownerOrg: string | null | undefined,
): Promise<RecordScope> {
  const found = await whole.maybe<{ ownerOrg: string | null }>(sql`
    select owner_org as "ownerOrg" from collections where key = ${key}
  `)
  return scopeOfOwner(found ? found.ownerOrg : ownerOrg === undefined ? ownerFor(actor) : ownerOrg)
}

/** A run that is not there is nobody's; the operation then says that it is missing. */
export async function scopeOfRun({ whole }: Pick<QueryContext, 'whole'>, runId: string): Promise<RecordScope> {
  const found = await whole.maybe<{ ownerOrg: string | null }>(sql`
    select c.owner_org as "ownerOrg"
    from import_runs as r
    join collections as c on c.id = r.collection_id
    where r.id = ${runId}
  `)
  return found ? scopeOfOwner(found.ownerOrg) : NOBODYS
}
