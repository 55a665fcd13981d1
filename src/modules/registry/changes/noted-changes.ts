/** What the registry noted about its changes after a number. */
import { type Db, sql } from '../../../database/db.ts'

export interface NotedChanges {
  /** Each initiative once, at its first change after the number. */
  readonly changes: readonly { readonly id: string; readonly seq: number }[]
  /** Number of the last change that was looked at. */
  readonly upTo: number
  readonly more: boolean
  /** Something was taken away as a whole, such as an import that was undone: single changes do not tell what went. */
  readonly everything: boolean
}

/** Looked at for one page: most may be of records that the reader never sees. */
const LOOKED_AT = 5_000

export async function newestChange(db: Db): Promise<number> {
  const { seq } = await db.one<{ seq: number }>(sql`select coalesce(max(seq), 0) as seq from registry_changes`)
  return seq
}

export async function noteworthyChanges(db: Db, collectionIds: readonly string[], after: number): Promise<NotedChanges> {
  const rows = await db.many<{ seq: number; id: string | null }>(sql`
    select seq, initiative_id as id
    from registry_changes
    where seq > ${after} and collection_id = any(${collectionIds}::text[])
    order by seq
    limit ${LOOKED_AT}
  `)
  const firstSeqOf = new Map<string, number>()
  for (const { id, seq } of rows) if (id !== null && !firstSeqOf.has(id)) firstSeqOf.set(id, seq)
  return {
    changes: [...firstSeqOf].map(([id, seq]) => ({ id, seq })),
    upTo: rows.at(-1)?.seq ?? after,
    more: rows.length === LOOKED_AT,
    everything: rows.some(({ id }) => id === null),
  }
}
