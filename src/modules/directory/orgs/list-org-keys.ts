/** Every way in which exactly one organisation is written, for readers of large files who look names up in memory. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { defineQuery } from '../../../operations/index.ts'
import { visibleTo } from '../fields.ts'

export interface OrgKey {
  /** Name, acronym, alias or identifier as `foldName` gives it. */
  readonly folded: string
  readonly orgId: string
  /** Country of its seat, where it has one. */
  readonly iso3: string | null
}

/** What means two organisations is left out: nothing is guessed. A merged record answers with the one that it became. */
export const listOrgKeys = defineQuery({
  name: 'directory.list-org-keys',
  permission: 'directory.org.read',
  input: z.object({}),
  run: ({ db, sight }): Promise<OrgKey[]> =>
    db.many<OrgKey>(sql`
      select n.folded, min(o.id) as "orgId", min(o.country_code) as iso3
      from org_names as n
      join orgs as named on named.id = n.org_id
      join orgs as o on o.id = coalesce(named.duplicate_of, named.id)
      where o.visibility = any(${visibleTo(sight)}::text[])
      group by n.folded
      having count(distinct o.id) = 1
      order by n.folded
    `),
})
