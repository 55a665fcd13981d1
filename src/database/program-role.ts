/**
 * The role under which statements of people run belongs to the whole server, so the owner of one database may be unable to make or
 * use it. That is said before a migration begins, together with the statements that somebody with more rights has to run.
 */
import pg from 'pg'
import { Problem } from '../kernel/problems.ts'
import { type Db, PROGRAM_ROLE, sql } from './db.ts'

/** Errors: Problem `database.program-role-not-usable` when the role of this connection can neither take it nor help itself to it. */
export async function requireProgramRole(db: Db): Promise<void> {
  const found = await standingOf(db)
  if (!found.canSet && !found.canGrant) throw notUsable(found)
}

/**
 * Lets the login of the program take the role; the owner of the tables grants it where it may.
 * Errors: Problem `database.program-role-not-usable`.
 */
export async function admitToProgramRole(login: Db, owner: Db): Promise<void> {
  const found = await standingOf(login)
  if (found.canSet) return
  if (!(await standingOf(owner)).canGrant) throw notUsable(found)
  await owner.run(sql`grant ${sql.id(PROGRAM_ROLE)} to ${sql.id(found.name)}`)
}

interface Standing {
  readonly name: string
  readonly isThere: boolean
  /** `set role` works. */
  readonly canSet: boolean
  /** Can give it to itself and to others, and make it where it is missing. */
  readonly canGrant: boolean
}

async function standingOf(db: Db): Promise<Standing> {
  const { name, program, makesRoles, isSuper, version } = await db.one<{
    name: string
    program: string | null
    makesRoles: boolean
    isSuper: boolean
    version: number
  }>(sql`
    select current_user as name, rolsuper as "isSuper", rolcreaterole as "makesRoles",
           (select oid::text from pg_roles where rolname = ${PROGRAM_ROLE}) as program,
           current_setting('server_version_num')::integer as version
    from pg_roles
    where rolname = current_user
  `)
  if (program === null) return { name, isThere: false, canSet: false, canGrant: isSuper || makesRoles }
  // From version 16 on a member may be one without the right to take the role; before, each member has it.
  const { canSet, isAdmin } = await db.one<{ canSet: boolean; isAdmin: boolean }>(sql`
    select pg_has_role(${program}::oid, ${version < 160_000 ? 'member' : 'set'}) as "canSet",
           pg_has_role(${program}::oid, 'member with admin option') as "isAdmin"
  `)
  return { name, isThere: true, canSet, canGrant: isSuper || isAdmin || (makesRoles && version < 160_000) }
}

function notUsable({ name, isThere }: Standing): Problem {
  const grant = `grant ${PROGRAM_ROLE} to ${pg.escapeIdentifier(name)};`
  const statements = isThere ? grant : `create role ${PROGRAM_ROLE} nologin; ${grant}`
  return new Problem('database.program-role-not-usable', { role: name, statements })
}
