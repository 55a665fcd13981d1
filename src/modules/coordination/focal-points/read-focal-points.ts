/**
 * What somebody sees of the directory (domain section 14): members the focal points with their people, as far as the person and the
 * organisation may be seen; strangers the names of the mechanisms alone.
 */
import { type Db, type Sql, sql } from '../../../database/db.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { Actor, QueryContext, Sight } from '../../../operations/index.ts'
import { permits } from '../../access/index.ts'
import { type SeenPerson, seenPersons, visibleTo } from '../../directory/index.ts'
import { type FocalPoint, type FocalPointScope, type FocalPointState, type MechanismType, stateOf } from './focal-point.ts'
import { selectFocalPoints } from './focal-point-rows.ts'

/** A person as the reader sees them. */
export interface NamedPerson {
  readonly id: string
  /** Null: the reader may not see the person, or the personal values were erased. */
  readonly name: string | null
  readonly isErased: boolean
}

export interface FocalPointPeople {
  readonly mechanismType: MechanismType | null
  readonly state: FocalPointState
  readonly isMain: boolean
  readonly person: NamedPerson
  readonly backup: NamedPerson | null
  readonly languages: readonly string[]
  readonly from: string | null
  readonly to: string | null
  readonly confirmedAt: string | null
  readonly confirmedHow: FocalPoint['confirmedHow']
}

export interface ListedFocalPoint {
  readonly id: string
  readonly scope: FocalPointScope
  readonly countryCode: string | null
  readonly org: { readonly id: string; readonly names: LocalizedText; readonly countryCode: string | null } | null
  readonly mechanism: LocalizedText | null
  /** Null for strangers. */
  readonly details: FocalPointPeople | null
}

/** The whole record of people; a key that was narrowed to less reads like a stranger. */
export function seesPeople(actor: Actor): boolean {
  return permits(actor, 'directory.person.read')
}

/** Organisations that were merged are read as the kept one. To be put after `focal_points as f`. */
export const WITH_ORG = sql`
  left join orgs as stated on stated.id = f.org_id
  left join orgs as o on o.id = coalesce(stated.duplicate_of, stated.id)
`

/** For `f` with `WITH_ORG`. */
export function mayBeSeen(sight: Pick<Sight, 'rows'>, actor: Actor): Sql {
  const org = sql`(f.org_id is null or o.visibility = any(${visibleTo(sight)}::text[]) or o.id = any(${sight.rows.orgs}::text[]))`
  return seesPeople(actor) ? org : sql`(${org} and f.mechanism_names is not null and f.ended_at is null)`
}

/** Strangers read through the program's eyes, which the database closes to them; what they get is picked out below. */
export function dbFor({ db, whole, actor }: Pick<QueryContext, 'db' | 'whole' | 'actor'>): Db {
  return seesPeople(actor) ? db : whole
}

/** Throws `coordination.focal-point-missing` also for one that may not be seen. For whoever may see people. */
export async function findSeen(db: Db, { rows }: Pick<Sight, 'rows'>, id: string): Promise<FocalPoint> {
  const [found] = await selectFocalPoints(
    db,
    sql`f.id = ${id} and (f.org_id is null or exists (
      select 1
      from orgs as stated
      join orgs as o on o.id = coalesce(stated.duplicate_of, stated.id)
      where stated.id = f.org_id and (o.visibility = any(${visibleTo({ rows })}::text[]) or o.id = any(${rows.orgs}::text[]))
    ))`,
  )
  if (!found) throw new Problem('coordination.focal-point-missing', { focalPoint: id })
  return found
}

/** In the order of `ids`. */
export async function listedByIds(
  context: Pick<QueryContext, 'db' | 'whole' | 'actor' | 'sight' | 'clock'>,
  ids: readonly string[],
): Promise<ListedFocalPoint[]> {
  const { db, actor, sight, clock } = context
  const read = dbFor(context)
  const found = new Map((await selectFocalPoints(read, sql`f.id = any(${ids}::text[])`)).map((one) => [one.id, one]))
  const orgs = await orgsOf(read, [...found.values()])
  const withPeople = seesPeople(actor)
  const persons = withPeople ? await personsOf(db, sight, [...found.values()]) : new Map<string, SeenPerson>()
  return ids.flatMap((id) => {
    const one = found.get(id)
    if (!one) return []
    const { scope, countryCode, orgId, mechanism } = one
    return [
      {
        id,
        scope,
        countryCode,
        org: orgId === null ? null : (orgs.get(orgId) ?? null),
        mechanism: mechanism?.names ?? null,
        details: withPeople ? detailsOf(one, persons, clock.now()) : null,
      },
    ]
  })
}

function detailsOf(one: FocalPoint, persons: ReadonlyMap<string, SeenPerson>, now: Date): FocalPointPeople {
  const { mechanism, isMain, personId, backupId, languages, from, to, confirmedAt, confirmedHow } = one
  return {
    mechanismType: mechanism?.type ?? null,
    state: stateOf(one, now),
    isMain,
    person: namedPerson(personId, persons),
    backup: backupId === null ? null : namedPerson(backupId, persons),
    languages,
    from,
    to,
    confirmedAt,
    confirmedHow,
  }
}

function namedPerson(id: string, persons: ReadonlyMap<string, SeenPerson>): NamedPerson {
  const seen = persons.get(id)
  return { id, name: seen?.name ?? null, isErased: seen !== undefined && seen.name === null }
}

function personsOf(db: Db, sight: Sight, found: readonly FocalPoint[]): Promise<ReadonlyMap<string, SeenPerson>> {
  const ids = found.flatMap(({ personId, backupId }) => [personId, ...(backupId === null ? [] : [backupId])])
  return seenPersons(db, sight, ids)
}

async function orgsOf(db: Db, found: readonly FocalPoint[]) {
  const ids = [...new Set(found.flatMap(({ orgId }) => orgId ?? []))]
  const rows = await db.many<{ asked: string; id: string; names: LocalizedText; countryCode: string | null }>(sql`
    select stated.id as asked, o.id, o.names, o.country_code as "countryCode"
    from orgs as stated
    join orgs as o on o.id = coalesce(stated.duplicate_of, stated.id)
    where stated.id = any(${ids}::text[])
    order by stated.id
  `)
  return new Map(rows.map(({ asked, ...org }) => [asked, org]))
}
