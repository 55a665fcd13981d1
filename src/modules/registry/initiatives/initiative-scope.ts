/** Whose record an initiative is: its owner, the countries whose offices report it, and who wrote its newest facts. */
import { type Sql, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { QueryContext, RecordScope } from '../../../operations/index.ts'
import type { Visibility } from '../../directory/index.ts'
import { scopeOfRecord } from '../collections/collection-scope.ts'
import type { InitiativeRecord } from './initiative.ts'

/** What changes facts, as opposed to moving the record along. */
const WRITES_FACTS = ['created', 'changed', 'phase-changed', 'imported']

type Eyes = Pick<QueryContext, 'db' | 'whole' | 'sight'>

/**
 * `own`: also while it is being prepared; `shown`: as published; undefined: not for this actor, who must not learn that it exists.
 * A country that a new version no longer names sees the published one until the other takes its place.
 */
export async function findSightOfInitiative(
  { db, sight }: Omit<Eyes, 'whole'>,
  id: string,
): Promise<'own' | 'shown' | undefined> {
  const row = await db.maybe<{ own: boolean }>(sql`
    select ${sight.own('listings', 'l')} and exists (
             select 1 from initiatives as i where i.id = l.initiative_id and ${sight.own('initiatives', 'i')}
           ) as own
    from listings as l
    where l.initiative_id = ${id} and ${sight.visible('listings', 'l')}
    limit 1
  `)
  return row === undefined ? undefined : row.own ? 'own' : 'shown'
}

/** Who wrote the newest facts of the initiative under this alias. */
export function authorOf(alias: string): Sql {
  return sql`
    select v.actor_id
    from record_versions as v
    where v.module = 'registry' and v.aggregate = 'initiatives' and v.record_id = ${sql.ref(`${alias}.id`)}
      and v.action = any(${WRITES_FACTS}::text[])
    order by v.version desc
    limit 1
  `
}

/** Errors: Problem `registry.initiative-missing`, also when the actor may not see it. */
export async function initiativeScope(eyes: Eyes, id: string): Promise<RecordScope> {
  const sight = await findSightOfInitiative(eyes, id)
  const found =
    sight &&
    (await eyes.whole.maybe<{
      ownerOrg: string | null
      visibility: Visibility
      hosts: string[] | null
      author: string | null
    }>(sql`
      select i.owner_org as "ownerOrg", i.visibility, i.facts -> 'hosts' as hosts,
             (${authorOf('i')}) as author
      from initiatives as i
      where i.id = ${id}
    `))
  if (!found) throw new Problem('registry.initiative-missing', { id })
  return {
    ...scopeOfRecord(found),
    ...(found.author === null ? {} : { author: found.author }),
  }
}

/** Whether a published version may be shown: one that was published for fewer people stays theirs, however wide the record is now. */
export function isVersionFor({ rows }: QueryContext['sight'], version: InitiativeRecord): boolean {
  if (rows.sees === 'all' || version.visibility === 'public') return true
  if (version.visibility === 'network' && rows.sees === 'network') return true
  const { orgs, countries } = scopeOfRecord({ ...version, hosts: version.facts.hosts })
  return orgs.some((org) => rows.orgs.includes(org)) || countries.some((code) => rows.countries.includes(code))
}
