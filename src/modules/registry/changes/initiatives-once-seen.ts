/**
 * Which of these initiatives the actor could see at some time, by the versions that are kept: only of those may they hear that they
 * are gone. The cut of the policy is asked about each version as it is asked about a listing.
 */
import { sql } from '../../../database/db.ts'
import type { QueryContext } from '../../../operations/index.ts'

export async function initiativesOnceSeen(
  { whole, sight }: Pick<QueryContext, 'whole' | 'sight'>,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await whole.many<{ id: string }>(sql`
    with versions as (
      select record_id as id,
             case when snapshot ->> 'state' <> 'withdrawn' and snapshot ->> 'publishedVersion' is not null then 'published'
                  else snapshot ->> 'state' end as state,
             coalesce(snapshot ->> 'visibility', 'public') as visibility,
             snapshot ->> 'ownerOrg' as owner_org,
             array(select jsonb_array_elements_text(coalesce(snapshot -> 'facts' -> 'hosts', '[]'))) as hosts
      from record_versions
      where module = 'registry' and aggregate = 'initiatives' and record_id = any(${ids}::text[])
    )
    select v.id
    from versions as v
    where ${sight.visible('listings', 'v')}
    group by v.id
    order by v.id
  `)
  return new Set(rows.map(({ id }) => id))
}
