/**
 * The records that may be compared, boiled down batch by batch so that 100,000 whole records are never in memory together. What the
 * actor may not see is not read. Sample data are compared only when they are asked for.
 */
import { type Db, type Sql, sql } from '../../../database/db.ts'
import type { QueryContext } from '../../../operations/index.ts'
import { createOrgFinder, listOrgKeys } from '../../directory/index.ts'
import type { InitiativeRecord } from '../initiatives/initiative.ts'
import { loadMergedOrgs } from '../listings/merged-orgs.ts'
import { type LinkRecord, linkRecordOf } from './link-record.ts'

const BATCH = 1_000

/** Long texts that nothing here looks at. */
const LEFT_OUT = ['summary', 'objective', 'exchange', 'results', 'documents', 'locations', 'kept', 'note', 'contact'] as const

type Row = Pick<InitiativeRecord, 'id' | 'collectionId' | 'identifier' | 'facts' | 'listed'>

/** `collection` adds one that is left out otherwise. In the order of ids. */
export async function readLinkRecords(context: QueryContext, collection: string | undefined): Promise<LinkRecord[]> {
  const orgOf = createOrgFinder(await listOrgKeys.run(context, {}))
  const { keptOf } = await loadMergedOrgs(context.whole)
  const records: LinkRecord[] = []
  for (let last = ''; ; ) {
    const rows = await readBatch(context, collection, last)
    for (const row of rows) records.push(withKeptOrgs(linkRecordOf(row, orgOf), keptOf))
    const end = rows.at(-1)
    if (end === undefined || rows.length < BATCH) return records
    last = end.id
  }
}

/** How many there are: for whoever waits. */
export async function countLinkRecords(whole: Db, collection: string | undefined): Promise<number> {
  const { count } = await whole.one<{ count: number }>(sql`
    select count(*)::int as count
    from initiatives as i
    join collections as c on c.id = i.collection_id
    where ${COMPARED(collection)}
  `)
  return count
}

function readBatch({ db, sight }: QueryContext, collection: string | undefined, after: string): Promise<Row[]> {
  return db.many<Row>(sql`
    select i.id, i.collection_id as "collectionId", i.identifier, i.facts - ${LEFT_OUT as unknown as string[]}::text[] as facts, i.listed
    from initiatives as i
    join collections as c on c.id = i.collection_id
    where i.id > ${after} and ${COMPARED(collection)} and ${sight.visible('initiatives', 'i')}
    order by i.id
    limit ${BATCH}
  `)
}

function COMPARED(collection: string | undefined): Sql {
  return sql`i.state not in ('withdrawn', 'archived') and (c.kind <> 'sample' or c.key = ${collection ?? ''})`
}

function withKeptOrgs(record: LinkRecord, keptOf: ReadonlyMap<string, string>): LinkRecord {
  if (keptOf.size === 0 || !record.orgs.some((org) => keptOf.has(org))) return record
  return { ...record, orgs: [...new Set(record.orgs.map((org) => keptOf.get(org) ?? org))] }
}
