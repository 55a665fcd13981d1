/** The directory of focal points, in pages: countries in the order of the reader's language, then organisations by name. */
import { z } from 'zod'
import { areaName, findArea, listAreas, listM49Regions, regionOf } from '../../../codes/index.ts'
import { type Sql, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type Actor, defineQuery, readCursor, type Sight, writeCursor } from '../../../operations/index.ts'
import { foldName, maySeePerson } from '../../directory/index.ts'
import { FOCAL_POINT_SCOPES, FOCAL_POINT_STATES, staleBefore } from './focal-point.ts'
import { inState } from './focal-point-rows.ts'
import { dbFor, type ListedFocalPoint, listedByIds, mayBeSeen, seesPeople, WITH_ORG } from './read-focal-points.ts'

const ListFocalPointsInput = z.object({
  /** Words of the mechanism, the organisation or the person. */
  search: z.string().trim().max(200).optional(),
  scope: z.enum(FOCAL_POINT_SCOPES).optional(),
  /** Code of an M49 region: 002 Africa, 019 Americas, 142 Asia, 150 Europe, 009 Oceania. */
  region: z.string().optional(),
  /** Country code: alpha-3, alpha-2 or M49. */
  country: z.string().optional(),
  orgId: z.string().optional(),
  /** Without it all but those that ended. */
  state: z.enum(FOCAL_POINT_STATES).optional(),
  /** A BCP 47 tag. */
  language: z.string().max(35).optional(),
  /** Language whose names give the order. */
  lang: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/, 'en, ar, zh-Hant')
    .default('en'),
  /** `next` of the page before. */
  cursor: z.string().optional(),
  limit: z.number().int().min(1).max(500).default(50),
})
type ListInput = z.output<typeof ListFocalPointsInput>

export interface FocalPointPage {
  readonly rows: readonly ListedFocalPoint[]
  /** All that match, on every page. */
  readonly total: number
  readonly next: string | null
}

const Place = z.tuple([z.number(), z.string(), z.string()])

/** Errors: Problem `coordination.filter-needs-sign-in` where a stranger asks for what only members see. */
export const listFocalPoints = defineQuery({
  name: 'coordination.list-focal-points',
  permission: 'coordination.mechanism.read',
  input: ListFocalPointsInput,

  async run(context, input): Promise<FocalPointPage> {
    const { actor, sight, clock } = context
    if (!seesPeople(actor) && (input.state ?? input.language) !== undefined)
      throw new Problem('coordination.filter-needs-sign-in')
    const db = dbFor(context)
    const where = conditions(input, sight, actor, clock.now())
    const matching = sql`
      select f.id,
             coalesce(array_position(${countriesInOrder(input.lang)}::text[], f.country_code), ${AFTER_COUNTRIES}) as place,
             concat(case when f.scope = 'country' then '' else f.scope end, ' ',
                    coalesce(o.names -> 'texts' ->> ${input.lang}, o.names -> 'texts' ->> (o.names ->> 'orig'))) as name
      from focal_points as f ${WITH_ORG}
      where ${where}
    `
    const after = input.cursor === undefined ? undefined : readCursor(input.cursor, Place)
    const beyond = after
      ? sql`where (m.place, m.name collate "und-x-icu", m.id) > (${after[0]}::integer, ${after[1]}, ${after[2]})`
      : sql``
    const { total } = await db.one<{ total: number }>(sql`select count(*) as total from (${matching}) as m`)
    const page = await db.many<{ id: string; place: number; name: string }>(sql`
      select m.id, m.place, m.name
      from (${matching}) as m
      ${beyond}
      order by m.place, m.name collate "und-x-icu", m.id
      limit ${input.limit + 1}
    `)
    const shown = page.slice(0, input.limit)
    const last = shown.at(-1)
    return {
      rows: await listedByIds(
        context,
        shown.map(({ id }) => id),
      ),
      total,
      next: page.length > shown.length && last ? writeCursor([last.place, last.name, last.id]) : null,
    }
  },
})

const AFTER_COUNTRIES = 1_000

/** Alpha-3 codes as the names of the countries stand in a list of that language. */
function countriesInOrder(lang: string): string[] {
  const compare = new Intl.Collator(lang).compare
  return listAreas()
    .map(({ iso3 }) => ({ iso3, name: areaName(iso3, lang) }))
    .sort((a, b) => compare(a.name, b.name))
    .map(({ iso3 }) => iso3)
}

/** The five regions of M49 by which the directory is filtered. */
export function listRegions() {
  return listM49Regions().filter(({ level }) => level === 'region')
}

export function countriesOfRegion(code: string): string[] {
  return listAreas()
    .map(({ iso3 }) => iso3)
    .filter((iso3) => regionOf(iso3)?.region === code)
}

function conditions(input: ListInput, sight: Sight, actor: Actor, now: Date): Sql {
  const all: Sql[] = [mayBeSeen(sight, actor)]
  if (input.search) all.push(searchCondition(input.search, sight, actor))
  if (input.scope !== undefined) all.push(sql`f.scope = ${input.scope}`)
  // An organisation lies where it has its seat.
  if (input.region !== undefined) {
    all.push(sql`coalesce(f.country_code, o.country_code) = any(${countriesOfRegion(input.region)}::text[])`)
  }
  if (input.country !== undefined) all.push(sql`f.country_code = ${findArea(input.country)?.iso3 ?? input.country}`)
  if (input.orgId !== undefined) all.push(sql`(o.id = ${input.orgId} or o.key = ${input.orgId})`)
  if (input.language !== undefined) all.push(sql`${input.language} = any(f.languages)`)
  all.push(input.state === undefined ? sql`f.ended_at is null` : inState(input.state, staleBefore(now)))
  return sql.join(all, sql` and `)
}

/** Every word must occur in one of the names. No letter and no digit finds nothing. */
function searchCondition(search: string, sight: Sight, actor: Actor): Sql {
  const words = foldName(search)
    .split(' ')
    .filter((word) => word !== '')
  if (words.length === 0) return sql`false`
  const patterns = words.map((word) => `%${word.replaceAll('_', '\\_')}%`)
  const person = seesPeople(actor)
    ? sql`exists (
        select 1
        from persons as p
        where p.id = f.person_id and ${maySeePerson(sight)} and p.search_text like all(${patterns}::text[])
      )`
    : sql`false`
  return sql`(f.search_text like all(${patterns}::text[]) or o.search_text like all(${patterns}::text[]) or ${person})`
}
