/** Organisations by id, for whoever writes out records that point to them. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { defineQuery } from '../../../operations/index.ts'
import { visibleTo } from '../fields.ts'
import type { NamedOrg } from './resolve-org-names.ts'

/** Unknown ids, and those of organisations that the actor may not see, have no entry. */
export const listNamedOrgs = defineQuery({
  name: 'directory.list-named-orgs',
  permission: 'directory.org.read',
  input: z.object({ ids: z.array(z.string()).max(50_000) }),
  run: ({ db, sight }, { ids }): Promise<NamedOrg[]> =>
    db.many<NamedOrg>(sql`
      select asked.id, o.key, o.names, o.org_type as "orgType", o.country_code as "countryCode", o.iati_id as "iatiId"
      from orgs as asked
      join orgs as o on o.id = coalesce(asked.duplicate_of, asked.id)
      where asked.id = any(${ids}::text[]) and o.visibility = any(${visibleTo(sight)}::text[])
      order by asked.id
    `),
})
