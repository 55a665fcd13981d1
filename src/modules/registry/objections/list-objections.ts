/** Objections: to one record, of one country, or to the records of organisations. The public learns only how many wait, by country. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { defineQuery, type Sight } from '../../../operations/index.ts'
import { OBJECTION_STATES, type Objection, selectObjections, UNSETTLED } from './objection.ts'

export const listObjections = defineQuery({
  name: 'registry.list-objections',
  permission: 'registry.initiative.read',
  input: z.object({
    initiativeId: z.string().optional(),
    country: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional(),
    state: z.enum(OBJECTION_STATES).optional(),
    limit: z.number().int().min(1).max(500).default(100),
  }),
  run: ({ db, sight }, { initiativeId, country, state, limit }): Promise<Objection[]> =>
    selectObjections(
      db,
      sql`${visibleObjections(sight)}
        and (${initiativeId ?? null}::text is null or o.initiative_id = ${initiativeId ?? null})
        and (${country ?? null}::text is null or o.country_code = ${country ?? null})
        and (${state ?? null}::text is null or o.state = ${state ?? null})`,
      limit,
    ),
})

/** The same cut as the policy of the table (migration 0008); the table stands as `o`. */
export function visibleObjections(sight: Sight) {
  const { sees, countries } = sight.rows
  if (sees === 'all') return sql`true`
  if (sees === 'public') return sql`false`
  return sql`(o.country_code = any(${countries}::text[]) or exists (
    select 1 from listings as l where l.initiative_id = o.initiative_id and ${sight.visible('listings', 'l')}
  ))`
}

export interface Disagreement {
  readonly country: string
  readonly count: number
}

/** Whoever sees the record learns that a country disagrees, not what it says. */
export function countDisagreements(whole: Db, initiativeId: string): Promise<Disagreement[]> {
  return whole.many<Disagreement>(sql`
    select country_code as country, count(*)::int as count
    from objections
    where initiative_id = ${initiativeId} and state = any(${UNSETTLED}::text[])
    group by country_code
    order by country_code
  `)
}
