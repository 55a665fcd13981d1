/** The initiatives in which an organisation is a partner, one row for each role. Sample collections come too and say so. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { defineQuery } from '../../../operations/index.ts'

export interface OrgInitiative {
  readonly id: string
  readonly identifier: string | null
  readonly title: LocalizedText | null
  readonly collection: string
  readonly collectionKind: 'working' | 'sample'
  readonly role: string | null
  readonly years: readonly number[]
}

export const listOrgInitiatives = defineQuery({
  name: 'registry.list-org-initiatives',
  permission: 'registry.initiative.read',
  input: z.object({ orgId: z.string(), limit: z.number().int().min(1).max(500).default(200) }),
  async run({ db, sight }, { orgId, limit }): Promise<OrgInitiative[]> {
    // A record that names a merged organisation counts for the kept one.
    // Partners are those of the newest version: of others' records only those come whose newest version is published.
    return db.many<OrgInitiative>(sql`
      select i.id, i.identifier, i.facts -> 'title' as title, c.key as collection, c.kind as "collectionKind", p.role,
             coalesce((
               select jsonb_agg(distinct l.year order by l.year)
               from listings as l
               where l.initiative_id = i.id and l.year is not null
             ), '[]'::jsonb) as years
      from initiative_partners as p
      join initiatives as i on i.id = p.initiative_id
      join collections as c on c.id = i.collection_id
      where (p.org_id = ${orgId} or p.org_id in (select o.id from orgs as o where o.duplicate_of = ${orgId}))
        and i.state <> 'withdrawn'
        and ${sight.visible('initiatives', 'i')}
      order by c.kind desc, p.role nulls last, i.id desc
      limit ${limit}
    `)
  },
})
