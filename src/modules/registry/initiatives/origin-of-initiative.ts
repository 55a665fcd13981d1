/** Where a record comes from, as everybody may know it: whether a person has checked it, and the files for those who see imports. */
import { sql } from '../../../database/db.ts'
import type { QueryContext } from '../../../operations/index.ts'
import { permits } from '../../access/index.ts'
import { scopeOfOwner } from '../collections/collection-scope.ts'
import type { InitiativeRecord } from './initiative.ts'

/** Who verified or published the version that is shown, or one before it; null when nobody has. An import publishes without looking. */
export async function findCheck(
  { whole }: Pick<QueryContext, 'whole'>,
  { id, version }: Pick<InitiativeRecord, 'id' | 'version'>,
): Promise<string | null> {
  const found = await whole.maybe<{ actorId: string }>(sql`
    select actor_id as "actorId"
    from record_versions
    where module = 'registry' and aggregate = 'initiatives' and record_id = ${id} and version <= ${version}
      and action in ('verified', 'published')
    order by version desc
    limit 1
  `)
  return found?.actorId ?? null
}

/** Names of the imported files from which it is listed, by run; only of collections whose imports the reader may see. */
export async function namesOfFiles(
  { whole, actor }: Pick<QueryContext, 'whole' | 'actor'>,
  { listed }: Pick<InitiativeRecord, 'listed'>,
): Promise<Readonly<Record<string, string>>> {
  const runs = [...new Set(listed.flatMap(({ runId }) => (runId === null ? [] : [runId])))]
  if (runs.length === 0 || !permits(actor, 'registry.import.view')) return {}
  const found = await whole.many<{ id: string; fileName: string; ownerOrg: string | null }>(sql`
    select r.id, r.file_name as "fileName", c.owner_org as "ownerOrg"
    from import_runs as r
    join collections as c on c.id = r.collection_id
    where r.id = any(${runs}::text[])
    order by r.id
  `)
  const seen = found.filter(({ ownerOrg }) => permits(actor, 'registry.import.view', scopeOfOwner(ownerOrg)))
  return Object.fromEntries(seen.map(({ id, fileName }) => [id, fileName]))
}
