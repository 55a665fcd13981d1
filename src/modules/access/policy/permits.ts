/**
 * May this actor do this, and to this record? One answer for pages, API, command line and jobs.
 *
 * The person at this machine and the program itself may do everything (domain ruling 18). Everybody else holds what the table
 * says for their roles, in the scope in which each role was given. What somebody may see of the tables follows from the same table.
 */
import type { RowScope } from '../../../database/db.ts'
import type { Actor, Grant, RecordScope } from '../../../operations/index.ts'
import { isForKeys, PERMISSIONS } from './permissions.ts'
import { type AccessObject, type Cell, cellOf, type Reach, type Right, ROLES, type Role } from './role-table.ts'

interface HeldRole {
  readonly role: Role
  readonly grant?: Grant
}

export function permits(actor: Actor, permission: string, scope?: RecordScope): boolean {
  if (actor.kind === 'local' || actor.kind === 'job') return true
  const meaning = PERMISSIONS[permission]
  if (!meaning) return false
  // A key that was made when more was for keys holds no more than others.
  if (actor.allowed && !(actor.allowed.includes(permission) && isForKeys(permission))) return false
  return heldRoles(actor).some(({ role, grant }) => {
    const reach = reachOf(cellOf(meaning.object, role), meaning.right)
    return reach !== undefined && covers(reach, actor, grant, scope)
  })
}

/** A stranger holds `public`; whoever is signed in is a member and holds what was granted. */
function heldRoles(actor: Actor): HeldRole[] {
  if (actor.kind === 'anonymous') return [{ role: 'public' }]
  return [
    { role: 'member' },
    ...(actor.grants ?? []).flatMap((grant) => (isRole(grant.role) ? [{ role: grant.role, grant }] : [])),
  ]
}

function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text)
}

function reachOf(cell: Cell, right: Right): Reach | undefined {
  return cell.administer ?? cell[right]
}

function covers(reach: Reach, actor: Actor, grant: Grant | undefined, scope: RecordScope | undefined): boolean {
  // Who holds the right somewhere may ask; the record decides once it is known.
  if (scope === undefined || reach === 'public' || reach === 'network') return true
  if (reach === 'self') return scope.self === actor.id
  if (grant === undefined) return reach === 'all'
  // "All" of a role that was given for one entity or body is all of that entity or body.
  if (reach === 'all' && grant.scope === 'instance') return true
  return isWithin(grant, scope)
}

function isWithin(grant: Grant, { orgs, countries, places }: RecordScope): boolean {
  if (grant.scope === 'body' || grant.scope === 'campaign')
    return grant.scopeId !== null && (places ?? []).includes(grant.scopeId)
  return orgs.some((org) => grant.orgs.includes(org)) || countries.some((code) => grant.countries.includes(code))
}

/** The roles that reach every record of this kind, for reading: their statements need no cut. */
function readsAll(actor: Actor, object: AccessObject): boolean {
  return heldRoles(actor).some(
    ({ role, grant }) => reachOf(cellOf(object, role), 'read') === 'all' && (grant === undefined || grant.scope === 'instance'),
  )
}

/**
 * What the statements of the actor see. Organisations and countries are those in which the actor works with initiatives; a key
 * sees no more than its owner.
 */
export function rowsOf(actor: Actor): RowScope {
  if (actor.kind === 'local' || actor.kind === 'job' || readsAll(actor, 'initiative')) {
    return { actorId: actor.id, sees: 'all', orgs: [], countries: [] }
  }
  if (actor.kind === 'anonymous') return { actorId: actor.id, sees: 'public', orgs: [], countries: [] }
  const working = heldRoles(actor).filter(({ role }) => reachOf(cellOf('initiative', role), 'edit') === 'own')
  return {
    actorId: actor.id,
    sees: 'network',
    orgs: [...new Set(working.flatMap(({ grant }) => grant?.orgs ?? []))].sort(),
    countries: [...new Set(working.flatMap(({ grant }) => grant?.countries ?? []))].sort(),
  }
}
