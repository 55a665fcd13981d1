/** People by name, in pages. The search finds words of any spelling of the name, and of the organisations in which they work. */
import { z } from 'zod'
import { findArea } from '../../../codes/index.ts'
import { type Db, type Sql, sql } from '../../../database/db.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { type Day, lastDayOf } from '../../../kernel/partial-date.ts'
import { defineQuery, type Sight } from '../../../operations/index.ts'
import { visibleTo } from '../fields.ts'
import { readCursor, writeCursor } from '../name-cursor.ts'
import { foldName } from '../orgs/org.ts'
import { type Affiliation, dayOf } from './person.ts'
import { selectPersons } from './person-rows.ts'
import { maySee } from './who-may-see.ts'

export interface NamedAffiliation extends Affiliation {
  readonly orgNames: LocalizedText
}

export interface ListedPerson {
  readonly id: string
  readonly name: string
  readonly otherNames: readonly string[]
  /** Those of today. */
  readonly affiliations: readonly NamedAffiliation[]
  readonly languages: readonly string[]
  readonly countryCode: string | null
}

export interface PersonPage {
  readonly rows: readonly ListedPerson[]
  /** All that match, on every page. */
  readonly total: number
  readonly next: string | null
}

const ListPersonsInput = z.object({
  search: z.string().trim().max(200).optional(),
  orgId: z.string().optional(),
  /** A BCP 47 tag: people who speak it. */
  language: z.string().max(35).optional(),
  /** Country code: alpha-3, alpha-2 or M49. */
  country: z.string().optional(),
  /** `next` of the page before. */
  cursor: z.string().optional(),
  limit: z.number().int().min(1).max(200).default(50),
})

export const listPersons = defineQuery({
  name: 'directory.list-persons',
  permission: 'directory.person.read',
  input: ListPersonsInput,

  async run({ db, sight, clock }, input): Promise<PersonPage> {
    const where = conditions(input, sight)
    const after = input.cursor === undefined ? undefined : readCursor(input.cursor)
    const beyond = after
      ? sql`and (p.name collate "und-x-icu" > ${after.name} or (p.name collate "und-x-icu" = ${after.name} and p.id > ${after.id}))`
      : sql``
    const { total } = await db.one<{ total: number }>(sql`select count(*) as total from persons as p where ${where}`)
    const page = await db.many<{ id: string; name: string }>(sql`
      select p.id, p.name
      from persons as p
      where ${where} ${beyond}
      order by p.name collate "und-x-icu", p.id
      limit ${input.limit + 1}
    `)
    const ids = page.slice(0, input.limit)
    const last = ids.at(-1)
    const rows = await listed(db, sight, dayOf(clock.now()), ids)
    return { rows, total, next: page.length > ids.length && last ? writeCursor(last) : null }
  },
})

function conditions(input: z.output<typeof ListPersonsInput>, sight: Sight): Sql {
  const all: Sql[] = [sql`p.erased_at is null`, maySee(sight)]
  if (input.search) all.push(searchCondition(input.search, sight))
  if (input.orgId !== undefined) {
    all.push(sql`exists (
      select 1
      from person_affiliations as a
      join orgs as o on o.id = a.org_id
      where a.person_id = p.id
        and (o.id = ${input.orgId} or o.key = ${input.orgId})
        and o.visibility = any(${visibleTo(sight)}::text[])
    )`)
  }
  if (input.language !== undefined) all.push(sql`${input.language} = any(p.languages)`)
  if (input.country !== undefined) all.push(sql`p.country_code = ${findArea(input.country)?.iso3 ?? input.country}`)
  return sql.join(all, sql` and `)
}

/** Every word must occur, in the names or in those of one organisation. No letter and no digit finds nothing. */
function searchCondition(search: string, sight: Sight): Sql {
  const words = foldName(search)
    .split(' ')
    .filter((word) => word !== '')
  if (words.length === 0) return sql`false`
  const patterns = words.map((word) => `%${word.replaceAll('_', '\\_')}%`)
  return sql`(p.search_text like all(${patterns}::text[]) or exists (
    select 1
    from person_affiliations as a
    join orgs as o on o.id = a.org_id
    where a.person_id = p.id
      and o.search_text like all(${patterns}::text[])
      and o.visibility = any(${visibleTo(sight)}::text[])
  ))`
}

async function listed(db: Db, sight: Sight, today: Day, page: readonly { id: string }[]): Promise<ListedPerson[]> {
  const ids = page.map(({ id }) => id)
  const persons = new Map((await selectPersons(db, sql`p.id = any(${ids}::text[])`)).map((person) => [person.id, person]))
  const affiliations = [...persons.values()].flatMap((person) => person.affiliations)
  const names = await orgNamesOf(db, sight, affiliations)
  return page.flatMap(({ id }) => {
    const person = persons.get(id)
    if (!person || person.name === null) return []
    const { name, otherNames, languages, countryCode } = person
    const current = named(person.affiliations, names).filter(({ to }) => to === null || lastDayOf(to) >= today)
    return [{ id, name, otherNames, affiliations: current, languages, countryCode }]
  })
}

/** Names of the organisations that may be seen. */
export async function orgNamesOf(
  db: Db,
  sight: Sight,
  affiliations: readonly Affiliation[],
): Promise<ReadonlyMap<string, LocalizedText>> {
  const ids = [...new Set(affiliations.map(({ orgId }) => orgId))]
  const rows = await db.many<{ id: string; names: LocalizedText }>(sql`
    select o.id, o.names
    from orgs as o
    where o.id = any(${ids}::text[]) and o.visibility = any(${visibleTo(sight)}::text[])
    order by o.id
  `)
  return new Map(rows.map(({ id, names }) => [id, names]))
}

/** An organisation that the actor may not see is left out. */
export function named(affiliations: readonly Affiliation[], names: ReadonlyMap<string, LocalizedText>): NamedAffiliation[] {
  return affiliations.flatMap((one) => {
    const orgNames = names.get(one.orgId)
    return orgNames === undefined ? [] : [{ ...one, orgNames }]
  })
}
