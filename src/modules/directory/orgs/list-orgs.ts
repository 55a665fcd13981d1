/** Organisations by name, in pages. The search finds words of any name, acronym, alias or identifier, in every language. */
import { z } from 'zod'
import { findArea } from '../../../codes/index.ts'
import { type Db, type Sql, sql } from '../../../database/db.ts'
import { defineQuery } from '../../../operations/index.ts'
import { visibleTo } from '../fields.ts'
import { readCursor, writeCursor } from '../name-cursor.ts'
import { foldName, ORG_TYPES, type Org } from './org.ts'
import { orgsById } from './org-rows.ts'

export const ListOrgsInput = z.object({
  search: z.string().trim().max(200).optional(),
  orgType: z.array(z.enum(ORG_TYPES)).optional(),
  /** Country codes: alpha-3, alpha-2 or M49. */
  country: z.array(z.string()).optional(),
  partOfUnSystem: z.boolean().optional(),
  collective: z.boolean().optional(),
  /** Records that were found to repeat another one are left out unless asked for. */
  withDuplicates: z.boolean().default(false),
  /** Language whose names give the order. */
  lang: z.string().min(2).max(35).default('en'),
  /** `next` of the page before. */
  cursor: z.string().optional(),
  limit: z.number().int().min(1).max(200).default(50),
})

export interface OrgPage {
  readonly rows: readonly Org[]
  /** All that match, on every page. */
  readonly total: number
  /** Where the next page begins; null after the last. */
  readonly next: string | null
}

export const listOrgs = defineQuery({
  name: 'directory.list-orgs',
  permission: 'directory.org.read',
  input: ListOrgsInput,

  async run({ db, sight }, input): Promise<OrgPage> {
    const where = conditions(input, visibleTo(sight))
    const after = input.cursor === undefined ? undefined : readCursor(input.cursor)
    // The name in the reader's language, else in the original one.
    const name = sql`coalesce(o.names -> 'texts' ->> ${input.lang}, o.names -> 'texts' ->> (o.names ->> 'orig'))`
    const beyond = after
      ? sql`where m.name collate "und-x-icu" > ${after.name} or (m.name collate "und-x-icu" = ${after.name} and m.id > ${after.id})`
      : sql``
    const matching = sql`select o.id, ${name} as name from orgs as o where ${where}`
    const { total } = await db.one<{ total: number }>(sql`select count(*) as total from orgs as o where ${where}`)
    const page = await db.many<{ id: string; name: string }>(sql`
      with matching as (${matching})
      select m.id, m.name
      from matching as m
      ${beyond}
      order by m.name collate "und-x-icu", m.id
      limit ${input.limit + 1}
    `)
    const rows = page.slice(0, input.limit)
    const last = rows.at(-1)
    return { rows: await inOrder(db, rows), total, next: page.length > rows.length && last ? writeCursor(last) : null }
  },
})

function conditions(input: z.output<typeof ListOrgsInput>, visibilities: readonly string[]): Sql {
  const all: Sql[] = [sql`o.visibility = any(${visibilities}::text[])`]
  if (!input.withDuplicates) all.push(sql`o.duplicate_of is null`)
  if (input.orgType?.length) all.push(sql`o.org_type = any(${input.orgType}::text[])`)
  if (input.country?.length) all.push(sql`o.country_code = any(${input.country.map(alpha3)}::text[])`)
  if (input.partOfUnSystem !== undefined) all.push(sql`o.part_of_un_system = ${input.partOfUnSystem}`)
  if (input.collective !== undefined) all.push(sql`o.collective = ${input.collective}`)
  if (input.search) all.push(searchCondition(input.search))
  return sql.join(all, sql` and `)
}

/** An unknown code stays as it is and finds nothing. */
function alpha3(code: string): string {
  return findArea(code)?.iso3 ?? code
}

/** Every word must occur. A search that holds no letter and no digit finds nothing: showing everything would be a claim. */
function searchCondition(search: string): Sql {
  const words = foldName(search)
    .split(' ')
    .filter((word) => word !== '')
  if (words.length === 0) return sql`false`
  const patterns = words.map((word) => `%${word.replaceAll('_', '\\_')}%`)
  return sql`o.search_text like all(${patterns}::text[])`
}

async function inOrder(db: Db, page: readonly { id: string }[]): Promise<Org[]> {
  const orgs = await orgsById(
    db,
    page.map(({ id }) => id),
  )
  return page.flatMap(({ id }) => orgs.get(id) ?? [])
}
