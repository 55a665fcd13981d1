/**
 * Who has named a focal point and who has not (R46): n of N countries of a group, and n of N entities of the United Nations system. A
 * focal point counts until it ends, also while it is invited or stale; one whose person was erased does not.
 */
import { z } from 'zod'
import { getCountryGroup, listCountryGroups, membersOf } from '../../../codes/index.ts'
import { sql } from '../../../database/db.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineQuery, type QueryContext } from '../../../operations/index.ts'
import { visibleTo } from '../../directory/index.ts'
import { type FocalPointState, stateOf } from './focal-point.ts'
import { seesPeople } from './read-focal-points.ts'

/** Over whose countries it is counted unless something else is asked. */
export const DEFAULT_GROUP = 'programme_country'

export interface CoveredCountry {
  readonly countryCode: string
  readonly isNamed: boolean
  /** The best state; null where none is named, and for strangers. */
  readonly state: FocalPointState | null
}

export interface CoveredEntity {
  readonly orgId: string
  readonly names: LocalizedText
  readonly countryCode: string | null
  readonly isNamed: boolean
  readonly state: FocalPointState | null
}

export interface Coverage<Row> {
  readonly named: number
  readonly total: number
  readonly rows: readonly Row[]
}

export interface FocalPointCoverage {
  readonly group: string
  /** Day whose membership counts. */
  readonly day: string
  readonly countries: Coverage<CoveredCountry>
  readonly entities: Coverage<CoveredEntity>
}

/** Of the states of several focal points of one country, the first in this list. */
const BEST_FIRST: readonly FocalPointState[] = ['active', 'stale', 'invited']

export const focalPointCoverage = defineQuery({
  name: 'coordination.focal-point-coverage',
  permission: 'coordination.mechanism.read',
  input: z.object({
    /** A group of countries of the code lists. */
    group: z.string().default(DEFAULT_GROUP),
  }),
  async run(context, { group }): Promise<FocalPointCoverage> {
    const accepted = listCountryGroups().map((one) => one.group)
    if (!accepted.includes(group)) {
      throw new Problem(
        'coordination.group-unknown',
        { found: group, accepted: accepted.join(', ') },
        { place: { field: 'group' } },
      )
    }
    const day = context.clock.now().toISOString().slice(0, 10)
    const states = await standingStates(context)
    const withStates = seesPeople(context.actor)
    const countries = membersOf(getCountryGroup(group).group, day).map((countryCode): CoveredCountry => {
      const state = states.countries.get(countryCode) ?? null
      return { countryCode, isNamed: state !== null, state: withStates ? state : null }
    })
    const entities = (await entitiesOf(context)).map((org): CoveredEntity => {
      const state = states.orgs.get(org.orgId) ?? null
      return { ...org, isNamed: state !== null, state: withStates ? state : null }
    })
    return { group, day, countries: counted(countries), entities: counted(entities) }
  },
})

function counted<Row extends { readonly isNamed: boolean }>(rows: readonly Row[]): Coverage<Row> {
  return { named: rows.filter(({ isNamed }) => isNamed).length, total: rows.length, rows }
}

/** Entities of the system itself: an office or programme that belongs to one is answered for there, unless it is a shipped one. */
function entitiesOf({ db, sight }: QueryContext): Promise<Omit<CoveredEntity, 'isNamed' | 'state'>[]> {
  return db.many(sql`
    select o.id as "orgId", o.names, o.country_code as "countryCode"
    from orgs as o
    where o.part_of_un_system
      and o.duplicate_of is null
      and (o.key is not null or o.parent_id is null)
      and o.visibility = any(${visibleTo(sight)}::text[])
    order by o.id
  `)
}

async function standingStates({ whole, clock }: QueryContext) {
  const rows = await whole.many<{
    countryCode: string | null
    orgId: string | null
    confirmedAt: string | null
    endedAt: null
  }>(sql`
    select f.country_code as "countryCode", coalesce(stated.duplicate_of, stated.id) as "orgId", f.confirmed_at as "confirmedAt",
           f.ended_at as "endedAt"
    from focal_points as f
    join persons as p on p.id = f.person_id and p.erased_at is null
    left join orgs as stated on stated.id = f.org_id
    where f.ended_at is null and f.scope in ('country', 'org')
    order by f.id
  `)
  const countries = new Map<string, FocalPointState>()
  const orgs = new Map<string, FocalPointState>()
  for (const row of rows) {
    const state = stateOf(row, clock.now())
    if (row.countryCode !== null) keepBest(countries, row.countryCode, state)
    else if (row.orgId !== null) keepBest(orgs, row.orgId, state)
  }
  return { countries, orgs }
}

function keepBest(states: Map<string, FocalPointState>, key: string, state: FocalPointState): void {
  const known = states.get(key)
  if (known === undefined || BEST_FIRST.indexOf(state) < BEST_FIRST.indexOf(known)) states.set(key, state)
}
