/** SQL that the operations on merges share: what is stored of a merge, and what points to the merged organisation. */
import { type Db, type Sql, sql } from '../../../database/db.ts'
import type { Org, OrgFacts } from '../orgs/org.ts'

/** Ids of what was moved to the kept organisation. */
export interface MovedReferences {
  /** Parts of the merged organisation. */
  readonly parts: readonly string[]
  /** Records that had been merged into it before. */
  readonly duplicates: readonly string[]
  /** Organisations and persons that it owns. */
  readonly ownedOrgs: readonly string[]
  readonly ownedPersons: readonly string[]
  /** Affiliations, as person and position. */
  readonly affiliations: readonly { readonly personId: string; readonly position: number }[]
}

export interface OrgMerge {
  readonly id: string
  readonly keptId: string
  readonly mergedId: string
  readonly before: { readonly kept: Org; readonly merged: Org }
  readonly after: { readonly kept: OrgFacts; readonly merged: OrgFacts }
  readonly moved: MovedReferences
  readonly reason: string
  readonly mergedAt: string
  readonly mergedBy: string
  readonly undoneAt: string | null
  readonly undoneBy: string | null
}

/** `where` names the table `m`. Newest first. */
export function selectMerges(db: Db, where: Sql, limit: number): Promise<OrgMerge[]> {
  return db.many<OrgMerge>(sql`
    select m.id, m.kept_id as "keptId", m.merged_id as "mergedId", m.before, m.after, m.moved, m.reason,
           m.merged_at as "mergedAt", m.merged_by as "mergedBy", m.undone_at as "undoneAt", m.undone_by as "undoneBy"
    from org_merges as m
    where ${where}
    order by m.id desc
    limit ${limit}
  `)
}

export async function insertMerge(db: Db, merge: Omit<OrgMerge, 'undoneAt' | 'undoneBy'>): Promise<void> {
  await db.run(sql`
    insert into org_merges (id, kept_id, merged_id, before, after, moved, reason, merged_at, merged_by)
    values (${merge.id}, ${merge.keptId}, ${merge.mergedId}, ${JSON.stringify(merge.before)}::jsonb,
            ${JSON.stringify(merge.after)}::jsonb, ${JSON.stringify(merge.moved)}::jsonb, ${merge.reason}, ${merge.mergedAt},
            ${merge.mergedBy})
  `)
}

export async function closeMerge(db: Db, id: string, at: string, by: string, reason: string): Promise<void> {
  await db.run(sql`update org_merges set undone_at = ${at}, undone_by = ${by}, undone_reason = ${reason} where id = ${id}`)
}

/** Everything of the directory that points to an organisation. Other modules follow `duplicate_of` when they read. */
export async function referencesTo(db: Db, orgId: string): Promise<MovedReferences> {
  const ids = (query: Sql) => db.many<{ id: string }>(query).then((rows) => rows.map(({ id }) => id))
  return {
    parts: await ids(sql`select id from orgs where parent_id = ${orgId} order by id`),
    duplicates: await ids(sql`select id from orgs where duplicate_of = ${orgId} order by id`),
    ownedOrgs: await ids(sql`select id from orgs where owner_org = ${orgId} order by id`),
    ownedPersons: await ids(sql`select id from persons where owner_org = ${orgId} order by id`),
    affiliations: await db.many<{ personId: string; position: number }>(sql`
      select person_id as "personId", position from person_affiliations where org_id = ${orgId} order by person_id, position
    `),
  }
}

/**
 * Points people from one organisation to another; gives how many of these references stay, because somebody revised the person
 * after `unchangedSince`. People keep their version: nothing that they stated changed.
 */
export async function movePersonReferences(
  db: Db,
  moved: MovedReferences,
  from: string,
  to: string,
  unchangedSince: string,
): Promise<number> {
  const owned = await db.run(sql`
    update persons
    set owner_org = ${to}
    where owner_org = ${from} and id = any(${moved.ownedPersons}::text[]) and updated_at <= ${unchangedSince}
  `)
  const affiliated = await db.run(sql`
    update person_affiliations as a
    set org_id = ${to}
    from persons as p, unnest(
      ${moved.affiliations.map(({ personId }) => personId)}::text[],
      ${moved.affiliations.map(({ position }) => position)}::integer[]
    ) as r(person_id, position)
    where a.person_id = r.person_id
      and a.position = r.position
      and a.org_id = ${from}
      and p.id = a.person_id
      and p.updated_at <= ${unchangedSince}
  `)
  return moved.ownedPersons.length + moved.affiliations.length - owned - affiliated
}

/** Whether `id` lies anywhere below `above`. */
export async function isBelow(db: Db, id: string, above: string): Promise<boolean> {
  const row = await db.maybe(sql`
    with recursive up as (
      select o.parent_id as id from orgs as o where o.id = ${id}
      union
      select o.parent_id from orgs as o join up on o.id = up.id
    )
    select id from up where id = ${above}
  `)
  return row !== undefined
}
