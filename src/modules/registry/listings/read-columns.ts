/** Reads listings from the database into columns. */
import { type Db, type Sql, sql } from '../../../database/db.ts'
import { createColumnsBuilder, type ListingColumns, type ListingRow } from './listing-columns.ts'
import { keptOrgs, type MergedOrgs } from './merged-orgs.ts'

/** All of them, so many at a time; null reads them in one statement, which sees one state. */
export async function readColumns(db: Db, merged: MergedOrgs, batchRows: number | null): Promise<ListingColumns> {
  const builder = createColumnsBuilder()
  for (let after = ''; ; ) {
    const rows = await readRows(db, merged, sql`where l.id > ${after}`, batchRows)
    for (const row of rows) builder.add(row)
    const last = rows.at(-1)
    if (!last || rows.length < (batchRows ?? Number.POSITIVE_INFINITY)) return builder.finish()
    after = last.id
  }
}

const LISTS = {
  host: 'hosts',
  partner: 'partner_countries',
  provider: 'providers',
  recipient: 'recipients',
  partnerType: 'partner_types',
  role: 'agency_roles',
  region: 'regions',
  focus: 'territorial_focus',
  sector: 'sectors',
  goal: 'goals',
  org: 'org_ids',
  cooperation: 'cooperation',
} as const

type ListField = keyof typeof LISTS
const LIST_FIELDS = Object.keys(LISTS) as ListField[]

type StoredListing = readonly [
  id: string,
  initiativeId: string,
  groupKey: string | null,
  hasTitle: boolean,
  isPublic: boolean,
  collection: string,
  year: number | null,
  state: string,
  scale: string | null,
  theme: string | null,
  ...lists: (readonly string[])[],
]

/**
 * Rows in order of id. They come as one JSON value: the driver takes ten times as long for a million small texts. The batch is cut
 * before the join: behind row-level security the database would otherwise sort all rows for each batch (1.6 s instead of 0.1 s).
 */
export async function readRows(db: Db, merged: MergedOrgs, where: Sql, limit: number | null): Promise<ListingRow[]> {
  const { rows } = await db.one<{ rows: readonly StoredListing[] | null }>(sql`
    select json_agg(json_build_array(l.id, l.initiative_id, l.group_key, l.has_title,
                                     l.state = 'published' and l.visibility = 'public', c.key, l.year,
                                     l.record_state, l.scale, l.theme,
                                     ${sql.join(Object.values(LISTS).map((column) => sql.ref(`l.${column}`)))})
                    order by l.id) as rows
    from (select l.* from listings as l ${where} order by l.id limit ${limit}) as l
    join collections as c on c.id = l.collection_id
  `)
  return (rows ?? []).map((row) => listingRow(row, merged))
}

function listingRow(stored: StoredListing, merged: MergedOrgs): ListingRow {
  const [id, initiativeId, groupKey, hasTitle, isPublic, collection, year, state, scale, theme, ...lists] = stored
  const values = {} as Record<ListField, readonly string[]>
  for (const [index, field] of LIST_FIELDS.entries()) values[field] = lists[index] ?? []
  return {
    id,
    initiativeId,
    groupKey,
    hasTitle,
    isPublic,
    values: {
      ...values,
      org: keptOrgs(values.org, merged),
      collection: [collection],
      year: year === null ? [] : [String(year)],
      scale: scale === null ? [] : [scale],
      theme: theme === null ? [] : [theme],
      state: [state],
    },
  }
}
