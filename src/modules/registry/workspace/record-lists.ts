/**
 * The lists of records in a workspace. Each is a condition, so that the number on the page, the list behind it and its download come
 * from one place.
 */
import { type Db, type Sql, sql } from '../../../database/db.ts'
import type { Actor, Sight } from '../../../operations/index.ts'
import { ownRows } from '../../access/index.ts'
import { RECORD_STATES } from '../initiatives/initiative.ts'
import { authorOf } from '../initiatives/initiative-scope.ts'
import type { WorkspaceScope } from './workspace-scope.ts'

/** Facts that figures and readers miss most, named as the completeness of a record names them; and the year in which it counts. */
const GAPS: Readonly<Record<string, Sql>> = {
  title: sql`i.title_text is null`,
  year: sql`not exists (select 1 from jsonb_array_elements(i.listed) as y where y ->> 'year' is not null)`,
  goals: isEmpty('goals'),
  sectors: isEmpty('sectors'),
  kind: sql`i.kind is null`,
  scale: sql`not i.facts ? 'scale'`,
  summary: sql`not i.facts ?| array['summary', 'objective']`,
  contribution: isEmpty('contributions'),
}
export const GAP_FIELDS = Object.keys(GAPS)

function isEmpty(list: string): Sql {
  return sql`coalesce(i.facts -> ${list}, '[]'::jsonb) = '[]'::jsonb`
}

/** What nobody works on any more has no gaps to fill. */
const AT_WORK = ['draft', 'submitted', 'returned', 'verified', 'published', 'under_revision']

export const RECORD_LISTS: readonly string[] = [
  'reported',
  'to-verify',
  'own-to-verify',
  ...RECORD_STATES.map((state) => `state-${state}`),
  ...GAP_FIELDS.map((field) => `gap-${field}`),
]

/** Whoever looks: the cut of the lists, and who must not verify the own work. */
export interface Looker {
  readonly actor: Actor
  readonly sight: Sight
}

/** Condition for a list, on a row `i` of `recordsOf`. */
function conditionOf(list: string, { actor }: Looker): Sql {
  const inState = RECORD_STATES.find((state) => list === `state-${state}`)
  if (inState !== undefined) return sql`i.ours and i.state = ${inState}`
  if (list === 'to-verify') return sql`i.state = 'submitted' and i.author is distinct from ${actor.id}`
  if (list === 'own-to-verify') return sql`i.state = 'submitted' and i.author = ${actor.id}`
  const gap = GAPS[list.replace(/^gap-/, '')]
  if (gap !== undefined) return sql`i.ours and i.state = any(${AT_WORK}::text[]) and ${gap}`
  return sql`i.ours and i.state <> 'withdrawn'`
}

/**
 * The records in the scope, as the looker sees them: those that it reported are `ours`; of a country also those of others that name
 * it as host, which its office verifies. Sample collections stay outside (ruling 7).
 */
function recordsOf({ orgs, countries, holders }: WorkspaceScope, { sight }: Looker): Sql {
  const people = [...new Set(holders.map(({ userId }) => userId))]
  return sql`
    select i.id, i.identifier, i.facts, i.listed, i.title_text, i.kind, i.state, i.updated_at, i.completeness,
           (coalesce(i.owner_org = any(${orgs}::text[]), false)
             or (i.owner_org is null and i.created_by = any(${people}::text[]))) as ours,
           case when i.state = 'submitted' then (${authorOf('i')}) end as author
    from (
      select distinct l.initiative_id as id
      from listings as l
      join collections as c on c.id = l.collection_id and c.kind = 'working'
      where ${ownRows({ orgs, countries }, 'listings', 'l')}
        and ${sight.own('listings', 'l')}
    ) as listed
    join initiatives as i on i.id = listed.id
    where ${ownRows({ orgs, countries }, 'initiatives', 'i')}
      and ${sight.own('initiatives', 'i')}
  `
}

/** How many records each of the lists holds. */
export async function countRecords(
  db: Db,
  scope: WorkspaceScope,
  looker: Looker,
  lists: readonly string[] = RECORD_LISTS,
): Promise<ReadonlyMap<string, number>> {
  const counts = lists.map((list, at) => sql`count(*) filter (where ${conditionOf(list, looker)})::int as ${sql.ref(`n${at}`)}`)
  const row = await db.one<Record<string, number>>(sql`
    with i as (${recordsOf(scope, looker)})
    select ${sql.join(counts)}
    from i
  `)
  return new Map(lists.map((list, at) => [list, row[`n${at}`] ?? 0]))
}

/** Rows of a list, last changed first, with what the columns say. */
export function selectRecords<Row>(
  db: Db,
  scope: WorkspaceScope,
  looker: Looker,
  list: string,
  columns: Sql,
  { limit, offset }: { limit: number; offset: number },
): Promise<Row[]> {
  return db.many<Row>(sql`
    with i as (${recordsOf(scope, looker)})
    select ${columns}
    from i
    where ${conditionOf(list, looker)}
    order by i.updated_at desc, i.id desc
    limit ${limit} offset ${offset}
  `)
}
