/**
 * Pairs of organisations that may be one: the same wording of a name, the same identifier, or names that look alike within one
 * country and type. It only suggests; a person decides.
 *
 * Equal wordings are searched among all. Likeness costs about 35 ms a name among 20,000 organisations (embedded database, 2 busy cores,
 * 2026-11-25), and the embedded database does one thing at a time: it is searched for one organisation when asked, else for the few
 * registered last.
 */
import { z } from 'zod'
import { type Db, type Sql, sql } from '../../../database/db.ts'
import { defineQuery } from '../../../operations/index.ts'
import { visibleTo } from '../fields.ts'
import type { Org } from '../orgs/org.ts'
import { orgsById } from '../orgs/org-rows.ts'

/** Share of common trigrams from which two names are worth a look. */
const LIKE_FROM = 0.6
export const NEWEST_COMPARED = 25
const NEAREST_WORDINGS = 20

export interface LikelyDuplicate {
  readonly one: Org
  readonly other: Org
  readonly because: 'identifier' | 'name' | 'alike'
  /** Share of common trigrams, 0 to 1; 1 for equal wordings. */
  readonly likeness: number
}

interface Pair {
  readonly one: string
  readonly other: string
  readonly because: LikelyDuplicate['because']
  readonly likeness: number
}

export const listLikelyDuplicates = defineQuery({
  name: 'directory.list-likely-duplicates',
  permission: 'directory.org.merge',
  input: z.object({
    /** Only pairs with this organisation. */
    orgId: z.string().optional(),
    limit: z.number().int().min(1).max(200).default(50),
  }),

  async run({ db, sight }, { orgId, limit }): Promise<LikelyDuplicate[]> {
    const visible = visibleTo(sight)
    const pairs = [...(await equalPairs(db, visible, orgId, limit)), ...(await likePairs(db, visible, orgId, limit))]
    const distinct = new Map<string, Pair>()
    for (const pair of pairs) if (!distinct.has(`${pair.one} ${pair.other}`)) distinct.set(`${pair.one} ${pair.other}`, pair)
    const shown = [...distinct.values()].slice(0, limit)
    const orgs = await orgsById(
      db,
      shown.flatMap(({ one, other }) => [one, other]),
    )
    return shown.flatMap(({ one, other, because, likeness }) => {
      const [first, second] = [orgs.get(one), orgs.get(other)]
      return first && second ? [{ one: first, other: second, because, likeness }] : []
    })
  },
})

/** Both stand for themselves, may be seen, lie in one country where both state one, and are not both shipped. */
function comparable(visible: readonly string[]): Sql {
  return sql`
    a.duplicate_of is null
    and b.duplicate_of is null
    and a.visibility = any(${visible}::text[])
    and b.visibility = any(${visible}::text[])
    and (a.key is null or b.key is null)
    and (a.country_code is null or b.country_code is null or a.country_code = b.country_code)
  `
}

/** Acronyms alone are no sign: many bodies share one. */
function equalPairs(db: Db, visible: readonly string[], orgId: string | undefined, limit: number): Promise<Pair[]> {
  const only = orgId === undefined ? sql`` : sql`and (a.id = ${orgId} or b.id = ${orgId})`
  return db.many<Pair>(sql`
    select a.id as one, b.id as other, 1 as likeness,
           case when bool_or(n.kind = 'identifier' and m.kind = 'identifier') then 'identifier' else 'name' end as because
    from org_names as n
    join org_names as m on m.folded = n.folded and m.org_id > n.org_id
    join orgs as a on a.id = n.org_id
    join orgs as b on b.id = m.org_id
    where ${comparable(visible)} ${only}
      and (
        (n.kind in ('name', 'alias') and m.kind in ('name', 'alias'))
        or (n.kind = 'identifier' and m.kind = 'identifier')
      )
    group by a.id, b.id
    order by because, b.id desc, a.id
    limit ${limit}
  `)
}

/** The distance is 1 - likeness; the index gives the nearest wordings first. */
function likePairs(db: Db, visible: readonly string[], orgId: string | undefined, limit: number): Promise<Pair[]> {
  const looked =
    orgId === undefined
      ? sql`select o.id from orgs as o where o.key is null and o.duplicate_of is null order by o.id desc limit ${NEWEST_COMPARED}`
      : sql`select o.id from orgs as o where o.id = ${orgId}`
  return db.many<Pair>(sql`
    with looked as (${looked}),
    near as (
      select n.org_id as one, close.org_id as other, 1 - close.distance as likeness
      from looked
      join org_names as n on n.org_id = looked.id and n.kind = 'name'
      cross join lateral (
        select m.org_id, m.folded <-> n.folded as distance
        from org_names as m
        order by m.folded <-> n.folded
        limit ${NEAREST_WORDINGS}
      ) as close
      where close.org_id <> n.org_id and close.distance < ${1 - LIKE_FROM}
    )
    select a.id as one, b.id as other, 'alike' as because, max(near.likeness) as likeness
    from near
    join orgs as a on a.id = least(near.one, near.other)
    join orgs as b on b.id = greatest(near.one, near.other)
    where ${comparable(visible)} and a.org_type = b.org_type
    group by a.id, b.id
    order by likeness desc, b.id desc, a.id
    limit ${limit}
  `)
}
