/**
 * Asks for a search for records that report one initiative, and tells how far it is. The search itself is done beside everything else
 * (`run-link-searches.ts`); nothing is linked by it.
 */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { defineCommand, defineQuery } from '../../../operations/index.ts'
import { getCollection } from '../collections/list-collections.ts'
import { askForSearch, getSearchRow, type LinkSearch } from './link-search.ts'

export const proposeLinks = defineCommand({
  name: 'registry.propose-links',
  permission: 'registry.initiative.edit',
  input: z.object({
    /** Only pairs with a record of this collection; also compares one that holds sample data. */
    collection: z.string().optional(),
  }),
  async run({ db, whole, clock, actor }, { collection }): Promise<LinkSearch> {
    const collectionId = collection === undefined ? null : (await getCollection(db, collection)).id
    // A search of everything covers those that wait for one collection, except for samples.
    if (collectionId === null) {
      await whole.run(sql`
        delete from link_searches as s
        using collections as c
        where s.state = 'waiting' and c.id = s.collection_id and c.kind <> 'sample'
      `)
    }
    await askForSearch(whole, { collectionId, at: clock.now().toISOString(), by: actor.id })
    const waiting = await getSearchRow(
      whole,
      sql`s.state = 'waiting' and s.collection_id is not distinct from ${collectionId}::text`,
    )
    if (!waiting) throw new Error('The search that was asked for is not there.')
    return waiting
  },
})

/** The newest search, whoever asked for it: what waits or runs comes before what has ended. */
export const getLinkSearch = defineQuery({
  name: 'registry.get-link-search',
  permission: 'registry.initiative.edit',
  input: z.object({ id: z.string().optional() }),
  async run({ whole }, { id }): Promise<LinkSearch | null> {
    if (id !== undefined) return (await getSearchRow(whole, sql`s.id = ${id}`)) ?? null
    const isUnfinished = sql`s.state in ('comparing', 'keeping')`
    return (await getSearchRow(whole, isUnfinished)) ?? (await getSearchRow(whole, sql`true`)) ?? null
  },
})
