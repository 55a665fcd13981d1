/** Removes a sample collection with everything in it, in one step (ruling 7). Working collections are withdrawn, never removed. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand, defineQuery } from '../../../operations/index.ts'
import { noteChangedCollection } from '../initiatives/write-initiatives.ts'
import { getCollection } from './list-collections.ts'

export const removeCollection = defineCommand({
  name: 'registry.remove-sample-collection',
  permission: 'registry.collection.remove',
  input: z.object({ key: z.string() }),
  limitSeconds: 'none',
  async run({ db, changed }, { key }): Promise<{ removed: number }> {
    const collection = await getCollection(db, key)
    if (collection.kind !== 'sample') throw new Problem('registry.collection-not-sample', { collection: key })
    await db.run(sql`
      delete from record_versions
      where module = 'registry' and aggregate = 'initiatives' and record_id in (select id from initiatives where collection_id = ${collection.id})
    `)
    const removed = await db.run(sql`delete from initiatives where collection_id = ${collection.id}`)
    await db.run(sql`delete from import_runs where collection_id = ${collection.id}`)
    await noteChangedCollection(db, collection.id)
    await db.run(sql`delete from collections where id = ${collection.id}`)
    changed({
      ref: { module: 'registry', aggregate: 'collections', id: collection.id },
      action: 'removed',
      version: collection.version + 1,
      before: collection,
    })
    return { removed }
  },
})

/** Whether a collection was ever made in this database, even if it was removed since. */
export const wasEverFilled = defineQuery({
  name: 'registry.was-ever-filled',
  permission: 'access.installation.run',
  input: z.object({}),
  async run({ db }): Promise<boolean> {
    const row = await db.one<{ filled: boolean }>(sql`
      select exists (select 1 from audit_events where module = 'registry' and aggregate = 'collections') as filled
    `)
    return row.filled
  },
})
