/** What applying, undoing and clearing away a run do with the organisations that its file describes. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'

/** Rows of organisations that an earlier file of the series had and this one has not, and those that came back unchanged. */
export const OrganisationMarks = z.object({ withdrawn: z.array(z.string()), returned: z.array(z.string()) })
export type OrganisationMarks = z.output<typeof OrganisationMarks>

export async function markOrganisations(db: Db, runId: string, { withdrawn, returned }: OrganisationMarks): Promise<void> {
  await db.run(sql`
    update organisation_publications
    set withdrawn_by = ${runId}
    where id = any(${withdrawn}::text[]) and withdrawn_by is null
  `)
  await db.run(sql`update organisation_publications set withdrawn_by = null where id = any(${returned}::text[])`)
}

/** Errors: Problem `registry.organisation-changed-since`. */
export async function requireOrganisationsUnchangedSince(db: Db, runId: string): Promise<void> {
  const since = await db.many<{ identifier: string }>(sql`
    select distinct mine.identifier
    from organisation_publications as mine
    join organisation_publications as later
      on later.collection_id = mine.collection_id and later.identifier = mine.identifier and later.run_id > mine.run_id
    where mine.run_id = ${runId}
    order by mine.identifier
  `)
  const [example] = since
  if (example) throw new Problem('registry.organisation-changed-since', { count: since.length, example: example.identifier })
}

/** What was before stays, and holds again. Gives how many rows went. */
export async function removeOrganisationsOf(db: Db, runId: string): Promise<number> {
  await db.run(sql`update organisation_publications set withdrawn_by = null where withdrawn_by = ${runId}`)
  return db.run(sql`delete from organisation_publications where run_id = ${runId}`)
}
