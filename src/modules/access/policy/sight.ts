/**
 * The cut that every list makes in its own statement. The policies of the database say the same once more (migration 0007): either
 * alone keeps foreign rows out.
 */
import { type RowScope, type Sql, sql } from '../../../database/db.ts'
import type { Actor, SeenTable, Sight } from '../../../operations/index.ts'
import { rowsOf } from './permits.ts'

export function sightOf(actor: Actor): Sight {
  const rows = rowsOf(actor)
  return {
    rows,
    visible: (table, alias) => visibleRows(rows, table, alias),
    own: (table, alias) => (rows.sees === 'all' ? sql`true` : ownRows(rows, table, alias)),
  }
}

/** Published rows of the public or the network, and all rows of the own scope. */
function visibleRows(rows: RowScope, table: SeenTable, alias: string): Sql {
  if (rows.sees === 'all') return sql`true`
  const shown = rows.sees === 'network' ? ['public', 'network'] : ['public']
  const published = sql`(${sql.ref(`${alias}.state`)} = 'published' and ${sql.ref(`${alias}.visibility`)} = any(${shown}::text[]))`
  return sql`(${published} or ${ownRows(rows, table, alias)})`
}

/** What an organisation in the scope owns, and what an office in a country of the scope reports unless it is private to its owner. */
export function ownRows({ orgs, countries }: Pick<RowScope, 'orgs' | 'countries'>, table: SeenTable, alias: string): Sql {
  if (orgs.length + countries.length === 0) return sql`false`
  const reportedHere =
    table === 'listings'
      ? sql`${sql.ref(`${alias}.hosts`)} && ${countries}::text[]`
      : sql`${sql.ref(`${alias}.facts`)} -> 'hosts' ?| ${countries}::text[]`
  return sql`(coalesce(${sql.ref(`${alias}.owner_org`)} = any(${orgs}::text[]), false)
    or (${sql.ref(`${alias}.visibility`)} <> 'private' and coalesce(${reportedHere}, false)))`
}
