/** The rows that hold: of each organisation in each collection the one of the newest run, as far as the reader sees the collection. */
import { type Sql, sql } from '../../../database/db.ts'
import type { Sight } from '../../../operations/index.ts'
import { visibleTo } from '../../directory/index.ts'

/** The organisation of the directory that has the identifier of `p`, to be joined as a table with the column `id`; none where several have it. */
export function orgOfIdentifier(sight: Sight): Sql {
  return sql`
    select min(coalesce(o.duplicate_of, o.id)) as id
    from org_names as n
    join orgs as o on o.id = n.org_id
    where n.kind = 'identifier'
      and n.folded = p.identifier_folded
      and o.visibility = any(${[...visibleTo(sight)]}::text[])
    having count(distinct coalesce(o.duplicate_of, o.id)) = 1
  `
}

/** To stand in brackets as a table `p`; `where` may name `p` and its collection `c`. */
export function currentPublications(sight: Sight, where: Sql): Sql {
  return sql`
    select distinct on (p.collection_id, p.identifier)
           p.id, p.run_id, p.collection_id, p.identifier, p.identifier_folded, p.facts, p.content_digest, p.block_id, p.start, p.length, p.stated_at,
           p.withdrawn_by, c.key as collection, c.names as collection_names
    from organisation_publications as p
    join collections as c on c.id = p.collection_id
    where (c.visibility = any(${[...visibleTo(sight)]}::text[]) or c.owner_org = any(${[...sight.rows.orgs]}::text[]))
      and ${where}
    order by p.collection_id, p.identifier, p.run_id desc
  `
}
