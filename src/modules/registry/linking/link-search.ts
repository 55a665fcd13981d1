/**
 * A search for records that may report one initiative: what it is and how it is asked for. It waits in a table until a process has time
 * for it (`run-link-searches.ts`), so that an import ends when its rows are there.
 */
import { type Db, type Sql, sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'

export interface LinkSearch {
  readonly id: string
  /** Key of the collection; null: all pairs. */
  readonly collection: string | null
  /** The import that it follows. */
  readonly runId: string | null
  readonly state: 'waiting' | 'comparing' | 'keeping' | 'done' | 'failed'
  readonly askedAt: string
  readonly endedAt: string | null
  /** Records that are compared. */
  readonly records: number
  /** Pairs at or above the threshold of the review page. */
  readonly likely: number
  readonly pairsKept: number
  readonly pairsFound: number
  readonly created: number
  readonly changed: number
  readonly removed: number
  readonly failure: { readonly code: string; readonly params: Readonly<Record<string, string | number>> } | null
}

/** The table stands as `s`, its collection as `c`. */
export const SEARCH = sql`
  s.id, c.key as collection, s.run_id as "runId", s.state, s.asked_at as "askedAt", s.ended_at as "endedAt", s.records, s.likely,
  s.pairs_kept as "pairsKept", s.pairs_found as "pairsFound", s.created, s.changed, s.removed, s.failure
`

export async function getSearchRow(db: Db, where: Sql): Promise<LinkSearch | undefined> {
  return db.maybe<LinkSearch>(sql`
    select ${SEARCH}
    from link_searches as s
    left join collections as c on c.id = s.collection_id
    where ${where}
    order by s.id desc
    limit 1
  `)
}

interface Asked {
  readonly collectionId: string | null
  readonly runId?: string
  readonly at: string
  readonly by: string
}

/** One that waits already will see the same records, so that no second one is made. */
export async function askForSearch(db: Db, { collectionId, runId, at, by }: Asked): Promise<void> {
  await db.run(sql`
    insert into link_searches (id, collection_id, run_id, state, asked_at, asked_by)
    values (${newId()}, ${collectionId}, ${runId ?? null}, 'waiting', ${at}, ${by})
    on conflict do nothing
  `)
}

/**
 * After an import: where other collections hold records, its own may be reports of the same initiatives. Samples are compared only when
 * somebody asks for it. Nothing is asked for where a search of everything waits.
 */
export async function askForSearchAfterImport(db: Db, asked: Asked & { readonly collectionId: string }): Promise<void> {
  const { isDue } = await db.one<{ isDue: boolean }>(sql`
    select c.kind <> 'sample'
       and not exists (select 1 from link_searches as s where s.state = 'waiting' and s.collection_id is null)
       and exists (
         select 1
         from collections as o
         where o.id <> c.id and o.kind <> 'sample' and exists (select 1 from initiatives as i where i.collection_id = o.id)
       ) as "isDue"
    from collections as c
    where c.id = ${asked.collectionId}
  `)
  if (isDue) await askForSearch(db, asked)
}

/** What waits for an import that is taken back has nothing to look for. */
export async function forgetSearchOf(db: Db, runId: string): Promise<void> {
  await db.run(sql`delete from link_searches where run_id = ${runId} and state = 'waiting'`)
}
