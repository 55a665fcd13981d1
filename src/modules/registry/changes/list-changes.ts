/**
 * What changed since a reader last asked, for whoever keeps a copy. First comes the whole of what the reader may see, then only
 * changes; each change gives the listings of an initiative as they are now, so that applying one twice does no harm.
 *
 * Changes have numbers in the order of commits (see `takeNumberInOrder`): who has read one has missed none before it.
 */
import { z } from 'zod'
import { digestOf } from '../../../credentials/index.ts'
import { sql } from '../../../database/db.ts'
import { defineQuery, type QueryContext, readCursor, writeCursor } from '../../../operations/index.ts'
import { getCollection, listCollections } from '../collections/list-collections.ts'
import { readListingsOfInitiatives } from '../listings/list-listings.ts'
import { ListedInitiativeSchema } from '../listings/listed-initiative.ts'
import { initiativesOnceSeen } from './initiatives-once-seen.ts'
import { type NotedChanges, newestChange, noteworthyChanges } from './noted-changes.ts'

const ChangeSchema = z.discriminatedUnion('kind', [
  /** Replaces every listing of the initiative that the copy holds. */
  z.object({ kind: z.literal('changed'), id: z.string(), listings: z.array(ListedInitiativeSchema) }),
  /** Is no longer there for this reader: removed, withdrawn, or shown to fewer. */
  z.object({ kind: z.literal('removed'), id: z.string() }),
])
type Change = z.output<typeof ChangeSchema>

export const ChangePageSchema = z.object({
  /** The copy begins anew: whatever it held before is to be forgotten. */
  reset: z.boolean(),
  changes: z.array(ChangeSchema),
  /** Give it back as `since`. */
  next: z.string(),
  /** Whether the next page can be asked for at once. */
  more: z.boolean(),
})
type ChangePage = z.output<typeof ChangePageSchema>

const CursorSchema = z.object({
  /** Number of the newest change that the copy holds. */
  seq: z.number().int().min(0),
  /** While everything is sent for the first time: the initiative that was sent last. */
  after: z.string().optional(),
  /** What the reader saw: with other rights or other collections a copy begins anew. */
  sight: z.string(),
})
type Cursor = z.output<typeof CursorSchema>

interface Reader {
  readonly context: QueryContext
  readonly collectionIds: readonly string[]
  readonly sight: string
  readonly limit: number
}

export const listChanges = defineQuery({
  name: 'registry.list-changes',
  permission: 'registry.initiative.read',
  input: z.object({
    /** The `next` of the page before; none: from the beginning. */
    since: z.string().optional(),
    limit: z.number().int().min(1).max(500).default(100),
    /** Keys of collections; by default all that are not samples. */
    collections: z.array(z.string().max(100)).min(1).max(50).optional(),
  }),
  output: ChangePageSchema,
  async run(context, { since, limit, collections }): Promise<ChangePage> {
    const cursor = since === undefined ? undefined : readCursor(since, CursorSchema)
    const reader: Reader = {
      context,
      collectionIds: await idsOfCollections(context, collections),
      sight: sightDigest(context, collections),
      limit,
    }
    if (cursor === undefined || cursor.sight !== reader.sight) return startCopy(reader)
    if (cursor.after !== undefined) return continueCopy(reader, cursor.seq, cursor.after, false)
    const noted = await noteworthyChanges(context.whole, reader.collectionIds, cursor.seq)
    return noted.everything ? startCopy(reader) : changesSince(reader, noted)
  },
})

async function idsOfCollections({ db }: QueryContext, keys: readonly string[] | undefined): Promise<string[]> {
  if (keys === undefined) return (await listCollections(db)).filter(({ kind }) => kind === 'working').map(({ id }) => id)
  const ids: string[] = []
  for (const key of keys) ids.push((await getCollection(db, key)).id)
  return ids
}

function sightDigest({ sight }: QueryContext, collections: readonly string[] | undefined): string {
  const { actorId: _, ...rows } = sight.rows
  return digestOf(JSON.stringify([rows, [...(collections ?? [])].sort()])).slice(0, 12)
}

/** The number is taken before anything is read: what changes meanwhile comes once more as a change. */
async function startCopy(reader: Reader): Promise<ChangePage> {
  return continueCopy(reader, await newestChange(reader.context.whole), '', true)
}

async function continueCopy(reader: Reader, seq: number, after: string, reset: boolean): Promise<ChangePage> {
  const ids = await nextInitiatives(reader, after)
  const last = ids.length < reader.limit ? undefined : ids.at(-1)
  const cursor: Cursor = { seq, sight: reader.sight, ...(last === undefined ? {} : { after: last }) }
  return {
    reset,
    changes: (await changesOf(reader, ids)).filter(({ kind }) => kind === 'changed'),
    next: writeCursor(cursor),
    more: last !== undefined || (await newestChange(reader.context.whole)) > seq,
  }
}

async function nextInitiatives({ context: { db, sight }, collectionIds, limit }: Reader, after: string): Promise<string[]> {
  const rows = await db.many<{ id: string }>(sql`
    select l.initiative_id as id
    from listings as l
    where l.initiative_id > ${after} and l.collection_id = any(${collectionIds}::text[]) and ${sight.visible('listings', 'l')}
    group by l.initiative_id
    order by l.initiative_id
    limit ${limit}
  `)
  return rows.map(({ id }) => id)
}

async function changesSince(reader: Reader, noted: NotedChanges): Promise<ChangePage> {
  const { changes, cutBefore } = await firstChanges(reader, noted)
  const seq = cutBefore === undefined ? noted.upTo : cutBefore - 1
  return {
    reset: false,
    changes,
    next: writeCursor({ seq, sight: reader.sight } satisfies Cursor),
    more: cutBefore !== undefined || noted.more,
  }
}

const BATCH = 200

/** As many as the page holds, with the number of the first that did not fit: it comes first on the next page. */
async function firstChanges(reader: Reader, { changes }: NotedChanges): Promise<{ changes: Change[]; cutBefore?: number }> {
  const found: Change[] = []
  for (let at = 0; at < changes.length; at += BATCH) {
    const batch = changes.slice(at, at + BATCH)
    const known = await changesOf(
      reader,
      batch.map(({ id }) => id),
    )
    const fitting = known.slice(0, reader.limit - found.length)
    found.push(...fitting)
    const tooMany = known[fitting.length]
    const cutBefore = tooMany && batch.find(({ id }) => id === tooMany.id)?.seq
    if (cutBefore !== undefined) return { changes: found, cutBefore }
  }
  return { changes: found }
}

/** In the order of the ids; nothing for those that the reader may not see and never could. */
async function changesOf({ context }: Reader, ids: readonly string[]): Promise<Change[]> {
  const listingsOf = Map.groupBy(await readListingsOfInitiatives(context, ids), ({ initiativeId }) => initiativeId)
  const removed = await initiativesOnceSeen(
    context,
    ids.filter((id) => !listingsOf.has(id)),
  )
  return ids.flatMap((id): Change[] => {
    const listings = listingsOf.get(id)
    if (listings) return [{ kind: 'changed', id, listings: listings as z.output<typeof ListedInitiativeSchema>[] }]
    return removed.has(id) ? [{ kind: 'removed', id }] : []
  })
}
