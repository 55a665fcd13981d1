/** The collections of this instance. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineQuery } from '../../../operations/index.ts'
import type { Visibility } from '../../directory/index.ts'

export interface CollectionSource {
  readonly name: string
  readonly url?: string
  readonly licence?: string
  readonly date?: string
}

/** Another instance that released records into it (`releases/received/`). */
export interface CollectionOrigin {
  readonly instance: string
  readonly releasedBy: string
  readonly licence: string
}

export interface Collection {
  readonly id: string
  readonly key: string
  readonly names: LocalizedText
  readonly kind: 'working' | 'sample'
  readonly readOnly: boolean
  readonly entryState: 'published' | 'submitted'
  readonly source: CollectionSource | null
  /** Absent when nothing in it came from another instance. */
  readonly receivedFrom?: readonly CollectionOrigin[]
  readonly ownerOrg: string | null
  readonly visibility: Visibility
  readonly version: number
}

export async function listCollections(db: Db): Promise<Collection[]> {
  return db.many<Collection>(sql`
    select id, key, names, kind, read_only as "readOnly", entry_state as "entryState", source,
           owner_org as "ownerOrg", visibility, version
    from collections
    order by kind desc, key
  `)
}

export async function findCollection(db: Db, key: string): Promise<Collection | undefined> {
  return db.maybe<Collection>(sql`
    select id, key, names, kind, read_only as "readOnly", entry_state as "entryState", source,
           owner_org as "ownerOrg", visibility, version
    from collections
    where key = ${key}
  `)
}

export async function getCollection(db: Db, key: string): Promise<Collection> {
  const collection = await findCollection(db, key)
  if (!collection) throw new Problem('registry.collection-missing', { collection: key })
  return collection
}

export const listCollectionsQuery = defineQuery({
  name: 'registry.list-collections',
  permission: 'registry.initiative.read',
  input: z.object({}),
  async run({ db, whole }): Promise<Collection[]> {
    const collections = await listCollections(db)
    // Runs are for whoever imports; whether one is applied is not.
    const origins = await originsOf(
      whole,
      collections.map(({ id }) => id),
    )
    return collections.map((collection) => {
      const receivedFrom = origins.get(collection.id)
      return receivedFrom ? { ...collection, receivedFrom } : collection
    })
  },
})

async function originsOf(whole: Db, ids: readonly string[]): Promise<Map<string, CollectionOrigin[]>> {
  const rows = await whole.many<CollectionOrigin & { id: string }>(sql`
    select distinct r.collection_id as id, r.instance_name as instance, r.released_by as "releasedBy", r.licence
    from received_releases as r
    join import_runs as run on run.id = r.run_id and run.state = 'applied'
    where r.collection_id = any(${ids}::text[])
    order by r.collection_id, r.instance_name, r.released_by, r.licence
  `)
  const origins = new Map<string, CollectionOrigin[]>()
  for (const { id, ...origin } of rows) origins.set(id, [...(origins.get(id) ?? []), origin])
  return origins
}
