/**
 * Fixes which records a release holds and in which version: those of the selection that belong to the owner, as published. What is
 * being prepared behind a record stays, and so does what belongs to others.
 */
import { type Db, type Sql, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { QueryContext } from '../../../operations/index.ts'
import type { InitiativeRecord } from '../initiatives/initiative.ts'
import { selectForActor } from '../listings/list-listings.ts'
import { parseListingFilter } from '../listings/listing-filter.ts'
import { fieldsOf } from './release-fields.ts'

/** A page lists them all; more at once nobody has looked at. */
export const MOST_RECORDS = 20_000

const BATCH = 500

export interface FixedRecord {
  readonly initiativeId: string
  readonly version: number
}

/** Errors: Problems `releases.empty`, `releases.too-many-records`. */
export async function selectRecords(
  context: Pick<QueryContext, 'db' | 'whole' | 'sight'>,
  filter: string,
  ownerOrg: string | null,
): Promise<FixedRecord[]> {
  const { columns, selection } = await selectForActor(context, parseListingFilter(filter), { facets: [] })
  const listings = [...selection.rows].map((row) => columns.ids[row] ?? '')
  const found = await context.db.many<FixedRecord>(sql`
    select i.id as "initiativeId", case when i.state = 'published' then i.version else i.published_version end as version
    from (
      select l.initiative_id, min(wanted.position) as position
      from unnest(${listings}::text[]) with ordinality as wanted(id, position)
      join listings as l on l.id = wanted.id
      group by l.initiative_id
    ) as chosen
    join initiatives as i on i.id = chosen.initiative_id
    where i.published_version is not null and i.state not in ('withdrawn', 'archived') and ${context.sight.visible('initiatives', 'i')}
      and ${belongsTo(ownerOrg)}
    order by chosen.position, i.id
  `)
  if (found.length === 0) throw new Problem('releases.empty', { found: listings.length }, { place: { field: 'filter' } })
  if (found.length > MOST_RECORDS)
    throw new Problem(
      'releases.too-many-records',
      { found: found.length, accepted: MOST_RECORDS },
      { place: { field: 'filter' } },
    )
  return found
}

/** Of the instance itself: what belongs to nobody else, and what everybody sees anyway. */
function belongsTo(ownerOrg: string | null): Sql {
  return ownerOrg === null ? sql`(i.owner_org is null or i.visibility = 'public')` : sql`i.owner_org = ${ownerOrg}`
}

/** What was withheld from single records before stays withheld. */
export async function writeRecords(db: Db, whole: Db, releaseId: string, records: readonly FixedRecord[]): Promise<void> {
  const before = await db.many<{ initiativeId: string; withheldFields: string[]; withheld: boolean }>(sql`
    select initiative_id as "initiativeId", withheld_fields as "withheldFields", withheld
    from release_records
    where release_id = ${releaseId} and (withheld or withheld_fields <> '{}')
  `)
  const kept = new Map(before.map((one) => [one.initiativeId, one]))
  await db.run(sql`delete from release_records where release_id = ${releaseId}`)
  for (let at = 0; at < records.length; at += BATCH) {
    const batch = records.slice(at, at + BATCH)
    const snapshots = await readVersions(whole, batch)
    const fields = batch.map((record) => fieldsOf(snapshots.get(record.initiativeId) ?? missing(record)).join(' '))
    const withheld = batch.map(({ initiativeId }) => kept.get(initiativeId)?.withheldFields.join(' ') ?? '')
    await db.run(sql`
      insert into release_records (release_id, record_no, initiative_id, record_version, fields, withheld_fields, withheld)
      select ${releaseId}, r.record_no, r.initiative_id, r.record_version, string_to_array(r.fields, ' '),
             string_to_array(r.withheld_fields, ' '), r.withheld
      from unnest(${batch.map((_record, index) => at + index)}::int[], ${batch.map(({ initiativeId }) => initiativeId)}::text[],
                  ${batch.map(({ version }) => version)}::int[], ${fields}::text[], ${withheld}::text[],
                  ${batch.map(({ initiativeId }) => kept.get(initiativeId)?.withheld ?? false)}::boolean[])
        as r(record_no, initiative_id, record_version, fields, withheld_fields, withheld)
    `)
  }
}

/** The records as they were in these versions, by id. */
export async function readVersions(whole: Db, records: readonly FixedRecord[]): Promise<Map<string, InitiativeRecord>> {
  const rows = await whole.many<{ id: string; snapshot: InitiativeRecord }>(sql`
    select v.record_id as id, v.snapshot
    from unnest(${records.map(({ initiativeId }) => initiativeId)}::text[], ${records.map(({ version }) => version)}::int[])
      as wanted(id, version)
    join record_versions as v
      on v.module = 'registry' and v.aggregate = 'initiatives' and v.record_id = wanted.id and v.version = wanted.version
  `)
  return new Map(rows.map(({ id, snapshot }) => [id, snapshot]))
}

/**
 * What was withdrawn, or went to another owner, since the records were fixed does not leave. Errors: Problem `releases.records-withdrawn`.
 */
export async function requireStillOwn(
  whole: Db,
  { id, ownerOrg }: { readonly id: string; readonly ownerOrg: string | null },
): Promise<void> {
  const { count } = await whole.one<{ count: number }>(sql`
    select count(*)::int as count
    from release_records as r
    left join initiatives as i on i.id = r.initiative_id
    where r.release_id = ${id} and not r.withheld
      and (i.id is null or i.state in ('withdrawn', 'archived') or not ${belongsTo(ownerOrg)})
  `)
  if (count > 0) throw new Problem('releases.records-withdrawn', { count })
}

/** An import that was undone takes its versions with it. */
function missing({ initiativeId }: FixedRecord): never {
  throw new Problem('releases.version-gone', { id: initiativeId })
}

export function requireVersion(versions: ReadonlyMap<string, InitiativeRecord>, record: FixedRecord): InitiativeRecord {
  return versions.get(record.initiativeId) ?? missing(record)
}
