/** The organisations that a run found new or changed, with the one of the directory that each is. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { defineQuery } from '../../../operations/index.ts'
import { scopeOfRun } from '../collections/collection-scope.ts'
import { orgOfIdentifier } from './current-publications.ts'

export interface RunOrganisation {
  readonly identifier: string
  readonly name: LocalizedText | null
  readonly outcome: 'created' | 'changed'
  /** Null where the directory knows none of that identifier, or several. */
  readonly orgId: string | null
}

export const listRunOrganisations = defineQuery({
  name: 'registry.list-run-organisations',
  permission: 'registry.import.view',
  scope: (context, { runId }) => scopeOfRun(context, runId),
  input: z.object({
    runId: z.string(),
    limit: z.number().int().min(1).max(500).default(100),
    offset: z.number().int().min(0).default(0),
  }),
  run: ({ whole, sight }, { runId, limit, offset }): Promise<RunOrganisation[]> =>
    whole.many<RunOrganisation>(sql`
      select p.identifier, p.facts -> 'name' as name, known.id as "orgId",
             case when exists (
               select 1
               from organisation_publications as before
               where before.collection_id = p.collection_id and before.identifier = p.identifier and before.run_id < p.run_id
             ) then 'changed' else 'created' end as outcome
      from organisation_publications as p
      left join lateral (${orgOfIdentifier(sight)}) as known on true
      where p.run_id = ${runId}
      order by p.identifier
      limit ${limit} offset ${offset}
    `),
})
